//! What is for support and for arrangements with it: callbacks, and the log.

use serde::{Deserialize, Serialize};
use till::{CallbackReport, CallbackState};
use ts_rs::TS;

/// How the listener for callbacks fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CallbackStanding {
    Off,
    Starting,
    Listening,
    Failed,
}

/// Why nothing is listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CallbackProblem {
    PortInUse,
    NotOurAddress,
    NotAllowed,
    Other,
}

/// Why a callback was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CallbackRefusal {
    Path,
    Method,
    ContentType,
    TooLarge,
    Unfinished,
    Malformed,
    Signature,
    OtherPos,
    NotKept,
}

/// The listener for callbacks.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CallbackView {
    pub(crate) on: bool,
    pub(crate) address: String,
    pub(crate) path: String,
    pub(crate) standing: CallbackStanding,
    pub(crate) problem: Option<CallbackProblem>,
    /// The system's words for it.
    pub(crate) detail: String,
    pub(crate) taken: u32,
    pub(crate) refused: u32,
    pub(crate) last_refusal: Option<CallbackRefusal>,
    pub(crate) last_refused_at: Option<String>,
}

/// Callbacks as somebody wants them.
#[derive(Debug, Deserialize, TS)]
pub(crate) struct CallbackForm {
    pub(crate) on: bool,
    pub(crate) address: String,
    pub(crate) path: String,
}

/// What is wanted of the log: a level's name or nothing, a text or nothing, and where to go on from.
#[derive(Debug, Deserialize, TS)]
pub(crate) struct LogQuery {
    pub(crate) level: String,
    pub(crate) text: String,
    pub(crate) older: Option<String>,
}

/// One entry of the log. All of it is text from outside.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct LogLine {
    pub(crate) place: String,
    pub(crate) at: String,
    pub(crate) level: String,
    pub(crate) target: String,
    pub(crate) text: String,
}

/// A page of the log, newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct LogPage {
    pub(crate) lines: Vec<LogLine>,
    pub(crate) older: Option<String>,
}

/// Until when the log is detailed; none while it is normal.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct LogDetail {
    pub(crate) until: Option<String>,
}

/// Where a file was written.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct SavedFile {
    pub(crate) path: String,
}

impl From<CallbackReport> for CallbackView {
    fn from(report: CallbackReport) -> Self {
        let (standing, problem, detail) = match report.state {
            CallbackState::Off => (CallbackStanding::Off, None, String::new()),
            CallbackState::Starting => (CallbackStanding::Starting, None, String::new()),
            CallbackState::Listening(_) => (CallbackStanding::Listening, None, String::new()),
            CallbackState::Failed { problem, detail } => {
                (CallbackStanding::Failed, Some(problem.into()), detail)
            }
        };
        Self {
            on: report.settings.on,
            address: report.settings.address,
            path: report.settings.path,
            standing,
            problem,
            detail,
            taken: report.taken,
            refused: report.refused,
            last_refusal: report.last_refusal.map(|(_, refusal)| refusal.into()),
            last_refused_at: report.last_refusal.map(|(at, _)| at.to_string()),
        }
    }
}

impl From<CallbackForm> for till::CallbackSettings {
    fn from(form: CallbackForm) -> Self {
        Self {
            on: form.on,
            address: form.address,
            path: form.path,
        }
    }
}

impl From<till::CallbackProblem> for CallbackProblem {
    fn from(problem: till::CallbackProblem) -> Self {
        match problem {
            till::CallbackProblem::PortInUse => Self::PortInUse,
            till::CallbackProblem::NotOurAddress => Self::NotOurAddress,
            till::CallbackProblem::NotAllowed => Self::NotAllowed,
            till::CallbackProblem::Other => Self::Other,
        }
    }
}

impl From<cloudecr::callback::CallbackRefusal> for CallbackRefusal {
    fn from(refusal: cloudecr::callback::CallbackRefusal) -> Self {
        use cloudecr::callback::CallbackRefusal as Refusal;
        match refusal {
            Refusal::Path => Self::Path,
            Refusal::Method => Self::Method,
            Refusal::ContentType => Self::ContentType,
            Refusal::TooLarge => Self::TooLarge,
            Refusal::Unfinished => Self::Unfinished,
            Refusal::Malformed => Self::Malformed,
            Refusal::Signature => Self::Signature,
            Refusal::OtherPos => Self::OtherPos,
            Refusal::NotKept => Self::NotKept,
        }
    }
}

impl From<LogQuery> for crate::log_files::LogQuery {
    fn from(query: LogQuery) -> Self {
        Self {
            level: query.level,
            text: query.text,
            older: query.older,
        }
    }
}

impl From<crate::log_files::LogPage> for LogPage {
    fn from(page: crate::log_files::LogPage) -> Self {
        let line = |line: crate::log_files::LogLine| LogLine {
            place: line.place,
            at: line.at,
            level: line.level,
            target: line.target,
            text: line.text,
        };
        Self {
            lines: page.lines.into_iter().map(line).collect(),
            older: page.older,
        }
    }
}
