//! Acting on evidence: it settles what is in question, and what contradicts something settled is never dropped.

use std::sync::Arc;

use cloudecr::{Exchange, Reply, TransferResponse};
use jiff::SignedDuration;
use serde_json::json;

use super::ask::{Answer, entry, reload};
use super::evidence::{self, Finding, Question};
use crate::checkout::Inner;
use crate::payment::{
    Candidate, Decision, Explanation, Kind, LastResult, Payment, PaymentEvent, PaymentState, Said, Salient,
};
use crate::reference::Reference;
use crate::store::{EntryKind, NewEntry, Outcome, StoreError, VOIDED_AFTER_ALL, conflict_entry};

/// Takes in an answer to a question about `payment`. The payment as it then stands.
pub(super) async fn about(
    inner: &Arc<Inner>,
    payment: &Payment,
    answer: Answer,
) -> Result<Payment, StoreError> {
    let entry = entry(inner, answer.record, &answer.finding);
    if let Some(response) = &answer.response {
        learn(inner, &payment.terminal, response).await?;
        about_others(inner, &payment.terminal, Some(payment), response).await?;
    }
    act(inner, payment, answer.finding, entry).await
}

/// What a finding makes of a payment.
pub(super) async fn act(
    inner: &Arc<Inner>,
    payment: &Payment,
    finding: Finding,
    entry: NewEntry,
) -> Result<Payment, StoreError> {
    let reference = payment.reference.clone();
    match finding {
        Finding::Settles {
            event,
            explanation,
            salient,
        } if payment.state.is_in_question() || payment.state == PaymentState::Sent => {
            let outcome = Outcome {
                event,
                checking: false,
                conflict: false,
                explanation,
                salient: Some(*salient),
                learned: None,
                entry,
            };
            record_or_weigh_again(inner, &reference, outcome).await
        }
        Finding::Settles { event, salient, .. } => settled(inner, payment, event, *salient, entry).await,
        Finding::Contradicts { explanation, salient } => {
            let what = (explanation.said, explanation.meaning);
            conflict(inner, &reference, what, Some(*salient), &entry).await
        }
        Finding::MayBe(salient) => {
            let shown = payment
                .candidate
                .as_ref()
                .is_some_and(|shown| shown.salient.trans_id == salient.trans_id);
            if shown || !payment.state.is_in_question() {
                return note(inner, &reference, entry).await;
            }
            let candidate = Candidate {
                salient: *salient,
                refused: false,
            };
            inner
                .in_store(move |store| store.set_candidate(&reference, &candidate, &entry))
                .await
        }
        Finding::Absent | Finding::Weak(_) => note(inner, &reference, entry).await,
    }
}

/// Conclusive evidence about a payment that is settled: it agrees, or it is a conflict.
async fn settled(
    inner: &Arc<Inner>,
    payment: &Payment,
    event: PaymentEvent,
    salient: Salient,
    entry: NewEntry,
) -> Result<Payment, StoreError> {
    let reference = payment.reference.clone();
    let charged = event == PaymentEvent::Approved;
    if let Some(what) = two_transactions(payment, charged, &salient) {
        return conflict(inner, &reference, what, None, &entry).await;
    }
    match payment.state {
        PaymentState::Declined
        | PaymentState::NotCharged
        | PaymentState::Overridden(Decision::NotCharged)
            if charged =>
        {
            let what = match payment.kind {
                Kind::Sale | Kind::CashOut => ("charged_after_all", "The customer was charged after all."),
                Kind::Void => (VOIDED_AFTER_ALL, "The payment was voided after all."),
            };
            conflict(inner, &reference, named(what), Some(salient), &entry).await
        }
        PaymentState::Overridden(Decision::Charged) if event == PaymentEvent::Declined => {
            conflict(
                inner,
                &reference,
                named((
                    "declined_after_all",
                    "The terminal says that it declined this payment.",
                )),
                None,
                &entry,
            )
            .await
        }
        PaymentState::Overridden(Decision::Charged) if charged => {
            inner
                .in_store(move |store| store.confirm(&reference, &salient, &entry))
                .await
        }
        PaymentState::Prepared
        | PaymentState::Sent
        | PaymentState::Pending
        | PaymentState::Unknown
        | PaymentState::Approved
        | PaymentState::Declined
        | PaymentState::NotCharged
        | PaymentState::Voided
        | PaymentState::Overridden(_) => note(inner, &reference, entry).await,
    }
}

