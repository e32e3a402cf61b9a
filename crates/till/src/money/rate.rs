//! A percentage: of tax, or of a discount.

use std::fmt;

use super::rounding::fraction;
use super::{Amount, MoneyError};

/// How many hundredths of a percent are the whole.
const WHOLE: u16 = 10_000;

/// A percentage from 0 to 100, in hundredths of a percent.
///
/// ```
/// use till::Rate;
///
/// assert_eq!(Rate::parse("8")?.to_string(), "8");
/// assert_eq!(Rate::parse("6.50")?.to_string(), "6.5");
/// # Ok::<(), till::RateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rate {
    hundredths: u16,
}

/// Why a percentage could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// Nothing was typed.
    #[error("no percentage was entered; type one, such as 8 or 7.5")]
    Empty,
    /// It is not written as a percentage.
    #[error("that is not a percentage; type digits with at most two decimals, such as 8 or 7.5")]
    Malformed,
    /// More than everything.
    #[error("a percentage is at most 100")]
    TooMuch,
}

impl Rate {
    /// None.
    pub const ZERO: Self = Self { hundredths: 0 };

    /// From hundredths of a percent: 800 is 8 %.
    ///
    /// # Errors
    /// [`RateError::TooMuch`] past 100 %, [`RateError::Malformed`] below zero.
    pub fn from_hundredths(hundredths: i64) -> Result<Self, RateError> {
        if hundredths < 0 {
            return Err(RateError::Malformed);
        }
        u16::try_from(hundredths)
            .ok()
            .filter(|hundredths| *hundredths <= WHOLE)
            .map(|hundredths| Self { hundredths })
            .ok_or(RateError::TooMuch)
    }

    /// Reads what was typed: `8`, `7.5`. A comma is understood as the decimal point, a percent sign is left out.
    ///
    /// # Errors
    /// When it is empty, not a percentage, or more than 100.
    pub fn parse(text: &str) -> Result<Self, RateError> {
        let text = text.trim();
        let text = text.strip_suffix('%').unwrap_or(text).trim().replace(',', ".");
        if text.is_empty() {
            return Err(RateError::Empty);
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if fraction.len() > 2
            || (whole.is_empty() && fraction.is_empty())
            || !digits(whole)
            || !digits(fraction)
        {
            return Err(RateError::Malformed);
        }
        Self::from_hundredths(format!("{whole}{fraction:0<2}").parse().unwrap_or(i64::MAX))
    }

    /// In hundredths of a percent.
    #[must_use]
    pub fn hundredths(self) -> i64 {
        i64::from(self.hundredths)
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.hundredths == 0
    }

    /// So much of `amount`, rounded half up.
    ///
    /// # Errors
    /// None that an amount can cause; the arithmetic is checked.
    pub fn of(self, amount: Amount) -> Result<Amount, MoneyError> {
        fraction(amount, self.hundredths(), i64::from(WHOLE))
    }

    /// The tax at this rate that is inside `amount`: amount × r ÷ (100 + r), rounded half up.
    ///
    /// # Errors
    /// None that an amount can cause; the arithmetic is checked.
    pub fn inside(self, amount: Amount) -> Result<Amount, MoneyError> {
        fraction(
            amount,
            self.hundredths(),
            i64::from(WHOLE).saturating_add(self.hundredths()),
        )
    }
}

/// The plain decimal without a sign or needless zeros: `8`, `7.5`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.hundredths / 100, self.hundredths % 100);
        match fraction {
            0 => write!(f, "{whole}"),
            tenths if tenths.is_multiple_of(10) => write!(f, "{whole}.{}", tenths / 10),
            _ => write!(f, "{whole}.{fraction:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_and_shown_without_needless_zeros() {
        for (typed, shown) in [
            ("0", "0"),
            ("8", "8"),
            ("8%", "8"),
            ("6,5 %", "6.5"),
            ("6.05", "6.05"),
            (".5", "0.5"),
            ("100.00", "100"),
        ] {
            assert_eq!(Rate::parse(typed).unwrap().to_string(), shown, "{typed}");
        }
    }

    #[test]
    fn nonsense_and_more_than_everything_are_refused() {
        for (typed, error) in [
            ("", RateError::Empty),
            ("%", RateError::Empty),
            (".", RateError::Malformed),
            ("-1", RateError::Malformed),
            ("6.005", RateError::Malformed),
            ("8 8", RateError::Malformed),
            ("100.01", RateError::TooMuch),
            ("65537", RateError::TooMuch),
            ("99999999999999999999", RateError::TooMuch),
        ] {
            assert_eq!(Rate::parse(typed), Err(error), "{typed}");
        }
    }
}
