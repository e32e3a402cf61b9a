//! Voids, behind a manager's PIN.

use super::{Till, TillError};
use crate::payment::Payment;
use crate::reference::Reference;
use crate::staff::Pin;

impl Till {
    /// Voids a payment after a manager's PIN. Who is signed in stays signed in; the journal keeps who asked and who
    /// approved.
    ///
    /// # Errors
    /// When nobody is signed in, the PIN is wrong or not a manager's, the payment cannot be voided, or another account took it; nothing was
    /// sent then.
    pub async fn void(&self, original: &Reference, manager: i64, pin: &Pin) -> Result<Payment, TillError> {
        let asked_by = self.require()?;
        self.refuse_other_account(&self.store.payment(original)?)?;
        let approved_by = self.roster.approve(manager, pin)?;
        Ok(self
            .checkout()?
            .void(original, Some(asked_by.id), Some(approved_by.id))
            .await?)
    }
}
