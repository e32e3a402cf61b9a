//! Auditing the journal: that no entry was altered or is missing, and that every payment is in the state its events say.

use std::collections::HashMap;

use rusqlite::Connection;

use super::audit_tenders::Book;
use super::journal::{EntryKind, Row};
use super::{Store, StoreError};
use crate::payment::{PaymentEvent, PaymentState, next};

/// The first entry that does not fit, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("journal entry {seq} {what}")]
pub struct JournalFault {
    /// The entry's place.
    pub seq: i64,
    /// What is wrong with it.
    pub what: &'static str,
}

impl Store {
    /// Walks the whole chain. The number of entries and the chain's head, or the first entry that does not fit.
    ///
    /// # Errors
    /// When the store cannot be read at all; the inner error names the entry that was altered or is missing.
    pub fn verify_journal(&self) -> Result<Result<(i64, String), JournalFault>, StoreError> {
        let key = self.key()?;
        self.read(|connection| {
            // One moment of the database, also while another process writes to it.
            let connection = connection.unchecked_transaction()?;
            let mut statement = connection.prepare(
                "SELECT seq, at, reference, kind, event, staff, body, mac FROM journal ORDER BY seq",
            )?;
            let mut rows = statement.query([])?;
            let mut before: Vec<u8> = Vec::new();
            let mut expected = 1;
            let mut states: HashMap<String, PaymentState> = HashMap::new();
            let mut tenders = Book::default();
            while let Some(row) = rows.next()? {
                let entry = Row {
                    seq: row.get(0)?,
                    at: row.get(1)?,
                    reference: row.get(2)?,
                    kind: row.get(3)?,
                    event: row.get(4)?,
                    staff: row.get(5)?,
                    body: row.get(6)?,
                };
                let stored: Vec<u8> = row.get(7)?;
                if entry.seq != expected {
                    return Ok(Err(JournalFault {
                        seq: expected,
                        what: "is missing",
                    }));
                }
                let mac = entry.mac(key, &before);
                if mac != stored {
                    return Ok(Err(JournalFault {
                        seq: entry.seq,
                        what: "was altered",
                    }));
                }
                if let (Some(reference), Some(fault)) = (&entry.reference, replay(&mut states, &entry)) {
                    log::error!("payment {reference}: entry {} {fault}", entry.seq);
                    return Ok(Err(JournalFault {
                        seq: entry.seq,
                        what: fault,
                    }));
                }
                if let Some(fault) = tenders.take(&entry) {
                    return Ok(Err(JournalFault {
                        seq: entry.seq,
                        what: fault,
                    }));
                }
                before = mac;
                expected += 1;
            }
            if let Some(reference) = differing(&connection, &states)? {
                log::error!("payment {reference} is not in the state that its journal says");
                return Ok(Err(JournalFault {
                    seq: expected - 1,
                    what: "is the last, and a payment's row was altered or is missing",
                }));
            }
            if let Some(reference) = tenders.differing(&connection)? {
                log::error!("tender {reference} is not what its journal says");
                return Ok(Err(JournalFault {
                    seq: expected - 1,
                    what: "is the last, and a tender's row was altered or is missing",
                }));
            }
            let head = before.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            Ok(Ok((expected - 1, head)))
        })
    }
}

/// Follows a payment through its events, as the one transition function has them.
fn replay(states: &mut HashMap<String, PaymentState>, entry: &Row) -> Option<&'static str> {
    let reference = entry.reference.clone()?;
    if entry.kind == EntryKind::Prepared.name() {
        states.insert(reference, PaymentState::Prepared);
        return None;
    }
    let event: PaymentEvent = match entry.event.as_deref()?.parse() {
        Ok(event) => event,
        Err(_) => return Some("has an event that this version does not know"),
    };
    let state = states.get_mut(&reference)?;
    match next(*state, event) {
        Ok(next) => {
            *state = next;
            None
        }
        Err(_) => Some("has an event that cannot have happened then"),
    }
}

