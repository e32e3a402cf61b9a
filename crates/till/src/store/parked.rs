//! Tickets that wait for their customer to come back, under a name or without one. They are rows like any other: a restart, a
//! sign-out or a wiped page loses none.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::journal::{self, EntryKind, NewEntry};
use super::rows::{millis, timestamp};
use super::tenders::make_room;
use super::ticket_rows::{FROZEN, current, read_ticket};
use super::tickets::{changeable, ring_up, whole};
use super::{Store, StoreError, Thing};
use crate::money::Currency;
use crate::ticket::{NewLine, Parked, Ticket};

impl Store {
    /// Parks the current ticket, with all that is on it, and opens the next. Who did it is journaled in the same commit.
    ///
    /// # Errors
    /// [`StoreError::Frozen`] where a payment is open or money was taken: that is set aside instead;
    /// [`StoreError::NothingToPark`].
    pub fn park(
        &self,
        currency: Currency,
        name: &str,
        staff: i64,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            let ticket = changeable(transaction, currency, at)?;
            if ticket.lines.is_empty() {
                return Err(StoreError::NothingToPark);
            }
            put_aside(transaction, &ticket, name, at)?;
            journal::append(
                transaction,
                key,
                None,
                None,
                &entry("parked a ticket", &ticket, name, staff, at)?,
            )?;
            current(transaction, currency, at)
        })
    }

    /// Brings a parked ticket back to the counter. What stands there is parked under `instead` first; an empty ticket, or one
    /// that is paid, makes room by itself.
    ///
    /// # Errors
    /// [`StoreError::TicketInTheWay`] where something is on the current ticket and no name was given for it, as for closing
    /// that one where a payment of it is open or it is partly paid, or [`StoreError::Missing`].
    pub fn recall(
        &self,
        currency: Currency,
        id: i64,
        instead: Option<&str>,
        staff: i64,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            let there = read_ticket(transaction, id)?;
            if !there.is_waiting() {
                return Err(StoreError::Missing(Thing::Ticket));
            }
            let name = there.parked_as.unwrap_or_default();
            let here = current(transaction, currency, at)?;
            match instead {
                // Done with, or nothing on it.
                _ if here.frozen || here.is_blank() => make_room(transaction, here.id)?,
                Some(instead) => {
                    put_aside(transaction, &here, instead, at)?;
                    let entry = entry("parked a ticket", &here, instead, staff, at)?;
                    journal::append(transaction, key, None, None, &entry)?;
                }
                None => return Err(StoreError::TicketInTheWay),
            }
            transaction.execute(
                "UPDATE ticket SET status = 'current', parked_as = NULL, parked_at = NULL WHERE id = ?1",
                [id],
            )?;
            let ticket = whole(transaction, id)?;
            journal::append(
                transaction,
                key,
                None,
                None,
                &entry("recalled a ticket", &ticket, &name, staff, at)?,
            )?;
            Ok(ticket)
        })
    }

    /// The parked tickets, the one that waits longest first. One that was set aside with a payment in question waits with
    /// them, without a name, once that payment took no money: its customer has still to pay.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn parked(&self) -> Result<Vec<Parked>, StoreError> {
        self.read(|connection| {
            let rows: Vec<(i64, String, Timestamp)> = connection
                .prepare_cached(&format!("{} ORDER BY since, id", waiting()))?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, timestamp(row, 2)?)))?
                .collect::<Result<_, _>>()?;
            rows.into_iter()
                .map(|(id, name, since)| {
                    let ticket = read_ticket(connection, id)?;
                    Ok(Parked {
                        id,
                        name,
                        since,
                        total: ticket.payable()?,
                        lines: ticket.lines.len(),
                    })
                })
                .collect()
        })
    }

    /// The ticket that was sold last and is done with.
    ///
    /// # Errors
    /// [`StoreError::NoLastSale`], or when it cannot be read.
    pub fn last_sold(&self) -> Result<Ticket, StoreError> {
        self.read(|connection| {
            let id: Option<i64> = connection
                .prepare_cached(
                    // A receipt is given with the first money that is taken; returns have their own.
                    "SELECT id FROM ticket WHERE status = 'closed' AND kind = 'sale' AND receipt IS NOT NULL
                     ORDER BY receipt DESC LIMIT 1",
                )?
                .query_row([], |row| row.get(0))
                .optional()?;
            read_ticket(connection, id.ok_or(StoreError::NoLastSale)?)
        })
    }

    /// Rings up all of these lines on an empty ticket, or none.
    ///
    /// # Errors
    /// [`StoreError::TicketInTheWay`] where something is on it, or [`StoreError::Frozen`].
    pub fn ring_up_all(
        &self,
        currency: Currency,
        lines: &[NewLine],
        included: bool,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        self.write(|transaction| {
            let ticket = changeable(transaction, currency, at)?;
            if !ticket.is_blank() {
                return Err(StoreError::TicketInTheWay);
            }
            transaction.execute(
                "UPDATE ticket SET prices_include_tax = ?2 WHERE id = ?1",
                params![ticket.id, included],
            )?;
            // Onto the empty ticket each time: two lines that were apart stay apart.
            lines
                .iter()
                .try_for_each(|line| ring_up(transaction, &ticket, line))?;
            whole(transaction, ticket.id)
        })
    }
}

/// What waits ([`Ticket::is_waiting`]): its number, name and since when.
fn waiting() -> String {
    format!(
        "SELECT id, parked_as, parked_at AS since FROM ticket WHERE parked_as IS NOT NULL
         UNION ALL
         SELECT k.id, '', coalesce((SELECT max(p.changed_at) FROM payment p WHERE p.ticket = k.id), k.opened_at)
         FROM ticket k WHERE k.status = 'aside' AND k.parked_as IS NULL AND NOT {FROZEN}
             AND EXISTS (SELECT 1 FROM ticket_line l WHERE l.ticket = k.id)"
    )
}

fn put_aside(connection: &Connection, ticket: &Ticket, name: &str, at: Timestamp) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE ticket SET status = 'aside', parked_as = ?2, parked_at = ?3 WHERE id = ?1",
        params![ticket.id, name, millis(at)],
    )?;
    Ok(())
}

fn entry(did: &str, ticket: &Ticket, name: &str, staff: i64, at: Timestamp) -> Result<NewEntry, StoreError> {
    Ok(NewEntry {
        kind: EntryKind::Ticket,
        at,
        staff: Some(staff),
        body: json!({ "did": did, "ticket": ticket.id, "name": name, "lines": ticket.lines.len(),
                      "total": ticket.total()?.to_string() }),
    })
}

#[cfg(test)]
mod tests;
