//! Safe to charge again? Computed from what is known, with the reason, so that the cashier can be told both.

use super::facts::Payment;
use super::state::{Decision, PaymentState};

/// Why it is, or is not, safe to charge the customer again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SafeReason {
    /// Safe: the terminal or the channel said no.
    Declined,
    /// Safe: the request was never acted on.
    NotCharged,
    /// Safe: the charge was voided.
    Voided,
    /// Safe: a manager decided that there was no charge.
    DecidedNotCharged,
    /// Not safe: the terminal is working on it.
    InFlight,
    /// Not safe: the customer has paid.
    Approved,
    /// Not safe: the wallet may still pay.
    Pending,
    /// Not safe: the customer may have paid.
    Unknown,
    /// Not safe: a no that is being asked about once.
    BeingChecked,
    /// Not safe: its void may or may not have gone through.
    VoidInDoubt,
    /// Not safe: a manager decided that the customer has paid.
    DecidedCharged,
    /// Not safe: the evidence contradicts itself.
    Conflict,
}

/// The answer and its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Safety {
    /// Whether charging again cannot charge twice.
    pub safe: bool,
    /// Why.
    pub reason: SafeReason,
}

/// Whether the customer of `payment` can be charged again without being charged twice.
#[must_use]
pub fn safe_to_charge_again(payment: &Payment) -> Safety {
    let no = |reason| Safety { safe: false, reason };
    let yes = |reason| Safety { safe: true, reason };
    if payment.conflict {
        return no(SafeReason::Conflict);
    }
    match payment.state {
        PaymentState::Prepared | PaymentState::Sent => no(SafeReason::InFlight),
        PaymentState::Pending => no(SafeReason::Pending),
        PaymentState::Unknown if payment.checking => no(SafeReason::BeingChecked),
        PaymentState::Unknown => no(SafeReason::Unknown),
        PaymentState::Approved if payment.void_in_doubt => no(SafeReason::VoidInDoubt),
        PaymentState::Approved => no(SafeReason::Approved),
        PaymentState::Declined => yes(SafeReason::Declined),
        PaymentState::NotCharged => yes(SafeReason::NotCharged),
        PaymentState::Voided if payment.void_in_doubt => no(SafeReason::VoidInDoubt),
        PaymentState::Voided => yes(SafeReason::Voided),
        PaymentState::Overridden(Decision::Charged) => no(SafeReason::DecidedCharged),
        PaymentState::Overridden(Decision::NotCharged) => yes(SafeReason::DecidedNotCharged),
    }
}
