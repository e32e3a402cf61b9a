//! Decisions that people make where evidence does not settle a payment, or contradicts itself.

use std::sync::Arc;

use serde_json::json;

use super::Inner;
use super::explain::words;
use crate::payment::{Candidate, Payment, PaymentEvent, Said};
use crate::reference::Reference;
use crate::store::{EntryKind, NewEntry, Outcome, StoreError};

/// What somebody decided, and who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandDecision {
    /// The transaction that was shown is this customer's.
    Confirmed {
        /// Who said so.
        staff: i64,
        /// The manager, where one was needed.
        approved_by: Option<i64>,
    },
    /// The transaction that was shown is not this customer's.
    Refused {
        /// Who said so.
        staff: i64,
    },
    /// A manager says whether the customer was charged.
    Manager {
        /// Whether the customer was charged.
        charged: bool,
        /// The manager.
        manager: i64,
        /// Why.
        reason: String,
    },
    /// A manager has seen to a conflict.
    ConflictSettled {
        /// The manager.
        manager: i64,
        /// How.
        reason: String,
    },
}

pub(super) async fn decide(
    inner: &Arc<Inner>,
    reference: &Reference,
    decision: HandDecision,
) -> Result<Payment, StoreError> {
    let at = inner.parts.clock.now();
    let length = jiff::SignedDuration::try_from(inner.parts.times.watch).unwrap_or_default();
    let watched_until = at.checked_add(length).ok();
    let entry = move |staff, body| NewEntry {
        kind: EntryKind::Decision,
        at,
        staff: Some(staff),
        body,
    };
    let to = reference.clone();
    let payment = inner
        .in_store(move |store| match decision {
            HandDecision::Confirmed { staff, approved_by } => {
                let candidate = shown(store.payment(&to)?)?;
                let body = json!({ "finding": "confirmed as this customer's", "said": Said::till("confirmed"),
                                   "approvedBy": approved_by, "transId": candidate.salient.trans_id });
                let outcome = Outcome {
                    event: PaymentEvent::Approved,
                    checking: false,
                    conflict: false,
                    explanation: None,
                    salient: Some(candidate.salient),
                    learned: None,
                    entry: entry(staff, body),
                };
                store.record(&to, &outcome)
            }
            HandDecision::Refused { staff } => {
                let candidate = Candidate {
                    refused: true,
                    ..shown(store.payment(&to)?)?
                };
                let body = json!({ "finding": "not this customer's", "said": Said::till("not_theirs"),
                                   "transId": candidate.salient.trans_id });
                store.set_candidate(&to, &candidate, &entry(staff, body))
            }
            HandDecision::Manager {
                charged,
                manager,
                reason,
            } => {
                let (event, code, finding) = if charged {
                    (
                        PaymentEvent::DecidedCharged,
                        "decided_charged",
                        "a manager decided: charged",
                    )
                } else {
                    (
                        PaymentEvent::DecidedNotCharged,
                        "decided_not_charged",
                        "a manager decided: not charged",
                    )
                };
                let body = json!({ "finding": finding, "said": Said::till(code), "reason": reason });
                let outcome = Outcome {
                    event,
                    checking: false,
                    conflict: false,
                    explanation: Some(words("by_hand", "A manager decided this by hand.", &reason)),
                    salient: None,
                    learned: None,
                    entry: entry(manager, body),
                };
                let payment = store.decide(&to, &outcome, &reason)?;
                store.watch(&to, watched_until)?;
                Ok(payment)
            }
            HandDecision::ConflictSettled { manager, reason } => {
                let body = json!({ "finding": "a manager has seen to the conflict",
                                   "said": Said::till("conflict_seen_to"), "reason": reason });
                store.settle_conflict(&to, &reason, &entry(manager, body))
            }
        })
        .await?;
    if payment.state.is_final() {
        crate::inquiry::find_out(inner, reference);
    }
    Ok(payment)
}

/// The transaction that is being shown for a payment.
fn shown(payment: Payment) -> Result<Candidate, StoreError> {
    payment
        .candidate
        .filter(|candidate| !candidate.refused)
        .ok_or(StoreError::Missing(crate::store::Thing::Candidate))
}
