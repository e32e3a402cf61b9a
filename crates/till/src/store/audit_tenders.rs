//! The journal's word on tenders against their rows: an altered amount, a row that is gone, or one that nobody wrote.

use std::collections::HashMap;

use rusqlite::Connection;
use serde_json::Value;

use super::StoreError;
use super::journal::{EntryKind, Row};
use super::tender_rows::{COLUMNS, FROM, read_tender};
use crate::tender::Tender;

/// What the journal says of one tender.
struct Written {
    body: Value,
    undone: bool,
}

/// What the journal says of all of them, gathered as it is walked.
#[derive(Default)]
pub(super) struct Book(HashMap<String, Written>);

impl Book {
    /// Takes one entry in; a fault where it cannot have happened.
    pub(super) fn take(&mut self, entry: &Row) -> Option<&'static str> {
        let reference = entry.reference.clone()?;
        if entry.kind == EntryKind::Tender.name() {
            let body = serde_json::from_str(&entry.body).ok()?;
            self.0.insert(reference, Written { body, undone: false });
        } else if entry.kind == EntryKind::TenderUndone.name() {
            match self.0.get_mut(&reference) {
                Some(written) if !written.undone => written.undone = true,
                Some(_) | None => return Some("hands back what was not taken"),
            }
        }
        None
    }

    /// A tender whose row says something else than its entries, or is gone, or has none.
    pub(super) fn differing(&self, connection: &Connection) -> Result<Option<String>, StoreError> {
        let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM {FROM}"))?;
        let rows = statement.query_map([], read_tender)?;
        let mut seen = 0;
        for tender in rows {
            let tender = tender?;
            let name = tender.reference.as_str();
            if !self.0.get(name).is_some_and(|written| agrees(written, &tender)) {
                return Ok(Some(name.to_owned()));
            }
            seen += 1;
        }
        if seen == self.0.len() {
            return Ok(None);
        }
        let mut row = connection.prepare("SELECT 1 FROM tender WHERE reference = ?1")?;
        for reference in self.0.keys() {
            if !row.exists([reference])? {
                return Ok(Some(reference.clone()));
            }
        }
        Ok(None)
    }
}

fn agrees(written: &Written, tender: &Tender) -> bool {
    let body = &written.body;
    let given = tender.given.map(|given| given.to_string());
    body["ticket"] == tender.ticket
        && body["kind"] == tender.kind.name()
        && body["direction"] == tender.direction.name()
        && body["currency"] == tender.amount.currency().code()
        && body["amount"] == tender.amount.to_string()
        && body["moved"] == tender.moved.to_string()
        && body["given"].as_str() == given.as_deref()
        && body["proof"].as_str() == tender.proof.as_deref()
        && body["approvedBy"].as_i64() == tender.approved_by
        && written.undone == tender.undone_at.is_some()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rusqlite::Connection;

    use super::super::{JournalKey, Means, NewTender, Store};
    use crate::entropy::SystemEntropy;
    use crate::money::{Amount, Currency};
    use crate::reference::Reference;
    use crate::ticket::NewLine;

    fn store_with_cash(folder: &std::path::Path) -> Store {
        let store = Store::open(folder).unwrap();
        store.seal_with(JournalKey::new([7; 64]));
        let at = Timestamp::from_millisecond(1_800_000_000_000).unwrap();
        let amount = Amount::from_minor(1_003, Currency::Myr).unwrap();
        let ticket = store
            .add_line(Currency::Myr, &NewLine::open(amount), true, at)
            .unwrap();
        let new = NewTender {
            reference: Reference::new(at, &SystemEntropy).unwrap(),
            ticket: ticket.id,
            due: amount,
            typed: None,
            part: None,
            means: Means::Cash { given: None },
            staff: None,
            at,
        };
        store.take_tender(&new).unwrap();
        store
    }

    /// With the triggers out of the way, as somebody with the file has them.
    fn tamper(folder: &std::path::Path, sql: &str) {
        let connection = Connection::open(folder.join("kaunter.sqlite3")).unwrap();
        let triggers =
            "DROP TRIGGER a_tender_is_only_ever_handed_back; DROP TRIGGER a_tender_is_never_deleted;";
        connection.execute_batch(triggers).unwrap();
        connection.execute(sql, []).unwrap();
    }

    #[test]
    fn a_tender_whose_row_was_altered_or_is_gone_is_noticed() {
        for sql in [
            "UPDATE tender SET rounded_minor = 5",
            "UPDATE tender SET undone_at = 1",
            "DELETE FROM tender",
        ] {
            let folder = tempfile::tempdir().unwrap();
            let store = store_with_cash(folder.path());
            assert!(store.verify_journal().unwrap().is_ok(), "{sql}");
            tamper(folder.path(), sql);
            let fault = store.verify_journal().unwrap().unwrap_err();
            assert!(fault.what.contains("tender"), "{sql}: {fault}");
        }
    }

    #[test]
    fn a_tender_is_neither_changed_nor_deleted_and_none_is_taken_beside_an_open_payment() {
        let folder = tempfile::tempdir().unwrap();
        let _store = store_with_cash(folder.path());
        let connection = Connection::open(folder.path().join("kaunter.sqlite3")).unwrap();
        let open = "INSERT INTO payment (reference, ticket, kind, terminal, method, amount_minor, currency, state, created_at, changed_at)
                    SELECT '0123456789ABCDEFGHJK', ticket, 'sale', 'T1', 'bankCard', 100, 'MYR', 'unknown', 0, 0 FROM tender";
        connection.execute(open, []).unwrap();
        for (sql, why) in [
            ("UPDATE tender SET amount_minor = 1", "never changed"),
            ("DELETE FROM tender", "never deleted"),
            (
                "INSERT INTO tender (reference, ticket, kind, direction, currency, amount_minor, rounded_minor, at, search)
                 SELECT 'other', ticket, kind, direction, currency, 1, 1, 1, '' FROM tender",
                "is open",
            ),
        ] {
            let refused = connection.execute(sql, []).unwrap_err().to_string();
            assert!(refused.contains(why), "{sql}: {refused}");
        }
    }
}
