//! One round of questions about a payment: asked, weighed, journaled, and acted on.

use std::sync::Arc;

use cloudecr::{Exchange, Order, PaymentMethod, Reply, TransferResponse};
use serde_json::{Value, json};

use super::evidence::{self, Finding, Question, Weakness};
use super::progress::Progress;
use super::take_in;
use crate::checkout::{Inner, words};
use crate::payment::{Kind, Payment, PaymentEvent, PaymentState, Said};
use crate::reference::Reference;
use crate::store::{EntryKind, NewEntry, StoreError};

/// An answer to a question, and what it proves.
pub(super) struct Answer {
    pub(super) finding: Finding,
    /// The question and what came back, for the journal; none where nothing could be asked.
    pub(super) record: Value,
    /// A verified answer.
    pub(super) response: Option<Box<TransferResponse>>,
}

/// One round of questions about a payment in question, each journaled with what it proved. The payment as it then
/// stands.
pub(super) async fn round(
    inner: &Arc<Inner>,
    payment: Payment,
    progress: &mut Progress,
) -> Result<Payment, StoreError> {
    let mut answered = false;
    let mut absent = false;
    for question in questions(&payment) {
        let answer = put(inner, &payment, &question).await?;
        answered |= !matches!(answer.finding, Finding::Weak(Weakness::NoAnswer));
        if matches!(question, Order::GetLast) && answer.response.is_some() {
            absent = answer.finding == Finding::Absent;
            if !absent {
                progress.present();
            }
        }
        let before = payment.state;
        let payment = take_in::about(inner, &payment, answer).await?;
        if payment.state != before || payment.conflict {
            inner.tell_moved(&payment, before);
            return Ok(payment);
        }
    }
    let proven = absent && progress.absent(&inner.parts.times);
    let settled =
        if proven && payment.method == PaymentMethod::BankCard && payment.state == PaymentState::Unknown {
            let meaning = "The terminal's last transaction is still the one from before this payment.";
            let explanation = words("absent", meaning, "Charge again if wanted.");
            take_in::settle(inner, &payment, PaymentEvent::NotCharged, explanation).await?
        } else if payment.checking && answered {
            // The no has been asked about, and nothing contradicts it.
            let explanation = payment
                .explanation
                .clone()
                .unwrap_or_else(|| words("refused", "It was refused.", ""));
            take_in::settle(inner, &payment, PaymentEvent::Declined, explanation).await?
        } else {
            None
        };
    let payment = match settled {
        Some(payment) => {
            take_in::watch(inner, &payment).await?;
            payment
        }
        None => reload(inner, &payment.reference).await?,
    };
    inner.tell(&payment, true);
    Ok(payment)
}

/// Asks once about a settled payment that is still watched. Whether anything came to light.
pub(super) async fn look(inner: &Arc<Inner>, payment: &Payment) -> Result<bool, StoreError> {
    let answer = put(inner, payment, &Order::GetLast).await?;
    let after = take_in::about(inner, payment, answer).await?;
    let news = after.conflict && !payment.conflict;
    if news {
        inner.tell(&after, true);
    }
    Ok(news)
}

/// Learns a terminal's last transaction where none is known, so that a later payment can be told apart from it.
pub(crate) async fn learn_baseline(inner: &Arc<Inner>, terminal: &str) -> Result<(), StoreError> {
    let name = terminal.to_owned();
    if inner.in_store(move |store| store.last_of(&name)).await?.is_some() {
        return Ok(());
    }
    let Some((_, exchange)) = send(inner, terminal, &Order::GetLast).await else {
        return Ok(());
    };
    if let Reply::Verified(answer) = exchange.reply {
        take_in::learn(inner, terminal, &answer).await?;
    }
    Ok(())
}

