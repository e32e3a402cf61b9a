//! How much of a thing is sold: pieces, or a weight, a length or a volume with three decimals.

use std::fmt;
use std::str::FromStr;

/// How many thousandths one is.
const ONE: u32 = 1_000;
/// The largest quantity of one line: 9999.000.
const MAX_THOUSANDTHS: u32 = 9_999_000;

/// What a price is the price of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Unit {
    /// One piece; pieces are whole.
    #[default]
    Each,
    /// One kilogram.
    Kilogram,
    /// One metre.
    Metre,
    /// One litre.
    Litre,
}

/// A text that names no unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no unit that something is sold by; use each, kilogram, metre or litre")]
pub struct UnknownUnit(pub String);

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 4] = [Self::Each, Self::Kilogram, Self::Metre, Self::Litre];

    /// Its name in files and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::Kilogram => "kilogram",
            Self::Metre => "metre",
            Self::Litre => "litre",
        }
    }

    /// Its sign behind a number, the same in every language; none for pieces.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Each => "",
            Self::Kilogram => "kg",
            Self::Metre => "m",
            Self::Litre => "l",
        }
    }

    /// Whether it is weighed or measured, so that a quantity has to be asked for.
    #[must_use]
    pub const fn is_measured(self) -> bool {
        match self {
            Self::Each => false,
            Self::Kilogram | Self::Metre | Self::Litre => true,
        }
    }
}

impl FromStr for Unit {
    type Err = UnknownUnit;

    fn from_str(text: &str) -> Result<Self, UnknownUnit> {
        Self::ALL
            .into_iter()
            .find(|unit| unit.name() == text)
            .ok_or_else(|| UnknownUnit(text.chars().take(16).collect()))
    }
}

/// A quantity: whole thousandths, more than zero, at most 9999.
///
/// ```
/// use till::{Quantity, Unit};
///
/// let weight = Quantity::parse("1.250")?;
/// assert_eq!(weight.to_string(), "1.25");
/// assert!(weight.fits(Unit::Kilogram) && !weight.fits(Unit::Each));
/// # Ok::<(), till::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity {
    thousandths: u32,
}

/// Why a quantity could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Nothing was typed.
    #[error("no quantity was entered; type one, such as 2 or 1.250")]
    Empty,
    /// It is not written as a quantity.
    #[error("that is not a quantity; type digits with at most three decimals, such as 1.250")]
    Malformed,
    /// None, or more than a line takes.
    #[error("the quantity must be more than 0 and at most 9999")]
    OutOfRange,
    /// A part of something that is sold in pieces.
    #[error("this is sold in whole pieces; type a quantity without decimals")]
    WholeOnly,
}

impl Quantity {
    /// One.
    pub const ONE: Self = Self { thousandths: ONE };
    /// The most that one line takes.
    pub const MAX: Self = Self {
        thousandths: MAX_THOUSANDTHS,
    };

    /// From thousandths.
    ///
    /// # Errors
    /// [`QuantityError::OutOfRange`] for none or more than 9999.
    pub fn from_thousandths(thousandths: i64) -> Result<Self, QuantityError> {
        u32::try_from(thousandths)
            .ok()
            .filter(|thousandths| (1..=MAX_THOUSANDTHS).contains(thousandths))
            .map(|thousandths| Self { thousandths })
            .ok_or(QuantityError::OutOfRange)
    }

    /// Reads what was typed: `2`, `1.25`, `.5`. A comma is understood as the decimal point.
    ///
    /// # Errors
    /// When it is empty, not a quantity, none, or too much.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let text = text.trim().replace(',', ".");
        if text.is_empty() {
            return Err(QuantityError::Empty);
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if fraction.len() > 3
            || (whole.is_empty() && fraction.is_empty())
            || !digits(whole)
            || !digits(fraction)
        {
            return Err(QuantityError::Malformed);
        }
        // Digits only by now: what does not parse is too long.
        let thousandths = format!("{whole}{fraction:0<3}").parse().unwrap_or(i64::MAX);
        Self::from_thousandths(thousandths)
    }

