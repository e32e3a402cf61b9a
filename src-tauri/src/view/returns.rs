//! Returns: what can come back of a sale, what it would give back, and what came back already.

use serde::{Deserialize, Serialize};
use till::Leg;
use ts_rs::TS;

use super::payments::PaymentView;
use super::payments::TimelineEntry;
use super::tenders::{StandingView, TenderView, number};

/// How the money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RefundWay {
    Void,
    Cash,
    Portal,
}

/// How far a return is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReturnProgress {
    /// Its void is open.
    Open,
    Done,
    /// Its void was refused: nothing was returned.
    Refused,
    /// Its void was thought refused, and was found to have gone through.
    FoundOut,
}

/// So much of a line comes back, as typed.
#[derive(Debug, Clone, Deserialize, TS)]
pub(crate) struct ReturnLineForm {
    pub(crate) line: i64,
    pub(crate) quantity: String,
}

/// A line that was bought.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ReturnableView {
    pub(crate) line: i64,
    pub(crate) name: String,
    /// The unit's sign behind a quantity; empty for pieces.
    pub(crate) unit: String,
    pub(crate) bought: String,
    /// What is left to return; none where all came back.
    pub(crate) left: Option<String>,
    /// What all of it cost, tax and discounts in.
    pub(crate) share: String,
    /// What the chosen quantity gives back; none while none is chosen.
    pub(crate) gives: Option<String>,
}

/// What can come back of a sale, and what the chosen lines give back.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReturnSheetView {
    pub(crate) ticket: i64,
    pub(crate) receipt: Option<String>,
    pub(crate) at: String,
    pub(crate) currency: String,
    /// The newest return there is, to be given back with what is asked for.
    pub(crate) newest: Option<i64>,
    pub(crate) lines: Vec<ReturnableView>,
    /// Whether all of it comes back or nothing.
    pub(crate) only_whole: bool,
    /// What the chosen lines give back; none while none is chosen.
    pub(crate) amount: Option<String>,
    /// The same in cash.
    pub(crate) cash: Option<String>,
    /// The ways it can go back, the best first.
    pub(crate) ways: Vec<RefundWay>,
}

/// A return that somebody asks for.
#[derive(Debug, Deserialize, TS)]
pub(crate) struct ReturnForm {
    pub(crate) ticket: i64,
    pub(crate) lines: Vec<ReturnLineForm>,
    /// What it gives back, as it was shown.
    pub(crate) amount: String,
    /// The newest return, as it was shown.
    pub(crate) newest: Option<i64>,
    pub(crate) way: RefundWay,
    /// The merchant portal's reference; empty for the other ways.
    pub(crate) portal: String,
    pub(crate) reason: String,
}

/// What one line of a return gave back.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ReturnedLineView {
    pub(crate) name: String,
    pub(crate) quantity: String,
    pub(crate) unit: String,
    pub(crate) gives: String,
}

/// A return.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReturnView {
    /// The return's own.
    pub(crate) ticket: i64,
    pub(crate) receipt: Option<String>,
    pub(crate) original_receipt: Option<String>,
    pub(crate) original: i64,
    pub(crate) at: String,
    pub(crate) currency: String,
    pub(crate) lines: Vec<ReturnedLineView>,
    pub(crate) amount: String,
    /// What moved: in cash, after rounding.
    pub(crate) moved: String,
    pub(crate) way: RefundWay,
    pub(crate) progress: ReturnProgress,
    /// The history's entry of the refund; none before there is one.
    pub(crate) reference: Option<String>,
    pub(crate) reason: String,
}

/// What came of a return.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ReturnedView {
    /// Done, over the counter or in the portal.
    pub(crate) done: Option<ReturnView>,
    /// Its void, on its way.
    pub(crate) void: Option<PaymentView>,
}

