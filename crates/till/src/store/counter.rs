//! The counter's keys and sounds, kept among the settings.

use super::{Store, StoreError};
use crate::counter::CounterSettings;

const COUNTER: &str = "counter";

impl Store {
    /// What the counter is set to; as it starts, before anything was set.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn counter_settings(&self) -> Result<CounterSettings, StoreError> {
        Ok(self.get(COUNTER)?.unwrap_or_default())
    }

    /// Saves what the counter is set to.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_counter_settings(&self, settings: &CounterSettings) -> Result<(), StoreError> {
        self.set(COUNTER, settings)
    }
}
