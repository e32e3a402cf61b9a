//! The one type that money has in this program.

use std::fmt;

use cloudecr::WireAmount;

use super::rounding::fraction;
use super::{Currency, Quantity};

/// The largest amount that fits the wire's twelve characters: 999999999.99.
const MAX_HUNDREDTHS: i64 = 99_999_999_999;

/// An amount of money: a whole number of minor units (sen, cents) and its currency.
///
/// Arithmetic is checked: two currencies never mix, and a result past what the wire can carry is an error.
///
/// ```
/// use till::{Amount, Currency};
///
/// let price = Amount::parse_decimal("6.50", Currency::Myr)?;
/// assert_eq!(price.times(2)?.to_string(), "13.00");
/// assert_eq!(Amount::parse_keyed("1250", Currency::Myr)?.to_string(), "12.50");
/// # Ok::<(), till::MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    minor: i64,
    currency: Currency,
}

/// Why an amount could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Nothing was typed.
    #[error("no amount was entered; type one, such as 12.50")]
    Empty,
    /// It is not written as an amount of this currency.
    #[error("that is not an amount; type digits with at most {0} decimals, such as 12.50")]
    Malformed(u32),
    /// It is larger than a terminal can take.
    #[error("the amount is larger than a terminal can take (999999999.99)")]
    TooLarge,
    /// It would fall below zero, or is zero where money must move.
    #[error("the amount must be more than zero")]
    NotPositive,
    /// Two currencies met.
    #[error("amounts in {0} and {1} cannot be put together")]
    Mixed(Currency, Currency),
}

impl Amount {
    /// Nothing, in `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// `minor` units of `currency`; zero is allowed, below zero is not.
    ///
    /// # Errors
    /// [`MoneyError::NotPositive`] below zero, [`MoneyError::TooLarge`] past the wire's limit.
    pub fn from_minor(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if minor < 0 {
            return Err(MoneyError::NotPositive);
        }
        match minor.checked_mul(currency.hundredths_per_minor()) {
            Some(hundredths) if hundredths <= MAX_HUNDREDTHS => Ok(Self { minor, currency }),
            Some(_) | None => Err(MoneyError::TooLarge),
        }
    }

    /// Reads what a cashier typed: bare digits fill from the minor unit (`1250` is 12.50), a `.` is understood (`12.5`).
    ///
    /// # Errors
    /// When nothing, nonsense, too much, or zero was typed.
    pub fn parse_keyed(typed: &str, currency: Currency) -> Result<Self, MoneyError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(MoneyError::Empty);
        }
        let amount = if typed.contains('.') {
            Self::parse_decimal(typed, currency)?
        } else {
            Self::from_minor(digits(typed, currency)?, currency)?
        };
        amount.positive()
    }

    /// Reads a decimal, such as a price in a form: `6.50`, `6.5` or `6`.
    ///
    /// # Errors
    /// When it is empty, malformed, has too many decimals, or is too large.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MoneyError::Empty);
        }
        let malformed = MoneyError::Malformed(currency.decimals());
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let places = usize::try_from(currency.decimals()).map_err(|_| malformed)?;
        if fraction.len() > places || (whole.is_empty() && fraction.is_empty()) {
            return Err(malformed);
        }
        let joined = format!("{whole}{fraction:0<places$}");
        Self::from_minor(digits(&joined, currency)?, currency)
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// Its currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// This amount, if money would really move.
    ///
    /// # Errors
    /// [`MoneyError::NotPositive`] when it is zero.
    pub fn positive(self) -> Result<Self, MoneyError> {
        if self.minor > 0 {
            Ok(self)
        } else {
            Err(MoneyError::NotPositive)
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// When the currencies differ or the sum is too large.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Self::from_minor(minor, self.currency)
    }

    /// The sum of amounts of `currency`; zero of none.
    ///
    /// # Errors
    /// When the currencies differ or the sum is too large.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// What is left when `other` is taken off.
    ///
    /// # Errors
    /// When the currencies differ, or [`MoneyError::NotPositive`] where `other` is the larger one.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        Self::from_minor(self.minor.saturating_sub(other.minor), self.currency)
    }

    /// The smaller of two amounts of one currency.
    pub(crate) fn at_most(self, other: Self) -> Self {
        if self.minor > other.minor { other } else { self }
    }

    /// The price of `quantity` at this price for one: rounded once, half up, to the minor unit, as a price label says.
    ///
    /// # Errors
    /// When the product is too large.
    pub fn for_quantity(self, quantity: Quantity) -> Result<Self, MoneyError> {
        fraction(self, quantity.thousandths(), Quantity::ONE.thousandths())
    }

    /// This amount `quantity` times.
    ///
    /// # Errors
    /// When the product is too large.
    pub fn times(self, quantity: u32) -> Result<Self, MoneyError> {
        let minor = self
            .minor
            .checked_mul(i64::from(quantity))
            .ok_or(MoneyError::TooLarge)?;
        Self::from_minor(minor, self.currency)
    }

    /// As the gateway takes it: positive, two decimals whatever the currency.
    ///
    /// # Errors
    /// [`MoneyError::NotPositive`] for zero.
    pub fn to_wire(self) -> Result<WireAmount, MoneyError> {
        let amount = self.positive()?;
        amount
            .minor
            .checked_mul(self.currency.hundredths_per_minor())
            .and_then(|hundredths| u64::try_from(hundredths).ok())
            .and_then(|hundredths| WireAmount::from_hundredths(hundredths).ok())
            .ok_or(MoneyError::TooLarge)
    }
}

