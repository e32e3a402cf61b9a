//! The shop: staff, items, settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Mode, Role, Theme};

/// A member of staff.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct StaffTile {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) role: Role,
}

/// A member of staff to add or change; without a PIN it stays as it is.
#[derive(Deserialize, TS)]
pub(crate) struct StaffForm {
    pub(crate) id: Option<i64>,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) pin: Option<String>,
}

/// What a manager can set, and where things lie.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettingsView {
    pub(crate) store_name: String,
    pub(crate) header: Vec<String>,
    pub(crate) currency: String,
    pub(crate) theme: Theme,
    pub(crate) lock_after_minutes: u32,
    pub(crate) mode: Mode,
    pub(crate) data_folder: String,
    pub(crate) version: String,
}

/// Settings to save.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettingsForm {
    pub(crate) store_name: String,
    pub(crate) header: Vec<String>,
    /// Minutes as typed; none where the till is never to lock itself.
    pub(crate) lock_after_minutes: Option<String>,
}

impl From<till::Member> for StaffTile {
    fn from(member: till::Member) -> Self {
        Self {
            id: member.id,
            name: member.name,
            role: member.role.into(),
        }
    }
}
