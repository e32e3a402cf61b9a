//! Receipt numbers: per till, ascending, without gaps, shared by payments and tickets. One ticket has one.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use crate::payment::{Kind, Payment};

/// The next number. It is only ever taken in the commit that also takes the money.
fn next(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT max(coalesce((SELECT max(receipt) FROM payment), 0), coalesce((SELECT max(receipt) FROM ticket), 0)) + 1",
        )?
        .query_row([], |row| row.get(0))?)
}

fn of_ticket(connection: &Connection, ticket: i64) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT receipt FROM ticket WHERE id = ?1")?
        .query_row([ticket], |row| row.get(0))
        .optional()?
        .flatten())
}

/// The ticket's number, given to it now if it has none.
pub(super) fn give(connection: &Connection, ticket: i64) -> Result<i64, StoreError> {
    if let Some(number) = of_ticket(connection, ticket)? {
        return Ok(number);
    }
    let number = next(connection)?;
    connection
        .prepare_cached("UPDATE ticket SET receipt = ?2 WHERE id = ?1")?
        .execute(params![ticket, number])?;
    Ok(number)
}

/// The number that a payment keeps as it is charged: its ticket's, if it is the first leg to have one; none if an earlier
/// leg keeps it; one of its own without a ticket, and for a void that is no return.
pub(super) fn of_charge(connection: &Connection, payment: &Payment) -> Result<Option<i64>, StoreError> {
    let ticket = match (payment.kind, payment.ticket) {
        (Kind::Sale | Kind::CashOut, ticket) => ticket,
        (Kind::Void, ticket) => match ticket {
            Some(ticket) if is_return(connection, ticket)? => Some(ticket),
            Some(_) | None => None,
        },
    };
    let Some(ticket) = ticket else {
        return next(connection).map(Some);
    };
    match of_ticket(connection, ticket)? {
        Some(_) => Ok(None),
        None => give(connection, ticket).map(Some),
    }
}

/// The number on the receipt of a payment that keeps none itself.
pub(super) fn shown(connection: &Connection, payment: &Payment) -> Result<Option<i64>, StoreError> {
    match (payment.kind, payment.ticket) {
        (Kind::Sale | Kind::CashOut, Some(ticket)) => of_ticket(connection, ticket),
        (Kind::Sale | Kind::CashOut, None) | (Kind::Void, _) => Ok(None),
    }
}

/// Whether a ticket is a return.
pub(super) fn is_return(connection: &Connection, ticket: i64) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT kind = 'return' FROM ticket WHERE id = ?1")?
        .query_row([ticket], |row| row.get(0))
        .optional()?
        .unwrap_or(false))
}
