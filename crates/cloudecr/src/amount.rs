//! An amount as the wire carries it, so that no float and no unchecked text ever stands for money.

use std::{fmt, str::FromStr};

/// A positive amount in hundredths of the currency's unit, written `12.50` on the wire.
///
/// The wire always has two decimals whatever the currency, and at most 12 characters (the protocol's section
/// "Transfer request"), so the largest is 999 999 999.99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireAmount {
    hundredths: u64,
}

/// Why something is not an amount that can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Zero: the protocol wants a positive amount.
    #[error("the amount is zero; enter an amount above zero")]
    Zero,
    /// More than 12 characters on the wire.
    #[error("the amount is above 999999999.99, the most that the gateway takes; split it")]
    TooLarge,
    /// Not digits, a point and two digits.
    #[error("the amount is not written as digits, a point and two digits, such as 12.50")]
    Form,
}

impl WireAmount {
    /// The largest amount that fits the wire, in hundredths.
    pub const MAX_HUNDREDTHS: u64 = 99_999_999_999;

    /// An amount of that many hundredths.
    ///
    /// # Errors
    /// [`AmountError::Zero`] and [`AmountError::TooLarge`].
    ///
    /// ```
    /// let amount = cloudecr::WireAmount::from_hundredths(1250)?;
    /// assert_eq!(amount.to_string(), "12.50");
    /// # Ok::<(), cloudecr::AmountError>(())
    /// ```
    pub fn from_hundredths(hundredths: u64) -> Result<Self, AmountError> {
        match hundredths {
            0 => Err(AmountError::Zero),
            1..=Self::MAX_HUNDREDTHS => Ok(Self { hundredths }),
            _ => Err(AmountError::TooLarge),
        }
    }

    /// The amount in hundredths of the currency's unit.
    pub fn hundredths(self) -> u64 {
        self.hundredths
    }

    /// Reads an amount from an *answer*, where a gateway that writes numbers gives `12.5` or `12` for `12.50`.
    ///
    /// Exactly those shorter forms are taken besides the strict one; their value is the same to the cent.
    ///
    /// # Errors
    /// As for [`FromStr`], which is the form for what is sent.
    pub fn from_answer(text: &str) -> Result<Self, AmountError> {
        let text = text.trim();
        match text.split_once('.') {
            None => format!("{text}.00").parse(),
            Some((_, decimals)) if decimals.len() == 1 => format!("{text}0").parse(),
            Some(_) => text.parse(),
        }
    }
}

impl fmt::Display for WireAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.hundredths / 100, self.hundredths % 100)
    }
}

impl FromStr for WireAmount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (units, decimals) = text.split_once('.').ok_or(AmountError::Form)?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(units) || !digits(decimals) || decimals.len() != 2 {
            return Err(AmountError::Form);
        }
        if text.len() > 12 {
            return Err(AmountError::TooLarge);
        }
        // At most eleven digits are left, which a u64 always holds.
        let hundredths = format!("{units}{decimals}")
            .parse()
            .map_err(|_| AmountError::Form)?;
        Self::from_hundredths(hundredths)
    }
}
