//! The first sale of a till, of the smallest amount and voided right after, as the vendor recommends before going live.
//! It is an ordinary payment in every way; only its amount is one of a few, and it pays no ticket.

use cloudecr::PaymentMethod;

use super::{Till, TillError};
use crate::checkout::Charge;
use crate::money::{Amount, Currency};
use crate::payment::{Payment, safe_to_charge_again};
use crate::store::StoreError;

/// Where a till's test stands.
#[derive(Debug, Clone)]
pub struct TestSale {
    /// The amounts that can be charged, the smallest first: some acquirers want more than the least.
    pub amounts: Vec<Amount>,
    /// The terminal that it goes to; none while none is chosen.
    pub terminal: Option<String>,
    /// The newest test sale.
    pub sale: Option<Payment>,
    /// Its newest void.
    pub void: Option<Payment>,
}

impl Till {
    /// Where the test stands.
    ///
    /// # Errors
    /// When no manager is signed in or the store fails.
    pub async fn test_sale(&self) -> Result<TestSale, TillError> {
        self.manager_looks()?;
        let sale = self.newest_test_sale().await?;
        let void = match &sale {
            Some(sale) => self.store.voids_of(&sale.reference)?.into_iter().next(),
            None => None,
        };
        let void = match void {
            // Through the checkout, which knows of an answer that could not be saved.
            Some(void) => Some(self.checkout()?.payment(&void.reference).await?),
            None => None,
        };
        Ok(TestSale {
            amounts: amounts(self.currency()?)?,
            terminal: self.store.chosen_terminal()?,
            sale,
            void,
        })
    }

    /// Charges a test sale by card on the chosen terminal. Returns once the payment is committed.
    ///
    /// # Errors
    /// When nothing was sent: no manager, another amount than those offered, no terminal or one that is held, an
    /// earlier test sale that is not undone or settled ([`TillError::NotSafeToCharge`]), or an unsettled payment of the
    /// same amount.
    pub async fn begin_test_sale(&self, amount: &str) -> Result<Payment, TillError> {
        let manager = self.require_manager()?;
        let amount = Amount::parse_decimal(amount, self.currency()?)?;
        if !amounts(self.currency()?)?.contains(&amount) {
            return Err(TillError::TestAmount);
        }
        let _one_at_a_time = self.test_sales.lock().await;
        if let Some(before) = self.newest_test_sale().await?
            && !safe_to_charge_again(&before).safe
        {
            return Err(TillError::NotSafeToCharge);
        }
        let terminal = self.store.chosen_terminal()?.ok_or(TillError::NoTerminalChosen)?;
        if let Some(holder) = self.store.holder_of(&terminal)? {
            return Err(StoreError::TerminalHeld(holder.reference).into());
        }
        let open = self.store.in_question()?;
        if let Some(same) = open.into_iter().find(|open| open.amount == amount) {
            return Err(TillError::SameAmountOpen(same.reference));
        }
        let payment = self
            .checkout()?
            .charge(Charge {
                ticket: None,
                terminal,
                amount,
                cash: None,
                method: PaymentMethod::BankCard,
                channel: None,
                // As every sale has them, so that the test tells whether the terminal takes them.
                extras: self.store.payment_options(self.currency()?)?.always,
                staff: Some(manager.id),
            })
            .await?;
        self.store.save_test_sale(payment.reference.as_str())?;
        Ok(payment)
    }

    async fn newest_test_sale(&self) -> Result<Option<Payment>, TillError> {
        let Some(reference) = self.store.test_sale()?.and_then(|text| text.parse().ok()) else {
            return Ok(None);
        };
        Ok(Some(self.checkout()?.payment(&reference).await?))
    }
}

/// The smallest amount, ten times it, and one whole unit. Where a unit buys nothing at all, no acquirer takes so
/// little: thousands of it then.
fn amounts(currency: Currency) -> Result<Vec<Amount>, TillError> {
    let unit = 10_i64.pow(currency.decimals());
    let minor = match currency {
        Currency::Idr | Currency::Vnd => [1_000 * unit, 5_000 * unit, 10_000 * unit],
        Currency::Bnd
        | Currency::Cny
        | Currency::Hkd
        | Currency::Myr
        | Currency::Php
        | Currency::Sgd
        | Currency::Thb
        | Currency::Twd
        | Currency::Usd => [1, 10, unit],
    };
    let amounts: Result<Vec<Amount>, _> = minor
        .into_iter()
        .map(|minor| Amount::from_minor(minor, currency))
        .collect();
    Ok(amounts?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_amount_comes_first_and_none_is_more_than_a_ringgit() {
        let texts = |currency| {
            amounts(currency)
                .unwrap()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(Currency::Myr), ["0.01", "0.10", "1.00"]);
        assert_eq!(texts(Currency::Vnd), ["1000", "5000", "10000"]);
    }
}
