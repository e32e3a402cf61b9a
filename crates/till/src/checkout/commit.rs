//! Committing what is known before it is shown, and what happens where that cannot be done.

use std::sync::Arc;

use serde_json::json;

use super::carry_out::not_charged;
use super::{Inner, explain};
use crate::payment::{Explanation, Payment, PaymentEvent, PaymentState};
use crate::store::{Outcome, StoreError};

/// Commits `outcome`, then tells. Comes back only when it is on the disk: until then the payment is shown as *unknown,
/// could not be saved* (invariant 2), and the commit is tried again.
///
/// # Errors
/// The outcome, where something else (a callback) settled the payment while its own answer was on its way: that
/// stands, and the answer has to be weighed against it.
pub(super) async fn commit(
    inner: &Arc<Inner>,
    payment: Payment,
    outcome: Outcome,
) -> Result<Payment, Box<Outcome>> {
    let shown = Payment {
        state: PaymentState::Unknown,
        checking: false,
        explanation: Some(explain::unsaved_answer()),
        ..payment.clone()
    };
    commit_or_show(inner, payment, outcome, shown).await
}

/// Commits that a payment was never sent. Should the commit fail too, the row stays *prepared*, which a restart reads
/// as *not charged* as well: that much may be shown.
pub(super) async fn commit_not_charged(inner: &Arc<Inner>, payment: Payment, explanation: Explanation) {
    let shown = Payment {
        state: PaymentState::NotCharged,
        explanation: Some(explanation.clone()),
        ..payment.clone()
    };
    let reference = payment.reference.clone();
    let outcome = not_charged(inner, explanation);
    if commit_or_show(inner, payment, outcome, shown).await.is_err() {
        log::error!("payment {reference} was never sent, and stands as something else");
    }
}

async fn commit_or_show(
    inner: &Arc<Inner>,
    payment: Payment,
    mut outcome: Outcome,
    shown: Payment,
) -> Result<Payment, Box<Outcome>> {
    let first = inner.parts.commit_retry;
    let mut wait = first;
    loop {
        let (reference, attempt) = (payment.reference.clone(), outcome.clone());
        match inner
            .in_store(move |store| store.record(&reference, &attempt))
            .await
        {
            Ok(recorded) => {
                inner.clear_unsaved(&recorded.reference);
                inner.tell_moved(&recorded, payment.state);
                return Ok(recorded);
            }
            Err(StoreError::TransactionKnown(other)) => {
                // An old answer, repeated: it proves nothing about this payment (invariant 7).
                outcome.event = PaymentEvent::Lost;
                outcome.checking = false;
                outcome.salient = None;
                let explanation = explain::known_transaction(&other);
                outcome.entry.body["finding"] = json!(explanation.meaning);
                outcome.entry.body["said"] = json!(explanation.said);
                outcome.explanation = Some(explanation);
            }
            Err(StoreError::Illegal(_)) => {
                inner.clear_unsaved(&payment.reference);
                return Err(Box::new(outcome));
            }
            Err(error) => {
                log::error!(
                    "payment {} could not be saved, trying again: {error}",
                    payment.reference
                );
                inner.set_unsaved(&shown);
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(first * 32);
            }
        }
    }
}
