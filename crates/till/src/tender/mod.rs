//! What a ticket is paid with besides the gateway's payments, and where it stands between the first leg and the last.

mod notes;
mod proof;
mod refund;
mod standing;

pub(crate) use notes::quick_notes;
pub use proof::NotAProof;
pub(crate) use proof::proof;
pub(crate) use refund::InCash;
pub use refund::{
    LineReturn, RefundWay, RefusedOrMoney, ReturnOffer, ReturnRecord, ReturnRefused, Returnable,
    ReturnableLine, ReturnedLine,
};
pub use standing::{Leg, Standing};

use std::str::FromStr;

use jiff::Timestamp;

use crate::money::Amount;
use crate::payment::UnknownName;
use crate::reference::Reference;

/// How it was taken or given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TenderKind {
    /// Notes and coins.
    Cash,
    /// A card taken by hand on a terminal that the till could not reach: unverified, on a manager's word.
    ManualCard,
    /// Refunded through the merchant portal: recorded, not done, by the till.
    Portal,
}

impl TenderKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Cash, Self::ManualCard, Self::Portal];

    /// The name in the store and the journal.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::ManualCard => "manual_card",
            Self::Portal => "portal",
        }
    }
}

impl FromStr for TenderKind {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// Why nothing was taken, or handed back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TenderRefused {
    /// Everything is paid, or there is nothing to pay.
    #[error("nothing is due on this ticket")]
    NothingDue,
    /// Something was taken or handed back since it was looked at.
    #[error("what is due has changed meanwhile; it is {0} now")]
    DueChanged(Amount),
    /// More than is due.
    #[error("that is more than is due ({0})")]
    MoreThanDue(Amount),
    /// The customer handed over too little.
    #[error("that is not enough; {0} is due in cash")]
    NotEnough(Amount),
    /// Too little for any coin.
    #[error("there is no coin for so little; take more, or all of it")]
    NoCoin,
    /// What was bought on it came back.
    #[error("this sale was returned; begin the next one")]
    Returned,
    /// It is not the ticket at the counter.
    #[error("this ticket is not at the counter any more")]
    NotCurrent,
    /// Something was taken of the ticket, and not all of it: it is not done with.
    #[error("something was taken for this ticket, and not all; take the rest, or take it back")]
    PartlyPaid,
    /// Nothing was taken of the ticket, or it is paid in full.
    #[error("there is nothing to take back: the ticket is paid in full, or nothing was taken")]
    NotPartlyPaid,
    /// No void of one of its payments can be asked for, so that not all of it can be taken back.
    #[error("a payment of this ticket cannot be voided; return the sale in History instead")]
    NotVoidable,
    /// The same slip was counted before.
    #[error("that slip was counted before, as {0}; look at it in History")]
    ProofKnown(Reference),
}

/// Which way the money went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the customer.
    In,
    /// To the customer.
    Out,
}

impl Direction {
    /// The name in the store and the journal.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }
}

impl FromStr for Direction {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text {
            "in" => Ok(Self::In),
            "out" => Ok(Self::Out),
            other => Err(UnknownName(other.to_owned())),
        }
    }
}

/// One leg that no gateway knows of, as the store has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tender {
    /// Its name, made as a payment's is.
    pub reference: Reference,
    /// The ticket that it pays, or the return that it gives back for.
    pub ticket: i64,
    /// How.
    pub kind: TenderKind,
    /// Which way.
    pub direction: Direction,
    /// What it settles of the ticket.
    pub amount: Amount,
    /// What moved: for cash, the amount in coins that there are.
    pub moved: Amount,
    /// The cash that the customer handed over.
    pub given: Option<Amount>,
    /// The slip's number of a card taken by hand, or the portal's reference.
    pub proof: Option<String>,
    /// Who took it.
    pub staff: Option<i64>,
    /// The manager who approved it.
    pub approved_by: Option<i64>,
    /// When.
    pub at: Timestamp,
    /// When it was handed back, before the ticket was paid in full.
    pub undone_at: Option<Timestamp>,
    /// The number of its ticket's receipt.
    pub receipt: Option<i64>,
    /// Of what is given back: why.
    pub reason: Option<String>,
    /// Of what is given back: the ticket that it was bought on.
    pub returns: Option<i64>,
}

impl Tender {
    /// Whether it stands.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.undone_at.is_none()
    }

    /// What the customer gets back of what was handed over; none where nothing was counted.
    #[must_use]
    pub fn change(&self) -> Option<Amount> {
        self.given.and_then(|given| given.minus(self.moved).ok())
    }
}
