//! What each code says of the customer's money.
//!
//! The tables are the machine-readable companions of the protocol, embedded and parsed once, rather than written out
//! again in Rust: a second copy could only drift. Look-ups give `None` for a code that is not listed; what that means
//! is decided by whoever judges the answer, never here.

use std::sync::LazyLock;

use serde::Deserialize;

/// What an error code, as the answer to a sale, a cash-out or a void, says of the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Money {
    /// Refused before the terminal acted.
    #[serde(rename = "none")]
    NotActedOn,
    /// A definite no.
    #[serde(rename = "declined")]
    Declined,
    /// A no that is asked about once before charging again is offered.
    #[serde(rename = "check")]
    Check,
    /// The customer may have been charged.
    #[serde(rename = "unknown")]
    Unknown,
    /// Never the answer to such a request.
    #[serde(rename = "n/a")]
    NotApplicable,
}

/// A row of the gateway's error codes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ErrorCode {
    /// The code.
    pub code: u32,
    /// The HTTP status it belongs to: the code's first three digits.
    pub http: u16,
    /// Its short name.
    pub name: &'static str,
    /// What it says of the money.
    pub money: Money,
    /// What happened.
    pub meaning: &'static str,
    /// What to do.
    pub next: &'static str,
}

/// Whose response codes: the two sets mean different things by the same field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelKind {
    /// Cards (ISO 8583 practice).
    Card,
    /// E-wallets.
    Wallet,
}

/// How a failed payment (`statusCode` 11) with this response code is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResponseMoney {
    /// The code of a success; beside a failure it is a contradiction.
    Approved,
    /// A definite no.
    Declined,
    /// A no that is asked about once before charging again is offered.
    Check,
}

/// A row of the channels' response codes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ResponseCode {
    /// The code, text since leading zeros count.
    pub code: &'static str,
    /// What happened.
    pub meaning: &'static str,
    /// What it says of the money.
    pub money: ResponseMoney,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Errors {
    codes: Vec<ErrorCode>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Responses {
    card: Vec<ResponseCode>,
    wallet: Vec<ResponseCode>,
}

#[expect(
    clippy::expect_used,
    reason = "the table is part of the program, and a test parses it"
)]
static ERRORS: LazyLock<Errors> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../tables/error-codes.json")).expect("the embedded error table parses")
});

#[expect(
    clippy::expect_used,
    reason = "the table is part of the program, and a test parses it"
)]
static RESPONSES: LazyLock<Responses> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../tables/response-codes.json")).expect("the embedded table parses")
});

/// The row of an error code, `None` when it is not listed.
///
/// ```
/// use cloudecr::codes::{self, Money};
/// let timeout = codes::error(40811).expect("listed");
/// assert_eq!(timeout.money, Money::Unknown);
/// ```
pub fn error(code: u32) -> Option<&'static ErrorCode> {
    errors().iter().find(|row| row.code == code)
}

/// Every listed error code.
pub fn errors() -> &'static [ErrorCode] {
    &ERRORS.codes
}

/// The row of a channel's response code, `None` when it is not listed.
///
/// ```
/// use cloudecr::codes::{self, ChannelKind};
/// assert_eq!(codes::response(ChannelKind::Card, "51").expect("listed").meaning, "Insufficient funds");
/// ```
pub fn response(kind: ChannelKind, code: &str) -> Option<&'static ResponseCode> {
    responses(kind).iter().find(|row| row.code == code)
}

/// Every listed response code of cards, or of wallets.
pub fn responses(kind: ChannelKind) -> &'static [ResponseCode] {
    match kind {
        ChannelKind::Card => &RESPONSES.card,
        ChannelKind::Wallet => &RESPONSES.wallet,
    }
}
