//! A payment's row: everything the till knows about one money-moving transfer.

use std::fmt;
use std::str::FromStr;

use cloudecr::{GatewayTime, PaymentMethod};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::extras::Extras;
use super::last::{Candidate, LastResult};
use super::state::PaymentState;
use crate::money::Amount;
use crate::reference::Reference;

/// A stored name that this version does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a name that this version knows")]
pub struct UnknownName(pub String);

/// Which way a payment moves money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// From the customer.
    Sale,
    /// From the customer, and cash handed back (MyDebit).
    CashOut,
    /// Undoes a sale or a cash-out.
    Void,
}

impl Kind {
    /// The kind's name, which is also its `transType` on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::CashOut => "cashOut",
            Self::Void => "void",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text {
            "sale" => Ok(Self::Sale),
            "cashOut" => Ok(Self::CashOut),
            "void" => Ok(Self::Void),
            other => Err(UnknownName(other.to_owned())),
        }
    }
}

/// Whose code it is: the same digits mean different things in each list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The gateway's error codes.
    Gateway,
    /// The cards' response codes.
    Card,
    /// The wallets' response codes.
    Wallet,
    /// The till's own names, for what no code was given for.
    #[default]
    Till,
}

/// A code with its list, so that whoever shows it can say it in their own words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Said {
    /// Whose code.
    #[serde(default)]
    pub source: Source,
    /// The code.
    pub code: String,
    /// What such words leave open: another amount, another payment, the gateway's own text.
    #[serde(default)]
    pub detail: Option<String>,
}

impl Said {
    /// One of the till's own.
    pub(crate) fn till(code: &str) -> Self {
        Self {
            source: Source::Till,
            code: code.to_owned(),
            detail: None,
        }
    }
}

/// Why a payment ended, or stays, where it is: a code for support, and words for the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The code, and whose it is.
    #[serde(flatten)]
    pub said: Said,
    /// What happened.
    pub meaning: String,
    /// What to do now.
    pub next: String,
}

/// What an approved answer says that people look for later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Salient {
    /// The gateway's number of the transaction; a void needs it.
    pub trans_id: Option<String>,
    /// The terminal's running number.
    pub inv_no: Option<String>,
    /// The card scheme or wallet.
    pub channel: Option<String>,
    /// The masked card number.
    pub card: Option<String>,
    /// How the card was read.
    pub entry_mode: Option<String>,
    /// The issuer's approval code.
    pub approval_code: Option<String>,
    /// The acquirer's retrieval reference number.
    pub rrn: Option<String>,
    /// The terminal's number at the acquirer.
    pub tid: Option<String>,
    /// The merchant's number at the acquirer.
    pub mid: Option<String>,
    /// The card application, for the receipt.
    pub aid: Option<String>,
    /// The terminal's own time, without a zone.
    pub trans_date_time: Option<String>,
}

/// One money-moving transfer, as the store has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its name on both sides of the wire.
    pub reference: Reference,
    /// The ticket it pays, if it came from one.
    pub ticket: Option<i64>,
    /// What it does.
    pub kind: Kind,
    /// For a void: the payment it undoes.
    pub original: Option<Reference>,
    /// The terminal it goes to, by the gateway's unique ID.
    pub terminal: String,
    /// How the customer pays.
    pub method: PaymentMethod,
    /// The wallet that was chosen, by the gateway's name.
    pub channel: Option<String>,
    /// What is charged (for a void: given back).
    pub amount: Amount,
    /// The cash part of a cash-out.
    pub cash: Option<Amount>,
    /// Its optional fields.
    pub extras: Extras,
    /// Where it stands.
    pub state: PaymentState,
    /// A no that has not been asked about yet: the state is *unknown* until it has.
    pub checking: bool,
    /// Evidence contradicts the state, or another amount was charged.
    pub conflict: bool,
    /// A void of it is open, or evidence contradicts what it ended with, so that the money may be here and may not. One that
    /// was approved is in no doubt. Derived, never stored.
    pub void_in_doubt: bool,
    /// When it was prepared.
    pub created_at: Timestamp,
    /// When its first byte could leave.
    pub sent_at: Option<Timestamp>,
    /// The `datetime` of its request, in the gateway's time: a wallet inquiry needs it.
    pub gateway_time: Option<GatewayTime>,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// Number of its receipt, given when it is approved; legs of one ticket share one.
    pub receipt: Option<i64>,
    /// Why it is where it is.
    pub explanation: Option<Explanation>,
    /// From the answer that approved it.
    pub salient: Salient,
    /// The member of staff who started it.
    pub staff: Option<i64>,
    /// The manager who approved it.
    pub approved_by: Option<i64>,
    /// The terminal's last transaction as known before it was sent.
    pub baseline: Option<LastResult>,
    /// A transaction that may be this payment, for a person to look at.
    pub candidate: Option<Candidate>,
    /// Why a manager decided as they did.
    pub reason: Option<String>,
    /// Until when it is asked about although it is settled.
    pub watched_until: Option<Timestamp>,
}
