//! What the virtual customer pays with: a sample card, a MyDebit card for a cash-out, or a wallet.

use cloudecr::{PaymentMethod, ResponseData, codes::ChannelKind};

use crate::request::Charge;

/// A card or a wallet.
#[derive(Clone, Debug)]
pub(crate) enum Instrument {
    Card(&'static Card),
    /// The wallet's name, in the gateway's spelling.
    Wallet(String),
}

/// A sample card, with what a terminal reports of it.
#[derive(Debug)]
pub(crate) struct Card {
    channel: &'static str,
    label: &'static str,
    masked: &'static str,
    entry_mode: &'static str,
    aid: &'static str,
    cvm: &'static str,
}

/// The only kind of card that cash is paid out to.
pub(crate) const MY_DEBIT: &str = "myDebit";
/// How many of the cards take turns; the others come when a script asks for them.
const USUAL: usize = 3;

static CARDS: [Card; 7] = [
    Card {
        channel: "visa",
        label: "Visa Credit",
        masked: "************1111",
        entry_mode: "contactless",
        aid: "A0000000031010",
        cvm: "00",
    },
    Card {
        channel: "mastercard",
        label: "Mastercard",
        masked: "************4444",
        entry_mode: "contactless",
        aid: "A0000000041010",
        cvm: "00",
    },
    Card {
        channel: MY_DEBIT,
        label: "MyDebit",
        masked: "************6789",
        entry_mode: "contact",
        aid: "A0000006150001",
        cvm: "02",
    },
    Card {
        channel: "unionPay",
        label: "UnionPay Credit",
        masked: "************0005",
        entry_mode: "contact",
        aid: "A000000333010102",
        cvm: "02",
    },
    Card {
        channel: "upi",
        label: "UnionPay Debit",
        masked: "************0013",
        entry_mode: "contactless",
        aid: "A000000333010101",
        cvm: "00",
    },
    Card {
        channel: "diners",
        label: "Diners Club",
        masked: "**********5904",
        entry_mode: "contact",
        aid: "A0000001523010",
        cvm: "01",
    },
    Card {
        channel: "amex",
        label: "American Express",
        masked: "***********0005",
        entry_mode: "contactless",
        aid: "A00000002501",
        cvm: "04",
    },
];

/// The card of this channel.
fn card(channel: &str) -> Option<&'static Card> {
    CARDS.iter().find(|card| card.channel == channel)
}

impl Instrument {
    /// What the customer takes out for this charge: what the script says, if it fits. Otherwise the usual cards take
    /// turns, so that slips differ.
    pub(crate) fn for_charge(charge: &Charge, turn: usize, scripted: Option<&str>) -> Self {
        match charge.method {
            PaymentMethod::BankCard => {
                let usual = if charge.cash.is_some() {
                    card(MY_DEBIT)
                } else {
                    CARDS.get(turn % USUAL)
                };
                Self::Card(scripted.and_then(card).or(usual).unwrap_or(&CARDS[0]))
            }
            PaymentMethod::QrCustScan => {
                Self::Wallet(charge.channel.clone().unwrap_or_else(|| "duitNowQr".to_owned()))
            }
            PaymentMethod::QrMerchScan => {
                let wallet = scripted.filter(|name| card(name).is_none());
                Self::Wallet(wallet.unwrap_or("tng").to_owned())
            }
        }
    }

    /// Which table its response codes are in.
    pub(crate) fn kind(&self) -> ChannelKind {
        match self {
            Self::Card(_) => ChannelKind::Card,
            Self::Wallet(_) => ChannelKind::Wallet,
        }
    }

    /// The channel's name.
    pub(crate) fn channel(&self) -> &str {
        match self {
            Self::Card(card) => card.channel,
            Self::Wallet(name) => name,
        }
    }

    /// Adds what only cards or only wallets have. An approval code exists only for an approval.
    pub(crate) fn complete(&self, data: ResponseData, trans_id: &str, approved: bool) -> ResponseData {
        match self {
            Self::Card(card) => ResponseData {
                batch_no: Some("000001".to_owned()),
                card_no: Some(card.masked.to_owned()),
                entry_mode: Some(card.entry_mode.to_owned()),
                rrn: Some(format!("{trans_id:0>12}")),
                appr_code: approved.then(|| format!("S{:0>5}", last(trans_id, 5))),
                tvr: Some("0000008000".to_owned()),
                app_crypt: Some(format!("{trans_id:0>16}")),
                aid: Some(card.aid.to_owned()),
                cvm_type: Some(card.cvm.to_owned()),
                card_label: Some(card.label.to_owned()),
                ..data
            },
            Self::Wallet(_) => ResponseData {
                batch_no: Some(String::new()),
                merchant_ref_id: Some(format!("SIM{trans_id}")),
                ..data
            },
        }
    }
}

fn last(text: &str, count: usize) -> &str {
    text.get(text.len().saturating_sub(count)..).unwrap_or(text)
}
