//! The counter's keys and sounds: everybody works with them, a manager sets them.

use serde_json::json;

use super::{Till, TillError};
use crate::counter::CounterSettings;
use crate::store::{EntryKind, NewEntry};

impl Till {
    /// What the counter is set to.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn counter_settings(&self) -> Result<CounterSettings, TillError> {
        self.looks()?;
        Ok(self.store.counter_settings()?)
    }

    /// Sets the counter's keys and sounds, and keeps in the journal which keys there are from now on.
    ///
    /// # Errors
    /// When no manager is signed in, a name is too long, or the store fails.
    pub fn save_counter_settings(&self, settings: CounterSettings) -> Result<CounterSettings, TillError> {
        let manager = self.require_manager()?;
        let settings = settings.checked().map_err(TillError::TextTooLong)?;
        self.store.save_counter_settings(&settings)?;
        let entry = NewEntry {
            kind: EntryKind::Settings,
            at: self.clock.now(),
            staff: Some(manager.id),
            body: json!({ "did": "changed the counter's keys or sounds", "keys": settings.keys }),
        };
        self.store.note(None, &entry)?;
        Ok(settings)
    }
}
