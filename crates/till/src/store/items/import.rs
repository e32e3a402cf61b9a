//! A whole file of items: all of it, or nothing, and no payment waits for more than a part of it.
//!
//! The rows and their barcodes are one commit, after which each item is found by its code, its barcode and the beginning of its
//! name. The index of words takes most of the time: it follows in commits of some hundred items, between which whoever waits for
//! the store has it first. An import that is broken off there is caught up with when the till starts.

use jiff::Timestamp;
use serde_json::json;

use super::super::journal::{self, EntryKind, NewEntry};
use super::super::{Store, StoreError};
use super::index::{AT_ONCE, catch_up_some};
use super::{ShelfState, Words, put_barcodes, put_row};
use crate::items::sheet::{Fate, PlannedRow};
use crate::items::sort_words;

impl Store {
    /// Does what a file's rows say, and notes in the journal who did it. Whether it did: where the shelf is another than the one
    /// that was planned for, nothing has changed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when an item is not on the shelf, or what the disk says. Nothing has changed then, either.
    pub(crate) fn import_items(
        &self,
        rows: &[PlannedRow],
        planned_for: ShelfState,
        staff: i64,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let key = self.key()?;
        // Before anybody has to wait for it.
        let sorted: Vec<String> = rows.iter().map(|row| sort_words(&row.facts.name)).collect();
        let done = self.write_shelf(|transaction| {
            if self.shelf_state() != planned_for {
                return Ok(false);
            }
            // First what barcodes are let go of, so that rows may take them from each other in any order.
            let mut let_go = transaction.prepare_cached("DELETE FROM item_barcode WHERE item = ?1")?;
            for row in rows {
                if let Fate::Changed(id) = row.fate {
                    let_go.execute([id])?;
                }
            }
            let (mut new, mut changed) = (0_usize, 0_usize);
            for (row, sorted) in rows.iter().zip(&sorted) {
                let before = match row.fate {
                    Fate::New => {
                        new += 1;
                        None
                    }
                    Fate::Changed(id) => {
                        changed += 1;
                        Some(id)
                    }
                    Fate::Same(_) => continue,
                };
                let id = put_row(transaction, before, &row.facts, sorted, Words::Later)?;
                put_barcodes(transaction, id, &row.facts.barcodes)?;
            }
            let entry = NewEntry {
                kind: EntryKind::Settings,
                at,
                staff: Some(staff),
                body: json!({ "did": "imported items", "new": new, "changed": changed }),
            };
            journal::append(transaction, key, None, None, &entry)?;
            Ok(true)
        })?;
        // The items are on the shelf now, whatever becomes of their words.
        if let Err(error) = self.write_words() {
            log::warn!("imported items are not all found by their words before the next start: {error}");
        }
        Ok(done)
    }

    fn write_words(&self) -> Result<(), StoreError> {
        while self.write_in_turn(|transaction| catch_up_some(transaction, AT_ONCE))? > 0 {}
        Ok(())
    }
}
