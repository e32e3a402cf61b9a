//! Writing payments: prepared, sent, answered, found out, recovered – each one commit with its journal entry.

use cloudecr::{GatewayTime, PaymentMethod};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::{Value, json};

use super::evidence::learn;
use super::journal::{self, EntryKind, JournalKey, NewEntry};
use super::lookup::payment_in;
use super::rows::{millis, optional_reference};
use super::{Store, StoreError};
use crate::money::Amount;
use crate::payment::{
    Explanation, Extras, Kind, LastResult, Payment, PaymentEvent, PaymentState, Said, Salient, Source, next,
};
use crate::reference::Reference;

/// The gateway's codes for a terminal that is off; its light follows them.
const NOT_CONNECTED: [&str; 2] = ["50301", "50310"];

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

/// What an answer or a piece of evidence makes of a payment.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What happened to it.
    pub event: PaymentEvent,
    /// Whether the no has to be asked about once.
    pub checking: bool,
    /// A verified answer about this payment that does not fit it (another amount): a manager must look.
    pub conflict: bool,
    /// Why, in words.
    pub explanation: Option<Explanation>,
    /// What the answer says that people look for later.
    pub salient: Option<Salient>,
    /// The terminal's last transaction, as the answer shows it.
    pub learned: Option<Learned>,
    /// The journal's entry for it.
    pub entry: NewEntry,
}

/// What an answer shows of its terminal.
#[derive(Debug, Clone)]
pub struct Learned {
    /// Its last transaction.
    pub last: LastResult,
    /// Whether the answer came at once, so that the terminal's clock can be compared with this one.
    pub at_once: bool,
}

impl Store {
    /// Commits a payment as *prepared*. From here on its terminal and its ticket are taken.
    ///
    /// # Errors
    /// [`StoreError::TerminalHeld`], [`StoreError::TicketTaken`] or [`StoreError::VoidTaken`] when another payment is
    /// in the way, or what the disk says.
    pub fn prepare(&self, new: &NewPayment) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            refuse_what_is_taken(transaction, new)?;
            transaction.prepare_cached(
                "INSERT INTO payment (reference, ticket, kind, original, terminal, method, channel, amount_minor, cash_minor,
                                      currency, state, created_at, changed_at, search, staff, approved_by, extras)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'prepared', ?11, ?11, ?12, ?13, ?14, ?15)",
            )?.execute(
                params![
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
                ],
            )?;
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
        })
    }

    /// Commits a payment as *sent*, with the request as it is about to leave. Only after this may its first byte go.
    ///
    /// # Errors
    /// When it is not *prepared*, or cannot be committed: then nothing may be sent.
    pub fn mark_sent(
        &self,
        reference: &Reference,
        at: Timestamp,
        gateway_time: &GatewayTime,
        request: &Value,
    ) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            let payment = payment_in(transaction, reference)?;
            let state = next(payment.state, PaymentEvent::Sent)?;
            transaction
                .prepare_cached(
                    "UPDATE payment SET state = ?2, sent_at = ?3, changed_at = ?3, gateway_time = ?4,
                    baseline = (SELECT result FROM terminal_last t WHERE t.terminal = payment.terminal)
                 WHERE reference = ?1",
                )?
                .execute(params![
                    reference.as_str(),
                    state.name(),
                    millis(at),
                    gateway_time.to_string()
                ])?;
            let entry = NewEntry {
                kind: EntryKind::Sent,
                at,
                staff: None,
                body: json!({ "request": request }),
            };
            journal::append(
                transaction,
                key,
                Some(reference),
                Some(PaymentEvent::Sent),
                &entry,
            )?;
            payment_in(transaction, reference)
        })
    }

    /// Commits what an answer or evidence makes of a payment. An approval gets its receipt number here; a void that went
    /// through moves its original to *voided* in the same commit.
    ///
    /// # Errors
    /// [`StoreError::TransactionKnown`] when the answer names another payment's transaction, [`StoreError::Illegal`]
    /// when the event cannot happen to the payment as it stands, or what the disk says.
    pub fn record(&self, reference: &Reference, outcome: &Outcome) -> Result<Payment, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            apply(transaction, key, reference, outcome)?;
            payment_in(transaction, reference)
        })
    }

    /// Settles what an earlier run left: *prepared* was never sent and never will be, so it becomes *not charged*;
    /// *sent* may have arrived, so it becomes *unknown*. Returns the payments it moved.
    ///
    /// # Errors
    /// When it cannot be committed; the payments then stay as they are.
    pub fn recover(&self, at: Timestamp) -> Result<Vec<Payment>, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            let left: Vec<(Reference, PaymentState)> = transaction
                .prepare("SELECT reference, state FROM payment WHERE state IN ('prepared', 'sent') ORDER BY created_at")?
                .query_map([], |row| Ok((super::rows::parse(row, 0)?, super::rows::parse(row, 1)?)))?
                .collect::<Result<_, _>>()?;
            let mut moved = Vec::with_capacity(left.len());
            for (reference, state) in left {
                let (event, code, meaning, next) = if state == PaymentState::Prepared {
                    (PaymentEvent::NotCharged, "restarted_before_sending", "Kaunter stopped before the payment was sent.", "Charge again if wanted.")
                } else {
                    (PaymentEvent::Lost, "restarted", "Kaunter stopped while the terminal was working.", "Do not charge again; check the status.")
                };
                let outcome = Outcome {
                    event,
                    checking: false,
                    conflict: false,
                    explanation: Some(Explanation {
                        said: Said::till(code),
                        meaning: meaning.to_owned(),
                        next: next.to_owned(),
                    }),
                    salient: None,
                    learned: None,
                    entry: NewEntry { kind: EntryKind::Recovered, at, staff: None, body: json!({}) },
                };
                apply(transaction, key, &reference, &outcome)?;
                moved.push(payment_in(transaction, &reference)?);
            }
            Ok(moved)
        })
    }
}

