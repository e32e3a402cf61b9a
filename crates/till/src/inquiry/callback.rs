//! An answer that came by callback: held to what a direct answer must be, and then evidence like any other.
//!
//! Nobody asked for it, so it may settle less than an answer to a question: it is no evidence of absence, it makes no
//! candidate, and a no counts only as the definite answer to the payment's own request.

use std::collections::VecDeque;
use std::sync::Arc;

use cloudecr::callback::Callback;
use cloudecr::{Asked, PaymentMethod, TransType, TransferResponse, Verdict, judge};
use jiff::SignedDuration;
use serde_json::json;
use tokio::sync::Mutex;

use super::ask::{entry, reload};
use super::evidence::{self, Finding, Question, Weakness};
use super::take_in;
use crate::checkout::{Inner, from_verdict};
use crate::payment::{Kind, Payment, PaymentEvent, PaymentState};
use crate::reference::Reference;
use crate::store::StoreError;

/// How many answers are remembered so that a repeated one is known: more than a shop's payments of a day.
const REMEMBERED: usize = 1024;

/// The signatures of the answers that were taken in, newest last: who repeats one, by mistake or because it was read on
/// the shop's network, changes nothing and fills no disk. Held while one is taken in, so that two cannot cross.
#[derive(Default)]
pub(crate) struct Repeated(Mutex<VecDeque<String>>);

/// Takes in an answer that came by callback. Comes back when what it says is on the disk.
pub(crate) async fn called_back(inner: &Arc<Inner>, callback: &Callback) -> Result<(), StoreError> {
    let signature = callback.response().signature.clone().unwrap_or_default();
    let signature = signature.trim().to_ascii_lowercase();
    let mut taken = inner.repeated.0.lock().await;
    if taken.contains(&signature) {
        return Ok(());
    }
    let mut known = false;
    for reference in named(callback.response()) {
        known |= about(inner, &reference, callback).await?;
    }
    if !known {
        let weak = Finding::Weak(Weakness::NothingOfOurs);
        let entry = entry(inner, record(callback), &weak);
        inner.in_store(move |store| store.note(None, &entry)).await?;
        let terminal = callback.response().device_id.as_deref().unwrap_or_default();
        take_in::reversed_elsewhere(inner, terminal, None, callback.response()).await?;
    }
    taken.push_back(signature);
    if taken.len() > REMEMBERED {
        taken.pop_front();
    }
    Ok(())
}

/// The payments that an answer names: as its own request, or in what the request had carried along.
fn named(answer: &TransferResponse) -> Vec<Reference> {
    let texts = [
        answer.reference_id.as_deref(),
        answer.trans_data.metadata.as_deref(),
    ];
    let mut named: Vec<Reference> = texts
        .into_iter()
        .flatten()
        .filter_map(|text| text.get(..20)?.parse().ok())
        .collect();
    named.dedup();
    named
}

fn record(callback: &Callback) -> serde_json::Value {
    json!({ "asked": "callback", "body": callback.body() })
}

/// What the answer says of one payment. Whether there is such a payment.
async fn about(inner: &Arc<Inner>, reference: &Reference, callback: &Callback) -> Result<bool, StoreError> {
    let payment = match reload(inner, reference).await {
        Ok(payment) => payment,
        Err(StoreError::Missing(_)) => return Ok(false),
        Err(error) => return Err(error),
    };
    let original = match payment.original.clone() {
        Some(original) => Some(reload(inner, &original).await?),
        None => None,
    };
    let question = Question {
        payment: &payment,
        original: original.as_ref(),
        pos_id: inner.parts.client.pos_id(),
        reference: "",
        clock_offset: SignedDuration::ZERO,
    };
    let finding = in_its_time(&payment, weigh(&question, callback, inner.parts.currency.code()));
    let settles = matches!(&finding, Finding::Settles { .. });
    let entry = entry(inner, record(callback), &finding);
    let (before, was_in_conflict) = (payment.state, payment.conflict);
    let after = take_in::act(inner, &payment, finding, entry).await?;
    if settles && after.state != before {
        // What settles a payment is the terminal's newest transaction as far as is known here; an answer about
        // something long settled is not.
        take_in::learn(inner, &payment.terminal, callback.response()).await?;
    }
    if after.state != before || after.conflict != was_in_conflict {
        inner.tell_moved(&after, before);
    }
    Ok(true)
}

