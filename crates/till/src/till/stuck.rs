//! A ticket that is paid in part and cannot be taken back, because a payment of it cannot be voided: the way that is left
//! is a return of all of it.

use super::{Till, TillError};
use crate::payment::{Payment, PaymentState};
use crate::tender::{Leg, Standing};

impl Till {
    /// Whether a ticket is paid in part and a payment of it cannot be voided, or was refused to be.
    ///
    /// # Errors
    /// When no account is set up or the store fails.
    pub fn is_stuck(&self, standing: &Standing) -> Result<bool, TillError> {
        if !standing.is_partly_paid() {
            return Ok(false);
        }
        for leg in standing.taken() {
            if let Leg::Payment(payment) = leg
                && (self.is_never_voidable(payment)? || self.was_refused_a_void(payment)?)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether no void of a payment can be asked for: its transaction is not known, as of one that somebody decided on, or
    /// is another account's.
    pub(super) fn is_never_voidable(&self, payment: &Payment) -> Result<bool, TillError> {
        if payment.salient.trans_id.is_none() {
            return Ok(true);
        }
        match self.refuse_other_account(payment) {
            Ok(()) => Ok(false),
            Err(TillError::OtherAccount) => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Whether a void of a payment ended with a no: it was settled meanwhile, for one.
    fn was_refused_a_void(&self, payment: &Payment) -> Result<bool, TillError> {
        let voids = self.store.voids_of(&payment.reference)?;
        Ok(voids
            .iter()
            .any(|void| void.state.is_final() && void.state != PaymentState::Approved))
    }
}