/// Two charges under one payment's name; a void repeats its original's transaction and has none of its own.
fn two_transactions(payment: &Payment, charged: bool, salient: &Salient) -> Option<(Said, String)> {
    let known = payment.salient.trans_id.as_deref()?;
    let other = salient.trans_id.as_deref().filter(|other| *other != known)?;
    let counted = match payment.state {
        PaymentState::Approved | PaymentState::Voided | PaymentState::Overridden(Decision::Charged) => true,
        PaymentState::Prepared
        | PaymentState::Sent
        | PaymentState::Pending
        | PaymentState::Unknown
        | PaymentState::Declined
        | PaymentState::NotCharged
        | PaymentState::Overridden(Decision::NotCharged) => false,
    };
    (charged && counted && payment.kind != Kind::Void).then(|| {
        let said = Said {
            detail: Some(format!("{known}, {other}")),
            ..Said::till("two_transactions")
        };
        (
            said,
            format!("There are two transactions of this payment, {known} and {other}."),
        )
    })
}

/// An answer may be about another payment of this till than the one that was asked about, if one was: that one gets it,
/// too.
pub(super) async fn about_others(
    inner: &Arc<Inner>,
    terminal: &str,
    asked: Option<&Payment>,
    answer: &TransferResponse,
) -> Result<(), StoreError> {
    let mut named: Vec<Reference> = [
        answer.reference_id.as_deref(),
        answer.trans_data.metadata.as_deref(),
    ]
    .into_iter()
    .flatten()
    .filter_map(|text| text.get(..20)?.parse().ok())
    .filter(|reference| asked.is_none_or(|asked| *reference != asked.reference))
    .collect();
    named.dedup();
    for reference in named {
        let payment = match reload(inner, &reference).await {
            Ok(payment) => payment,
            // Another till's, or an inquiry's own.
            Err(StoreError::Missing(_)) => continue,
            Err(error) => return Err(error),
        };
        let question = Question {
            payment: &payment,
            original: None,
            pos_id: answer.pos_id.as_deref().unwrap_or_default(),
            reference: "",
            clock_offset: SignedDuration::ZERO,
        };
        let finding = evidence::weigh(&question, answer);
        let news = match &finding {
            Finding::Settles { event, .. } => match payment.state {
                PaymentState::Unknown | PaymentState::Pending => true,
                PaymentState::Declined | PaymentState::NotCharged | PaymentState::Overridden(_) => {
                    *event == PaymentEvent::Approved && !payment.conflict
                }
                PaymentState::Prepared
                | PaymentState::Sent
                | PaymentState::Approved
                | PaymentState::Voided => false,
            },
            Finding::Contradicts { .. } => !payment.conflict && payment.state != PaymentState::Sent,
            Finding::Absent | Finding::MayBe(_) | Finding::Weak(_) => false,
        };
        if news {
            let about = asked.map(|asked| asked.reference.as_str());
            let record = json!({ "asked": "getLast", "about": about, "body": answer });
            let entry = entry(inner, record, &finding);
            let after = act(inner, &payment, finding, entry).await?;
            inner.tell_moved(&after, payment.state);
        }
    }
    let being_voided = asked.and_then(|asked| asked.original.as_ref());
    reversed_elsewhere(inner, terminal, being_voided, answer).await
}

/// A void of a sale of ours that this till did not ask for: the money went back without it. `being_voided` is the sale
/// whose void is being asked about.
pub(super) async fn reversed_elsewhere(
    inner: &Arc<Inner>,
    terminal: &str,
    being_voided: Option<&Reference>,
    answer: &TransferResponse,
) -> Result<(), StoreError> {
    let is_void = answer.trans_type.as_deref() == Some("void") && answer.status_code.as_deref() == Some("00");
    let Some(trans_id) = answer.trans_data.trans_id.clone().filter(|_| is_void) else {
        return Ok(());
    };
    let sale = inner
        .in_store(move |store| store.charge_of_transaction(&trans_id))
        .await?;
    let Some(sale) = sale.filter(|sale| {
        let ours = being_voided == Some(&sale.reference) || sale.void_in_doubt;
        sale.state == PaymentState::Approved && !ours && !sale.conflict && sale.terminal == terminal
    }) else {
        return Ok(());
    };
    let what = named((
        "voided_elsewhere",
        "The terminal shows it voided, and not by this till.",
    ));
    let entry = conflict_entry(inner.parts.clock.now(), &what.0, &what.1);
    let sale = conflict(inner, &sale.reference, what, None, &entry).await?;
    inner.tell(&sale, true);
    Ok(())
}

/// An answer to a payment's own request that came after the till had stopped waiting for it, or after something else
/// had settled the payment. Comes back when it is on the disk.
pub(crate) async fn late_answer(
    inner: &Arc<Inner>,
    payment: &Payment,
    outcome: Outcome,
    exchange: &Exchange,
) {
    let reference = &payment.reference;
    let mut wait = inner.parts.commit_retry;
    loop {
        match weigh_late(inner, payment, outcome.clone(), exchange).await {
            Ok(after) => return inner.tell_moved(&after, payment.state),
            Err(StoreError::Busy | StoreError::Full | StoreError::Failed(_)) => {
                log::error!("a late answer to payment {reference} could not be saved, trying again");
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(inner.parts.commit_retry * 32);
            }
            Err(error) => {
                return log::error!("a late answer to payment {reference} could not be saved: {error}");
            }
        }
    }
}

