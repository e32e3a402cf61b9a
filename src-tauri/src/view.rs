//! What crosses to the page: plain data, amounts as decimal strings. `ui/types/ipc.d.ts` is generated from these.

pub(crate) mod actions;
pub(crate) mod binding;
pub(crate) mod counter;
pub(crate) mod customer;
pub(crate) mod filter;
pub(crate) mod import;
pub(crate) mod items;
pub(crate) mod last;
pub(crate) mod options;
pub(crate) mod payments;
pub(crate) mod printing;
pub(crate) mod returns;
pub(crate) mod said;
pub(crate) mod setup;
pub(crate) mod shop;
pub(crate) mod support;
pub(crate) mod tax;
pub(crate) mod tenders;
pub(crate) mod terminals;
pub(crate) mod ticket;
pub(crate) mod virtual_terminal;
pub(crate) mod wallets;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::CommandError;
pub(crate) use payments::{HistoryPage, HistoryRow, Method, PaymentDetail, PaymentView};
pub(crate) use shop::{SettingsForm, SettingsView, StaffForm, StaffTile};
pub(crate) use terminals::{ScriptView, TerminalView, TerminalsView};
pub(crate) use ticket::TicketView;

/// How the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    /// Not set up yet.
    Setup,
    /// On the simulator.
    Training,
    /// On a merchant's account.
    Live,
}

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    Manager,
    Cashier,
}

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    System,
    Light,
    Dark,
}

/// The language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) enum Language {
    #[serde(rename = "system")]
    System,
    #[serde(rename = "en")]
    English,
    #[serde(rename = "ms")]
    Malay,
    #[serde(rename = "zh")]
    Chinese,
}

/// A sample PIN, shown on the lock screen in training only.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TrainingPin {
    pub(crate) name: String,
    pub(crate) pin: String,
}

/// What every screen needs to know of the program.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AppView {
    pub(crate) mode: Mode,
    pub(crate) version: String,
    /// Nobody: locked.
    pub(crate) session: Option<StaffTile>,
    pub(crate) staff: Vec<StaffTile>,
    pub(crate) store_name: String,
    pub(crate) currency: String,
    pub(crate) theme: Theme,
    pub(crate) language: Language,
    pub(crate) lock_after_minutes: u32,
    pub(crate) training_pins: Vec<TrainingPin>,
    /// The chosen one.
    pub(crate) terminal: Option<TerminalView>,
    pub(crate) unresolved: u32,
    /// How far this computer's clock is from the gateway's, where that does harm: positive when it is slow.
    pub(crate) clock_skew_seconds: Option<i64>,
    /// Why the till could not be opened, such as a missing keyring.
    pub(crate) problem: Option<CommandError>,
}

impl From<till::Role> for Role {
    fn from(role: till::Role) -> Self {
        match role {
            till::Role::Manager => Self::Manager,
            till::Role::Cashier => Self::Cashier,
        }
    }
}

impl From<Role> for till::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Manager => Self::Manager,
            Role::Cashier => Self::Cashier,
        }
    }
}

impl From<till::Theme> for Theme {
    fn from(theme: till::Theme) -> Self {
        match theme {
            till::Theme::System => Self::System,
            till::Theme::Light => Self::Light,
            till::Theme::Dark => Self::Dark,
        }
    }
}

impl From<Theme> for till::Theme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::System => Self::System,
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}

impl From<till::Language> for Language {
    fn from(language: till::Language) -> Self {
        match language {
            till::Language::System => Self::System,
            till::Language::English => Self::English,
            till::Language::Malay => Self::Malay,
            till::Language::Chinese => Self::Chinese,
        }
    }
}

impl From<Language> for till::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::System => Self::System,
            Language::English => Self::English,
            Language::Malay => Self::Malay,
            Language::Chinese => Self::Chinese,
        }
    }
}
