//! Tickets and their lines. A ticket with an open or successful payment does not change.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::journal;
use super::reductions::left_unpaid;
use super::tenders::{refuse_to_close, standing_in};
use super::ticket_rows::{current, read_ticket, status_name};
use super::{Store, StoreError, Thing};
use crate::money::{Currency, Quantity};
use crate::payment::Extras;
use crate::tender::TenderRefused;
use crate::ticket::{LINE_LIMIT, Line, NewLine, Ticket, TicketStatus};

/// An amount that was typed and is not on the ticket yet. It goes there in the commit that takes the money, or not at all.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The line that it makes.
    pub line: NewLine,
    /// Whether the shop's prices have their tax in them, which an empty ticket takes over.
    pub included: bool,
}

impl Store {
    /// The ticket at the counter; a new one is opened where there is none.
    ///
    /// # Errors
    /// When it cannot be read or opened.
    pub fn current_ticket(&self, currency: Currency, at: Timestamp) -> Result<Ticket, StoreError> {
        self.write(|connection| current(connection, currency, at))
    }

    /// A ticket by its number.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none.
    pub fn ticket(&self, id: i64) -> Result<Ticket, StoreError> {
        self.read(|connection| read_ticket(connection, id))
    }

    /// Rings up a line on the current ticket; the same thing at the same terms becomes one more of it. `included`: whether
    /// the shop's prices have their tax in them, which an empty ticket takes over.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], or a sum or a ticket that grows too large.
    pub fn add_line(
        &self,
        currency: Currency,
        line: &NewLine,
        included: bool,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        self.change(currency, at, |connection, ticket| {
            ring_up_first(connection, ticket, line, included)
        })
    }

    /// Notes something about a line; an empty note takes it off.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], or no such line.
    pub fn note_line(
        &self,
        currency: Currency,
        line: i64,
        note: &str,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        self.change(currency, at, |connection, ticket| {
            let line = line_of(ticket, line)?;
            connection.execute(
                "UPDATE ticket_line SET note = ?2 WHERE id = ?1",
                params![line.id, note],
            )?;
            Ok(())
        })
    }

    /// Sets the note, the product and the promotion of the current ticket.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], or what the disk says.
    pub fn set_extras(
        &self,
        currency: Currency,
        extras: &Extras,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        let text = serde_json::to_string(extras).map_err(|why| StoreError::Failed(why.to_string()))?;
        self.change(currency, at, |connection, ticket| {
            connection.execute(
                "UPDATE ticket SET extras = ?2 WHERE id = ?1",
                params![ticket.id, text],
            )?;
            Ok(())
        })
    }

    /// Ends the current ticket, or puts it aside, and opens the next. Who ends one that nobody paid is journaled, as is who
    /// clears one.
    ///
    /// # Errors
    /// [`StoreError::TicketTaken`] or [`TenderRefused::PartlyPaid`] where it is to be ended while a payment of it is open,
    /// or something was taken and not all; or when it cannot be committed.
    pub fn leave_ticket(
        &self,
        currency: Currency,
        to: TicketStatus,
        staff: i64,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        let key = self.key()?;
        self.write(|connection| {
            let ticket = current(connection, currency, at)?;
            if to == TicketStatus::Closed {
                refuse_to_close(connection, ticket.id)?;
                if let Some(entry) = left_unpaid(&ticket, staff, at)? {
                    journal::append(connection, key, None, None, &entry)?;
                }
            }
            connection.execute(
                "UPDATE ticket SET status = ?2 WHERE id = ?1",
                params![ticket.id, status_name(to)],
            )?;
            current(connection, currency, at)
        })
    }

    fn change(
        &self,
        currency: Currency,
        at: Timestamp,
        work: impl FnOnce(&Connection, &Ticket) -> Result<(), StoreError>,
    ) -> Result<Ticket, StoreError> {
        self.write(|connection| {
            let ticket = changeable(connection, currency, at)?;
            work(connection, &ticket)?;
            whole(connection, ticket.id)
        })
    }
}

