//! Bank Negara Malaysia's rounding mechanism: totals end in 0 or 5 sen, because coins below 5 sen are not minted.

use serde::{Deserialize, Serialize};

use super::{Amount, Currency, MoneyError};

/// The smallest coin, in minor units.
const COIN: i64 = 5;

/// Which totals a shop rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// None.
    Off,
    /// What is paid last and in cash.
    Cash,
    /// Every ticket's total, however it is paid.
    All,
}

impl Rounding {
    /// What a shop starts with: cash where the mechanism is law, nothing elsewhere.
    #[must_use]
    pub const fn usual(currency: Currency) -> Self {
        if Self::is_known_in(currency) {
            Self::Cash
        } else {
            Self::Off
        }
    }

    /// Whether this mechanism is a currency's.
    #[must_use]
    pub const fn is_known_in(currency: Currency) -> bool {
        match currency {
            Currency::Myr => true,
            Currency::Bnd
            | Currency::Cny
            | Currency::Hkd
            | Currency::Idr
            | Currency::Php
            | Currency::Sgd
            | Currency::Thb
            | Currency::Twd
            | Currency::Usd
            | Currency::Vnd => false,
        }
    }

    /// What a ticket of `total` comes to, however it is paid: rounded where all totals are.
    ///
    /// # Errors
    /// When the rounded amount is too large.
    pub fn payable(self, total: Amount) -> Result<Amount, MoneyError> {
        match self {
            Self::All => to_coins(total),
            Self::Off | Self::Cash => Ok(total),
        }
    }

    /// What is handed over for `amount` in cash, or handed back.
    ///
    /// # Errors
    /// When the rounded amount is too large.
    pub fn in_cash(self, amount: Amount) -> Result<Amount, MoneyError> {
        match self {
            Self::Off => Ok(amount),
            Self::Cash | Self::All => to_coins(amount),
        }
    }

    /// The name in the store.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Cash => "cash",
            Self::All => "all",
        }
    }
}

impl std::str::FromStr for Rounding {
    type Err = crate::payment::UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Off, Self::Cash, Self::All]
            .into_iter()
            .find(|rounding| rounding.name() == text)
            .ok_or_else(|| crate::payment::UnknownName(text.chars().take(16).collect()))
    }
}

/// The nearest multiple of 5 sen: 1, 2, 6 and 7 go down, 3, 4, 8 and 9 go up. Another currency's amount stays as it is.
fn to_coins(amount: Amount) -> Result<Amount, MoneyError> {
    if !Rounding::is_known_in(amount.currency()) {
        return Ok(amount);
    }
    let over = amount.minor() % COIN;
    let minor = if over <= COIN / 2 {
        amount.minor() - over
    } else {
        amount.minor() - over + COIN
    };
    Amount::from_minor(minor, amount.currency())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn all_ten_last_digits_round_as_bank_negara_says() {
        for (total, cash) in [
            ("1.00", "1.00"),
            ("1.01", "1.00"),
            ("1.02", "1.00"),
            ("1.03", "1.05"),
            ("1.04", "1.05"),
            ("1.05", "1.05"),
            ("1.06", "1.05"),
            ("1.07", "1.05"),
            ("1.08", "1.10"),
            ("1.09", "1.10"),
        ] {
            let total = Amount::parse_decimal(total, Currency::Myr).unwrap();
            assert_eq!(
                Rounding::Cash.in_cash(total).unwrap().to_string(),
                cash,
                "{total}"
            );
            assert_eq!(Rounding::All.payable(total).unwrap().to_string(), cash, "{total}");
            assert_eq!(
                Rounding::Cash.payable(total).unwrap(),
                total,
                "a card pays to the sen"
            );
            assert_eq!(Rounding::Off.in_cash(total).unwrap(), total);
        }
    }

    #[test]
    fn a_currency_without_the_mechanism_is_never_rounded() {
        for currency in Currency::ALL
            .into_iter()
            .filter(|currency| *currency != Currency::Myr)
        {
            assert_eq!(Rounding::usual(currency), Rounding::Off);
            let amount = Amount::from_minor(1_003, currency).unwrap();
            assert_eq!(Rounding::All.payable(amount).unwrap(), amount, "{currency}");
        }
        assert_eq!(Rounding::usual(Currency::Myr), Rounding::Cash);
    }

    #[test]
    fn names_read_back() {
        for rounding in [Rounding::Off, Rounding::Cash, Rounding::All] {
            assert_eq!(rounding.name().parse::<Rounding>().unwrap(), rounding);
        }
    }

    proptest! {
        #[test]
        fn what_is_rounded_is_coins_and_within_two_sen_and_rounding_again_changes_nothing(minor in 0..99_999_999_990_i64) {
            let amount = Amount::from_minor(minor, Currency::Myr).unwrap();
            let rounded = Rounding::Cash.in_cash(amount).unwrap();
            prop_assert_eq!(rounded.minor() % 5, 0);
            prop_assert!(rounded.minor().abs_diff(minor) <= 2);
            prop_assert_eq!(Rounding::Cash.in_cash(rounded).unwrap(), rounded);
        }
    }
}