    /// In thousandths.
    #[must_use]
    pub fn thousandths(self) -> i64 {
        i64::from(self.thousandths)
    }

    /// Whether it is in whole pieces.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.thousandths.is_multiple_of(ONE)
    }

    /// Whether so much of this unit can be sold: pieces are whole.
    #[must_use]
    pub const fn fits(self, unit: Unit) -> bool {
        unit.is_measured() || self.is_whole()
    }

    /// This quantity, if so much of the unit can be sold.
    ///
    /// # Errors
    /// [`QuantityError::WholeOnly`].
    pub fn of(self, unit: Unit) -> Result<Self, QuantityError> {
        if self.fits(unit) {
            Ok(self)
        } else {
            Err(QuantityError::WholeOnly)
        }
    }

    /// One more.
    ///
    /// # Errors
    /// [`QuantityError::OutOfRange`] past what a line takes.
    pub fn one_more(self) -> Result<Self, QuantityError> {
        Self::from_thousandths(self.thousandths().saturating_add(i64::from(ONE)))
    }

    /// One less.
    ///
    /// # Errors
    /// [`QuantityError::OutOfRange`] where nothing would be left.
    pub fn one_less(self) -> Result<Self, QuantityError> {
        Self::from_thousandths(self.thousandths().saturating_sub(i64::from(ONE)))
    }
}

/// The plain decimal without needless zeros: `2`, `1.25`, `0.005`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.thousandths / ONE, self.thousandths % ONE);
        if fraction == 0 {
            return write!(f, "{whole}");
        }
        let fraction = format!("{fraction:03}");
        write!(f, "{whole}.{}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_typed_is_read_and_shown_without_needless_zeros() {
        for (typed, shown) in [
            ("1", "1"),
            ("1.250", "1.25"),
            (" 0,5 ", "0.5"),
            (".005", "0.005"),
            ("007", "7"),
            ("2.", "2"),
            ("9999.000", "9999"),
        ] {
            assert_eq!(Quantity::parse(typed).unwrap().to_string(), shown, "{typed}");
        }
    }

    #[test]
    fn nonsense_nothing_and_too_much_are_refused_with_their_reason() {
        for (typed, error) in [
            ("", QuantityError::Empty),
            (" ", QuantityError::Empty),
            (".", QuantityError::Malformed),
            ("1.2345", QuantityError::Malformed),
            ("-1", QuantityError::Malformed),
            ("1e3", QuantityError::Malformed),
            ("1.2.3", QuantityError::Malformed),
            ("٣", QuantityError::Malformed),
            ("0", QuantityError::OutOfRange),
            ("0.000", QuantityError::OutOfRange),
            ("9999.001", QuantityError::OutOfRange),
            ("99999999999999999999999999", QuantityError::OutOfRange),
        ] {
            assert_eq!(Quantity::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn pieces_are_whole_and_a_line_never_counts_to_nothing_or_past_its_end() {
        let half = Quantity::parse("0.5").unwrap();
        assert_eq!(half.of(Unit::Each), Err(QuantityError::WholeOnly));
        assert_eq!(half.of(Unit::Litre), Ok(half));
        assert_eq!(Quantity::ONE.one_less(), Err(QuantityError::OutOfRange));
        assert_eq!(Quantity::MAX.one_more(), Err(QuantityError::OutOfRange));
        assert_eq!(Quantity::ONE.one_more().unwrap().to_string(), "2");
    }

    #[test]
    fn a_unit_is_found_by_its_name() {
        for unit in Unit::ALL {
            assert_eq!(unit.name().parse(), Ok(unit));
        }
        assert!("gram".parse::<Unit>().is_err());
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back_as_the_same_quantity(thousandths in 1..=i64::from(MAX_THOUSANDTHS)) {
            let quantity = Quantity::from_thousandths(thousandths).unwrap();
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}") {
            let _ = Quantity::parse(&text);
        }
    }
}