async fn weigh_late(
    inner: &Arc<Inner>,
    payment: &Payment,
    outcome: Outcome,
    exchange: &Exchange,
) -> Result<Payment, StoreError> {
    let reference = &payment.reference;
    let now = reload(inner, reference).await?;
    if let Reply::Verified(answer) = &exchange.reply {
        learn(inner, &payment.terminal, answer).await?;
    }
    // Another amount under this payment's name: a manager must look, however late it comes.
    if outcome.conflict {
        let what = outcome
            .explanation
            .map(|explanation| (explanation.said, explanation.meaning))
            .unwrap_or_default();
        return conflict(inner, reference, what, outcome.salient, &outcome.entry).await;
    }
    // A second "lost" says nothing new.
    if outcome.event == PaymentEvent::Lost {
        return note(inner, reference, outcome.entry).await;
    }
    if now.state.is_in_question() {
        return record_or_weigh_again(inner, reference, outcome).await;
    }
    let no = matches!(outcome.event, PaymentEvent::Declined | PaymentEvent::NotCharged);
    if no && now.state == PaymentState::Approved {
        let what = named((
            "declined_after_all",
            "The terminal says that it declined this payment.",
        ));
        return conflict(inner, reference, what, None, &outcome.entry).await;
    }
    let salient = outcome.salient.unwrap_or_default();
    settled(inner, &now, outcome.event, salient, outcome.entry).await
}

/// Settles a payment by what was not found.
pub(super) async fn settle(
    inner: &Arc<Inner>,
    payment: &Payment,
    event: PaymentEvent,
    explanation: Explanation,
) -> Result<Option<Payment>, StoreError> {
    let entry = NewEntry {
        kind: EntryKind::Inquiry,
        at: inner.parts.clock.now(),
        staff: None,
        body: json!({ "grade": "conclusive", "finding": explanation.meaning, "said": explanation.said }),
    };
    let outcome = Outcome {
        event,
        checking: false,
        conflict: false,
        explanation: Some(explanation),
        salient: None,
        learned: None,
        entry,
    };
    let reference = payment.reference.clone();
    inner
        .in_store(move |store| store.record(&reference, &outcome))
        .await
        .map(Some)
}

/// A payment that was settled without an answer of its own is asked about a while longer.
pub(super) async fn watch(inner: &Arc<Inner>, payment: &Payment) -> Result<(), StoreError> {
    let length = SignedDuration::try_from(inner.parts.times.watch).unwrap_or(SignedDuration::ZERO);
    let until = inner.parts.clock.now().checked_add(length).ok();
    let reference = payment.reference.clone();
    inner.in_store(move |store| store.watch(&reference, until)).await
}

/// Remembers the terminal's last transaction.
pub(super) async fn learn(
    inner: &Inner,
    terminal: &str,
    answer: &TransferResponse,
) -> Result<(), StoreError> {
    let Some(last) = LastResult::of(answer) else {
        return Ok(());
    };
    let (terminal, at) = (terminal.to_owned(), inner.parts.clock.now());
    inner
        .in_store(move |store| store.learn_last(&terminal, &last, at))
        .await
}

async fn note(inner: &Inner, reference: &Reference, entry: NewEntry) -> Result<Payment, StoreError> {
    let reference = reference.clone();
    inner
        .in_store(move |store| {
            store.note(Some(&reference), &entry)?;
            store.payment(&reference)
        })
        .await
}

/// What a conflict is about: its code, and words for the journal.
fn named((code, words): (&str, &str)) -> (Said, String) {
    (Said::till(code), words.to_owned())
}

async fn conflict(
    inner: &Inner,
    reference: &Reference,
    (said, finding): (Said, String),
    salient: Option<Salient>,
    evidence: &NewEntry,
) -> Result<Payment, StoreError> {
    let mut entry = conflict_entry(evidence.at, &said, &finding);
    entry.body["evidence"] = evidence.body.clone();
    let reference = reference.clone();
    inner
        .in_store(move |store| store.raise_conflict(&reference, salient.as_ref(), &entry))
        .await
}

/// Commits what settles a payment. Where something else settled it meanwhile, it is weighed against that; where it
/// turns out to be another payment's transaction, it is noted.
async fn record_or_weigh_again(
    inner: &Arc<Inner>,
    reference: &Reference,
    outcome: Outcome,
) -> Result<Payment, StoreError> {
    let (to, attempt) = (reference.clone(), outcome.clone());
    match inner.in_store(move |store| store.record(&to, &attempt)).await {
        Err(StoreError::TransactionKnown(_)) => note(inner, reference, outcome.entry).await,
        Err(StoreError::Illegal(_)) => {
            let now = reload(inner, reference).await?;
            let salient = outcome.salient.unwrap_or_default();
            settled(inner, &now, outcome.event, salient, outcome.entry).await
        }
        other => other,
    }
}
