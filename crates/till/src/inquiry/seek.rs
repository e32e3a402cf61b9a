//! The task that asks about one payment until it is settled.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cloudecr::{Exchange, Order, PaymentMethod, Reply};
use serde_json::{Value, json};
use tokio::sync::Mutex as AsyncMutex;

use super::evidence::{self, Finding, Weakness};
use crate::checkout::Inner;
use crate::payment::{Kind, Payment, PaymentEvent, PaymentState};
use crate::reference::Reference;
use crate::store::{EntryKind, NewEntry, Outcome, StoreError};

/// The payments that are being asked about. One question about a payment is on its way at a time.
#[derive(Default)]
pub(crate) struct Seekers {
    turns: Mutex<HashMap<Reference, Arc<AsyncMutex<()>>>>,
}

impl Seekers {
    /// The payment's turn, and whether a task asks about it already.
    fn turn(&self, reference: &Reference) -> (Arc<AsyncMutex<()>>, bool) {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let known = turns.contains_key(reference);
        (Arc::clone(turns.entry(reference.clone()).or_default()), known)
    }

    fn done(&self, reference: &Reference) {
        self.turns
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(reference);
    }
}

/// Starts asking about a payment, unless that is being done already.
pub(crate) fn find_out(inner: &Arc<Inner>, reference: &Reference) {
    let (turn, known) = inner.seekers.turn(reference);
    if !known {
        tokio::spawn(seek(Arc::clone(inner), reference.clone(), turn));
    }
}

/// Asks about a payment now, and returns it as it then stands.
pub(crate) async fn ask_now(inner: &Arc<Inner>, reference: &Reference) -> Result<Payment, StoreError> {
    find_out(inner, reference);
    let (turn, _) = inner.seekers.turn(reference);
    let _my_turn = turn.lock().await;
    let payment = load(inner, reference).await?;
    if !payment.state.is_in_question() {
        inner.seekers.done(reference);
        return Ok(payment);
    }
    ask(inner, payment).await
}

async fn seek(inner: Arc<Inner>, reference: Reference, turn: Arc<AsyncMutex<()>>) {
    let mut asked = 0;
    loop {
        let payment = match load(&inner, &reference).await {
            Ok(payment) => payment,
            Err(error) => {
                log::error!("payment {reference} cannot be read, so it cannot be asked about: {error}");
                break;
            }
        };
        if !payment.state.is_in_question() {
            break;
        }
        // A no is asked about at once: only then may the cashier be offered to charge again.
        if !(payment.checking && asked == 0) {
            tokio::time::sleep(inner.parts.times.wait(asked, since_sent(&inner, &payment))).await;
        }
        let _my_turn = turn.lock().await;
        // Someone may have asked, and settled it, while this task waited.
        match load(&inner, &reference).await {
            Ok(payment) if payment.state.is_in_question() => {
                if let Err(error) = ask(&inner, payment).await {
                    log::error!("what was found out about payment {reference} could not be saved: {error}");
                }
            }
            Ok(_) | Err(_) => {}
        }
        asked += 1;
    }
    inner.seekers.done(&reference);
}

async fn load(inner: &Inner, reference: &Reference) -> Result<Payment, StoreError> {
    let reference = reference.clone();
    inner.in_store(move |store| store.payment(&reference)).await
}

fn since_sent(inner: &Inner, payment: &Payment) -> Duration {
    let sent = payment.sent_at.unwrap_or(payment.created_at);
    Duration::try_from(inner.parts.clock.now().duration_since(sent)).unwrap_or(Duration::ZERO)
}

/// One round of questions, each journaled with what it proved.
async fn ask(inner: &Arc<Inner>, payment: Payment) -> Result<Payment, StoreError> {
    let mut answered = false;
    for question in questions(&payment) {
        let (finding, exchange) = put(inner, &payment, &question).await;
        answered |= !matches!(finding, Finding::Weak(Weakness::NoAnswer));
        let entry = entry(inner, &question, exchange.as_ref(), &finding);
        let settled = match finding {
            Finding::Settles {
                event,
                explanation,
                salient,
            } => settle(inner, &payment, event, explanation, Some(*salient), false, entry).await?,
            Finding::Contradicts { explanation, .. } => {
                let reference = payment.reference.clone();
                let _ = explanation;
                Some(
                    inner
                        .in_store(move |store| store.raise_conflict(&reference, &entry))
                        .await?,
                )
            }
            Finding::Weak(_) => {
                let reference = payment.reference.clone();
                inner
                    .in_store(move |store| store.note(Some(&reference), &entry))
                    .await?;
                None
            }
        };
        if let Some(payment) = settled {
            inner.tell(&payment, true);
            return Ok(payment);
        }
    }
    if payment.checking && answered {
        // The no has been asked about, and nothing contradicts it.
        let entry = NewEntry {
            kind: EntryKind::Inquiry,
            at: inner.parts.clock.now(),
            staff: None,
            body: json!({ "finding": "nothing contradicts the refusal" }),
        };
        let explanation = payment.explanation.clone();
        let settled = settle(
            inner,
            &payment,
            PaymentEvent::Declined,
            explanation,
            None,
            false,
            entry,
        )
        .await?;
        if let Some(payment) = settled {
            inner.tell(&payment, true);
            return Ok(payment);
        }
    }
    inner.tell(&payment, true);
    Ok(payment)
}

