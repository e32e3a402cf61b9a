//! Returns: tickets of their own that name what was bought. What may come back is decided in the transaction that takes it
//! back, and the database refuses what would come back twice.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::json;

use super::journal::{self, EntryKind, JournalKey, NewEntry};
use super::lookup::payment_in;
use super::prepare::{NewPayment, prepare_in};
use super::return_rows::return_in;
use super::rows::{amount, millis, parse, timestamp};
use super::tender_rows::{self, Taken};
use super::tenders::standing_in;
use super::ticket_rows::read_ticket;
use super::{Store, StoreError, Thing, hand_over, receipts};
use crate::money::{Amount, Currency};
use crate::payment::{Kind, Payment, PaymentState};
use crate::reference::Reference;
use crate::tender::{
    Direction, InCash, Leg, LineReturn, ReturnOffer, ReturnRecord, ReturnRefused, Returnable, ReturnableLine,
    TenderKind,
};

/// A return that is about to be made.
#[derive(Debug, Clone)]
pub struct NewReturn {
    /// The ticket that was bought.
    pub ticket: i64,
    /// What comes back of it.
    pub lines: Vec<LineReturn>,
    /// What somebody saw that it gives back.
    pub amount: Amount,
    /// The newest return of the ticket that they saw.
    pub seen: Option<i64>,
    /// Why.
    pub reason: String,
    /// Who asks for it.
    pub staff: i64,
    /// The manager who approved it.
    pub approved_by: i64,
    /// Now.
    pub at: Timestamp,
}

impl Store {
    /// A ticket as a return sees it.
    ///
    /// # Errors
    /// [`ReturnRefused::NotPaid`] where nothing was paid, [`StoreError::TicketTaken`] while a payment of it, or a void, is
    /// open.
    pub fn returnable(&self, ticket: i64) -> Result<Returnable, StoreError> {
        self.read(|connection| returnable_in(connection, ticket))
    }

    /// Makes a return that gives cash back.
    ///
    /// # Errors
    /// By what stands in the way; nothing was returned then.
    pub fn return_for_cash(
        &self,
        new: &NewReturn,
        reference: &Reference,
    ) -> Result<ReturnRecord, StoreError> {
        self.return_over_the_counter(new, reference, None)
    }

    /// Records a return that was refunded in the merchant portal, under the portal's own reference.
    ///
    /// # Errors
    /// As [`Self::return_for_cash`].
    pub fn return_by_portal(
        &self,
        new: &NewReturn,
        reference: &Reference,
        portal: &str,
    ) -> Result<ReturnRecord, StoreError> {
        self.return_over_the_counter(new, reference, Some(portal))
    }

    fn return_over_the_counter(
        &self,
        new: &NewReturn,
        reference: &Reference,
        portal: Option<&str>,
    ) -> Result<ReturnRecord, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            let (id, offer) = begin(transaction, new)?;
            let receipt = receipts::give(transaction, id)?;
            let row = Taken {
                reference: reference.clone(),
                ticket: id,
                kind: if portal.is_some() {
                    TenderKind::Portal
                } else {
                    TenderKind::Cash
                },
                direction: Direction::Out,
                amount: offer.amount,
                moved: if portal.is_some() {
                    offer.amount
                } else {
                    offer.cash
                },
                given: None,
                proof: portal.map(str::to_owned),
                staff: Some(new.staff),
                approved_by: Some(new.approved_by),
                at: new.at,
            };
            tender_rows::insert(transaction, &row, receipt)?;
            tender_rows::note(transaction, key, EntryKind::Tender, &row, body(new, id, &offer))?;
            hand_over::begin(transaction, &tender_rows::tender_in(transaction, reference)?)?;
            return_in(transaction, id)
        })
    }

    /// Makes a return whose money goes back by a void of the payment, and commits that void as *prepared* with it. Should
    /// the void be refused, nothing was returned.
    ///
    /// # Errors
    /// [`ReturnRefused::NotTheWhole`] where the payment is not all of it, or by what else stands in the way.
    pub fn prepare_return_void(&self, new: &NewReturn, void: &NewPayment) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            let (id, offer) = begin(transaction, new)?;
            if offer.voidable.is_none() || offer.voidable != void.original {
                return Err(ReturnRefused::NotTheWhole.into());
            }
            let void = NewPayment {
                ticket: Some(id),
                ..void.clone()
            };
            let payment = prepare_in(transaction, key, &void, None)?;
            let entry = NewEntry {
                kind: EntryKind::Return,
                at: new.at,
                staff: Some(new.staff),
                body: body(new, id, &offer),
            };
            journal::append(transaction, key, Some(&void.reference), None, &entry)?;
            Ok(payment)
        })
    }

    /// The ticket that was sold on: itself, or the one that a return names.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none.
    pub fn sold_on(&self, ticket: i64) -> Result<i64, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT coalesce(returns, id) FROM ticket WHERE id = ?1")?
                .query_row([ticket], |row| row.get(0))
                .optional()?
                .ok_or(StoreError::Missing(Thing::Ticket))
        })
    }

    /// A return by its own ticket.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when that is no return.
    pub fn return_of(&self, ticket: i64) -> Result<ReturnRecord, StoreError> {
        self.read(|connection| return_in(connection, ticket))
    }

    /// The returns of a ticket that was bought, oldest first, those whose void was refused among them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn returns_of(&self, ticket: i64) -> Result<Vec<ReturnRecord>, StoreError> {
        self.read(|connection| {
            let ids: Vec<i64> = connection
                .prepare_cached("SELECT id FROM ticket WHERE returns = ?1 ORDER BY id")?
                .query_map([ticket], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            ids.into_iter().map(|id| return_in(connection, id)).collect()
        })
    }
}

