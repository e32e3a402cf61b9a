//! Terminals, wallets, and the live check of an account.

use serde::{Deserialize, Serialize};
use till::channel_label;
use ts_rs::TS;

use crate::error::CommandError;

/// Which gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Gateway {
    Production,
    FiuuSandbox,
    /// The form's address.
    Other,
}

/// A merchant's account, as entered.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LiveForm {
    pub(crate) gateway: Gateway,
    pub(crate) address: String,
    pub(crate) pos_id: String,
    pub(crate) password: String,
    pub(crate) merchant_id: String,
    pub(crate) secret_key: String,
    pub(crate) currency: String,
    /// Empty until one was chosen.
    pub(crate) terminal_id: String,
}

/// Everything to go live with.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SetupForm {
    pub(crate) live: LiveForm,
    pub(crate) terminal_name: String,
    pub(crate) store_name: String,
    pub(crate) header: Vec<String>,
    pub(crate) manager_name: String,
    pub(crate) manager_pin: String,
}

/// A step of the live check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    SignIn,
    Terminals,
    Channels,
    Signature,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StepResult {
    Ok,
    Failed,
    Skipped,
    Unknown,
}

/// One step and its result.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct CheckStep {
    pub(crate) step: Step,
    pub(crate) result: StepResult,
    pub(crate) error: Option<CommandError>,
    pub(crate) detail: String,
}

/// The live check's report.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct CheckReport {
    pub(crate) steps: Vec<CheckStep>,
    pub(crate) terminals: Vec<TerminalView>,
    pub(crate) channels: Vec<ChannelView>,
    pub(crate) ready: bool,
}

/// What a terminal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TerminalKind {
    /// Fiuu's own app.
    Vt,
    Terminal,
}

/// Whether it is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Light {
    On,
    Off,
    Unknown,
}

/// A terminal.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TerminalView {
    pub(crate) id: String,
    /// The merchant's own name; empty for none.
    pub(crate) name: String,
    pub(crate) kind: TerminalKind,
    pub(crate) light: Light,
    pub(crate) chosen: bool,
    /// A payment on it is open.
    pub(crate) held: bool,
    /// Another till may use it too.
    pub(crate) shared: bool,
    /// In training: what its customer does next; empty for nothing special, and when live.
    pub(crate) script: String,
}

/// All terminals.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TerminalsView {
    pub(crate) terminals: Vec<TerminalView>,
    pub(crate) checked_at: Option<String>,
    pub(crate) problem: Option<CommandError>,
}

/// Something that the customer at a virtual terminal can do.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ScriptView {
    pub(crate) name: String,
    pub(crate) label: String,
}

/// A wallet.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ChannelView {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) active: bool,
}

impl LiveForm {
    /// The gateway as the till names it.
    pub(crate) fn gateway(&self) -> String {
        match self.gateway {
            Gateway::Production => "production".to_owned(),
            Gateway::FiuuSandbox => "fiuu-sandbox".to_owned(),
            Gateway::Other => self.address.trim().to_owned(),
        }
    }
}

impl From<&cloudecr::Terminal> for TerminalView {
    fn from(terminal: &cloudecr::Terminal) -> Self {
        Self {
            id: terminal.terminal_id.clone(),
            name: String::new(),
            kind: kind(terminal.is_vt),
            light: light(Some(terminal.connected)),
            chosen: false,
            held: false,
            shared: false,
            script: String::new(),
        }
    }
}

impl From<&cloudecr::Channel> for ChannelView {
    fn from(channel: &cloudecr::Channel) -> Self {
        Self {
            name: channel.name.clone(),
            label: channel_label(&channel.name).into_owned(),
            active: channel.active,
        }
    }
}

impl TerminalsView {
    /// The till's list, with what each virtual terminal's customer does next.
    pub(crate) fn new(terminals: till::Terminals, script: impl Fn(&str) -> String) -> Self {
        let chosen = terminals.chosen.as_deref();
        Self {
            terminals: terminals
                .rows
                .iter()
                .map(|(row, held)| TerminalView {
                    id: row.id.clone(),
                    name: row.name.clone(),
                    kind: kind(row.is_vt),
                    light: light(row.connected),
                    chosen: chosen == Some(row.id.as_str()),
                    held: *held,
                    shared: row.shared,
                    script: script(&row.id),
                })
                .collect(),
            checked_at: terminals.checked_at.map(|at| at.to_string()),
            problem: None,
        }
    }
}

impl From<till::CheckReport> for CheckReport {
    fn from(report: till::CheckReport) -> Self {
        Self {
            ready: report.is_ready(),
            terminals: report.terminals.iter().map(TerminalView::from).collect(),
            channels: report.channels.iter().map(ChannelView::from).collect(),
            steps: report.steps.into_iter().map(CheckStep::from).collect(),
        }
    }
}

impl From<(till::CheckStep, till::CheckFinding)> for CheckStep {
    fn from((step, finding): (till::CheckStep, till::CheckFinding)) -> Self {
        let step = match step {
            till::CheckStep::SignIn => Step::SignIn,
            till::CheckStep::Terminals => Step::Terminals,
            till::CheckStep::Channels => Step::Channels,
            till::CheckStep::Signature => Step::Signature,
        };
        let (result, error, detail) = match finding {
            till::CheckFinding::Ok(detail) => (StepResult::Ok, None, detail),
            till::CheckFinding::Unknown(detail) => (StepResult::Unknown, None, detail),
            till::CheckFinding::Failed(problem) => (StepResult::Failed, Some(problem.into()), String::new()),
            till::CheckFinding::Skipped => (StepResult::Skipped, None, String::new()),
        };
        Self {
            step,
            result,
            error,
            detail,
        }
    }
}

const fn kind(is_vt: bool) -> TerminalKind {
    if is_vt {
        TerminalKind::Vt
    } else {
        TerminalKind::Terminal
    }
}

const fn light(connected: Option<bool>) -> Light {
    match connected {
        Some(true) => Light::On,
        Some(false) => Light::Off,
        None => Light::Unknown,
    }
}
