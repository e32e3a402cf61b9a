//! Rows of tenders: written with their journal entries, and read.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};
use serde_json::json;

use super::StoreError;
use super::journal::{self, EntryKind, JournalKey, NewEntry};
use super::rows::{amount, millis, optional_timestamp, parse, timestamp, unreadable};
use crate::money::{Amount, Currency};
use crate::reference::Reference;
use crate::tender::{Direction, Tender, TenderKind};

/// The columns that [`read_tender`] reads, in its order.
pub(super) const COLUMNS: &str =
    "t.reference, t.ticket, t.kind, t.direction, t.currency, t.amount_minor, t.rounded_minor,
    t.given_minor, t.proof, t.staff, t.approved_by, t.at, t.undone_at, k.receipt, k.reason, k.returns";
/// What they are read from.
pub(super) const FROM: &str = "tender t JOIN ticket k ON k.id = t.ticket";
/// A row about to be written.
pub(super) struct Taken {
    pub(super) reference: Reference,
    pub(super) ticket: i64,
    pub(super) kind: TenderKind,
    pub(super) direction: Direction,
    pub(super) amount: Amount,
    pub(super) moved: Amount,
    pub(super) given: Option<Amount>,
    pub(super) proof: Option<String>,
    pub(super) staff: Option<i64>,
    pub(super) approved_by: Option<i64>,
    pub(super) at: Timestamp,
}

pub(super) fn insert(connection: &Connection, row: &Taken, receipt: i64) -> Result<(), StoreError> {
    let search = format!(
        "{} {} {} {receipt:04} {} {}",
        row.reference,
        row.amount,
        row.moved,
        row.kind.name(),
        row.proof.as_deref().unwrap_or_default(),
    );
    connection
        .prepare_cached(
            "INSERT INTO tender (reference, ticket, kind, direction, currency, amount_minor, rounded_minor, given_minor,
                                 proof, staff, approved_by, at, search)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            row.reference.as_str(),
            row.ticket,
            row.kind.name(),
            row.direction.name(),
            row.amount.currency().code(),
            row.amount.minor(),
            row.moved.minor(),
            row.given.map(Amount::minor),
            row.proof,
            row.staff,
            row.approved_by,
            millis(row.at),
            search.to_lowercase(),
        ])?;
    Ok(())
}

/// The journal's entry of a tender: all that its row holds, so that an altered row is noticed.
pub(super) fn note(
    transaction: &Transaction<'_>,
    key: &JournalKey,
    kind: EntryKind,
    row: &Taken,
    mut more: serde_json::Value,
) -> Result<(), StoreError> {
    more["ticket"] = json!(row.ticket);
    more["kind"] = json!(row.kind.name());
    more["direction"] = json!(row.direction.name());
    more["currency"] = json!(row.amount.currency().code());
    more["amount"] = json!(row.amount.to_string());
    more["moved"] = json!(row.moved.to_string());
    more["given"] = json!(row.given.map(|given| given.to_string()));
    more["proof"] = json!(row.proof);
    more["approvedBy"] = json!(row.approved_by);
    let entry = NewEntry {
        kind,
        at: row.at,
        staff: row.staff,
        body: more,
    };
    journal::append(transaction, key, Some(&row.reference), None, &entry)
}

pub(super) fn tenders_in(connection: &Connection, ticket: i64) -> Result<Vec<Tender>, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE t.ticket = ?1 ORDER BY t.at, t.reference"
        ))?
        .query_map([ticket], read_tender)?
        .collect::<Result<_, _>>()?)
}

pub(super) fn tender_in(connection: &Connection, reference: &Reference) -> Result<Tender, StoreError> {
    Ok(connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM {FROM} WHERE t.reference = ?1"))?
        .query_row([reference.as_str()], read_tender)?)
}

/// A row of [`COLUMNS`].
pub(super) fn read_tender(row: &Row<'_>) -> rusqlite::Result<Tender> {
    let currency: Currency = parse(row, 4)?;
    let given: Option<i64> = row.get(7)?;
    Ok(Tender {
        reference: parse(row, 0)?,
        ticket: row.get(1)?,
        kind: parse(row, 2)?,
        direction: parse(row, 3)?,
        amount: amount(row, 5, currency)?,
        moved: amount(row, 6, currency)?,
        given: given
            .map(|minor| Amount::from_minor(minor, currency).map_err(|why| unreadable(7, why)))
            .transpose()?,
        proof: row.get(8)?,
        staff: row.get(9)?,
        approved_by: row.get(10)?,
        at: timestamp(row, 11)?,
        undone_at: optional_timestamp(row, 12)?,
        receipt: row.get(13)?,
        reason: row.get(14)?,
        returns: row.get(15)?,
    })
}
