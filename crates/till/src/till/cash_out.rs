//! A MyDebit purchase with cash handed back, within what the merchant allows.

use cloudecr::PaymentMethod;

use super::selling::How;
use super::{Till, TillError};
use crate::money::Amount;
use crate::payment::Payment;

impl Till {
    /// The cash that somebody typed as a decimal, if so much may be handed back. Nothing is sent.
    ///
    /// # Errors
    /// When it is not an amount, or [`TillError::Cash`].
    pub fn check_cash(&self, cash: &str) -> Result<Amount, TillError> {
        self.require()?;
        let currency = self.currency()?;
        let cash = Amount::parse_decimal(cash, currency)?.positive()?;
        self.store.payment_options(currency)?.cash_out.check(cash)?;
        Ok(cash)
    }

    /// Charges the ticket, and what was typed but not yet added, with cash handed back beside it; otherwise as
    /// [`Self::pay`]. Purchase and cash go out apart: whether the gateway's amount includes the cash is not documented.
    ///
    /// # Errors
    /// As [`Self::check_cash`] and [`Self::pay`]; nothing was sent then.
    pub async fn pay_with_cash(&self, cash: &str, typed: &str, sure: bool) -> Result<Payment, TillError> {
        let cash = self.check_cash(cash)?;
        let how = How::new(PaymentMethod::BankCard, None, Some(cash));
        self.pay_by(how, typed, None, None, sure).await
    }
}