/// Commits what settles a payment; nothing when the evidence turns out to be another payment's.
async fn settle(
    inner: &Arc<Inner>,
    payment: &Payment,
    event: PaymentEvent,
    explanation: Option<crate::payment::Explanation>,
    salient: Option<crate::payment::Salient>,
    conflict: bool,
    entry: NewEntry,
) -> Result<Option<Payment>, StoreError> {
    let reference = payment.reference.clone();
    let outcome = Outcome {
        event,
        checking: false,
        conflict,
        explanation,
        salient,
        entry,
    };
    let (to, attempt) = (reference.clone(), outcome.clone());
    match inner.in_store(move |store| store.record(&to, &attempt)).await {
        Ok(payment) => Ok(Some(payment)),
        Err(StoreError::TransactionKnown(_)) => {
            inner
                .in_store(move |store| store.note(Some(&reference), &outcome.entry))
                .await?;
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What is asked: the terminal's last transaction, and for a wallet the wallet.
fn questions(payment: &Payment) -> Vec<Order> {
    let wallet = payment
        .gateway_time
        .filter(|_| payment.kind != Kind::Void && payment.method != PaymentMethod::BankCard)
        .map(|original_datetime| Order::WalletInquiry { original_datetime });
    match (payment.state, wallet) {
        (PaymentState::Pending, Some(wallet)) => vec![wallet],
        (_, Some(wallet)) => vec![Order::GetLast, wallet],
        (_, None) => vec![Order::GetLast],
    }
}

async fn put(inner: &Arc<Inner>, payment: &Payment, question: &Order) -> (Finding, Option<Exchange>) {
    let nothing = |why: String| {
        log::info!("asking about payment {}: {why}", payment.reference);
        (Finding::Weak(Weakness::NoAnswer), None)
    };
    let now = inner.parts.clock.now();
    if let Err(error) = inner.parts.client.ready().await {
        return nothing(error.to_string());
    }
    let reference = match Reference::new(now, inner.parts.entropy.as_ref()) {
        Ok(reference) => reference,
        Err(error) => return nothing(error.to_string()),
    };
    let prepared = match inner
        .parts
        .client
        .prepare(reference.as_str(), &payment.terminal, question, now)
    {
        Ok(prepared) => prepared,
        Err(error) => return nothing(error.to_string()),
    };
    let exchange = inner.parts.client.transfer(&prepared).await;
    let finding = match &exchange.reply {
        Reply::Verified(answer) => evidence::weigh(payment, &prepared.request().pos_id, answer),
        Reply::Unverified(_) => Finding::Weak(Weakness::NotSigned),
        Reply::Refused(refusal) => Finding::Weak(evidence::refusal(refusal.code, refusal.http)),
        Reply::NotSent(_) | Reply::Lost(_) => Finding::Weak(Weakness::NoAnswer),
    };
    (finding, Some(exchange))
}

fn entry(inner: &Inner, question: &Order, exchange: Option<&Exchange>, finding: &Finding) -> NewEntry {
    let asked = match question {
        Order::WalletInquiry { .. } => "walletInquiry",
        Order::GetLast => "getLast",
        Order::Sale { .. } | Order::CashOut { .. } | Order::Void { .. } | Order::Print { .. } => "",
    };
    let (grade, found) = match finding {
        Finding::Settles { event, .. } => ("conclusive", event.name().to_owned()),
        Finding::Contradicts { explanation, .. } => ("conflict", explanation.meaning.clone()),
        Finding::Weak(weakness) => ("weak", weakness.describe()),
    };
    let body: Value = json!({
        "asked": asked,
        "grade": grade,
        "finding": found,
        "http": exchange.and_then(|exchange| exchange.http_status),
        "body": exchange.and_then(|exchange| exchange.body.as_deref()),
    });
    NewEntry {
        kind: EntryKind::Inquiry,
        at: inner.parts.clock.now(),
        staff: None,
        body,
    }
}