pub(super) async fn reload(inner: &Inner, reference: &Reference) -> Result<Payment, StoreError> {
    let reference = reference.clone();
    inner.in_store(move |store| store.payment(&reference)).await
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

/// Sends one question; none when it could not be asked.
pub(super) async fn send(
    inner: &Inner,
    terminal: &str,
    question: &Order,
) -> Option<(cloudecr::PreparedTransfer, Exchange)> {
    let given_up = |why: &dyn std::fmt::Display| log::info!("{terminal} could not be asked: {why}");
    // Looked at first: no session is renewed for a question that may not be asked.
    if !inner.parts.client.budget().question_in.is_zero() {
        given_up(&"the rest of the gateway's limit of requests is kept for payments");
        return None;
    }
    let now = inner.parts.clock.now();
    let prepared = async {
        inner
            .parts
            .client
            .ready()
            .await
            .inspect_err(|error| given_up(error))
            .ok()?;
        let reference = Reference::new(now, inner.parts.entropy.as_ref())
            .inspect_err(|error| given_up(error))
            .ok()?;
        let prepared = inner
            .parts
            .client
            .prepare(reference.as_str(), terminal, question, now);
        prepared.inspect_err(|error| given_up(error)).ok()
    };
    let prepared = prepared.await?;
    let exchange = inner.parts.client.transfer(&prepared).await;
    Some((prepared, exchange))
}

async fn put(inner: &Arc<Inner>, payment: &Payment, question: &Order) -> Result<Answer, StoreError> {
    let Some((prepared, exchange)) = send(inner, &payment.terminal, question).await else {
        return Ok(Answer {
            finding: Finding::Weak(Weakness::NoAnswer),
            record: json!({ "asked": name(question) }),
            response: None,
        });
    };
    let (terminal, original) = (payment.terminal.clone(), payment.original.clone());
    let (last, original) = inner
        .in_store(move |store| {
            let original = original.map(|original| store.payment(&original)).transpose()?;
            Ok((store.last_of(&terminal)?, original))
        })
        .await?;
    let asked = Question {
        payment,
        original: original.as_ref(),
        pos_id: &prepared.request().pos_id,
        reference: &prepared.request().reference_id,
        clock_offset: last.map(|last| last.clock_offset).unwrap_or_default(),
    };
    let record = json!({
        "asked": name(question),
        "request": serde_json::from_str::<Value>(prepared.body()).unwrap_or_default(),
        "http": exchange.http_status,
        "body": exchange.body,
    });
    let (finding, response) = match exchange.reply {
        Reply::Verified(answer) => (evidence::weigh(&asked, &answer), Some(answer)),
        Reply::Unverified(_) => (Finding::Weak(Weakness::NotSigned), None),
        Reply::Refused(refusal) => (Finding::Weak(evidence::refusal(refusal.code, refusal.http)), None),
        Reply::NotSent(_) | Reply::Lost(_) => (Finding::Weak(Weakness::NoAnswer), None),
    };
    let finding = not_known_already(inner, payment, finding).await?;
    Ok(Answer {
        finding,
        record,
        response,
    })
}

/// A transaction that another payment of this till has cannot be this one's.
async fn not_known_already(
    inner: &Inner,
    payment: &Payment,
    finding: Finding,
) -> Result<Finding, StoreError> {
    let Finding::MayBe(salient) = finding else {
        return Ok(finding);
    };
    let (trans_id, kind) = (salient.trans_id.clone().unwrap_or_default(), payment.kind);
    let known = inner
        .in_store(move |store| store.has_transaction(&trans_id, kind))
        .await?;
    Ok(if known {
        Finding::Weak(Weakness::Other)
    } else {
        Finding::MayBe(salient)
    })
}

pub(super) fn name(question: &Order) -> &'static str {
    match question {
        Order::WalletInquiry { .. } => "walletInquiry",
        Order::GetLast => "getLast",
        Order::Sale { .. } | Order::CashOut { .. } | Order::Void { .. } | Order::Print { .. } => "",
    }
}

/// The journal's entry for an answer.
pub(super) fn entry(inner: &Inner, mut record: Value, finding: &Finding) -> NewEntry {
    let (grade, found, said) = match finding {
        Finding::Settles {
            event, explanation, ..
        } => (
            "conclusive",
            event.name().to_owned(),
            explanation.as_ref().map(|explanation| explanation.said.clone()),
        ),
        Finding::Contradicts { explanation, .. } => (
            "conflict",
            explanation.meaning.clone(),
            Some(explanation.said.clone()),
        ),
        Finding::Absent => (
            "strong",
            "its last transaction is still the one from before".to_owned(),
            Some(Said::till("still_the_last")),
        ),
        Finding::MayBe(_) => (
            "strong",
            "a transaction that may be this one".to_owned(),
            Some(Said::till("may_be_it")),
        ),
        Finding::Weak(weakness) => ("weak", weakness.describe(), Some(weakness.said())),
    };
    record["grade"] = json!(grade);
    record["finding"] = json!(found);
    record["said"] = json!(said);
    NewEntry {
        kind: EntryKind::Inquiry,
        at: inner.parts.clock.now(),
        staff: None,
        body: record,
    }
}
