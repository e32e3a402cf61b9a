//! Terminals, and what the customers at virtual ones do next.

use serde::Serialize;
use ts_rs::TS;

use crate::error::CommandError;

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
