//! What makes a ticket less: discounts, smaller quantities, lines that are taken off, all of it, or leaving it unpaid. Who did it
//! is journaled in the same commit, since goods that were rung up and not paid are what a manager looks for.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};
use serde_json::{Value, json};

use super::journal::{self, EntryKind, NewEntry};
use super::tickets::{changeable, delete_line, line_of, put_quantity, whole};
use super::{Store, StoreError};
use crate::money::{Currency, Quantity};
use crate::ticket::{Discount, Line, Ticket};

impl Store {
    /// Sets what is taken off a line, or with `None` for the line off the whole ticket; no discount takes it back. A ticket
    /// without lines has none. Who did it and what it took off is journaled in the same commit.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], no such line, or what the disk says.
    pub fn discount(
        &self,
        currency: Currency,
        line: Option<i64>,
        discount: Option<Discount>,
        staff: i64,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        let key = self.key()?;
        let discount = discount.filter(|discount| !discount.is_nothing());
        self.write(|transaction| {
            let ticket = changeable(transaction, currency, at)?;
            // It would wait for whatever the next customer buys.
            let discount = discount.filter(|_| !ticket.lines.is_empty());
            let (minor, rate) = columns(discount);
            let (was, name) = match line {
                Some(line) => {
                    let line = line_of(&ticket, line)?;
                    transaction.execute(
                        "UPDATE ticket_line SET discount_minor = ?2, discount_rate = ?3 WHERE id = ?1",
                        params![line.id, minor, rate],
                    )?;
                    (line.discount, Some(line.name.clone()))
                }
                None => {
                    transaction.execute(
                        "UPDATE ticket SET discount_minor = ?2, discount_rate = ?3 WHERE id = ?1",
                        params![ticket.id, minor, rate],
                    )?;
                    (ticket.discount, None)
                }
            };
            let before = ticket.total()?;
            let ticket = whole(transaction, ticket.id)?;
            if was != discount {
                let entry = NewEntry {
                    kind: EntryKind::Ticket,
                    at,
                    staff: Some(staff),
                    body: json!({
                        "did": if discount.is_some() { "gave a discount" } else { "took a discount back" },
                        "ticket": ticket.id,
                        "line": name,
                        "discount": discount.or(was).map(|discount| discount.to_string()),
                        "totalBefore": before.to_string(),
                        "total": ticket.total()?.to_string(),
                    }),
                };
                journal::append(transaction, key, None, None, &entry)?;
            }
            Ok(ticket)
        })
    }

    /// Sets how much of a line is bought. Who made it less is journaled.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], no such line, or a part of something that is sold in pieces.
    pub fn set_quantity(
        &self,
        currency: Currency,
        line: i64,
        quantity: Quantity,
        staff: i64,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        self.take_off(currency, staff, at, |transaction, ticket| {
            let line = line_of(ticket, line)?;
            let quantity = quantity.of(line.unit)?;
            put_quantity(transaction, line.id, quantity)?;
            Ok(some_of(line, quantity))
        })
    }

    /// One more of a line, or one less; the last one takes the line off, as [`Self::remove_line`] does. Who made it less is
    /// journaled.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], no such line, or more than a line takes.
    pub fn step_quantity(
        &self,
        currency: Currency,
        line: i64,
        up: bool,
        staff: i64,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        self.take_off(currency, staff, at, |transaction, ticket| {
            let line = line_of(ticket, line)?;
            let quantity = if up {
                line.quantity.one_more()?
            } else if let Ok(less) = line.quantity.one_less() {
                less
            } else {
                delete_line(transaction, line.id)?;
                return Ok(Some(all_of(line)));
            };
            put_quantity(transaction, line.id, quantity)?;
            Ok(some_of(line, quantity))
        })
    }

