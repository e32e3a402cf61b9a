//! What an exchange says of the customer's money. The variants are kept apart so that "unknown" cannot be taken for
//! "declined" by a caller in a hurry.

use crate::{PaymentMethod, TransType, TransferResponse, WireAmount};

/// What was asked for, to hold an answer against.
/// [`PreparedTransfer::asked`](crate::PreparedTransfer::asked) makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The kind of transfer.
    pub trans_type: TransType,
    /// The POS account.
    pub pos_id: String,
    /// The terminal.
    pub device_id: String,
    /// This transfer's reference.
    pub reference_id: String,
    /// What was to be charged; for a void the original's amount. Without one no approval can be believed.
    pub amount: Option<WireAmount>,
    /// The cash, cash-out only.
    pub cash: Option<WireAmount>,
    /// The store's currency, such as `MYR`.
    pub currency: String,
    /// How the customer was to pay; for a void how the original was paid, when known.
    pub method: Option<PaymentMethod>,
    /// The `transId` that a void undoes.
    pub original_trans_id: Option<String>,
}

/// What an exchange says of the customer's money.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Done, for this very request. That no other payment has its `transId` is for the caller's database to see.
    Approved(Box<TransferResponse>),
    /// A definite no from the terminal or the channel.
    Declined(NoCharge),
    /// A no that is asked about once (getLast, walletInquiry) before it is believed. For a void also the codes that
    /// may mean that it was voided already.
    Check(NoCharge),
    /// A wallet has not decided yet.
    Pending(Box<TransferResponse>),
    /// Provably never acted on.
    NotCharged(NoCharge),
    /// An approved or pending answer to this very request, verified, with another amount.
    Conflict(Box<TransferResponse>),
    /// It may have been charged, or not.
    Unknown(Doubt),
}

/// A no, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoCharge {
    /// Whose no.
    pub source: CodeSource,
    /// Its code; for a connection what failed, for a bare HTTP error `HTTP 404`. Empty when none was given.
    pub code: String,
    /// What happened.
    pub meaning: String,
    /// What to do.
    pub next: String,
    /// The terminal's or the gateway's own words.
    pub text: Option<String>,
    /// The transaction that the answer named.
    pub trans_id: Option<String>,
}

/// Where a no comes from, and so which table its code is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeSource {
    /// The gateway's error codes.
    Gateway,
    /// The cards' response codes.
    Card,
    /// The wallets' response codes.
    Wallet,
    /// Nothing was sent.
    Connection,
}

/// Why it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The kind.
    pub reason: DoubtReason,
    /// The gateway's code or `statusCode`, when that is what raises the doubt.
    pub code: Option<String>,
    /// What was seen, for the history.
    pub detail: String,
}

/// Kinds of doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DoubtReason {
    /// The time limit passed.
    TimedOut,
    /// The connection ended after it was made.
    ConnectionLost,
    /// An answer 3xx.
    Redirected,
    /// An answer, or its amount, that cannot be read.
    Unreadable,
    /// An answer above 1 MiB.
    TooLarge,
    /// A transfer response without a signature.
    SignatureMissing,
    /// A transfer response whose signature is not of our key.
    SignatureWrong,
    /// Another `referenceId`, or none.
    OtherReference,
    /// Another `deviceId`, or none.
    OtherTerminal,
    /// Another `posId`, or none.
    OtherPos,
    /// Another `transType`, or none; or the request was not one that moves money.
    OtherType,
    /// Another currency, or none.
    OtherCurrency,
    /// For a void another transaction than the one to be voided; for a decline another amount.
    OtherTransaction,
    /// An approval that names no transaction.
    MissingTransId,
    /// A `statusCode` that is none of 00, 11 and 22.
    UnknownStatus,
    /// An error after which the terminal may have acted.
    GatewayError,
}