/// Weighs the answer as one to a getLast, and where it is the answer to the payment's own request, judges it as that:
/// it has to pass both.
fn weigh(question: &Question<'_>, callback: &Callback, currency: &str) -> Finding {
    let answer = callback.response();
    let weighed = evidence::weigh(question, answer);
    if answer.reference_id.as_deref() != Some(question.payment.reference.as_str()) {
        return match weighed {
            Finding::Settles {
                event: PaymentEvent::Approved,
                ..
            }
            | Finding::Contradicts { .. }
            | Finding::Weak(_) => weighed,
            Finding::Settles { .. } | Finding::Absent | Finding::MayBe(_) => Finding::Weak(Weakness::Other),
        };
    }
    let verdict = judge(&asked(question, currency), &callback.exchange());
    match (weighed, verdict) {
        (
            Finding::Settles {
                event: PaymentEvent::Approved,
                explanation,
                salient,
            },
            Verdict::Approved(_),
        ) => Finding::Settles {
            event: PaymentEvent::Approved,
            explanation,
            salient,
        },
        (Finding::Settles { event, salient, .. }, verdict @ (Verdict::Declined(_) | Verdict::Pending(_))) => {
            let read = from_verdict(verdict);
            if read.event == event {
                Finding::Settles {
                    event,
                    explanation: read.explanation,
                    salient,
                }
            } else {
                Finding::Weak(Weakness::Other)
            }
        }
        (Finding::Contradicts { explanation, salient }, _) => Finding::Contradicts { explanation, salient },
        (_, conflict @ Verdict::Conflict(_)) => {
            let read = from_verdict(conflict);
            match read.explanation {
                Some(explanation) => Finding::Contradicts {
                    explanation,
                    salient: Box::new(read.salient.unwrap_or_default()),
                },
                None => Finding::Weak(Weakness::Other),
            }
        }
        (_, Verdict::Check(_)) => Finding::Weak(Weakness::NotDefinite),
        (Finding::Weak(weakness), _) => Finding::Weak(weakness),
        (Finding::Settles { .. } | Finding::Absent | Finding::MayBe(_), _) => Finding::Weak(Weakness::Other),
    }
}

/// What may count while the payment's own request is still open: a charge, and what contradicts one. A no may be that
/// of a first card before a second one, so it waits for the answer itself.
fn in_its_time(payment: &Payment, finding: Finding) -> Finding {
    match (payment.state, &finding) {
        // Nothing of it has left, so nothing can be known of it.
        (PaymentState::Prepared, _) => Finding::Weak(Weakness::Other),
        (PaymentState::Sent, Finding::Settles { event, .. }) if *event != PaymentEvent::Approved => {
            Finding::Weak(Weakness::TooEarly)
        }
        (
            PaymentState::Sent
            | PaymentState::Pending
            | PaymentState::Unknown
            | PaymentState::Approved
            | PaymentState::Declined
            | PaymentState::NotCharged
            | PaymentState::Voided
            | PaymentState::Overridden(_),
            _,
        ) => finding,
    }
}

/// The payment's request, to hold an answer against.
fn asked(question: &Question<'_>, currency: &str) -> Asked {
    let payment = question.payment;
    let (trans_type, method) = match payment.kind {
        Kind::Sale => (TransType::Sale, Some(payment.method)),
        // Cash is handed back on a card only.
        Kind::CashOut => (TransType::CashOut, Some(PaymentMethod::BankCard)),
        Kind::Void => (TransType::Void, None),
    };
    Asked {
        trans_type,
        pos_id: question.pos_id.to_owned(),
        device_id: payment.terminal.clone(),
        reference_id: payment.reference.to_string(),
        amount: payment.amount.to_wire().ok(),
        cash: payment.cash.and_then(|cash| cash.to_wire().ok()),
        currency: currency.to_owned(),
        method,
        original_trans_id: question
            .original
            .and_then(|original| original.salient.trans_id.clone()),
    }
}
