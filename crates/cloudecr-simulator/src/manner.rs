//! The ways in which an answer can fail to arrive as it was meant. Each is one variant, used wherever an exchange
//! breaks, so that every fault is as easy to ask for as an approval.

use std::time::Duration;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{failure, leg::Leg, step::LONGEST_DELAY, word::PlainWord};

/// What the POS sees of a break.
///
/// In JSON a variant is its name, such as `"reset"`; one with particulars is an object of one entry, such as
/// `{"late": {"delayMs": 5000}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "kebab-case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Manner {
    /// The request is read, then the connection is reset without a byte of an answer.
    Reset,
    /// The connection is reset before the body is read. Since the body names the terminal, this meets the next
    /// transfer of any kind on any terminal. On [`Leg::PosToGateway`] only.
    ResetBeforeRead,
    /// The connection is reset after the answer's headers.
    ResetAfterHeaders,
    /// The connection is reset after half of the answer's body.
    ResetMidBody,
    /// No answer comes, for as long as the POS waits.
    Stall,
    /// The answer comes so much later. Where the acquirer was not reached it is error 50311.
    Late {
        /// How much later, in milliseconds.
        delay_ms: u64,
    },
    /// The gateway restarts: every open connection is reset and every session is gone.
    Restart,
    /// The account's sessions end, and the answer is error 40120.
    SessionEnded,
    /// HTTP 200 with no body.
    Empty,
    /// HTTP 200 with the first half of the answer, as if it were all of it.
    Truncated,
    /// HTTP 200 with plain words.
    Text,
    /// A page for people, such as a proxy sends.
    Html {
        /// Its HTTP status, 200 to 599.
        status: u16,
        /// Seconds in a `Retry-After`, if there is to be one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// Any JSON, without a signature.
    Json {
        /// Its HTTP status, 200 to 599; 200 if it is left out.
        #[serde(default = "ok")]
        status: u16,
        /// The JSON.
        body: Value,
    },
    /// HTTP 200 with arrays in arrays, [`DEPTH`](crate::DEPTH) levels of them.
    DeeplyNested,
    /// HTTP 200 with [`HUGE`](crate::HUGE) bytes of JSON.
    Huge,
    /// A 307 that points to the same address.
    Redirect,
    /// An error body.
    Error {
        /// The gateway's code in it.
        code: u32,
        /// Its HTTP status, 200 to 599; the code's own if it is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// Whether the code is written as text.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        as_text: bool,
        /// Seconds in a `Retry-After`, if there is to be one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// An error body with one of the five words that have no number.
    PlainWord {
        /// The word.
        word: PlainWord,
        /// Its HTTP status, 200 to 599; the word's own if it is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// Whether the word stands in `code`, where usually a number is, and not in `error`.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        in_code: bool,
        /// Seconds in a `Retry-After`, if there is to be one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// The answer, with a signature that is not its own.
    WrongSignature,
    /// The answer, without a signature.
    MissingSignature,
    /// The terminal's previous answer to a transfer of this sort (money-moving or not) once more, with the signature
    /// that it had. If there is none, a reset.
    Replay,
    /// `transData` is text and `statusCode` an object; rightly signed, as are all that follow.
    WrongTypes,
    /// Another `referenceId`.
    OtherReference,
    /// Another `deviceId`.
    OtherTerminal,
    /// Another `posId`.
    OtherPos,
    /// Another `transAmt`.
    OtherAmount,
    /// Another `currency`.
    OtherCurrency,
    /// Another `transType`.
    OtherType,
    /// Another `transId`. Only for a leg from [`Leg::AcquirerToTerminal`] on: it cannot be told from a good one.
    OtherTransId,
    /// No `transId`.
    MissingTransId,
    /// A `statusCode` that the protocol does not have.
    UnknownStatus,
    /// `statusCode` 11 in place of 00, or 00 in place of anything else; `responseCode` stays.
    OtherStatus,
    /// `responseCode` 51 in place of 00, or 00 in place of anything else; `statusCode` stays. Only for
    /// a leg from [`Leg::AcquirerToTerminal`] on.
    OtherResponseCode,
    /// The same answer with numbers where it usually has text (`transId`, amounts, codes). It is as good as the usual
    /// one, so only for a leg from [`Leg::AcquirerToTerminal`] on.
    Numbers,
    /// These fields are merged into the answer; `null` takes one out. Only for a leg from
    /// [`Leg::AcquirerToTerminal`] on.
    Change(Map<String, Value>),
}

fn ok() -> u16 {
    200
}

impl Manner {
    /// Whether it makes sense on this part of the way; if not, why.
    pub(crate) fn check(&self, at: Leg) -> Result<(), &'static str> {
        match self {
            Self::ResetBeforeRead if at != Leg::PosToGateway => {
                Err("\"reset-before-read\" goes with \"pos-to-gateway\" only")
            }
            Self::Numbers | Self::Change(_) | Self::OtherTransId | Self::OtherResponseCode
                if !at.is_after_acquirer() =>
            {
                Err(
                    "\"numbers\", \"change\", \"other-trans-id\" and \"other-response-code\" go with \
                     \"acquirer-to-terminal\" and later only, or a good answer could come without a charge",
                )
            }
            Self::Late { delay_ms } if Duration::from_millis(*delay_ms) > LONGEST_DELAY => {
                Err("\"delayMs\" can be 600000 at most")
            }
            Self::Html { status, .. } | Self::Json { status, .. } if !is_final(*status) => {
                Err("\"status\" is a number from 200 to 599")
            }
            Self::Error {
                status: Some(status), ..
            }
            | Self::PlainWord {
                status: Some(status), ..
            } if !is_final(*status) => Err("\"status\" is a number from 200 to 599"),
            Self::Error {
                code, status: None, ..
            } if failure::http_status(*code).is_none() => {
                Err("\"code\" must begin with an HTTP status of the 400s or 500s, or come with a \"status\"")
            }
            _ => Ok(()),
        }
    }
}

fn is_final(status: u16) -> bool {
    StatusCode::from_u16(status).is_ok() && (200..600).contains(&status)
}