/// The current ticket, if it may change.
pub(super) fn changeable(
    connection: &Connection,
    currency: Currency,
    at: Timestamp,
) -> Result<Ticket, StoreError> {
    let ticket = current(connection, currency, at)?;
    refuse_to_change(connection, &ticket)?;
    Ok(ticket)
}

/// By what keeps a ticket as it is, in the words that are true of it.
fn refuse_to_change(connection: &Connection, ticket: &Ticket) -> Result<(), StoreError> {
    if !ticket.frozen {
        return Ok(());
    }
    Err(match standing_in(connection, ticket.id)?.in_the_way {
        Some(_) => StoreError::Frozen,
        None => StoreError::Begun,
    })
}

/// The ticket after a change. A sum that no terminal can take is refused while the line that makes it so can still be
/// left off.
pub(super) fn whole(connection: &Connection, id: i64) -> Result<Ticket, StoreError> {
    let ticket = read_ticket(connection, id)?;
    ticket.total()?;
    Ok(ticket)
}

/// Puts what was typed on the ticket at the counter, if it is this one and may still change.
pub(super) fn ring_up_typed(connection: &Connection, ticket: i64, typed: &Typed) -> Result<(), StoreError> {
    let ticket = read_ticket(connection, ticket)?;
    if ticket.status != TicketStatus::Current {
        return Err(TenderRefused::NotCurrent.into());
    }
    refuse_to_change(connection, &ticket)?;
    ring_up_first(connection, &ticket, &typed.line, typed.included)
}

/// Puts a line on a ticket that may change; an empty one takes over whether the shop's prices have their tax in them.
pub(super) fn ring_up_first(
    connection: &Connection,
    ticket: &Ticket,
    line: &NewLine,
    included: bool,
) -> Result<(), StoreError> {
    if ticket.lines.is_empty() {
        connection.execute(
            "UPDATE ticket SET prices_include_tax = ?2 WHERE id = ?1",
            params![ticket.id, included],
        )?;
    }
    ring_up(connection, ticket, line)
}

/// Puts a line on a ticket that may change; the same thing at the same terms becomes one more of it.
pub(super) fn ring_up(connection: &Connection, ticket: &Ticket, line: &NewLine) -> Result<(), StoreError> {
    if let Some(same) = ticket.lines.iter().find(|known| line.is_more_of(known)) {
        let both = same
            .quantity
            .thousandths()
            .saturating_add(line.quantity.thousandths());
        return put_quantity(connection, same.id, Quantity::from_thousandths(both)?);
    }
    if ticket.lines.len() >= LINE_LIMIT {
        return Err(StoreError::TooManyLines);
    }
    connection
        .prepare_cached(
            "INSERT INTO ticket_line (ticket, item, name, price_minor, unit, thousandths, note, tax_name, tax_rate)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            ticket.id,
            line.item,
            line.name,
            line.price.minor(),
            line.unit.name(),
            line.quantity.of(line.unit)?.thousandths(),
            line.note,
            line.tax.name,
            line.tax.rate.hundredths(),
        ])?;
    Ok(())
}

pub(super) fn line_of(ticket: &Ticket, id: i64) -> Result<&Line, StoreError> {
    ticket
        .lines
        .iter()
        .find(|line| line.id == id)
        .ok_or(StoreError::Missing(Thing::Line))
}

pub(super) fn put_quantity(connection: &Connection, line: i64, quantity: Quantity) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE ticket_line SET thousandths = ?2 WHERE id = ?1",
        params![line, quantity.thousandths()],
    )?;
    Ok(())
}

pub(super) fn delete_line(connection: &Connection, line: i64) -> Result<(), StoreError> {
    connection.execute("DELETE FROM ticket_line WHERE id = ?1", [line])?;
    Ok(())
}
