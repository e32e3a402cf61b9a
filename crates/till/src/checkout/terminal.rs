//! Questions about a terminal, not about a payment: what it did last.

use super::{Checkout, CheckoutError};
use crate::inquiry::{self, Glance};

impl Checkout {
    /// Learns a terminal's last transaction by one question, where none is known yet: a payment that is lost later can
    /// then be told apart from what was there before.
    ///
    /// # Errors
    /// When the store fails; a terminal that does not answer is learned another time.
    pub async fn learn_terminal(&self, terminal: &str) -> Result<(), CheckoutError> {
        Ok(inquiry::learn_baseline(&self.inner, terminal).await?)
    }

    /// Asks a terminal what it did last, because somebody wants to know; it is taken in as evidence.
    pub(crate) async fn last_transaction(&self, terminal: &str, staff: i64) -> Result<Glance, CheckoutError> {
        Ok(inquiry::last_transaction(&self.inner, terminal, staff).await?)
    }
}
