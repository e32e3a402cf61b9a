//! What a terminal did last.

use serde::Serialize;
use ts_rs::TS;

use super::payments::{PaymentKind, PaymentView};
use super::said::Said;

/// How the transaction ended, by the terminal's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LastResult {
    Approved,
    Voided,
    Declined,
    Pending,
    /// The record does not say.
    Unclear,
}

/// Whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Whose {
    Ours,
    /// A void of a sale of this till that it did not ask for.
    VoidOfOurs,
    Another,
    Unknown,
}

/// The transaction.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LastTransactionView {
    pub(crate) kind: Option<PaymentKind>,
    pub(crate) result: LastResult,
    /// None where the record has none that can be read.
    pub(crate) amount: Option<String>,
    pub(crate) currency: String,
    /// Empty where the record does not say.
    pub(crate) paid_with: String,
    /// The terminal's own time, without a zone.
    pub(crate) at: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) whose: Whose,
    /// The payment of this till, as it now stands.
    pub(crate) payment: Option<PaymentView>,
}

/// What was seen: a transaction, or why not; neither where the terminal has none.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct LastSeenView {
    pub(crate) transaction: Option<LastTransactionView>,
    pub(crate) problem: Option<Said>,
}

impl LastSeenView {
    /// What was seen, with the payment of this till that it is about.
    pub(crate) fn new(seen: till::LastSeen, payment: Option<PaymentView>) -> Self {
        match seen {
            till::LastSeen::Nothing => Self {
                transaction: None,
                problem: None,
            },
            till::LastSeen::NotTold(why) => Self {
                transaction: None,
                problem: Some((&why).into()),
            },
            till::LastSeen::Transaction(last) => Self {
                transaction: Some(LastTransactionView::new(*last, payment)),
                problem: None,
            },
        }
    }
}

impl LastTransactionView {
    fn new(last: till::LastTransaction, payment: Option<PaymentView>) -> Self {
        let is_void = last.kind == Some(till::Kind::Void);
        Self {
            result: match last.status.as_str() {
                "00" if is_void => LastResult::Voided,
                "00" => LastResult::Approved,
                "11" => LastResult::Declined,
                "22" => LastResult::Pending,
                _ => LastResult::Unclear,
            },
            kind: last.kind.map(Into::into),
            currency: last
                .amount
                .map(|amount| amount.currency().code().to_owned())
                .unwrap_or_default(),
            amount: last.amount.map(|amount| amount.to_string()),
            paid_with: last.paid_with,
            at: last.at,
            number: last.trans_id,
            whose: match last.whose {
                till::Whose::Ours(_) => Whose::Ours,
                till::Whose::VoidOfOurs(_) => Whose::VoidOfOurs,
                till::Whose::Another => Whose::Another,
                till::Whose::Unknown => Whose::Unknown,
            },
            payment,
        }
    }
}
