//! What the customer's display needs of the store: where it was put, and what stands at the counter.

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

use super::settings::Language;
use super::{Store, StoreError};
use crate::ticket::Ticket;

/// Where the customer's display is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DisplayPlace {
    /// Nowhere.
    #[default]
    Off,
    /// Over the whole of a second screen.
    Screen,
    /// In a window that somebody moves where it belongs.
    Window,
}

/// A screen as it is recognised again: by what the system calls it, and by where it lies. In physical pixels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// What the system calls it; not every system does.
    pub name: Option<String>,
    /// Its left edge on the desktop.
    pub x: i32,
    /// Its upper edge on the desktop.
    pub y: i32,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// What the merchant set about the customer's display.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DisplaySettings {
    /// Where it is shown.
    pub place: DisplayPlace,
    /// The screen that was chosen last.
    pub screen: Option<Screen>,
    /// Its own language; without one it speaks the till's.
    pub language: Option<Language>,
}

const DISPLAY: &str = "customer_display";

impl Store {
    /// Where the customer's display is shown; nowhere before somebody set it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn display_settings(&self) -> Result<DisplaySettings, StoreError> {
        Ok(self.get(DISPLAY)?.unwrap_or_default())
    }

    /// Saves where the customer's display is shown.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_display_settings(&self, settings: &DisplaySettings) -> Result<(), StoreError> {
        self.set(DISPLAY, settings)
    }

    /// The ticket at the counter, if there is one. Looking opens none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn ticket_at_counter(&self) -> Result<Option<Ticket>, StoreError> {
        let id: Option<i64> = self.read(|connection| {
            Ok(connection
                .prepare_cached("SELECT id FROM ticket WHERE status = 'current'")?
                .query_row([], |row| row.get(0))
                .optional()?)
        })?;
        id.map(|id| self.ticket(id)).transpose()
    }
}
