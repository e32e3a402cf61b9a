//! One payment from *prepared* to the first thing that is known of it.

use std::sync::Arc;

use cloudecr::{Exchange, GatewayTime, Order, PreparedTransfer, judge};
use serde_json::{Value, json};

use super::Inner;
use super::commit::{commit, commit_not_charged};
use super::explain;
use crate::payment::{Explanation, Payment, PaymentEvent};
use crate::store::{EntryKind, NewEntry, Outcome};

/// Carries out a prepared payment. Invariant 2 is the order of the steps; invariant 3 is that there is one `transfer`.
pub(super) async fn carry_out(inner: Arc<Inner>, payment: Payment, order: Order, original: Option<Payment>) {
    // Fresh tokens first, so that little can happen between the commit as *sent* and the sending.
    if let Err(error) = inner.parts.client.ready().await {
        return commit_not_charged(&inner, payment, explain::from_call_error(&error)).await;
    }
    let now = inner.parts.clock.now();
    let order = with_reference(order, &payment);
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

    let exchange = inner.parts.client.transfer(&prepared).await;

    let original_amount = original
        .as_ref()
        .and_then(|original| original.amount.to_wire().ok());
    let asked = prepared.asked(inner.parts.currency.code(), original_amount);
    let outcome = outcome(
        &inner,
        explain::from_verdict(judge(&asked, &exchange), payment.kind),
        &exchange,
    );
    let payment = commit(&inner, payment, outcome).await;
    if payment.state.is_in_question() {
        crate::inquiry::find_out(&inner, &payment.reference);
    }
}

/// Every money-moving request carries its own reference as metadata: a getLast that answers with a reference of its
/// own can then still be told to be about this payment.
fn with_reference(order: Order, payment: &Payment) -> Order {
    let mark = |mut extras: cloudecr::Extras| {
        extras.metadata = Some(payment.reference.to_string());
        extras
    };
    match order {
        Order::Sale {
            amount,
            method,
            channel,
            extras,
        } => Order::Sale {
            amount,
            method,
            channel,
            extras: mark(extras),
        },
        Order::CashOut { amount, cash, extras } => Order::CashOut {
            amount,
            cash,
            extras: mark(extras),
        },
        Order::Void {
            trans_id,
            inv_no,
            extras,
        } => Order::Void {
            trans_id,
            inv_no,
            extras: mark(extras),
        },
        inquiry @ (Order::WalletInquiry { .. } | Order::GetLast | Order::Print { .. }) => inquiry,
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
    let entry = NewEntry {
        kind: EntryKind::Answer,
        at: inner.parts.clock.now(),
        staff: None,
        body: json!({
            "http": exchange.http_status,
            "body": exchange.body,
            "elapsedMs": u64::try_from(exchange.elapsed.as_millis()).unwrap_or(u64::MAX),
            "finding": read.finding,
            "checking": read.checking,
        }),
    };
    Outcome {
        event: read.event,
        checking: read.checking,
        conflict: read.conflict,
        explanation: read.explanation,
        salient: read.salient,
        entry,
    }
}

/// The outcome of a payment that was never sent.
pub(super) fn not_charged(inner: &Inner, explanation: Explanation) -> Outcome {
    let entry = NewEntry {
        kind: EntryKind::Answer,
        at: inner.parts.clock.now(),
        staff: None,
        body: json!({ "finding": explanation.meaning }),
    };
    Outcome {
        event: PaymentEvent::NotCharged,
        checking: false,
        conflict: false,
        explanation: Some(explanation),
        salient: None,
        entry,
    }
}
