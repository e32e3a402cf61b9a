//! What is kept to find out by: each terminal's last transaction, candidates, decisions, and what is still watched.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::journal::{self, EntryKind, NewEntry};
use super::lookup::payment_in;
use super::payments::void_original;
use super::rows::{json, millis, parse};
use super::{Outcome, Store, StoreError};
use crate::payment::{Candidate, Kind, LastResult, Payment, Said, Salient};
use crate::reference::Reference;

/// What a conflict's entry is named where a void had gone through although its answer had been a no.
pub(crate) const VOIDED_AFTER_ALL: &str = "voided_after_all";

/// What is known of a terminal's last transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalLast {
    /// The transaction.
    pub result: LastResult,
    /// How far the terminal's clock is from this computer's; zero until it was learned.
    pub clock_offset: SignedDuration,
}

impl Store {
    /// Remembers a terminal's last transaction, from any verified answer of it.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn learn_last(&self, terminal: &str, result: &LastResult, at: Timestamp) -> Result<(), StoreError> {
        self.write(|connection| learn(connection, terminal, result, None, at))
    }

    /// What is known of a terminal's last transaction.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn last_of(&self, terminal: &str) -> Result<Option<TerminalLast>, StoreError> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached("SELECT result, clock_offset FROM terminal_last WHERE terminal = ?1")?
                .query_row([terminal], |row| {
                    let offset: Option<i64> = row.get(1)?;
                    Ok(TerminalLast {
                        result: json(row, 0)?,
                        clock_offset: SignedDuration::from_secs(offset.unwrap_or(0)),
                    })
                })
                .optional()?)
        })
    }

    /// Whether a transaction is one that a payment of this till already has, counting voids apart from what they undo.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn has_transaction(&self, trans_id: &str, kind: Kind) -> Result<bool, StoreError> {
        self.read(|connection| {
            Ok(connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM payment WHERE trans_id = ?1 AND (kind = 'void') = ?2)",
                params![trans_id, kind == Kind::Void],
                |row| row.get(0),
            )?)
        })
    }

    /// The sale or cash-out of this till that has a transaction.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn charge_of_transaction(&self, trans_id: &str) -> Result<Option<Payment>, StoreError> {
        self.read(|connection| {
            let reference: Option<Reference> = connection
                .query_row(
                    "SELECT reference FROM payment WHERE trans_id = ?1 AND kind <> 'void'",
                    [trans_id],
                    |row| parse(row, 0),
                )
                .optional()?;
            reference
                .map(|reference| payment_in(connection, &reference))
                .transpose()
        })
    }

    /// Shows a transaction to a person as the one that may be this payment.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn set_candidate(
        &self,
        reference: &Reference,
        candidate: &Candidate,
        entry: &NewEntry,
    ) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            transaction.execute(
                "UPDATE payment SET candidate = ?2, changed_at = ?3 WHERE reference = ?1",
                params![reference.as_str(), json!(candidate).to_string(), millis(entry.at)],
            )?;
            journal::append(transaction, key, Some(reference), None, entry)?;
            payment_in(transaction, reference)
        })
    }

    /// Takes over a person's decision: what it makes of the payment, and why.
    ///
    /// # Errors
    /// As [`Store::record`].
    pub fn decide(
        &self,
        reference: &Reference,
        outcome: &Outcome,
        reason: &str,
    ) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            super::payments::apply(transaction, key, reference, outcome)?;
            transaction.execute(
                "UPDATE payment SET reason = ?2 WHERE reference = ?1",
                params![reference.as_str(), reason],
            )?;
            payment_in(transaction, reference)
        })
    }

    /// Raises a conflict: evidence contradicts what was known. What the evidence says is kept, so that the charge it
    /// shows can be voided; the state stays.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn raise_conflict(
        &self,
        reference: &Reference,
        salient: Option<&Salient>,
        entry: &NewEntry,
    ) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            attach(transaction, reference, salient)?;
            transaction.execute(
                "UPDATE payment SET conflict = 1, changed_at = ?2 WHERE reference = ?1",
                params![reference.as_str(), millis(entry.at)],
            )?;
            journal::append(transaction, key, Some(reference), None, entry)?;
            payment_in(transaction, reference)
        })
    }

    /// Settles a conflict by a manager's word. A void that evidence showed to have gone through after all voids its payment
    /// in the same commit: its own state stays the no that it was, and the money is not given back again.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn settle_conflict(
        &self,
        reference: &Reference,
        reason: &str,
        entry: &NewEntry,
    ) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            transaction.execute(
                "UPDATE payment SET conflict = 0, reason = ?2, changed_at = ?3 WHERE reference = ?1",
                params![reference.as_str(), reason, millis(entry.at)],
            )?;
            journal::append(transaction, key, Some(reference), None, entry)?;
            let payment = payment_in(transaction, reference)?;
            if let (Some(original), true) = (&payment.original, went_through(transaction, reference)?) {
                void_original(transaction, key, reference, original, entry.at)?;
            }
            Ok(payment)
        })
    }

    /// Keeps what later evidence says of a payment that a manager decided was charged.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn confirm(
        &self,
        reference: &Reference,
        salient: &Salient,
        entry: &NewEntry,
    ) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            attach(transaction, reference, Some(salient))?;
            journal::append(transaction, key, Some(reference), None, entry)?;
            payment_in(transaction, reference)
        })
    }

    /// Goes on asking about a settled payment until a moment; none to stop.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn watch(&self, reference: &Reference, until: Option<Timestamp>) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute(
                "UPDATE payment SET watched_until = ?2 WHERE reference = ?1",
                params![reference.as_str(), until.map(millis)],
            )?;
            Ok(())
        })
    }

    /// The settled payments that are still watched at a moment.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn watched(&self, at: Timestamp) -> Result<Vec<Payment>, StoreError> {
        self.payments_where("p.watched_until > ?1 ORDER BY p.created_at", [millis(at)])
    }

    /// Every payment that a person should look at, oldest first: not settled, or in conflict.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn unresolved(&self) -> Result<Vec<Payment>, StoreError> {
        let by_state = self.payments_where("p.state IN ('unknown', 'pending') ORDER BY p.created_at", [])?;
        let mut found = self.payments_where("p.conflict = 1 ORDER BY p.created_at", [])?;
        found.retain(|payment| !payment.state.is_in_question());
        found.extend(by_state);
        found.sort_by_key(|payment| payment.created_at);
        Ok(found)
    }
}

