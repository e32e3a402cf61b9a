//! Says that something was committed which a customer may be shown, so that nobody has to ask again and again, whichever
//! part of the till wrote it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use rusqlite::hooks::Action;
use tokio::sync::watch;

use super::{Store, StoreError};

/// The tables that a customer's display is made of.
const SHOWN: [&str; 5] = ["ticket", "ticket_line", "tender", "payment", "setting"];

/// What was written since the last commit, and who waits for it.
pub(super) struct Seen {
    written: Arc<AtomicBool>,
    commits: watch::Sender<u64>,
}

impl Seen {
    /// Listens to what this connection writes.
    pub(super) fn on(connection: &Connection) -> Result<Self, StoreError> {
        let written = Arc::new(AtomicBool::new(false));
        let noted = Arc::clone(&written);
        connection.update_hook(Some(move |_: Action, _: &str, table: &str, _: i64| {
            if SHOWN.contains(&table) {
                noted.store(true, Ordering::Relaxed);
            }
        }))?;
        Ok(Self {
            written,
            commits: watch::Sender::new(0),
        })
    }

    /// One that nothing is written through.
    pub(super) fn nothing() -> Self {
        Self {
            written: Arc::default(),
            commits: watch::Sender::new(0),
        }
    }

    /// What was written is on the disk.
    pub(super) fn committed(&self) {
        if self.written.swap(false, Ordering::Relaxed) {
            self.commits.send_modify(|count| *count = count.wrapping_add(1));
        }
    }
}

impl Store {
    /// Changes with every commit of something that a customer may be shown: a ticket, what was paid, the shop's settings.
    #[must_use]
    pub fn commits_to_show(&self) -> watch::Receiver<u64> {
        self.seen.commits.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::store::{JournalKey, Theme};
    use jiff::Timestamp;

    #[test]
    fn a_ticket_and_a_setting_are_told_and_looking_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut told = store.commits_to_show();
        store.current_ticket(Currency::Myr, Timestamp::now()).unwrap();
        assert!(told.has_changed().unwrap());
        told.mark_unchanged();
        store.set_theme(Theme::Dark).unwrap();
        assert!(told.has_changed().unwrap());
        told.mark_unchanged();
        store.theme().unwrap();
        assert!(store.ticket_at_counter().unwrap().is_some());
        assert!(!told.has_changed().unwrap(), "looking is not a change");
    }

    #[test]
    fn what_was_refused_is_not_told() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.seal_with(JournalKey::new([7; 64]));
        store.current_ticket(Currency::Myr, Timestamp::now()).unwrap();
        let told = store.commits_to_show();
        assert!(store.remove_line(Currency::Myr, 99, 1, Timestamp::now()).is_err());
        assert!(!told.has_changed().unwrap());
    }
}