/// The sale around an entry of the history.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SaleView {
    pub(crate) standing: StandingView,
    pub(crate) returns: Vec<ReturnView>,
    /// Whether something of it can come back.
    pub(crate) can_return: bool,
    /// Whether it waits aside to be paid, or to be paid in full.
    pub(crate) can_resume: bool,
    /// Whether its receipt is not printed yet, because more may be taken for it.
    pub(crate) receipt_waits: bool,
}

/// A tender with all that is known of it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TenderDetail {
    pub(crate) tender: TenderView,
    pub(crate) staff: String,
    pub(crate) approved_by: String,
    pub(crate) receipt: Vec<String>,
    pub(crate) timeline: Vec<TimelineEntry>,
    /// The sale it is a leg of, or that a return took something of.
    pub(crate) sale: SaleView,
    /// Of money given back: the return.
    pub(crate) returned: Option<ReturnView>,
}

impl From<RefundWay> for till::RefundWay {
    fn from(way: RefundWay) -> Self {
        match way {
            RefundWay::Void => Self::Void,
            RefundWay::Cash => Self::Cash,
            RefundWay::Portal => Self::Portal,
        }
    }
}

impl From<till::ReturnSheet> for ReturnSheetView {
    fn from(sheet: till::ReturnSheet) -> Self {
        let offer = sheet.offer.as_ref();
        let gives = |line: i64| {
            let chosen = offer?.lines.iter().find(|(chosen, _)| chosen.line == line)?;
            Some(chosen.1.to_string())
        };
        let lines = sheet
            .bought
            .lines
            .iter()
            .map(|line| ReturnableView {
                line: line.line,
                name: line.name.clone(),
                unit: line.unit.symbol().to_owned(),
                bought: line.bought.to_string(),
                left: line.left().map(|left| left.to_string()),
                share: line.share.to_string(),
                gives: gives(line.line),
            })
            .collect();
        let mut ways = vec![RefundWay::Cash, RefundWay::Portal];
        if offer.is_some_and(|offer| offer.voidable.is_some()) {
            ways.insert(0, RefundWay::Void);
        }
        Self {
            ticket: sheet.bought.ticket,
            receipt: sheet.bought.receipt.map(number),
            at: sheet.bought.at.to_string(),
            currency: sheet.bought.currency().code().to_owned(),
            newest: sheet.bought.newest,
            lines,
            only_whole: sheet.bought.only_whole,
            amount: offer.map(|offer| offer.amount.to_string()),
            cash: offer.map(|offer| offer.cash.to_string()),
            ways,
        }
    }
}

impl From<&till::ReturnRecord> for ReturnView {
    fn from(record: &till::ReturnRecord) -> Self {
        let (way, moved) = match &record.refund {
            Some(Leg::Tender(tender)) if tender.kind == till::TenderKind::Portal => {
                (RefundWay::Portal, tender.moved)
            }
            Some(Leg::Tender(tender)) => (RefundWay::Cash, tender.moved),
            Some(Leg::Payment(void)) => (RefundWay::Void, void.amount),
            None => (RefundWay::Void, record.amount),
        };
        let progress = match (record.undone_at, record.receipt) {
            (Some(_), _) if record.found_given_back => ReturnProgress::FoundOut,
            (Some(_), _) => ReturnProgress::Refused,
            (None, Some(_)) => ReturnProgress::Done,
            (None, None) => ReturnProgress::Open,
        };
        Self {
            receipt: record.receipt.map(number),
            ticket: record.ticket,
            original_receipt: record.original_receipt.map(number),
            original: record.original,
            at: record.at.to_string(),
            currency: record.amount.currency().code().to_owned(),
            lines: record
                .lines
                .iter()
                .map(|line| ReturnedLineView {
                    name: line.name.clone(),
                    quantity: line.quantity.to_string(),
                    unit: line.unit.symbol().to_owned(),
                    gives: line.gives.to_string(),
                })
                .collect(),
            amount: record.amount.to_string(),
            moved: moved.to_string(),
            way,
            progress,
            reference: record.refund.as_ref().map(|leg| leg.reference().to_string()),
            reason: record.reason.clone(),
        }
    }
}
