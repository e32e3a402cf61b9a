//! What happened to a transfer on its way, as facts. What they say of the customer's money is `judge`'s to decide.

use std::time::Duration;

use jiff::Timestamp;

use crate::{CallError, TransferResponse};

/// One transfer, sent or not, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// When its sending began, by this machine's clock. After a session was renewed on the way: the second sending,
    /// since the first was refused before anything acted on it.
    pub sent_at: Timestamp,
    /// From then until this was known, by a clock that nobody sets.
    pub elapsed: Duration,
    /// The HTTP status, when an answer began.
    pub http_status: Option<u16>,
    /// The answer's body as received, when it came whole and is UTF-8. At most 1 MiB.
    pub body: Option<String>,
    /// What it was.
    pub reply: Reply,
}

/// The kinds of outcome of a transfer.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// A transfer response in a 2xx answer whose signature verifies. Whether it is the answer to *this* request has
    /// not been compared.
    Verified(Box<TransferResponse>),
    /// A transfer response whose signature is missing or wrong. Evidence of nothing.
    Unverified(Box<TransferResponse>),
    /// An error body, or an HTTP error without one.
    Refused(Refusal),
    /// Provably nothing was written.
    NotSent(NotSent),
    /// It may have been acted on.
    Lost(Lost),
}

/// A refusal. Unsigned: it is worth what the TLS connection is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub http: u16,
    /// The gateway's code, when one could be read.
    pub code: Option<u32>,
    /// The gateway's words, possibly empty.
    pub message: String,
}

/// A transfer of which no byte was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSent {
    /// Why.
    pub reason: NotSentReason,
    /// What the network said.
    pub detail: String,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSentReason {
    /// The gateway's name did not resolve.
    Dns,
    /// No connection was made.
    Connect,
    /// The connection could not be secured.
    Tls,
    /// There is no session to send it in.
    NoSession(CallError),
    /// A question, which had to leave the rest of the requests to payments. A transfer that moves money never does.
    RateLimited {
        /// How long until it may be asked.
        wait: Duration,
    },
}

/// A transfer whose answer is missing or worthless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Why.
    pub reason: LostReason,
    /// What was seen.
    pub detail: String,
}

/// How an answer gets lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LostReason {
    /// The time limit passed.
    TimedOut,
    /// The connection ended after it was made.
    ConnectionLost,
    /// An answer 3xx, which is never followed.
    Redirected,
    /// An answer that is not of the protocol, or that contradicts itself.
    Unreadable,
    /// An answer above 1 MiB.
    TooLarge,
}
