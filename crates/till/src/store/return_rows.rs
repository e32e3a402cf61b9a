//! Reading returns: the row, what came back on it, and how the money went.

use rusqlite::{Connection, OptionalExtension};

use super::lookup::{COLUMNS as PAYMENT_COLUMNS, read_payment};
use super::rows::{amount, optional_timestamp, parse, timestamp, unreadable};
use super::tender_rows::{self, read_tender};
use super::{StoreError, Thing};
use crate::money::{Currency, Quantity};
use crate::tender::{Leg, ReturnRecord, ReturnedLine};

/// A return by its own ticket.
pub(super) fn return_in(connection: &Connection, id: i64) -> Result<ReturnRecord, StoreError> {
    let mut record = connection
        .prepare_cached(
            // A refused void has a transaction where evidence showed one; the payment is voided once somebody has seen to that.
            "SELECT r.returns, o.receipt, r.receipt, r.currency, r.refund_minor, r.reason, r.asked_by, r.approved_by,
                    r.opened_at, r.undone_at, r.undone_at IS NOT NULL AND EXISTS (
                        SELECT 1 FROM payment v JOIN payment p ON p.reference = v.original
                        WHERE v.ticket = r.id AND v.kind = 'void' AND v.trans_id IS NOT NULL AND p.state = 'voided')
             FROM ticket r JOIN ticket o ON o.id = r.returns WHERE r.id = ?1",
        )?
        .query_row([id], |row| {
            let currency: Currency = parse(row, 3)?;
            Ok(ReturnRecord {
                ticket: id,
                original: row.get(0)?,
                original_receipt: row.get(1)?,
                receipt: row.get(2)?,
                lines: Vec::new(),
                amount: amount(row, 4, currency)?,
                refund: None,
                reason: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
                staff: row.get(6)?,
                approved_by: row.get(7)?,
                at: timestamp(row, 8)?,
                undone_at: optional_timestamp(row, 9)?,
                found_given_back: row.get(10)?,
            })
        })
        .optional()?
        .ok_or(StoreError::Missing(Thing::Ticket))?;
    let currency = record.amount.currency();
    record.lines = connection
        .prepare_cached(
            "SELECT l.name, l.unit, r.thousandths, r.gives_minor FROM return_line r JOIN ticket_line l ON l.id = r.line
             WHERE r.ticket = ?1 ORDER BY r.line",
        )?
        .query_map([id], |row| {
            let thousandths: i64 = row.get(2)?;
            Ok(ReturnedLine {
                name: row.get(0)?,
                unit: parse(row, 1)?,
                quantity: Quantity::from_thousandths(thousandths)
                    .map_err(|why| unreadable(2, why))?,
                gives: amount(row, 3, currency)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    record.refund = refund_of(connection, id)?;
    Ok(record)
}

fn refund_of(connection: &Connection, ticket: i64) -> Result<Option<Leg>, StoreError> {
    let sql = format!(
        "SELECT {} FROM {} WHERE t.ticket = ?1 LIMIT 1",
        tender_rows::COLUMNS,
        tender_rows::FROM
    );
    let tender = connection
        .prepare_cached(&sql)?
        .query_row([ticket], read_tender)
        .optional()?;
    if let Some(tender) = tender {
        return Ok(Some(Leg::Tender(Box::new(tender))));
    }
    let sql = format!(
        "SELECT {PAYMENT_COLUMNS} FROM payment p WHERE p.ticket = ?1 AND p.kind = 'void' ORDER BY p.created_at DESC LIMIT 1"
    );
    let void = connection
        .prepare_cached(&sql)?
        .query_row([ticket], read_payment)
        .optional()?;
    Ok(void.map(|void| Leg::Payment(Box::new(void))))
}