fn body(new: &NewReturn, id: i64, offer: &ReturnOffer) -> serde_json::Value {
    let lines: Vec<_> = offer
        .lines
        .iter()
        .map(|(chosen, gives)| {
            json!({ "line": chosen.line, "quantity": chosen.quantity.to_string(), "gives": gives.to_string() })
        })
        .collect();
    json!({ "ticket": id, "returns": new.ticket, "lines": lines, "refund": offer.amount.to_string(),
            "reason": new.reason, "approvedBy": new.approved_by })
}

/// Writes the return's ticket and its lines; how the money goes back follows in the same transaction.
fn begin(transaction: &Transaction<'_>, new: &NewReturn) -> Result<(i64, ReturnOffer), StoreError> {
    let bought = returnable_in(transaction, new.ticket)?;
    let offer = bought.offer(&new.lines)?;
    if bought.newest != new.seen {
        return Err(ReturnRefused::Changed.into());
    }
    if offer.amount != new.amount {
        return Err(crate::tender::TenderRefused::DueChanged(offer.amount).into());
    }
    transaction.execute(
        "INSERT INTO ticket (currency, status, opened_at, kind, returns, reason, asked_by, approved_by, refund_minor)
         VALUES (?1, 'closed', ?2, 'return', ?3, ?4, ?5, ?6, ?7)",
        params![
            offer.amount.currency().code(),
            millis(new.at),
            new.ticket,
            new.reason,
            new.staff,
            new.approved_by,
            offer.amount.minor(),
        ],
    )?;
    let id = transaction.last_insert_rowid();
    for (chosen, gives) in &offer.lines {
        transaction.execute(
            "INSERT INTO return_line (ticket, line, thousandths, gives_minor) VALUES (?1, ?2, ?3, ?4)",
            params![id, chosen.line, chosen.quantity.thousandths(), gives.minor()],
        )?;
    }
    Ok((id, offer))
}

/// A return whose void ended without giving money back never happened: its lines can be returned another way.
pub(super) fn release(
    transaction: &Transaction<'_>,
    key: &JournalKey,
    void: &Payment,
    at: Timestamp,
) -> Result<(), StoreError> {
    let Some(ticket) = void.ticket else { return Ok(()) };
    if void.kind != Kind::Void || !receipts::is_return(transaction, ticket)? {
        return Ok(());
    }
    transaction.execute(
        "UPDATE ticket SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL",
        params![ticket, millis(at)],
    )?;
    transaction.execute("UPDATE return_line SET undone = 1 WHERE ticket = ?1", [ticket])?;
    let entry = NewEntry {
        kind: EntryKind::Return,
        at,
        staff: None,
        body: json!({ "ticket": ticket, "finding": "nothing was given back, so nothing was returned" }),
    };
    journal::append(transaction, key, Some(&void.reference), None, &entry)
}

