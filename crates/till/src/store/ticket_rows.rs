//! Reading tickets: the row, its lines, and whether a payment keeps it from changing.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::rows::{amount, json, millis, parse, parse_optional, unreadable};
use super::tenders::ROUNDING;
use super::{StoreError, Thing};
use crate::money::{Amount, Currency, Quantity, Rate, Rounding};
use crate::tax::LineTax;
use crate::ticket::{Discount, Line, Ticket, TicketStatus};

/// The ticket at the counter; a new one is opened where there is none.
pub(super) fn current(
    connection: &Connection,
    currency: Currency,
    at: Timestamp,
) -> Result<Ticket, StoreError> {
    let id: Option<i64> = connection
        .query_row("SELECT id FROM ticket WHERE status = 'current'", [], |row| {
            row.get(0)
        })
        .optional()?;
    let id = match id {
        Some(id) => id,
        None => {
            connection.execute(
                "INSERT INTO ticket (currency, status, opened_at) VALUES (?1, 'current', ?2)",
                params![currency.code(), millis(at)],
            )?;
            connection.last_insert_rowid()
        }
    };
    read_ticket(connection, id)
}

/// Whether ticket `k` may not change any more: money of it moved, or may have moved.
pub(super) const FROZEN: &str = "(EXISTS (SELECT 1 FROM payment p WHERE p.ticket = k.id AND p.kind <> 'void'
         AND p.state IN ('prepared', 'sent', 'pending', 'unknown', 'approved', 'overridden_charged', 'voided'))
     OR EXISTS (SELECT 1 FROM tender t WHERE t.ticket = k.id))";

/// A ticket by its number.
pub(super) fn read_ticket(connection: &Connection, id: i64) -> Result<Ticket, StoreError> {
    let ticket = connection
        .prepare_cached(&format!(
            "SELECT status, currency, {FROZEN}, extras, parked_as, discount_minor, discount_rate, prices_include_tax,
                 coalesce(rounding, (SELECT value ->> '$' FROM setting WHERE name = ?2))
             FROM ticket AS k WHERE id = ?1"
        ))?
        .query_row(params![id, ROUNDING], |row| {
            let currency = parse(row, 1)?;
            Ok(Ticket {
                id,
                status: status(row, 0)?,
                parked_as: row.get(4)?,
                currency,
                lines: Vec::new(),
                discount: discount(row, 5, currency)?,
                prices_include_tax: row.get(7)?,
                extras: json(row, 3)?,
                rounding: parse_optional(row, 8)?.unwrap_or(Rounding::usual(currency)),
                frozen: row.get(2)?,
            })
        })
        .optional()?
        .ok_or(StoreError::Missing(Thing::Ticket))?;
    let lines = connection
        .prepare_cached(
            "SELECT id, item, name, price_minor, unit, thousandths, discount_minor, discount_rate, note, tax_name, tax_rate
             FROM ticket_line WHERE ticket = ?1 ORDER BY id",
        )?
        .query_map([id], |row| read_line(row, ticket.currency))?
        .collect::<Result<_, _>>()?;
    Ok(Ticket { lines, ..ticket })
}

fn read_line(row: &Row<'_>, currency: Currency) -> rusqlite::Result<Line> {
    Ok(Line {
        id: row.get(0)?,
        item: row.get(1)?,
        name: row.get(2)?,
        price: amount(row, 3, currency)?,
        unit: parse(row, 4)?,
        quantity: Quantity::from_thousandths(row.get(5)?).map_err(|why| unreadable(5, why))?,
        discount: discount(row, 6, currency)?,
        note: row.get(8)?,
        tax: LineTax {
            name: row.get(9)?,
            rate: rate(row, 10)?,
        },
    })
}

/// A discount out of its two columns, the amount and the rate behind it.
fn discount(row: &Row<'_>, column: usize, currency: Currency) -> rusqlite::Result<Option<Discount>> {
    let minor: Option<i64> = row.get(column)?;
    let hundredths: Option<i64> = row.get(column + 1)?;
    let amount = minor
        .map(|minor| Amount::from_minor(minor, currency).map_err(|why| unreadable(column, why)))
        .transpose()?;
    let rate = hundredths
        .map(|hundredths| Rate::from_hundredths(hundredths).map_err(|why| unreadable(column + 1, why)))
        .transpose()?;
    Ok(amount.map(Discount::Amount).or(rate.map(Discount::Percent)))
}

pub(super) fn rate(row: &Row<'_>, column: usize) -> rusqlite::Result<Rate> {
    Rate::from_hundredths(row.get(column)?).map_err(|why| unreadable(column, why))
}

fn status(row: &Row<'_>, column: usize) -> rusqlite::Result<TicketStatus> {
    let name: String = row.get(column)?;
    Ok(match name.as_str() {
        "current" => TicketStatus::Current,
        "aside" => TicketStatus::Aside,
        _ => TicketStatus::Closed,
    })
}

pub(super) const fn status_name(status: TicketStatus) -> &'static str {
    match status {
        TicketStatus::Current => "current",
        TicketStatus::Aside => "aside",
        TicketStatus::Closed => "closed",
    }
}