/// Another payment that holds the terminal, the ticket or the original, said by name. The unique indexes refuse it
/// too; asking first, in the same transaction, gives the error its reference.
fn refuse_what_is_taken(connection: &Connection, new: &NewPayment) -> Result<(), StoreError> {
    let find = |sql: &str, value: &dyn rusqlite::ToSql| {
        connection
            .prepare_cached(sql)?
            .query_row([value], |row| optional_reference(row, 0))
            .optional()
            .map(Option::flatten)
    };
    if let Some(ticket) = new.ticket.filter(|_| new.kind != Kind::Void) {
        let holder = find(
            // A no that evidence contradicts may be a charge: the ticket waits for the manager.
            "SELECT reference FROM payment WHERE ticket = ?1 AND kind <> 'void' AND (conflict = 1
             OR state IN ('prepared', 'sent', 'pending', 'unknown', 'approved', 'overridden_charged'))",
            &ticket,
        )?;
        if let Some(holder) = holder {
            return Err(StoreError::TicketTaken(holder));
        }
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
    }
    let holder = find(
        "SELECT reference FROM payment WHERE terminal = ?1 AND state IN ('prepared', 'sent', 'unknown')",
        &new.terminal,
    )?;
    holder.map_or(Ok(()), |holder| Err(StoreError::TerminalHeld(holder)))
}