    /// Takes a line off the current ticket, and journals who did. With the last line go the whole ticket's discount and note.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], or no such line.
    pub fn remove_line(
        &self,
        currency: Currency,
        line: i64,
        staff: i64,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        self.take_off(currency, staff, at, |transaction, ticket| {
            let line = line_of(ticket, line)?;
            delete_line(transaction, line.id)?;
            Ok(Some(all_of(line)))
        })
    }

    /// Takes everything off the current ticket, and journals who did.
    ///
    /// # Errors
    /// [`StoreError::Frozen`].
    pub fn clear_ticket(&self, currency: Currency, staff: i64, at: Timestamp) -> Result<Ticket, StoreError> {
        self.take_off(currency, staff, at, |transaction, ticket| {
            transaction.execute("DELETE FROM ticket_line WHERE ticket = ?1", [ticket.id])?;
            start_over(transaction, ticket)?;
            let lines = ticket.lines.len();
            Ok((lines > 0).then(|| json!({ "did": "cleared the ticket", "lines": lines })))
        })
    }

    /// Does what may take goods off the ticket and says what it was, as a journal entry's body; none where it took nothing.
    fn take_off(
        &self,
        currency: Currency,
        staff: i64,
        at: Timestamp,
        work: impl FnOnce(&Transaction<'_>, &Ticket) -> Result<Option<Value>, StoreError>,
    ) -> Result<Ticket, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            let before = changeable(transaction, currency, at)?;
            let took = work(transaction, &before)?;
            let mut ticket = whole(transaction, before.id)?;
            if ticket.lines.is_empty() && !before.lines.is_empty() {
                // They were this customer's, and whatever is rung up next is another one's.
                start_over(transaction, &ticket)?;
                ticket = whole(transaction, before.id)?;
            }
            if let Some(mut body) = took {
                body["ticket"] = json!(ticket.id);
                body["totalBefore"] = json!(before.total()?.to_string());
                body["total"] = json!(ticket.total()?.to_string());
                let entry = NewEntry {
                    kind: EntryKind::Ticket,
                    at,
                    staff: Some(staff),
                    body,
                };
                journal::append(transaction, key, None, None, &entry)?;
            }
            Ok(ticket)
        })
    }
}

/// That somebody is done with a ticket that nobody paid; none where nothing was on it, or money of it moved, which has entries of
/// its own.
pub(super) fn left_unpaid(
    ticket: &Ticket,
    staff: i64,
    at: Timestamp,
) -> Result<Option<NewEntry>, StoreError> {
    if ticket.frozen || ticket.lines.is_empty() {
        return Ok(None);
    }
    Ok(Some(NewEntry {
        kind: EntryKind::Ticket,
        at,
        staff: Some(staff),
        body: json!({ "did": "left the ticket unpaid", "ticket": ticket.id, "lines": ticket.lines.len(),
                      "total": ticket.total()?.to_string() }),
    }))
}

/// Takes off a ticket what does not belong to one line: the discount on the whole, its note, product and promotion.
fn start_over(connection: &Connection, ticket: &Ticket) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE ticket SET extras = '{}', discount_minor = NULL, discount_rate = NULL WHERE id = ?1",
        [ticket.id],
    )?;
    Ok(())
}

/// That a whole line went.
fn all_of(line: &Line) -> Value {
    json!({ "did": "took a line off", "line": line.name, "quantity": line.quantity.to_string() })
}

/// That a line has less of its goods than before, if it has.
fn some_of(line: &Line, now: Quantity) -> Option<Value> {
    let was = line.quantity;
    (now < was).then(|| json!({ "did": "made a line less", "line": line.name, "from": was.to_string(), "to": now.to_string() }))
}

/// A discount's two columns, of which one is filled.
fn columns(discount: Option<Discount>) -> (Option<i64>, Option<i64>) {
    match discount {
        None => (None, None),
        Some(Discount::Amount(amount)) => (Some(amount.minor()), None),
        Some(Discount::Percent(rate)) => (None, Some(rate.hundredths())),
    }
}
