//! The states of a payment.

use std::fmt;
use std::str::FromStr;

use super::facts::UnknownName;

/// What a manager decided where no evidence could.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The customer was charged.
    Charged,
    /// The customer was not charged.
    NotCharged,
}

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentState {
    /// On disk, and not one byte of it has left.
    Prepared,
    /// On its way: from the commit before its first byte until an answer is committed.
    Sent,
    /// The gateway said that the wallet has not decided yet.
    Pending,
    /// May have been charged and may not; the till is finding out.
    Unknown,
    /// Charged.
    Approved,
    /// A definite no from the terminal or the channel.
    Declined,
    /// Provably never acted on.
    NotCharged,
    /// Was charged, and its void was approved.
    Voided,
    /// A manager decided, with a reason.
    Overridden(Decision),
}

impl PaymentState {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Prepared,
        Self::Sent,
        Self::Pending,
        Self::Unknown,
        Self::Approved,
        Self::Declined,
        Self::NotCharged,
        Self::Voided,
        Self::Overridden(Decision::Charged),
        Self::Overridden(Decision::NotCharged),
    ];

    /// The state's name, as the store and `charge` write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Sent => "sent",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::NotCharged => "not_charged",
            Self::Voided => "voided",
            Self::Overridden(Decision::Charged) => "overridden_charged",
            Self::Overridden(Decision::NotCharged) => "overridden_not_charged",
        }
    }

    /// Whether nothing more is awaited.
    #[must_use]
    pub const fn is_final(self) -> bool {
        match self {
            Self::Prepared | Self::Sent | Self::Pending | Self::Unknown => false,
            Self::Approved | Self::Declined | Self::NotCharged | Self::Voided | Self::Overridden(_) => true,
        }
    }

    /// Whether the customer has paid, as far as is known.
    #[must_use]
    pub const fn counts_as_charged(self) -> bool {
        match self {
            Self::Approved | Self::Overridden(Decision::Charged) => true,
            Self::Prepared
            | Self::Sent
            | Self::Pending
            | Self::Unknown
            | Self::Declined
            | Self::NotCharged
            | Self::Voided
            | Self::Overridden(Decision::NotCharged) => false,
        }
    }

    /// Whether the till should be asking the gateway how it went.
    #[must_use]
    pub const fn is_in_question(self) -> bool {
        match self {
            Self::Pending | Self::Unknown => true,
            Self::Prepared
            | Self::Sent
            | Self::Approved
            | Self::Declined
            | Self::NotCharged
            | Self::Voided
            | Self::Overridden(_) => false,
        }
    }
}

impl fmt::Display for PaymentState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for PaymentState {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or_else(|| UnknownName(text.to_owned()))
    }
}