/// Whether evidence showed that a void which had ended with a no had gone through.
fn went_through(connection: &Connection, void: &Reference) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM journal WHERE reference = ?1 AND kind = ?2 AND body ->> '$.said.code' = ?3)",
        )?
        .query_row(
            params![void.as_str(), EntryKind::Conflict.name(), VOIDED_AFTER_ALL],
            |row| row.get(0),
        )?)
}

/// Writes what a verified answer showed of a terminal. Its clock is learned only from answers that came at once.
pub(super) fn learn(
    connection: &Connection,
    terminal: &str,
    result: &LastResult,
    answered_at: Option<Timestamp>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let offset = answered_at
        .zip(result.at())
        .map(|(here, there)| there.duration_since(here).as_secs());
    connection
        .prepare_cached(
            "INSERT INTO terminal_last (terminal, result, learned_at, clock_offset) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (terminal) DO UPDATE SET result = ?2, learned_at = ?3, clock_offset = coalesce(?4, clock_offset)",
        )?
        .execute(params![terminal, json!(result).to_string(), millis(at), offset])?;
    Ok(())
}

/// The answer's particulars, unless the payment has a transaction of its own already. One that a refused void has given
/// up counts as none.
fn attach(
    connection: &Connection,
    reference: &Reference,
    salient: Option<&Salient>,
) -> Result<(), StoreError> {
    let Some(salient) = salient else { return Ok(()) };
    let payment = payment_in(connection, reference)?;
    if payment.salient.trans_id.is_some() && payment.kind != Kind::Void {
        return Ok(());
    }
    connection.execute(
        "UPDATE payment SET salient = ?2, trans_id = ?3 WHERE reference = ?1 AND trans_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM payment o WHERE o.trans_id = ?3 AND (o.kind = 'void') = (payment.kind = 'void'))",
        params![reference.as_str(), json!(salient).to_string(), salient.trans_id],
    )?;
    Ok(())
}

/// An entry for what a conflict's evidence was.
pub(crate) fn conflict_entry(at: Timestamp, said: &Said, finding: &str) -> NewEntry {
    NewEntry {
        kind: EntryKind::Conflict,
        at,
        staff: None,
        body: json!({ "finding": finding, "said": said }),
    }
}
