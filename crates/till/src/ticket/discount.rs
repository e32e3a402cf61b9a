//! What is taken off a line or a ticket.

use std::fmt;

use crate::money::{Amount, MoneyError, Rate};

/// A discount: an amount, or a percentage. Neither is ever nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// So much money, or as much as there is to take it off.
    Amount(Amount),
    /// A percentage.
    Percent(Rate),
}

impl Discount {
    /// What it takes off `base`: a percentage rounded half up, and never more than there is.
    ///
    /// # Errors
    /// None that an amount can cause; the arithmetic is checked.
    pub fn off(self, base: Amount) -> Result<Amount, MoneyError> {
        match self {
            Self::Amount(amount) => Ok(amount.at_most(base)),
            Self::Percent(rate) => rate.of(base),
        }
    }

    /// Whether it is nothing, which no ticket keeps.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        match self {
            Self::Amount(amount) => amount.is_zero(),
            Self::Percent(rate) => rate.is_zero(),
        }
    }
}

/// `2.50`, or `10%`.
impl fmt::Display for Discount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(amount) => amount.fmt(f),
            Self::Percent(rate) => write!(f, "{rate}%"),
        }
    }
}
