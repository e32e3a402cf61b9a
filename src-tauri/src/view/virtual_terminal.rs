//! A virtual terminal, for its window: what its screen shows, and what the trainee, as the customer, can do with it.

use cloudecr_simulator::{Screen, Slip, Verdict};
use serde::{Deserialize, Serialize};
use till::{QrSquares, channel_label};
use ts_rs::TS;

use super::binding::SquaresView;
use super::{Language, Method, Theme};

/// What the screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TerminalShows {
    Idle,
    Asks,
    Works,
    Ended,
}

/// What the terminal was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TerminalTask {
    Sale,
    CashOut,
    Void,
}

/// How it ended for the terminal, whatever the till heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TerminalVerdict {
    Approved,
    Declined,
    Pending,
    Cancelled,
    NoAnswer,
    Failed,
}

/// The terminal's slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SlipView {
    pub(crate) number: String,
    pub(crate) invoice: String,
    /// The card or the wallet by its name.
    pub(crate) paid_with: String,
    /// The masked number of a card.
    pub(crate) card: Option<String>,
    pub(crate) approval_code: Option<String>,
    pub(crate) response_code: String,
    /// The terminal's own time, without a zone.
    pub(crate) at: String,
}

/// The terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VirtualTerminalView {
    pub(crate) id: String,
    /// The merchant's own name; empty for none.
    pub(crate) name: String,
    pub(crate) store_name: String,
    pub(crate) currency: String,
    pub(crate) theme: Theme,
    pub(crate) language: Language,
    pub(crate) plugged: bool,
    pub(crate) shows: TerminalShows,
    pub(crate) task: Option<TerminalTask>,
    /// Empty for a void of something that the terminal does not know.
    pub(crate) amount: String,
    pub(crate) cash: Option<String>,
    pub(crate) method: Option<Method>,
    /// The wallet that was chosen on the till, by its name.
    pub(crate) wallet: Option<String>,
    /// The code on its screen.
    pub(crate) qr: Option<SquaresView>,
    pub(crate) verdict: Option<TerminalVerdict>,
    pub(crate) slip: Option<SlipView>,
}

/// What the trainee does at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TerminalAct {
    Tap,
    Insert,
    PayWithApp,
    Confirm,
    NoFunds,
    WrongPin,
    Expired,
    OverLimit,
    DoNotHonour,
    Cancel,
    LoseCharged,
    LoseNotCharged,
    AnswerLate,
    Unplug,
    PlugIn,
}

/// What the terminal's window needs to know of the shop around it.
pub(crate) struct Around {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) store_name: String,
    pub(crate) currency: String,
    pub(crate) theme: Theme,
    pub(crate) language: Language,
    pub(crate) plugged: bool,
}

impl VirtualTerminalView {
    /// The terminal as its screen is.
    pub(crate) fn new(around: Around, screen: &Screen) -> Self {
        let (shows, asked, end) = match screen {
            Screen::Idle => (TerminalShows::Idle, None, None),
            Screen::Asks { asked } => (TerminalShows::Asks, Some(asked), None),
            Screen::Works { asked } => (TerminalShows::Works, Some(asked), None),
            Screen::Ended { asked, end } => (TerminalShows::Ended, Some(asked), Some(end)),
        };
        let method = asked.and_then(|asked| asked.method.as_deref()?.parse().ok());
        Self {
            id: around.id,
            name: around.name,
            store_name: around.store_name,
            currency: around.currency,
            theme: around.theme,
            language: around.language,
            plugged: around.plugged,
            shows,
            task: asked.map(|asked| task(&asked.trans_type)),
            amount: asked.map(|asked| asked.amount.clone()).unwrap_or_default(),
            cash: asked.and_then(|asked| asked.cash.clone()),
            method: method.map(|method: cloudecr::PaymentMethod| method.into()),
            wallet: asked
                .and_then(|asked| asked.channel.as_deref())
                .map(|channel| channel_label(channel).into_owned()),
            qr: asked
                .and_then(|asked| QrSquares::of(asked.qr.as_deref()?.as_bytes()))
                .map(|squares| SquaresView::from(&squares)),
            verdict: end.map(|end| end.verdict.into()),
            slip: end.and_then(|end| end.slip.as_ref()).map(SlipView::from),
        }
    }
}

fn task(trans_type: &str) -> TerminalTask {
    match trans_type {
        "cashOut" => TerminalTask::CashOut,
        "void" => TerminalTask::Void,
        _ => TerminalTask::Sale,
    }
}

impl From<&Slip> for SlipView {
    fn from(slip: &Slip) -> Self {
        Self {
            number: slip.trans_id.clone(),
            invoice: slip.inv_no.clone(),
            paid_with: channel_label(&slip.channel).into_owned(),
            card: slip.card.clone(),
            approval_code: slip.approval_code.clone(),
            response_code: slip.response_code.clone().unwrap_or_default(),
            at: slip.at.clone(),
        }
    }
}

impl From<Verdict> for TerminalVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Approved => Self::Approved,
            Verdict::Declined => Self::Declined,
            Verdict::Pending => Self::Pending,
            Verdict::Cancelled => Self::Cancelled,
            Verdict::NoAnswer => Self::NoAnswer,
            Verdict::Failed => Self::Failed,
        }
    }
}