pub(super) fn apply(
    transaction: &Transaction<'_>,
    key: &JournalKey,
    reference: &Reference,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let payment = payment_in(transaction, reference)?;
    let state = next(payment.state, outcome.event)?;
    let salient = outcome.salient.clone().unwrap_or(payment.salient);
    let counts = outcome.event == PaymentEvent::Approved || outcome.event == PaymentEvent::Pended;
    let trans_id = salient.trans_id.as_deref().filter(|_| counts);
    if let Some(trans_id) = trans_id {
        refuse_a_known_transaction(transaction, reference, payment.kind, trans_id)?;
    }
    // A void has its sale's transaction. One that was pending and then refused must not keep it from the next void.
    let freed = payment.kind == Kind::Void
        && matches!(
            outcome.event,
            PaymentEvent::Declined | PaymentEvent::NotCharged | PaymentEvent::DecidedNotCharged
        );
    let receipt = match (outcome.event, payment.receipt) {
        (PaymentEvent::Approved | PaymentEvent::DecidedCharged, None) => Some(next_receipt(transaction)?),
        (_, receipt) => receipt,
    };
    transaction.prepare_cached(
        "UPDATE payment SET state = ?2, checking = ?3, conflict = max(conflict, ?4), changed_at = ?5, receipt = ?6,
                trans_id = CASE WHEN ?11 THEN NULL ELSE coalesce(?7, trans_id) END, explanation = ?8, salient = ?9, search = ?10 WHERE reference = ?1",
    )?.execute(
        params![
            reference.as_str(),
            state.name(),
            outcome.checking,
            outcome.conflict,
            millis(outcome.entry.at),
            receipt,
            trans_id,
            outcome.explanation.as_ref().map(|explanation| json!(explanation).to_string()),
            json!(salient).to_string(),
            search_text(reference, payment.amount, Some((receipt, &salient))),
            freed,
        ],
    )?;
    journal::append(
        transaction,
        key,
        Some(reference),
        Some(outcome.event),
        &outcome.entry,
    )?;
    let off = outcome.explanation.as_ref().is_some_and(|why| {
        why.said.source == Source::Gateway && NOT_CONNECTED.contains(&why.said.code.as_str())
    });
    if off || outcome.learned.is_some() {
        transaction
            .prepare_cached("UPDATE terminal SET connected = ?2 WHERE id = ?1")?
            .execute(params![payment.terminal, !off])?;
    }
    if let Some(learned) = &outcome.learned {
        let at = outcome.entry.at;
        learn(
            transaction,
            &payment.terminal,
            &learned.last,
            learned.at_once.then_some(at),
            at,
        )?;
    }
    // By an answer, by evidence or by a manager's word: the money went back.
    let went_through = matches!(
        outcome.event,
        PaymentEvent::Approved | PaymentEvent::DecidedCharged
    );
    if let (Kind::Void, true, Some(original)) = (payment.kind, went_through, &payment.original) {
        void_original(transaction, key, reference, original, outcome)?;
    }
    Ok(())
}

fn void_original(
    transaction: &Transaction<'_>,
    key: &JournalKey,
    void: &Reference,
    original: &Reference,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let payment = payment_in(transaction, original)?;
    // A charge that came to light after a no is undone: its state was "no charge" and is so now.
    let (state, event) = if payment.conflict && !payment.state.counts_as_charged() {
        (payment.state, None)
    } else {
        (
            next(payment.state, PaymentEvent::Voided)?,
            Some(PaymentEvent::Voided),
        )
    };
    transaction.execute(
        "UPDATE payment SET state = ?2, conflict = 0, changed_at = ?3 WHERE reference = ?1",
        params![original.as_str(), state.name(), millis(outcome.entry.at)],
    )?;
    let entry = NewEntry {
        kind: EntryKind::Voided,
        at: outcome.entry.at,
        staff: None,
        body: json!({ "void": void.as_str() }),
    };
    journal::append(transaction, key, Some(original), event, &entry)
}

fn refuse_a_known_transaction(
    connection: &Connection,
    reference: &Reference,
    kind: Kind,
    trans_id: &str,
) -> Result<(), StoreError> {
    let other = connection
        .prepare_cached(
            "SELECT reference FROM payment WHERE trans_id = ?1 AND (kind = 'void') = ?2 AND reference <> ?3",
        )?
        .query_row(params![trans_id, kind == Kind::Void, reference.as_str()], |row| {
            optional_reference(row, 0)
        })
        .optional()?
        .flatten();
    other.map_or(Ok(()), |other| Err(StoreError::TransactionKnown(other)))
}

/// Receipt numbers ascend without gaps: the number is taken in the commit that approves.
fn next_receipt(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(receipt), 0) + 1 FROM payment")?
        .query_row([], |row| row.get(0))?)
}

/// What the history's search looks through, in lower case.
fn search_text(reference: &Reference, amount: Amount, answered: Option<(Option<i64>, &Salient)>) -> String {
    let mut text = format!("{reference} {amount}");
    if let Some((receipt, salient)) = answered {
        if let Some(receipt) = receipt {
            text.push_str(&format!(" {receipt:04}"));
        }
        let found = [
            &salient.trans_id,
            &salient.inv_no,
            &salient.channel,
            &salient.card,
            &salient.approval_code,
        ];
        for part in found.into_iter().flatten() {
            text.push(' ');
            text.push_str(part);
        }
    }
    text.to_lowercase()
}
