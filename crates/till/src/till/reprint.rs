//! Another print of a slip, for whoever is signed in: it moves no money.

use super::{Till, TillError};
use crate::checkout::Reprint;
use crate::reference::Reference;

impl Till {
    /// Asks the terminal that took a payment to print its slip once more.
    ///
    /// # Errors
    /// When nobody is signed in, the payment has no slip, its terminal is held or printing, or the store fails. Nothing
    /// was asked then.
    pub async fn reprint(&self, reference: &Reference) -> Result<Reprint, TillError> {
        let staff = self.require()?.id;
        Ok(self.checkout()?.reprint(reference, Some(staff)).await?)
    }
}
