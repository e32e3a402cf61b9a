//! What a terminal keeps of a transaction, and how that reads as an answer.

use cloudecr::{
    GatewayTime, ResponseData, TransType, TransferResponse, WireAmount,
    codes::{self, ChannelKind},
};
use jiff::Timestamp;

use crate::{
    instrument::Instrument,
    local_time,
    step::{Later, Settlement},
};

/// One transaction that the acquirer acted on, as its terminal remembers it.
#[derive(Clone, Debug)]
pub(crate) struct Transaction {
    pub(crate) trans_type: TransType,
    pub(crate) pos_id: String,
    pub(crate) reference_id: String,
    /// The `datetime` of its request, by which a walletInquiry finds it.
    pub(crate) datetime: GatewayTime,
    /// The acquirer's number; a void has its original's.
    pub(crate) trans_id: String,
    /// The terminal's running number; a void has its original's.
    pub(crate) inv_no: String,
    pub(crate) amount: WireAmount,
    pub(crate) cash: Option<WireAmount>,
    pub(crate) instrument: Instrument,
    pub(crate) metadata: Option<String>,
    /// When the terminal finished it.
    pub(crate) at: Timestamp,
    pub(crate) standing: Standing,
    /// The script's `responseCode`, if it has one.
    pub(crate) response_code: Option<String>,
    /// How the acquirer will change its mind, if it will.
    pub(crate) later: Option<Later>,
}

/// How a transaction stands with the acquirer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Approved,
    Declined,
    /// Undecided, for so many more inquiries; without a settlement for good.
    Pending {
        settles: Option<Settlement>,
        inquiries_left: u32,
    },
}

/// What identifies an answer: an inquiry may carry its own or the original's.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) trans_type: TransType,
    pub(crate) pos_id: String,
    pub(crate) reference_id: String,
}

impl Transaction {
    /// Its own identity.
    pub(crate) fn identity(&self) -> Identity {
        Identity {
            trans_type: self.trans_type.clone(),
            pos_id: self.pos_id.clone(),
            reference_id: self.reference_id.clone(),
        }
    }

    /// The answer about it, without a signature.
    pub(crate) fn answer(&self, identity: Identity, terminal_id: &str, currency: &str) -> TransferResponse {
        let (status, code, text) = self.verdict();
        TransferResponse {
            trans_type: Some(identity.trans_type.as_str().to_owned()),
            pos_id: Some(identity.pos_id),
            device_id: Some(terminal_id.to_owned()),
            reference_id: Some(identity.reference_id),
            api_version: Some("v1".to_owned()),
            status_code: Some(status.to_owned()),
            response_code: code,
            response_text: Some(text.to_owned()),
            terminal_sn: Some(format!("SIM{terminal_id}")),
            software_version: Some(concat!("Simulator ", env!("CARGO_PKG_VERSION")).to_owned()),
            trans_data: self.particulars(currency),
            ..TransferResponse::default()
        }
    }

    /// `statusCode`, `responseCode` and `responseText`.
    fn verdict(&self) -> (&'static str, Option<String>, &'static str) {
        let kind = self.instrument.kind();
        match self.standing {
            Standing::Approved => {
                let text = match (&self.trans_type, kind) {
                    (TransType::Void, _) => "Voided",
                    (_, ChannelKind::Card) => "Approved",
                    (_, ChannelKind::Wallet) => "Paid by wallet",
                };
                (
                    "00",
                    Some(self.response_code.clone().unwrap_or_else(|| "00".to_owned())),
                    text,
                )
            }
            Standing::Declined => {
                let usual = match (&self.trans_type, kind) {
                    (TransType::Void, _) => "V1",
                    (_, ChannelKind::Card) => "51",
                    (_, ChannelKind::Wallet) => "1002",
                };
                let code = self.response_code.clone().unwrap_or_else(|| usual.to_owned());
                // V1 stands in the card table only, but a void of a wallet payment can be refused as well.
                let row = codes::response(kind, &code).or_else(|| codes::response(ChannelKind::Card, &code));
                ("11", Some(code), row.map_or("Declined", |row| row.meaning))
            }
            Standing::Pending { .. } => ("22", self.response_code.clone(), "Waiting for the wallet"),
        }
    }

    fn particulars(&self, currency: &str) -> ResponseData {
        let data = ResponseData {
            trans_id: Some(self.trans_id.clone()),
            payment_channel: Some(self.instrument.channel().to_owned()),
            trans_amt: Some(self.amount.to_string()),
            cash_amt: self.cash.map(|cash| cash.to_string()),
            trans_date_time: Some(local_time::terminal_time(self.at)),
            currency: Some(currency.to_owned()),
            inv_no: Some(self.inv_no.clone()),
            tid: Some("90000001".to_owned()),
            mid: Some("900000000000001".to_owned()),
            metadata: self.metadata.clone(),
            ..ResponseData::default()
        };
        self.instrument
            .complete(data, &self.trans_id, self.standing == Standing::Approved)
    }
}
