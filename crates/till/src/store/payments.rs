//! Writing payments: sent, answered, found out, recovered – each one commit with its journal entry.

use cloudecr::GatewayTime;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::{Value, json};

use super::evidence::learn;
use super::journal::{self, EntryKind, JournalKey, NewEntry};
use super::lookup::payment_in;
use super::rows::{millis, optional_reference};
use super::{Store, StoreError, receipts, returns};
use crate::money::Amount;
use crate::payment::{
    Explanation, Kind, LastResult, Payment, PaymentEvent, PaymentState, Said, Salient, Source, next,
};
use crate::reference::Reference;

/// The gateway's codes for a terminal that is off; its light follows them.
const NOT_CONNECTED: [&str; 2] = ["50301", "50310"];

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

pub(super) fn apply(
    transaction: &Transaction<'_>,
    key: &JournalKey,
    reference: &Reference,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let payment = payment_in(transaction, reference)?;
    let state = next(payment.state, outcome.event)?;
    let salient = outcome.salient.clone().unwrap_or_else(|| payment.salient.clone());
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
        (PaymentEvent::Approved | PaymentEvent::DecidedCharged, None) => {
            receipts::of_charge(transaction, &payment)?
        }
        (_, receipt) => receipt,
    };
    // A later leg has its ticket's number.
    let shown = match receipt {
        Some(number) => Some(number),
        None if state.counts_as_charged() => receipts::shown(transaction, &payment)?,
        None => None,
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
            search_text(reference, payment.amount, Some((shown, &salient))),
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
        void_original(transaction, key, reference, original, outcome.entry.at)?;
    }
    if freed {
        returns::release(transaction, key, &payment, outcome.entry.at)?;
    }
    Ok(())
}

/// The money of a payment went back by `void`. One that has none to give back, because it was voided before or a manager
/// has seen to it, stays as it is.
pub(super) fn void_original(
    transaction: &Transaction<'_>,
    key: &JournalKey,
    void: &Reference,
    original: &Reference,
    at: Timestamp,
) -> Result<(), StoreError> {
    let payment = payment_in(transaction, original)?;
    let charged = payment.state.counts_as_charged();
    if !charged && !payment.conflict {
        return Ok(());
    }
    // A charge that came to light after a no is undone: its state was "no charge" and is so now.
    let (state, event) = if !charged {
        (payment.state, None)
    } else {
        (
            next(payment.state, PaymentEvent::Voided)?,
            Some(PaymentEvent::Voided),
        )
    };
    transaction.execute(
        "UPDATE payment SET state = ?2, conflict = 0, changed_at = ?3 WHERE reference = ?1",
        params![original.as_str(), state.name(), millis(at)],
    )?;
    let entry = NewEntry {
        kind: EntryKind::Voided,
        at,
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

/// What the history's search looks through, in lower case.
pub(super) fn search_text(
    reference: &Reference,
    amount: Amount,
    answered: Option<(Option<i64>, &Salient)>,
) -> String {
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