/// A payment whose row says something else than its events, or is gone.
fn differing(
    connection: &Connection,
    states: &HashMap<String, PaymentState>,
) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare("SELECT reference, state FROM payment")?;
    let mut rows = statement.query([])?;
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        let (reference, state): (String, String) = (row.get(0)?, row.get(1)?);
        if states.get(&reference).map(|state| state.name()) != Some(state.as_str()) {
            return Ok(Some(reference));
        }
        seen += 1;
    }
    if seen == states.len() {
        return Ok(None);
    }
    // Seldom, and only to name it: some payment that the journal knows has no row any more.
    let mut row = connection.prepare("SELECT 1 FROM payment WHERE reference = ?1")?;
    for reference in states.keys() {
        if !row.exists([reference])? {
            return Ok(Some(reference.clone()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{EntryKind, JournalKey, NewEntry, NewPayment};
    use super::*;
    use crate::entropy::SystemEntropy;
    use crate::money::{Amount, Currency};
    use crate::payment::Kind;
    use crate::reference::Reference;
    use cloudecr::PaymentMethod;
    use jiff::Timestamp;
    use rusqlite::Connection;

    fn store_with_entries(folder: &std::path::Path) -> Store {
        let store = Store::open(folder).unwrap();
        store.seal_with(JournalKey::new([7; 64]));
        for number in 0..5 {
            let entry = NewEntry {
                kind: EntryKind::Settings,
                at: Timestamp::from_millisecond(1_800_000_000_000 + number).unwrap(),
                staff: None,
                body: json!({ "number": number }),
            };
            store.note(None, &entry).unwrap();
        }
        store
    }

    fn tamper(folder: &std::path::Path, sql: &str) {
        let connection = Connection::open(folder.join("kaunter.sqlite3")).unwrap();
        connection
            .execute_batch("DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_is_never_cut;")
            .unwrap();
        connection.execute(sql, []).unwrap();
    }

    #[test]
    fn a_whole_journal_verifies() {
        let folder = tempfile::tempdir().unwrap();
        let store = store_with_entries(folder.path());
        assert_eq!(store.verify_journal().unwrap().unwrap().0, 5);
    }

    #[test]
    fn the_first_altered_entry_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let store = store_with_entries(folder.path());
        tamper(
            folder.path(),
            "UPDATE journal SET body = '{\"number\":9}' WHERE seq = 3",
        );
        assert_eq!(
            store.verify_journal().unwrap(),
            Err(JournalFault {
                seq: 3,
                what: "was altered"
            })
        );
    }

    #[test]
    fn the_first_missing_entry_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let store = store_with_entries(folder.path());
        tamper(folder.path(), "DELETE FROM journal WHERE seq = 2");
        assert_eq!(
            store.verify_journal().unwrap(),
            Err(JournalFault {
                seq: 2,
                what: "is missing"
            })
        );
    }

    #[test]
    fn a_payment_whose_row_is_gone_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let store = store_with_entries(folder.path());
        let at = Timestamp::from_millisecond(1_800_000_000_000).unwrap();
        let new = NewPayment {
            reference: Reference::new(at, &SystemEntropy).unwrap(),
            ticket: None,
            kind: Kind::Sale,
            original: None,
            terminal: "T1".to_owned(),
            method: PaymentMethod::BankCard,
            channel: None,
            amount: Amount::from_minor(100, Currency::Myr).unwrap(),
            cash: None,
            extras: crate::payment::Extras::default(),
            staff: None,
            approved_by: None,
            at,
        };
        store.prepare(&new).unwrap();
        assert!(store.verify_journal().unwrap().is_ok());
        tamper(folder.path(), "DELETE FROM payment");
        assert_eq!(store.verify_journal().unwrap().unwrap_err().seq, 6);
    }

    #[test]
    fn entries_can_be_neither_changed_nor_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let _store = store_with_entries(folder.path());
        let connection = Connection::open(folder.path().join("kaunter.sqlite3")).unwrap();
        for sql in ["UPDATE journal SET body = '{}'", "DELETE FROM journal"] {
            assert!(
                connection
                    .execute(sql, [])
                    .unwrap_err()
                    .to_string()
                    .contains("append-only"),
                "{sql}"
            );
        }
    }

    #[test]
    fn nothing_is_journaled_without_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let entry = NewEntry {
            kind: EntryKind::Settings,
            at: Timestamp::UNIX_EPOCH,
            staff: None,
            body: json!({}),
        };
        assert!(matches!(store.note(None, &entry), Err(StoreError::NotSealed)));
    }
}
