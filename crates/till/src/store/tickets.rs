//! Tickets and their lines. A ticket with an open or successful payment does not change.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::rows::{amount, json, millis, parse};
use super::{Store, StoreError, Thing};
use crate::money::{Amount, Currency};
use crate::payment::Extras;
use crate::ticket::{LINE_LIMIT, Line, QUANTITY_LIMIT, Ticket, TicketStatus};

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

    /// Adds a line to the current ticket; an item that is on it already gets one more.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], or a sum or a ticket that grows too large.
    pub fn add_line(
        &self,
        currency: Currency,
        item: Option<i64>,
        name: &str,
        unit: Amount,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        self.change(currency, at, |connection, ticket| {
            let same = ticket.lines.iter().find(|line| item.is_some() && line.item == item && line.unit == unit);
            if let Some(line) = same {
                return set_quantity(connection, ticket, line.id, line.quantity.saturating_add(1));
            }
            if ticket.lines.len() >= LINE_LIMIT {
                return Err(StoreError::TooManyLines);
            }
            connection.execute(
                "INSERT INTO ticket_line (ticket, item, name, unit_minor, quantity) VALUES (?1, ?2, ?3, ?4, 1)",
                params![ticket.id, item, name, unit.minor()],
            )?;
            Ok(())
        })
    }

    /// Sets how many of a line are bought.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], no such line, or a quantity out of bounds.
    pub fn set_quantity(
        &self,
        currency: Currency,
        line: i64,
        quantity: u32,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        self.change(currency, at, |connection, ticket| {
            set_quantity(connection, ticket, line, quantity)
        })
    }

    /// Takes a line off the current ticket.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], or no such line.
    pub fn remove_line(&self, currency: Currency, line: i64, at: Timestamp) -> Result<Ticket, StoreError> {
        self.change(currency, at, |connection, ticket| {
            let removed = connection.execute(
                "DELETE FROM ticket_line WHERE id = ?1 AND ticket = ?2",
                params![line, ticket.id],
            )?;
            if removed == 1 {
                Ok(())
            } else {
                Err(StoreError::Missing(Thing::Line))
            }
        })
    }

    /// Takes everything off the current ticket.
    ///
    /// # Errors
    /// [`StoreError::Frozen`].
    pub fn clear_ticket(&self, currency: Currency, at: Timestamp) -> Result<Ticket, StoreError> {
        self.change(currency, at, |connection, ticket| {
            connection.execute("DELETE FROM ticket_line WHERE ticket = ?1", [ticket.id])?;
            connection.execute("UPDATE ticket SET extras = '{}' WHERE id = ?1", [ticket.id])?;
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

    /// Ends the current ticket, or puts it aside, and opens the next.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn leave_ticket(
        &self,
        currency: Currency,
        to: TicketStatus,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        self.write(|connection| {
            let ticket = current(connection, currency, at)?;
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
            let ticket = current(connection, currency, at)?;
            if ticket.frozen {
                return Err(StoreError::Frozen);
            }
            work(connection, &ticket)?;
            let ticket = read_ticket(connection, ticket.id)?;
            // A sum that no terminal can take is refused while the line that makes it so can still be left off.
            ticket.total()?;
            Ok(ticket)
        })
    }
}

fn set_quantity(
    connection: &Connection,
    ticket: &Ticket,
    line: i64,
    quantity: u32,
) -> Result<(), StoreError> {
    if quantity == 0 || quantity > QUANTITY_LIMIT {
        return Err(StoreError::Quantity);
    }
    let changed = connection.execute(
        "UPDATE ticket_line SET quantity = ?3 WHERE id = ?1 AND ticket = ?2",
        params![line, ticket.id, quantity],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Missing(Thing::Line))
    }
}

fn current(connection: &Connection, currency: Currency, at: Timestamp) -> Result<Ticket, StoreError> {
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

fn read_ticket(connection: &Connection, id: i64) -> Result<Ticket, StoreError> {
    let (status, currency, frozen, extras): (String, Currency, bool, Extras) = connection
        .query_row(
            "SELECT status, currency, EXISTS (SELECT 1 FROM payment WHERE ticket = ticket_row.id AND kind <> 'void'
                 AND state IN ('prepared', 'sent', 'pending', 'unknown', 'approved', 'overridden_charged', 'voided')), extras
             FROM ticket AS ticket_row WHERE id = ?1",
            [id],
            |row| Ok((row.get(0)?, parse(row, 1)?, row.get(2)?, json(row, 3)?)),
        )
        .optional()?
        .ok_or(StoreError::Missing(Thing::Ticket))?;
    let lines = connection
        .prepare_cached(
            "SELECT id, item, name, unit_minor, quantity FROM ticket_line WHERE ticket = ?1 ORDER BY id",
        )?
        .query_map([id], |row| {
            Ok(Line {
                id: row.get(0)?,
                item: row.get(1)?,
                name: row.get(2)?,
                unit: amount(row, 3, currency)?,
                quantity: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    let status = match status.as_str() {
        "current" => TicketStatus::Current,
        "aside" => TicketStatus::Aside,
        _ => TicketStatus::Closed,
    };
    Ok(Ticket {
        id,
        status,
        currency,
        lines,
        extras,
        frozen,
    })
}

const fn status_name(status: TicketStatus) -> &'static str {
    match status {
        TicketStatus::Current => "current",
        TicketStatus::Aside => "aside",
        TicketStatus::Closed => "closed",
    }
}
