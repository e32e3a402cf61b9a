//! How a call that moves no money fails. Transfers never fail in this sense: they give an `Exchange`.

use std::{fmt, time::Duration};

use crate::codes;

/// A failed sign-in, list or refresh. Its text says what happened and what to do, and holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No connection, or one that broke.
    #[error(
        "The gateway cannot be reached ({detail}). Check this computer's network, then the gateway's address in Settings."
    )]
    Unreachable {
        /// What the network said.
        detail: String,
    },
    /// No complete answer within the time limit.
    #[error("The gateway did not answer in time. Try again in a moment.")]
    TimedOut,
    /// An answer that says no.
    #[error("{}", Rejection { http: *http, code: *code, message })]
    Rejected {
        /// The HTTP status.
        http: u16,
        /// The gateway's code, when it gave one; [`codes::error`] explains it.
        code: Option<u32>,
        /// The gateway's own words.
        message: String,
    },
    /// An answer that is not of the protocol.
    #[error("The gateway's answer could not be read ({detail}). Check the gateway's address in Settings.")]
    Unreadable {
        /// What was wrong with it.
        detail: String,
    },
    /// An answer above 1 MiB, which was not read further.
    #[error("The gateway's answer was too large to be one. Check the gateway's address in Settings.")]
    TooLarge,
    /// Too many requests: this client's own budget is used up, or the gateway's is (429).
    #[error(
        "The gateway takes only so many requests in a quarter of an hour, and they are used up. Try again in {}; payments come first.",
        InWords(*wait)
    )]
    RateLimited {
        /// How long until a request can be made again.
        wait: Duration,
    },
    /// A picture that is refused, because of its address or its kind.
    #[error("The picture cannot be used: {detail}. Go on without it, or tell Fiuu support.")]
    UnusablePicture {
        /// What is wrong with it.
        detail: String,
    },
}

impl CallError {
    /// The gateway's code, when there is one.
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::Rejected { code, .. } => *code,
            Self::Unreachable { .. }
            | Self::TimedOut
            | Self::Unreadable { .. }
            | Self::TooLarge
            | Self::RateLimited { .. }
            | Self::UnusablePicture { .. } => None,
        }
    }

    /// The HTTP status, when there was an answer that said no.
    pub fn http(&self) -> Option<u16> {
        match self {
            Self::Rejected { http, .. } => Some(*http),
            Self::Unreachable { .. }
            | Self::TimedOut
            | Self::Unreadable { .. }
            | Self::TooLarge
            | Self::RateLimited { .. }
            | Self::UnusablePicture { .. } => None,
        }
    }
}

/// A wait, rounded up: seconds up to two minutes, then minutes.
struct InWords(Duration);

impl fmt::Display for InWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs() + u64::from(self.0.subsec_nanos() > 0);
        match seconds {
            0 | 1 => f.write_str("a second"),
            2..=120 => write!(f, "{seconds} seconds"),
            _ => write!(f, "{} minutes", seconds.div_ceil(60)),
        }
    }
}

/// Another session of the account is open.
const SESSION_ACTIVE: u32 = 40314;

/// The words for a rejection: the table's where the code is listed, the gateway's otherwise.
struct Rejection<'a> {
    http: u16,
    code: Option<u32>,
    message: &'a str,
}

impl fmt::Display for Rejection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code.and_then(codes::error), self.code) {
            // Nothing ends a session that another program holds, but itself and the gateway's midnight.
            (Some(row), Some(SESSION_ACTIVE)) => write!(
                f,
                "{} Sign out there first, or wait until midnight, when every session ends. ({})",
                row.meaning, row.code
            ),
            (Some(row), _) => write!(f, "{} {} ({})", row.meaning, row.next, row.code),
            (None, Some(code)) => {
                write!(
                    f,
                    "The gateway refused: {:?} ({code}, HTTP {}). Try again, or ask Fiuu support.",
                    self.message, self.http
                )
            }
            (None, None) if self.http == 404 => {
                write!(
                    f,
                    "Nothing of the gateway's is at this address (HTTP 404). Check the gateway's address in Settings."
                )
            }
            (None, None) => write!(
                f,
                "The gateway refused without a code (HTTP {}). Try again in a moment, then check the gateway's address in Settings.",
                self.http
            ),
        }
    }
}
