//! Where a ticket stands, its legs, and what was taken besides the gateway's payments.

use serde::{Deserialize, Serialize};
use till::{Direction, Leg, TenderKind as Kind};
use ts_rs::TS;

use super::payments::{HistoryRow, PaymentView};
use crate::error::CommandError;

/// How totals are rounded to 5 sen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Rounding {
    Off,
    Cash,
    All,
}

/// How the shop rounds.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct RoundingView {
    pub(crate) rounding: Rounding,
    /// Whether the currency has the mechanism.
    pub(crate) known: bool,
}

/// How it was taken or given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TenderKind {
    Cash,
    /// Unverified.
    ManualCard,
    CashBack,
    Portal,
}

/// What was taken or given back without the gateway.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TenderView {
    pub(crate) reference: String,
    pub(crate) ticket: i64,
    pub(crate) at: String,
    pub(crate) receipt: Option<String>,
    pub(crate) kind: TenderKind,
    /// What it settles of the ticket.
    pub(crate) amount: String,
    /// What moved: for cash, after rounding.
    pub(crate) moved: String,
    pub(crate) given: Option<String>,
    pub(crate) change: Option<String>,
    /// The slip's number, or the portal's reference.
    pub(crate) proof: Option<String>,
    pub(crate) currency: String,
    /// Handed back before the ticket was paid in full.
    pub(crate) undone: bool,
    pub(crate) reason: Option<String>,
}

/// An entry of the history, and a leg of a ticket.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum EntryView {
    Payment(HistoryRow),
    Tender(TenderView),
}

/// How far a ticket is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Progress {
    Open,
    Partly,
    Paid,
}

/// Where a ticket stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StandingView {
    pub(crate) ticket: i64,
    pub(crate) progress: Progress,
    pub(crate) currency: String,
    pub(crate) total: String,
    /// The total, rounded where the shop rounds every total.
    pub(crate) payable: String,
    pub(crate) paid: String,
    pub(crate) due: String,
    /// What would be handed over for it in cash.
    pub(crate) cash_due: String,
    /// What was collected in the end, where rounding made it another amount than the total.
    pub(crate) rounded: Option<String>,
    pub(crate) receipt: Option<String>,
    /// Those that count, and what is in the way.
    pub(crate) legs: Vec<EntryView>,
    /// A payment because of which nothing else may be taken.
    pub(crate) blocked: Option<String>,
    /// Whether something of it was returned: nothing more is taken for it then.
    pub(crate) returned: bool,
    /// Whether it cannot be taken back, because a payment of it cannot be voided.
    pub(crate) stuck: bool,
    /// Whether it may be taken back without a manager.
    pub(crate) only_cash: bool,
}

/// What taking cash would mean.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CashOfferView {
    pub(crate) currency: String,
    /// What is due on the ticket; given back when the cash is taken.
    pub(crate) due: String,
    pub(crate) settles: String,
    /// What the customer hands over.
    pub(crate) moved: String,
    pub(crate) notes: Vec<String>,
    /// Whether a payment of the same amount is not settled: then somebody makes sure that this is another customer.
    pub(crate) same_amount_open: bool,
}

/// What is due, or a part of it, that is to be taken.
#[derive(Debug, Deserialize, TS)]
pub(crate) struct TakingForm {
    /// Typed and not on the ticket yet.
    pub(crate) entry: String,
    pub(crate) part: Option<String>,
    /// What was due when somebody decided to take it.
    pub(crate) due: String,
}

impl TakingForm {
    pub(crate) fn taking(&self) -> till::Taking<'_> {
        till::Taking {
            typed: &self.entry,
            part: self.part.as_deref(),
            due: &self.due,
        }
    }
}

/// A leg that was just taken, and where its ticket stands.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TakenView {
    pub(crate) tender: TenderView,
    pub(crate) standing: StandingView,
}

/// What was handed back.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TakenBackView {
    pub(crate) standing: StandingView,
    /// The cash to hand over.
    pub(crate) cash: String,
    /// Slips of cards taken by hand, to be voided on the terminal by hand.
    pub(crate) by_hand: Vec<TenderView>,
    /// The first void.
    pub(crate) void: Option<PaymentView>,
    /// Why it was not begun: its payment still stands.
    pub(crate) not_voided: Option<CommandError>,
}