fn returnable_in(connection: &Connection, id: i64) -> Result<Returnable, StoreError> {
    let ticket = read_ticket(connection, id)?;
    let (kind, opened_at): (String, Timestamp) =
        connection.query_row("SELECT kind, opened_at FROM ticket WHERE id = ?1", [id], |row| {
            Ok((row.get(0)?, timestamp(row, 1)?))
        })?;
    if kind != "sale" {
        return Err(StoreError::Missing(Thing::Ticket));
    }
    let standing = standing_in(connection, id)?;
    if let Some(open) = &standing.in_the_way {
        return Err(StoreError::TicketTaken(open.clone()));
    }
    if let Some(void) = contradicted_void(connection, id)? {
        return Err(StoreError::TicketTaken(void));
    }
    let zero = Amount::zero(ticket.currency);
    let given = given_back(connection, id, ticket.currency)?;
    // What a void of the payment gave back is not held any more; what went over the counter has to be taken off.
    let held = standing.paid.minus(given.over_the_counter).unwrap_or(zero);
    let only_whole = standing.is_partly_paid();
    if !standing.is_paid() && !only_whole && given.settled.is_zero() {
        return Err(ReturnRefused::NotPaid.into());
    }
    let voidable = match standing.taken().collect::<Vec<_>>().as_slice() {
        [Leg::Payment(payment)] if payment.amount == standing.payable && is_voidable(payment) => {
            Some(payment.reference.clone())
        }
        _ => None,
    };
    let shares = ticket.shares()?;
    let lines = ticket
        .lines
        .iter()
        .zip(shares)
        .map(|(line, share)| {
            Ok(ReturnableLine {
                line: line.id,
                name: line.name.clone(),
                price: line.price,
                unit: line.unit,
                bought: line.quantity,
                returned: returned(connection, line.id)?,
                share,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    Ok(Returnable {
        ticket: id,
        receipt: standing.receipt,
        at: opened_at,
        lines,
        newest: connection
            .prepare_cached("SELECT max(id) FROM ticket WHERE returns = ?1")?
            .query_row([id], |row| row.get(0))?,
        voidable,
        only_whole,
        payable: if only_whole {
            standing.paid
        } else {
            standing.payable
        },
        held,
        collected: standing.collected()?,
        rounding: standing.rounding,
        given_back: given.settled,
        in_cash: given.in_cash,
    })
}

/// Approved, and with the transaction that a void has to name.
fn is_voidable(payment: &Payment) -> bool {
    payment.state == PaymentState::Approved && payment.salient.trans_id.is_some() && payment.cash.is_none()
}

/// A void of a charge that still stands, of which evidence showed a transaction although it ended with a no: the money may
/// have gone back after all, whatever somebody made of it.
fn contradicted_void(connection: &Connection, ticket: i64) -> Result<Option<Reference>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT v.reference FROM payment p JOIN payment v ON v.original = p.reference
             WHERE p.ticket = ?1 AND p.state IN ('approved', 'overridden_charged')
             AND v.trans_id IS NOT NULL AND v.state IN ('declined', 'not_charged', 'overridden_not_charged') LIMIT 1",
        )?
        .query_row([ticket], |row| parse(row, 0))
        .optional()?)
}

/// What the returns of a ticket gave back so far.
struct GivenBack {
    /// What they settle, by any way.
    settled: Amount,
    /// Of that, in cash or through the portal.
    over_the_counter: Amount,
    /// Of that, in cash.
    in_cash: InCash,
}

fn given_back(connection: &Connection, ticket: i64, currency: Currency) -> Result<GivenBack, StoreError> {
    connection
        .prepare_cached(
            "SELECT coalesce(sum(r.refund_minor), 0), coalesce(sum(t.amount_minor), 0),
                    coalesce(sum(CASE WHEN t.kind = 'cash' THEN t.amount_minor END), 0),
                    coalesce(sum(CASE WHEN t.kind = 'cash' THEN t.rounded_minor END), 0)
             FROM ticket r LEFT JOIN tender t ON t.ticket = r.id
             WHERE r.returns = ?1 AND r.undone_at IS NULL",
        )?
        .query_row([ticket], |row| {
            Ok(GivenBack {
                settled: amount(row, 0, currency)?,
                over_the_counter: amount(row, 1, currency)?,
                in_cash: InCash {
                    settled: amount(row, 2, currency)?,
                    moved: amount(row, 3, currency)?,
                },
            })
        })
        .map_err(StoreError::from)
}

/// How much of a line came back, in thousandths.
fn returned(connection: &Connection, line: i64) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT coalesce(sum(thousandths), 0) FROM return_line WHERE line = ?1 AND undone = 0",
        )?
        .query_row([line], |row| row.get(0))?)
}

/// Whether a void may begin: nothing of the sale was returned over the counter, said by name.
pub(super) fn refuse_a_void(connection: &Connection, new: &NewPayment) -> Result<(), StoreError> {
    let Some(original) = &new.original else {
        return Ok(());
    };
    let original = payment_in(connection, original)?;
    // A charge that came to light after a no is none of what the sale was paid with.
    let Some(ticket) = original.ticket.filter(|_| original.state.counts_as_charged()) else {
        return Ok(());
    };
    let returned: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM ticket WHERE returns = ?1 AND undone_at IS NULL AND id IS NOT ?2)",
        )?
        .query_row(params![ticket, new.ticket], |row| row.get(0))?;
    if returned {
        return Err(ReturnRefused::ReturnedAlready.into());
    }
    Ok(())
}
