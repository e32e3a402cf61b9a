//! Money as integers of minor units with a currency, so that no float and no silent overflow touches an amount.

mod amount;
mod currency;

pub use amount::{Amount, MoneyError};
pub use currency::{Currency, UnknownCurrency};
