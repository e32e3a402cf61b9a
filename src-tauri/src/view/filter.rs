//! What the history is searched by.

use serde::Deserialize;
use till::{HistoryDays, HistoryQuery};
use ts_rs::TS;

use crate::error::CommandError;
use crate::present;

/// Which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Days {
    Today,
    Yesterday,
    Week,
    All,
}

/// Which ways to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PaidWith {
    Any,
    Card,
    Wallet,
    Cash,
    /// Taken by hand, unverified.
    Byhand,
    Returns,
}

/// What is looked for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HistoryFilter {
    pub(crate) text: String,
    pub(crate) days: Days,
    pub(crate) paid_with: PaidWith,
    /// Where the last page ended.
    pub(crate) cursor: Option<String>,
}

impl TryFrom<HistoryFilter> for HistoryQuery {
    type Error = CommandError;

    fn try_from(filter: HistoryFilter) -> Result<Self, CommandError> {
        Ok(Self {
            text: filter.text,
            days: match filter.days {
                Days::Today => HistoryDays::Today,
                Days::Yesterday => HistoryDays::Yesterday,
                Days::Week => HistoryDays::Week,
                Days::All => HistoryDays::All,
            },
            paid_with: match filter.paid_with {
                PaidWith::Any => till::PaidWith::Any,
                PaidWith::Card => till::PaidWith::Card,
                PaidWith::Wallet => till::PaidWith::Wallet,
                PaidWith::Cash => till::PaidWith::Cash,
                PaidWith::Byhand => till::PaidWith::ByHand,
                PaidWith::Returns => till::PaidWith::Returns,
            },
            after: filter.cursor.as_deref().map(present::reference).transpose()?,
        })
    }
}
