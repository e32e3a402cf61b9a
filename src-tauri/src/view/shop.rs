//! The shop: staff, items, the ticket, settings.

use serde::{Deserialize, Serialize};
use till::MoneyError;
use ts_rs::TS;

use super::options::TicketExtras;
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

/// An item for sale.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ItemView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) price: String,
    pub(crate) category: String,
}

/// An item to add or change.
#[derive(Debug, Deserialize, TS)]
pub(crate) struct ItemForm {
    pub(crate) id: Option<i64>,
    pub(crate) name: String,
    pub(crate) price: String,
    pub(crate) category: String,
}

/// A line of the ticket; an open amount has no name.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct LineView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) quantity: u32,
    pub(crate) price: String,
    pub(crate) total: String,
}

/// The ticket at the counter.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TicketView {
    pub(crate) number: i64,
    pub(crate) lines: Vec<LineView>,
    pub(crate) extras: TicketExtras,
    pub(crate) total: String,
    pub(crate) currency: String,
    pub(crate) frozen: bool,
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
    pub(crate) lock_after_minutes: u32,
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

impl From<till::Item> for ItemView {
    fn from(item: till::Item) -> Self {
        Self {
            id: item.id,
            name: item.name,
            price: item.price.to_string(),
            category: item.category,
        }
    }
}

impl TryFrom<till::Ticket> for TicketView {
    type Error = MoneyError;

    fn try_from(ticket: till::Ticket) -> Result<Self, MoneyError> {
        let total = ticket.total()?.to_string();
        let lines: Result<Vec<LineView>, MoneyError> = ticket
            .lines
            .into_iter()
            .map(|line| {
                Ok(LineView {
                    id: line.id,
                    quantity: line.quantity,
                    price: line.unit.to_string(),
                    total: line.total()?.to_string(),
                    name: line.name,
                })
            })
            .collect();
        Ok(Self {
            number: ticket.id,
            lines: lines?,
            extras: ticket.extras.into(),
            total,
            currency: ticket.currency.code().to_owned(),
            frozen: ticket.frozen,
        })
    }
}
