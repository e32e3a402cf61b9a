//! What a simulator is set up with: accounts, terminals, wallets and its habits. All of it is sample data that
//! belongs to the simulator, so that nothing here can be mistaken for a merchant's own credentials.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{failure::Failure, rate::RateRule, signer::SignatureRule, spelling::Spelling};

/// Everything a [`Simulator`](crate::Simulator) is told at the start.
#[derive(Clone, Debug)]
pub struct Config {
    /// The merchant that all accounts belong to (`merchantId`).
    pub merchant_id: String,
    /// The merchant's secret key, with which requests and answers are signed.
    pub secret_key: String,
    /// The POS accounts that may sign in. The first one is what [`Simulator::credentials`](crate::Simulator::credentials)
    /// and the binary's line of JSON give out.
    pub accounts: Vec<PosAccount>,
    /// The virtual terminals that are bound, to one account or to all.
    pub terminals: Vec<TerminalSetup>,
    /// Virtual terminals that are bound to nobody yet, whatever their `bound_to` says: no account sees them until
    /// [`Simulator::bind`](crate::Simulator::bind).
    pub unbound_terminals: Vec<TerminalSetup>,
    /// The wallets that the merchant has, active or not.
    pub channels: Vec<ChannelSetup>,
    /// The currency of every amount, an ISO 4217 code; the protocol's requests name none.
    pub currency: String,
    /// Which `referenceId` the answer to an inquiry carries. The documentation leaves it open.
    pub get_last_reference: InquiryReference,
    /// Whether every call for a binding key gives another one. Without it, an account's key stays the same until it
    /// expires. The documentation leaves it open.
    pub keys_differ: bool,
    /// What the picture of a binding key encodes. The documentation does not say.
    pub key_picture: KeyPicture,
    /// Refuse a sign-in (40314) while another session of the same account is alive.
    pub exclusive_sessions: bool,
    /// Allow only so many requests as `rate_rule` says.
    pub rate_limit: bool,
    /// How many requests are allowed where `rate_limit` is on; 100 per account and 15 minutes unless told otherwise.
    pub rate_rule: RateRule,
    /// The accounts that are not simply active, by their `posId`.
    pub account_statuses: BTreeMap<String, AccountStatus>,
    /// How values are written that are seen in more than one form.
    pub spelling: Spelling,
    /// What the gateway does with white space around a value before it signs.
    pub signature_rule: SignatureRule,
    /// The code for a signature that does not fit: 40026, or 40320, which the pages list with the same name.
    pub signature_code: u32,
    /// The most cash of one cash-out, in hundredths of the currency's unit; more is declined by the bank (61). The
    /// documentation gives no number, this is a sample.
    pub cash_out_limit: u64,
    /// The cards that belong to a promotion, by its `promoSale`; a card outside it is declined (57). Without any
    /// promotion here, every `promoSale` is good.
    pub promotions: BTreeMap<String, Vec<String>>,
    /// How far a request's `datetime` may be from the gateway's clock (40027). The documentation gives no number.
    pub clock_tolerance: Duration,
    /// How long an access token lives (15 minutes in the protocol), if the gateway's day does not end before.
    pub access_token_life: Duration,
    /// How long every answer of the gateway is held back, on top of the terminal's work.
    pub latency: Duration,
    /// How long the customer takes at a terminal when the script does not say.
    pub customer_delay: Duration,
    /// How long the gateway waits for a terminal before it answers 40811 (70 s in the protocol). The terminal
    /// works on regardless.
    pub terminal_limit: Duration,
}

/// One POS account: who may sign in.
#[derive(Clone, Debug)]
pub struct PosAccount {
    /// The account's name (`posId`).
    pub pos_id: String,
    /// Its password.
    pub password: String,
}

/// How an account stands with the gateway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountStatus {
    /// It may sign in.
    #[default]
    Active,
    /// It was not activated yet (40311).
    Pending,
    /// It was suspended (40312).
    Suspended,
    /// It was deleted (40313).
    Deleted,
}

impl AccountStatus {
    /// Refuses an account that is not active.
    pub(crate) fn must_be_active(self) -> Result<(), Failure> {
        match self {
            Self::Active => Ok(()),
            Self::Pending => Err(Failure::of(40311)),
            Self::Suspended => Err(Failure::of(40312)),
            Self::Deleted => Err(Failure::of(40313)),
        }
    }
}

/// One virtual terminal.
#[derive(Clone, Debug)]
pub struct TerminalSetup {
    /// Its unique ID: `terminalId` in the list, `deviceId` in a transfer.
    pub id: String,
    /// Whether the list says that it is of the VT type.
    pub is_vt: bool,
    /// Whether it can print; one that cannot answers a `print` with 50313.
    pub printer: bool,
    /// The only account it is bound to, or every account of the merchant. Another account does not see it in the
    /// list, and gets 40023 for a transfer to it.
    pub bound_to: Option<String>,
}