/// The value of a text of nothing but digits.
fn digits(text: &str, currency: Currency) -> Result<i64, MoneyError> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(MoneyError::Malformed(currency.decimals()));
    }
    text.parse().map_err(|_| MoneyError::TooLarge)
}

/// The plain decimal without a currency: `12.50`, or `1000` where there is no minor unit.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.currency.decimals() {
            0 => write!(f, "{}", self.minor),
            _ => write!(f, "{}.{:02}", self.minor / 100, self.minor % 100),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn digits_fill_from_the_cents() {
        for (typed, shown) in [
            ("1", "0.01"),
            ("1250", "12.50"),
            ("000700", "7.00"),
            ("12.5", "12.50"),
            (".5", "0.50"),
            ("12.", "12.00"),
        ] {
            assert_eq!(
                Amount::parse_keyed(typed, Currency::Myr).unwrap().to_string(),
                shown,
                "{typed}"
            );
        }
        assert_eq!(
            Amount::parse_keyed("1000", Currency::Vnd).unwrap().to_string(),
            "1000"
        );
    }

    #[test]
    fn nonsense_is_refused_with_its_reason() {
        for (typed, error) in [
            ("", MoneyError::Empty),
            ("  ", MoneyError::Empty),
            ("0", MoneyError::NotPositive),
            ("0.00", MoneyError::NotPositive),
            ("-5", MoneyError::Malformed(2)),
            ("1.234", MoneyError::Malformed(2)),
            ("1.2.3", MoneyError::Malformed(2)),
            (".", MoneyError::Malformed(2)),
            ("1e3", MoneyError::Malformed(2)),
            ("٣", MoneyError::Malformed(2)),
            ("100000000000", MoneyError::TooLarge),
            ("99999999999999999999999", MoneyError::TooLarge),
        ] {
            assert_eq!(Amount::parse_keyed(typed, Currency::Myr), Err(error), "{typed}");
        }
    }

    #[test]
    fn currencies_never_mix() {
        let ringgit = Amount::from_minor(1, Currency::Myr).unwrap();
        let dollar = Amount::from_minor(1, Currency::Sgd).unwrap();
        assert_eq!(
            ringgit.plus(dollar),
            Err(MoneyError::Mixed(Currency::Myr, Currency::Sgd))
        );
    }

    #[test]
    fn a_dong_has_two_decimals_on_the_wire_only() {
        let amount = Amount::from_minor(25_000, Currency::Vnd).unwrap();
        assert_eq!(amount.to_string(), "25000");
        assert_eq!(amount.to_wire().unwrap().to_string(), "25000.00");
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back_as_the_same_amount(minor in 0..=MAX_HUNDREDTHS) {
            let amount = Amount::from_minor(minor, Currency::Myr).unwrap();
            prop_assert_eq!(Amount::parse_decimal(&amount.to_string(), Currency::Myr), Ok(amount));
        }

        #[test]
        fn the_wire_carries_the_same_decimal(minor in 1..=MAX_HUNDREDTHS) {
            let amount = Amount::from_minor(minor, Currency::Myr).unwrap();
            prop_assert_eq!(amount.to_wire().unwrap().to_string(), amount.to_string());
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}") {
            let _ = Amount::parse_keyed(&text, Currency::Myr);
            let _ = Amount::parse_decimal(&text, Currency::Vnd);
        }

        #[test]
        fn sums_are_exact_or_refused(a in 0..=MAX_HUNDREDTHS, b in 0..=MAX_HUNDREDTHS) {
            let sum = Amount::from_minor(a, Currency::Myr).unwrap().plus(Amount::from_minor(b, Currency::Myr).unwrap());
            match sum {
                Ok(sum) => prop_assert_eq!(sum.minor(), a + b),
                Err(error) => prop_assert!(error == MoneyError::TooLarge && a + b > MAX_HUNDREDTHS),
            }
        }
    }
}
