//! The currencies of the markets that Fiuu terminals are used in.

use std::fmt;
use std::str::FromStr;

/// A currency a store can sell in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Currency {
    /// Brunei dollar.
    Bnd,
    /// Renminbi.
    Cny,
    /// Hong Kong dollar.
    Hkd,
    /// Indonesian rupiah.
    Idr,
    /// Malaysian ringgit.
    Myr,
    /// Philippine peso.
    Php,
    /// Singapore dollar.
    Sgd,
    /// Thai baht.
    Thb,
    /// New Taiwan dollar.
    Twd,
    /// United States dollar.
    Usd,
    /// Vietnamese dong, which has no minor unit.
    Vnd,
}

/// The text names no currency this till can sell in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a currency this till can sell in; use a code such as MYR or SGD")]
pub struct UnknownCurrency(pub String);

impl Currency {
    /// Every currency, in the order of their codes.
    pub const ALL: [Self; 11] = [
        Self::Bnd,
        Self::Cny,
        Self::Hkd,
        Self::Idr,
        Self::Myr,
        Self::Php,
        Self::Sgd,
        Self::Thb,
        Self::Twd,
        Self::Usd,
        Self::Vnd,
    ];

    /// The ISO 4217 code, as the gateway writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bnd => "BND",
            Self::Cny => "CNY",
            Self::Hkd => "HKD",
            Self::Idr => "IDR",
            Self::Myr => "MYR",
            Self::Php => "PHP",
            Self::Sgd => "SGD",
            Self::Thb => "THB",
            Self::Twd => "TWD",
            Self::Usd => "USD",
            Self::Vnd => "VND",
        }
    }

    /// How a price is headed at the counter: `RM` for ringgit, the code elsewhere.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Myr => "RM",
            other => other.code(),
        }
    }

    /// How many decimals the minor unit has (ISO 4217): 2, and 0 for the dong.
    #[must_use]
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Vnd => 0,
            Self::Bnd
            | Self::Cny
            | Self::Hkd
            | Self::Idr
            | Self::Myr
            | Self::Php
            | Self::Sgd
            | Self::Thb
            | Self::Twd
            | Self::Usd => 2,
        }
    }

    /// How many hundredths, the unit of the wire, one minor unit is.
    pub(crate) const fn hundredths_per_minor(self) -> i64 {
        match self.decimals() {
            0 => 100,
            _ => 1,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code() == text)
            .ok_or_else(|| UnknownCurrency(text.chars().take(16).collect()))
    }
}
