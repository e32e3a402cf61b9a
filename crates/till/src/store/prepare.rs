//! Preparing payments: what keeps one from beginning is decided in the commit that begins it.

use cloudecr::PaymentMethod;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::json;

use super::journal::{self, EntryKind, JournalKey, NewEntry};
use super::lookup::payment_in;
use super::payments::search_text;
use super::rows::{millis, optional_reference};
use super::tickets::{Typed, ring_up_typed};
use super::{Store, StoreError, returns, tenders};
use crate::money::Amount;
use crate::payment::{Extras, Kind, Payment};
use crate::reference::Reference;

/// A payment about to be prepared.
#[derive(Debug, Clone)]
pub struct NewPayment {
    /// Its fresh reference.
    pub reference: Reference,
    /// The ticket it pays.
    pub ticket: Option<i64>,
    /// What it does.
    pub kind: Kind,
    /// For a void: what it undoes.
    pub original: Option<Reference>,
    /// The terminal it goes to.
    pub terminal: String,
    /// How the customer pays.
    pub method: PaymentMethod,
    /// The wallet, where one was chosen.
    pub channel: Option<String>,
    /// How much.
    pub amount: Amount,
    /// The cash part of a cash-out.
    pub cash: Option<Amount>,
    /// Its optional fields.
    pub extras: Extras,
    /// Who asked for it.
    pub staff: Option<i64>,
    /// The manager who approved it.
    pub approved_by: Option<i64>,
    /// Now.
    pub at: Timestamp,
}

/// What somebody saw as they asked for a charge of the ticket at the counter.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What was due, with what was typed.
    pub due: Amount,
    /// What was typed and goes on the ticket with the payment.
    pub typed: Option<Typed>,
}

impl Store {
    /// Commits a payment as *prepared*. From here on its terminal and its ticket are taken.
    ///
    /// # Errors
    /// [`StoreError::TerminalHeld`], [`StoreError::TicketTaken`] or [`StoreError::VoidTaken`] when another payment is
    /// in the way, or what the disk says.
    pub fn prepare(&self, new: &NewPayment) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| prepare_in(transaction, key, new, None))
    }

    /// [`Self::prepare`], if what is due on the ticket is still what somebody saw. What was typed goes on the ticket in the
    /// same commit, so that what is refused leaves nothing there.
    ///
    /// # Errors
    /// [`StoreError::Tender`] where something else is due, [`StoreError::Frozen`] where the ticket takes no line any more,
    /// or as [`Self::prepare`].
    pub fn prepare_seen(&self, new: &NewPayment, seen: &Seen) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            if let (Some(typed), Some(ticket)) = (&seen.typed, new.ticket) {
                ring_up_typed(transaction, ticket, typed)?;
            }
            prepare_in(transaction, key, new, Some(seen.due))
        })
    }

    /// Whether a payment could be prepared now. Nothing is written.
    ///
    /// # Errors
    /// As [`Self::prepare`].
    pub fn may_prepare(&self, new: &NewPayment) -> Result<(), StoreError> {
        self.read(|connection| refuse_what_is_taken(connection, new, None))
    }
}

pub(super) fn prepare_in(
    transaction: &Transaction<'_>,
    key: &JournalKey,
    new: &NewPayment,
    due: Option<Amount>,
) -> Result<Payment, StoreError> {
    refuse_what_is_taken(transaction, new, due)?;
    // Legs are numbered over those that are open or charged: two that begin at once get the same number, and the index
    // lets one of them through.
    transaction
        .prepare_cached(
            "INSERT INTO payment (reference, ticket, kind, original, terminal, method, channel, amount_minor, cash_minor,
                                  currency, state, created_at, changed_at, search, staff, approved_by, extras, leg)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'prepared', ?11, ?11, ?12, ?13, ?14, ?15,
                     1 + (SELECT coalesce(max(p.leg), 0) FROM payment p WHERE p.ticket = ?2 AND p.kind <> 'void'
                          AND p.state IN ('approved', 'overridden_charged')))",
        )?
        .execute(params![
            new.reference.as_str(),
            new.ticket,
            new.kind.name(),
            new.original.as_ref().map(Reference::as_str),
            new.terminal,
            new.method.as_str(),
            new.channel,
            new.amount.minor(),
            new.cash.map(Amount::minor),
            new.amount.currency().code(),
            millis(new.at),
            search_text(&new.reference, new.amount, None),
            new.staff,
            new.approved_by,
            json!(new.extras).to_string(),
        ])?;
    let entry = NewEntry {
        kind: EntryKind::Prepared,
        at: new.at,
        staff: new.staff,
        body: json!({
            "kind": new.kind.name(),
            "terminal": new.terminal,
            "method": new.method.as_str(),
            "channel": new.channel,
            "amount": new.amount.to_string(),
            "cash": new.cash.map(|cash| cash.to_string()),
            "currency": new.amount.currency().code(),
            "extras": new.extras,
            "ticket": new.ticket,
            "original": new.original.as_ref().map(Reference::as_str),
            "approvedBy": new.approved_by,
        }),
    };
    journal::append(transaction, key, Some(&new.reference), None, &entry)?;
    payment_in(transaction, &new.reference)
}

/// Another payment that holds the terminal, the ticket or the original, said by name. The unique indexes refuse it
/// too; asking first, in the same transaction, gives the error its reference.
fn refuse_what_is_taken(
    connection: &Connection,
    new: &NewPayment,
    due: Option<Amount>,
) -> Result<(), StoreError> {
    let find = |sql: &str, value: &dyn rusqlite::ToSql| {
        connection
            .prepare_cached(sql)?
            .query_row([value], |row| optional_reference(row, 0))
            .optional()
            .map(Option::flatten)
    };
    if let Some(ticket) = new.ticket.filter(|_| new.kind != Kind::Void) {
        tenders::refuse_a_charge(connection, ticket, new.amount, due)?;
    }
    if let Some(original) = &new.original {
        let holder = find(
            "SELECT reference FROM payment WHERE original = ?1
             AND state IN ('prepared', 'sent', 'pending', 'unknown', 'approved', 'overridden_charged')",
            &original.as_str(),
        )?;
        if let Some(holder) = holder {
            return Err(StoreError::VoidTaken(holder));
        }
        returns::refuse_a_void(connection, new)?;
    }
    let holder = find(
        "SELECT reference FROM payment WHERE terminal = ?1 AND state IN ('prepared', 'sent', 'unknown')",
        &new.terminal,
    )?;
    holder.map_or(Ok(()), |holder| Err(StoreError::TerminalHeld(holder)))
}