/// One wallet that the merchant has.
#[derive(Clone, Debug)]
pub struct ChannelSetup {
    /// The gateway's spelling of its name.
    pub name: String,
    /// Whether it is switched on; a sale on one that is not gives 50321.
    pub active: bool,
    /// The currencies it takes.
    pub currencies: Vec<String>,
    /// What its `logoUrl3` leads to.
    pub logo: Logo,
}

impl Default for ChannelSetup {
    /// An active wallet in Malaysia, without a name yet.
    fn default() -> Self {
        Self {
            name: String::new(),
            active: true,
            currencies: vec!["MYR".to_owned()],
            logo: Logo::Drawn,
        }
    }
}

/// What the QR code of a binding key says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPicture {
    /// The key, and nothing else.
    #[default]
    Key,
    /// A link that holds the key, so that what is decoded is not the key itself.
    Link,
}

/// What a wallet's `logoUrl3` leads to: a good picture, or what a POS must survive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Logo {
    /// A small picture, drawn by the simulator.
    #[default]
    Drawn,
    /// Nowhere: there is no `logoUrl3`.
    None,
    /// Nothing: 404.
    Missing,
    /// [`HUGE`](crate::HUGE) bytes that call themselves a picture.
    Huge,
    /// A small file that unpacks to a picture of [`BOMB_SIDE`](crate::BOMB_SIDE) pixels each way.
    Bomb,
    /// A page for people, with its own right type.
    Page,
    /// Plain words that call themselves a picture.
    Mislabelled,
    /// Half of a picture.
    Truncated,
    /// A drawing in SVG, which can hold scripts.
    Svg,
    /// A redirect to the good picture.
    Redirect,
    /// This address, whatever it is.
    Elsewhere(String),
}

/// Which `referenceId` (and `transType`) an answer to getLast or walletInquiry carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InquiryReference {
    /// The ones of the transaction that was asked about.
    #[default]
    Original,
    /// The inquiry's own.
    Inquiry,
}

impl Config {
    /// Sets the currency of all amounts; every wallet that takes the old one takes the new one instead, so that the
    /// list of channels is not empty.
    pub fn set_currency(&mut self, currency: &str) {
        for taken in self
            .channels
            .iter_mut()
            .flat_map(|channel| &mut channel.currencies)
        {
            if *taken == self.currency {
                currency.clone_into(taken);
            }
        }
        currency.clone_into(&mut self.currency);
    }
}

impl Default for Config {
    fn default() -> Self {
        let terminal = |id: &str, is_vt: bool| TerminalSetup {
            id: id.to_owned(),
            is_vt,
            printer: !is_vt,
            bound_to: None,
        };
        Self {
            merchant_id: "SIMULATOR_MERCHANT".to_owned(),
            secret_key: "SIMULATOR-SAMPLE-SECRET-KEY-0001".to_owned(),
            accounts: vec![PosAccount {
                pos_id: "simulatorPos1".to_owned(),
                password: "simulator-sample-password".to_owned(),
            }],
            terminals: vec![
                terminal("VT-0001", true),
                terminal("VT-0002", true),
                terminal("TM-0003", false),
            ],
            unbound_terminals: vec![terminal("VT-0004", true), terminal("TM-0005", false)],
            channels: sample_channels(),
            currency: "MYR".to_owned(),
            get_last_reference: InquiryReference::Original,
            keys_differ: false,
            key_picture: KeyPicture::Key,
            exclusive_sessions: false,
            rate_limit: false,
            rate_rule: RateRule::PRODUCTION,
            account_statuses: BTreeMap::new(),
            spelling: Spelling::default(),
            signature_rule: SignatureRule::Exact,
            signature_code: 40026,
            cash_out_limit: 50_000,
            promotions: BTreeMap::new(),
            clock_tolerance: Duration::from_secs(15 * 60),
            access_token_life: Duration::from_secs(15 * 60),
            latency: Duration::ZERO,
            customer_delay: Duration::ZERO,
            terminal_limit: Duration::from_secs(70),
        }
    }
}

/// A merchant's usual wallets in Malaysia, one of them switched off, and one that also takes Singapore dollars.
fn sample_channels() -> Vec<ChannelSetup> {
    [
        ("duitNowQr", true, &["MYR"][..]),
        ("tng", true, &["MYR"]),
        ("grabPay", true, &["MYR", "SGD"]),
        ("boost", true, &["MYR"]),
        ("mae", true, &["MYR"]),
        ("shopeePay", true, &["MYR"]),
        ("alipay+", true, &["MYR"]),
        ("unionPayQr", true, &["MYR"]),
        ("weChatPay", false, &["MYR"]),
    ]
    .into_iter()
    .map(|(name, active, currencies)| ChannelSetup {
        name: name.to_owned(),
        active,
        currencies: currencies.iter().map(|&currency| currency.to_owned()).collect(),
        logo: Logo::Drawn,
    })
    .collect()
}
