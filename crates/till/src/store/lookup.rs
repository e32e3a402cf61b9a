//! Reading payments one at a time, and those that are still in question.

use cloudecr::{GatewayTime, PaymentMethod};
use rusqlite::{Connection, OptionalExtension, Row};

use super::rows::{amount, optional_json, optional_timestamp, parse, parse_optional, timestamp};
use super::{ReceiptOf, Store, StoreError, Thing};
use crate::money::{Amount, Currency};
use crate::payment::Payment;
use crate::reference::Reference;

/// The columns that [`read_payment`] reads, in its order.
pub(super) const COLUMNS: &str = "p.reference, p.ticket, p.kind, p.original, p.terminal, p.method, p.channel, p.amount_minor,
    p.cash_minor, p.currency, p.state, p.checking, p.conflict, p.created_at, p.sent_at, p.gateway_time, p.changed_at,
    CASE WHEN p.receipt IS NULL AND p.kind <> 'void' AND p.state IN ('approved', 'voided', 'overridden_charged')
         THEN (SELECT k.receipt FROM ticket k WHERE k.id = p.ticket) ELSE p.receipt END, p.explanation, p.salient, p.staff, p.approved_by,
    EXISTS (SELECT 1 FROM payment v WHERE v.original = p.reference
            AND (v.state IN ('prepared', 'sent', 'pending', 'unknown')
                 OR (v.conflict = 1 AND v.state <> 'approved'))),
    p.baseline, p.candidate, p.reason, p.watched_until, p.extras";

/// A row of [`COLUMNS`].
pub(super) fn read_payment(row: &Row<'_>) -> rusqlite::Result<Payment> {
    let currency: Currency = parse(row, 9)?;
    let cash: Option<i64> = row.get(8)?;
    let method: PaymentMethod = parse(row, 5)?;
    let gateway_time: Option<GatewayTime> = parse_optional(row, 15)?;
    Ok(Payment {
        reference: parse(row, 0)?,
        ticket: row.get(1)?,
        kind: parse(row, 2)?,
        original: parse_optional(row, 3)?,
        terminal: row.get(4)?,
        method,
        channel: row.get(6)?,
        amount: amount(row, 7, currency)?,
        cash: cash
            .map(|minor| Amount::from_minor(minor, currency).map_err(|why| super::rows::unreadable(8, why)))
            .transpose()?,
        state: parse(row, 10)?,
        checking: row.get(11)?,
        conflict: row.get(12)?,
        created_at: timestamp(row, 13)?,
        sent_at: optional_timestamp(row, 14)?,
        gateway_time,
        changed_at: timestamp(row, 16)?,
        receipt: row.get(17)?,
        explanation: optional_json(row, 18)?,
        salient: super::rows::json(row, 19)?,
        staff: row.get(20)?,
        approved_by: row.get(21)?,
        void_in_doubt: row.get(22)?,
        baseline: optional_json(row, 23)?,
        candidate: optional_json(row, 24)?,
        reason: row.get(25)?,
        watched_until: optional_timestamp(row, 26)?,
        extras: super::rows::json(row, 27)?,
    })
}

/// The payment, inside a transaction or out of one.
pub(super) fn payment_in(connection: &Connection, reference: &Reference) -> Result<Payment, StoreError> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM payment p WHERE p.reference = ?1"))?
        .query_row([reference.as_str()], read_payment)
        .optional()?
        .ok_or(StoreError::Missing(Thing::Payment))
}

impl Store {
    /// One payment.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none of that reference.
    pub fn payment(&self, reference: &Reference) -> Result<Payment, StoreError> {
        self.read(|connection| payment_in(connection, reference))
    }

    /// The payments whose outcome is being found out (*unknown* and *pending*), oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn in_question(&self) -> Result<Vec<Payment>, StoreError> {
        self.payments_where("p.state IN ('unknown', 'pending') ORDER BY p.created_at", [])
    }

    /// Whether a payment is between its first commit and its answer.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn has_payments_on_their_way(&self) -> Result<bool, StoreError> {
        self.read(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM payment WHERE state IN ('prepared', 'sent'))";
            Ok(connection.query_row(sql, [], |row| row.get(0))?)
        })
    }

    /// Every payment that stands in the way of another account, oldest first: on its way, in question, or in conflict.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn unsettled(&self) -> Result<Vec<Payment>, StoreError> {
        let sql = "p.state IN ('prepared', 'sent', 'pending', 'unknown') OR p.conflict = 1 ORDER BY p.created_at, p.reference";
        self.payments_where(sql, [])
    }

    /// How many payments a person should look at: not final, or in conflict.
    ///
    /// # Errors
    /// When they cannot be counted.
    pub fn unresolved_count(&self) -> Result<u32, StoreError> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT count(*) FROM (SELECT reference FROM payment WHERE state IN ('unknown', 'pending')
                     UNION SELECT reference FROM payment WHERE conflict = 1)",
                )?
                .query_row([], |row| row.get(0))?)
        })
    }

    /// What the newest receipt is of.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn newest_receipt(&self) -> Result<Option<ReceiptOf>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id FROM ticket WHERE receipt IS NOT NULL AND kind = 'sale' ORDER BY receipt DESC LIMIT 1",
            )?;
            Ok(statement.query_row([], |row| Ok(ReceiptOf::Ticket(row.get(0)?))).optional()?)
        })
    }

    /// The newest payment of a ticket.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn newest_payment_of(&self, ticket: i64) -> Result<Option<Payment>, StoreError> {
        let sql = "p.ticket = ?1 AND p.kind <> 'void' ORDER BY p.created_at DESC, p.reference DESC LIMIT 1";
        Ok(self.payments_where(sql, [ticket])?.pop())
    }

    /// The voids of a payment, newest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn voids_of(&self, reference: &Reference) -> Result<Vec<Payment>, StoreError> {
        self.payments_where(
            "p.original = ?1 ORDER BY p.created_at DESC, p.reference DESC",
            [reference.as_str()],
        )
    }

    /// The payment that holds a terminal, if one does.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn holder_of(&self, terminal: &str) -> Result<Option<Payment>, StoreError> {
        Ok(self
            .payments_where(
                "p.terminal = ?1 AND p.state IN ('prepared', 'sent', 'unknown')",
                [terminal],
            )?
            .pop())
    }

    pub(super) fn payments_where(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<Payment>, StoreError> {
        self.read(|connection| {
            let payments = connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM payment p WHERE {condition}"))?
                .query_map(values, read_payment)?
                .collect::<Result<_, _>>()?;
            Ok(payments)
        })
    }
}
