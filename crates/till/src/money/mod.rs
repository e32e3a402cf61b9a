//! Money as integers of minor units with a currency, so that no float and no silent overflow touches an amount; and
//! what an amount is multiplied by: quantities and percentages.

mod amount;
mod cash_rounding;
mod currency;
mod quantity;
mod rate;
pub(crate) mod rounding;

pub use amount::{Amount, MoneyError};
pub use cash_rounding::Rounding;
pub use currency::{Currency, UnknownCurrency};
pub use quantity::{Quantity, QuantityError, Unit, UnknownUnit};
pub use rate::{Rate, RateError};