/// What somebody still has to hand over after money was given back.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HandOverView {
    /// The ticket, or the return's own.
    pub(crate) ticket: i64,
    pub(crate) receipt: Option<String>,
    pub(crate) currency: String,
    /// Whether goods came back for it.
    pub(crate) is_return: bool,
    /// The cash to hand over; none where there is none.
    pub(crate) cash: Option<String>,
    /// Slips of cards taken by hand, to be voided on the terminal by hand.
    pub(crate) by_hand: Vec<TenderView>,
}

impl From<till::HandOver> for HandOverView {
    fn from(due: till::HandOver) -> Self {
        Self {
            ticket: due.ticket,
            receipt: due.receipt.map(number),
            currency: due.cash.currency().code().to_owned(),
            is_return: due.is_return,
            cash: (!due.cash.is_zero()).then(|| due.cash.to_string()),
            by_hand: due.by_hand.iter().map(TenderView::from).collect(),
        }
    }
}

impl From<till::Rounding> for Rounding {
    fn from(rounding: till::Rounding) -> Self {
        match rounding {
            till::Rounding::Off => Self::Off,
            till::Rounding::Cash => Self::Cash,
            till::Rounding::All => Self::All,
        }
    }
}

impl From<Rounding> for till::Rounding {
    fn from(rounding: Rounding) -> Self {
        match rounding {
            Rounding::Off => Self::Off,
            Rounding::Cash => Self::Cash,
            Rounding::All => Self::All,
        }
    }
}

impl From<&till::Tender> for TenderView {
    fn from(tender: &till::Tender) -> Self {
        let kind = match (tender.kind, tender.direction) {
            (Kind::Cash, Direction::In) => TenderKind::Cash,
            (Kind::Cash, Direction::Out) => TenderKind::CashBack,
            (Kind::ManualCard, _) => TenderKind::ManualCard,
            (Kind::Portal, _) => TenderKind::Portal,
        };
        Self {
            reference: tender.reference.to_string(),
            ticket: tender.ticket,
            at: tender.at.to_string(),
            receipt: tender.receipt.map(number),
            kind,
            amount: tender.amount.to_string(),
            moved: tender.moved.to_string(),
            given: tender.given.map(|given| given.to_string()),
            change: tender.change().map(|change| change.to_string()),
            proof: tender.proof.clone(),
            currency: tender.amount.currency().code().to_owned(),
            undone: !tender.counts(),
            reason: tender.reason.clone(),
        }
    }
}

impl From<till::CashOffer> for CashOfferView {
    fn from(offer: till::CashOffer) -> Self {
        Self {
            currency: offer.due.currency().code().to_owned(),
            due: offer.due.to_string(),
            settles: offer.settles.to_string(),
            moved: offer.moved.to_string(),
            notes: offer.notes.iter().map(ToString::to_string).collect(),
            same_amount_open: offer.same_amount_open.is_some(),
        }
    }
}

impl StandingView {
    /// The view of a standing with the views of its legs.
    pub(crate) fn new(standing: &till::Standing, legs: Vec<EntryView>, stuck: bool) -> Self {
        let progress = if standing.is_paid() {
            Progress::Paid
        } else if standing.is_partly_paid() {
            Progress::Partly
        } else {
            Progress::Open
        };
        let is_cash = |leg: &Leg| match leg {
            Leg::Tender(tender) => tender.kind == Kind::Cash,
            Leg::Payment(_) => false,
        };
        Self {
            ticket: standing.ticket,
            progress,
            currency: standing.total.currency().code().to_owned(),
            total: standing.total.to_string(),
            payable: standing.payable.to_string(),
            paid: standing.paid.to_string(),
            due: standing.due.to_string(),
            cash_due: standing.cash_due.to_string(),
            rounded: standing.rounded().map(|(_, after)| after.to_string()),
            receipt: standing.receipt.map(number),
            legs,
            blocked: standing.in_the_way.as_ref().map(ToString::to_string),
            returned: standing.returned,
            stuck,
            only_cash: standing.taken().all(is_cash),
        }
    }
}

/// A receipt's number as it is printed.
pub(crate) fn number(number: i64) -> String {
    format!("{number:04}")
}
