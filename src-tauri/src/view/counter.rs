//! The counter's keys and sounds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use till::CounterSettings;
use ts_rs::TS;

/// What the counter is set to, shown and saved alike.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub(crate) struct CounterView {
    /// What a key was changed for, and the key. What is not in it is as the system starts.
    pub(crate) keys: BTreeMap<String, String>,
    /// In percent.
    pub(crate) volume: u8,
    pub(crate) muted: bool,
}

impl From<CounterSettings> for CounterView {
    fn from(settings: CounterSettings) -> Self {
        let CounterSettings { keys, volume, muted } = settings;
        Self { keys, volume, muted }
    }
}

impl From<CounterView> for CounterSettings {
    fn from(form: CounterView) -> Self {
        let CounterView { keys, volume, muted } = form;
        Self { keys, volume, muted }
    }
}
