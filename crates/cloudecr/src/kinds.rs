//! The two closed vocabularies of a transfer, what is asked and how the customer pays, and their wire spellings.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a transfer asks for (`transType`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TransType {
    /// A payment.
    Sale,
    /// A MyDebit purchase with cash handed back.
    CashOut,
    /// The undoing of an earlier sale or cash-out before settlement.
    Void,
    /// How a wallet payment ended.
    WalletInquiry,
    /// A terminal's last transaction.
    GetLast,
    /// Another print of a slip.
    Print,
    /// A kind this crate does not know, kept as the gateway wrote it.
    Other(String),
}

impl TransType {
    /// The wire spelling.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sale => "sale",
            Self::CashOut => "cashOut",
            Self::Void => "void",
            Self::WalletInquiry => "walletInquiry",
            Self::GetLast => "getLast",
            Self::Print => "print",
            Self::Other(name) => name,
        }
    }

    /// Whether it can move the customer's money: sale, cash-out and void. One that is not known might.
    pub fn is_money_moving(&self) -> bool {
        match self {
            Self::Sale | Self::CashOut | Self::Void | Self::Other(_) => true,
            Self::WalletInquiry | Self::GetLast | Self::Print => false,
        }
    }

    /// Whether it only asks what became of an earlier transfer.
    pub fn is_inquiry(&self) -> bool {
        match self {
            Self::WalletInquiry | Self::GetLast => true,
            Self::Sale | Self::CashOut | Self::Void | Self::Print | Self::Other(_) => false,
        }
    }
}

impl From<&str> for TransType {
    fn from(name: &str) -> Self {
        match name {
            "sale" => Self::Sale,
            "cashOut" => Self::CashOut,
            "void" => Self::Void,
            "walletInquiry" => Self::WalletInquiry,
            "getLast" => Self::GetLast,
            "print" => Self::Print,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for TransType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for TransType {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for TransType {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(input)?.as_str()))
    }
}

/// How the customer pays (`paymentMethod`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentMethod {
    /// A card at the terminal.
    BankCard,
    /// The terminal shows a QR code and the customer scans it.
    QrCustScan,
    /// The customer shows a QR code and the terminal scans it.
    QrMerchScan,
}

impl PaymentMethod {
    /// The wire spelling, the reference's rather than the request collection's where the two differ.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BankCard => "bankCard",
            Self::QrCustScan => "qrCustScan",
            Self::QrMerchScan => "qrMerchScan",
        }
    }
}

/// A payment method that the protocol does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a way to pay; use bankCard, qrCustScan or qrMerchScan")]
pub struct UnknownPaymentMethod(pub String);

impl FromStr for PaymentMethod {
    type Err = UnknownPaymentMethod;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "bankCard" => Ok(Self::BankCard),
            "qrCustScan" => Ok(Self::QrCustScan),
            // The published request collection drops the h.
            "qrMerchScan" | "qrMercScan" => Ok(Self::QrMerchScan),
            other => Err(UnknownPaymentMethod(other.to_owned())),
        }
    }
}

impl fmt::Display for PaymentMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for PaymentMethod {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for PaymentMethod {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
