//! What the merchant set about payments, as it is kept: amounts as whole minor units.

use serde::{Deserialize, Serialize};

use super::{Store, StoreError};
use crate::money::{Amount, Currency};
use crate::options::{CashOutRules, PaymentOptions};
use crate::payment::Extras;

const PAYMENT_OPTIONS: &str = "payment_options";

/// [`PaymentOptions`] as they are kept.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    cash_out: bool,
    cash_most_minor: i64,
    cash_step_minor: i64,
    always: Extras,
    asks_product: bool,
    asks_promo: bool,
}

impl From<&PaymentOptions> for Kept {
    fn from(options: &PaymentOptions) -> Self {
        Self {
            cash_out: options.cash_out.offered,
            cash_most_minor: options.cash_out.most.minor(),
            cash_step_minor: options.cash_out.step.minor(),
            always: options.always.clone(),
            asks_product: options.asks_product,
            asks_promo: options.asks_promo,
        }
    }
}

impl Store {
    /// What the merchant set about payments; as they start, before anything was set.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn payment_options(&self, currency: Currency) -> Result<PaymentOptions, StoreError> {
        let Some(kept) = self.get::<Kept>(PAYMENT_OPTIONS)? else {
            return Ok(PaymentOptions::new(currency));
        };
        let amount = |minor| {
            Amount::from_minor(minor, currency).map_err(|why| StoreError::Unreadable(why.to_string()))
        };
        Ok(PaymentOptions {
            cash_out: CashOutRules {
                offered: kept.cash_out,
                most: amount(kept.cash_most_minor)?,
                step: amount(kept.cash_step_minor)?,
            },
            always: kept.always,
            asks_product: kept.asks_product,
            asks_promo: kept.asks_promo,
        })
    }

    /// Saves what the merchant set about payments.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_payment_options(&self, options: &PaymentOptions) -> Result<(), StoreError> {
        self.set(PAYMENT_OPTIONS, &Kept::from(options))
    }
}
