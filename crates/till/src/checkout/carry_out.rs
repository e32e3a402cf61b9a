//! One payment from *prepared* to the first thing that is known of it.

use std::pin::pin;
use std::sync::Arc;

use cloudecr::{Exchange, GatewayTime, Order, PreparedTransfer, Reply, judge};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::Inner;
use super::commit::{commit, commit_not_charged};
use super::explain;
use crate::payment::{Explanation, LastResult, Payment, PaymentEvent};
use crate::store::{EntryKind, Learned, NewEntry, Outcome};

/// Carries out a prepared payment. Invariant 2 is the order of the steps; invariant 3 is that there is one `transfer`.
pub(super) async fn carry_out(inner: Arc<Inner>, payment: Payment, order: Order, original: Option<Payment>) {
    // Fresh tokens first, so that little can happen between the commit as *sent* and the sending.
    if let Err(error) = inner.parts.client.ready().await {
        return commit_not_charged(&inner, payment, explain::from_call_error(&error)).await;
    }
    let now = inner.parts.clock.now();
    let prepared = inner
        .parts
        .client
        .prepare(payment.reference.as_str(), &payment.terminal, &order, now);
    let (prepared, gateway_time, request) =
        match prepared.map_err(|error| error.to_string()).and_then(written) {
            Ok(parts) => parts,
            Err(why) => return commit_not_charged(&inner, payment, explain::unsendable(&why)).await,
        };
    let reference = payment.reference.clone();
    let sent = inner
        .in_store(move |store| store.mark_sent(&reference, now, &gateway_time, &request))
        .await;
    let payment = match sent {
        Ok(payment) => payment,
        // Not committed as sent, so it is not sent.
        Err(error) => {
            return commit_not_charged(&inner, payment, explain::unsaved_before_sending(&error)).await;
        }
    };
    inner.tell(&payment, true);

    inner.seekers.sent(&payment.reference);
    let original_amount = original
        .as_ref()
        .and_then(|original| original.amount.to_wire().ok());
    let asked = prepared.asked(inner.parts.currency.code(), original_amount);
    let read =
        |exchange: &Exchange| outcome(&inner, explain::from_verdict(judge(&asked, exchange)), exchange);

    let mut transfer = pin!(inner.parts.client.transfer(&prepared));
    let exchange = tokio::select! {
        exchange = &mut transfer => exchange,
        () = waited_too_long(&inner, now) => {
            // The computer slept, or its clock jumped. The answer may still come; until then it is not known.
            if commit(&inner, payment.clone(), timed_out(&inner)).await.is_ok() {
                crate::inquiry::find_out(&inner, &payment.reference);
            }
            let exchange = transfer.await;
            return crate::inquiry::late_answer(&inner, &payment, read(&exchange), &exchange).await;
        }
    };
    match commit(&inner, payment.clone(), read(&exchange)).await {
        Ok(payment) if payment.state.is_in_question() => {
            crate::inquiry::find_out(&inner, &payment.reference);
        }
        Ok(payment) => inner.seekers.answered(&payment.reference),
        Err(outcome) => {
            inner.seekers.answered(&payment.reference);
            crate::inquiry::late_answer(&inner, &payment, *outcome, &exchange).await;
        }
    }
}

/// Ends when the time of day says that a transfer's time is over. The client's own limit runs on a clock that stands
/// still while the computer sleeps.
async fn waited_too_long(inner: &Inner, sent: Timestamp) {
    let limit = SignedDuration::try_from(inner.parts.wall_limit).unwrap_or(SignedDuration::MAX);
    let mut look = tokio::time::interval(inner.parts.wall_look);
    loop {
        look.tick().await;
        if inner.parts.clock.now().duration_since(sent) > limit {
            return;
        }
    }
}

/// The outcome of a payment whose time is over by the time of day.
fn timed_out(inner: &Inner) -> Outcome {
    let explanation = explain::overslept();
    let entry = NewEntry {
        kind: EntryKind::Answer,
        at: inner.parts.clock.now(),
        staff: None,
        body: json!({ "finding": explanation.meaning, "said": explanation.said }),
    };
    Outcome {
        event: PaymentEvent::Lost,
        checking: false,
        conflict: false,
        explanation: Some(explanation),
        salient: None,
        learned: None,
        entry,
    }
}

/// What of a prepared transfer the store keeps: its `datetime`, and the request as it leaves.
fn written(prepared: PreparedTransfer) -> Result<(PreparedTransfer, GatewayTime, Value), String> {
    let at = prepared
        .request()
        .datetime
        .parse::<GatewayTime>()
        .map_err(|error| error.to_string())?;
    let request = serde_json::from_str(prepared.body()).map_err(|error| error.to_string())?;
    Ok((prepared, at, request))
}

fn outcome(inner: &Inner, read: explain::Reading, exchange: &Exchange) -> Outcome {
    let learned = match &exchange.reply {
        Reply::Verified(answer) => LastResult::of(answer).map(|last| Learned { last, at_once: true }),
        Reply::Unverified(_) | Reply::Refused(_) | Reply::NotSent(_) | Reply::Lost(_) => None,
    };
    let entry = NewEntry {
        kind: EntryKind::Answer,
        at: inner.parts.clock.now(),
        staff: None,
        body: json!({
            "http": exchange.http_status,
            "body": exchange.body,
            "elapsedMs": u64::try_from(exchange.elapsed.as_millis()).unwrap_or(u64::MAX),
            "finding": read.finding,
            "said": read.explanation.as_ref().map(|explanation| &explanation.said),
            "checking": read.checking,
        }),
    };
    Outcome {
        event: read.event,
        checking: read.checking,
        conflict: read.conflict,
        explanation: read.explanation,
        salient: read.salient,
        learned,
        entry,
    }
}

/// The outcome of a payment that was never sent.
pub(super) fn not_charged(inner: &Inner, explanation: Explanation) -> Outcome {
    let entry = NewEntry {
        kind: EntryKind::Answer,
        at: inner.parts.clock.now(),
        staff: None,
        body: json!({ "finding": explanation.meaning, "said": explanation.said }),
    };
    Outcome {
        event: PaymentEvent::NotCharged,
        checking: false,
        conflict: false,
        explanation: Some(explanation),
        salient: None,
        learned: None,
        entry,
    }
}
