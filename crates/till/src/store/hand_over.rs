//! What somebody has to do by hand after money was given back, kept until they say that it is done: a till that stops in the
//! moment between the commit and the customer's hand asks again.

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::json;

use super::journal::{self, EntryKind, NewEntry};
use super::tender_rows::{COLUMNS, FROM, read_tender};
use super::{Store, StoreError};
use crate::tender::{Tender, TenderKind};

impl Store {
    /// What was given back and nobody has said of that it is handed over, oldest first: cash, and slips that have to be voided on
    /// the terminal by hand.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn to_hand_over(&self) -> Result<Vec<Tender>, StoreError> {
        self.read(|connection| {
            to_hand_over(
                connection,
                "ORDER BY coalesce(t.undone_at, t.at), t.reference",
                [],
            )
        })
    }

    /// Somebody says that all of it is handed over that was given back of this ticket, or for this return.
    ///
    /// # Errors
    /// When it cannot be committed: it will be asked again.
    pub fn handed_over(&self, ticket: i64, staff: i64, at: Timestamp) -> Result<(), StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            for tender in to_hand_over(transaction, "AND t.ticket = ?1", [ticket])? {
                transaction.execute(
                    "DELETE FROM hand_over WHERE tender = ?1",
                    [tender.reference.as_str()],
                )?;
                let entry = NewEntry {
                    kind: EntryKind::HandedOver,
                    at,
                    staff: Some(staff),
                    body: json!({ "ticket": ticket, "kind": tender.kind.name(), "moved": tender.moved.to_string() }),
                };
                journal::append(transaction, key, Some(&tender.reference), None, &entry)?;
            }
            Ok(())
        })
    }
}

/// Has it asked for until somebody says that it is done, in the transaction that gives it back. What the merchant portal gave
/// back is done already.
pub(super) fn begin(connection: &Connection, tender: &Tender) -> Result<(), StoreError> {
    if tender.kind != TenderKind::Portal && !tender.moved.is_zero() {
        connection
            .prepare_cached("INSERT INTO hand_over (tender) VALUES (?1)")?
            .execute([tender.reference.as_str()])?;
    }
    Ok(())
}

fn to_hand_over(
    connection: &Connection,
    how: &str,
    of: impl rusqlite::Params,
) -> Result<Vec<Tender>, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE t.reference IN (SELECT tender FROM hand_over) {how}"
        ))?
        .query_map(of, read_tender)?
        .collect::<Result<_, _>>()?)
}
