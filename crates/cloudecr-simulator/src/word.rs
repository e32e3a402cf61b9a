//! The five refusals that the vendor's pages give a word and no number.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

/// A refusal in a plain word. Its body is `{"error": "…", "message": "…"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlainWord {
    /// 400: it is no request of the protocol.
    InvalidRequest,
    /// 401: nobody is signed in.
    Unauthorized,
    /// 403: this account may not.
    Forbidden,
    /// 429: too many requests.
    RateLimitExceeded,
    /// 500: the gateway failed.
    InternalServerError,
}

impl PlainWord {
    /// All five, in the order of their HTTP status.
    pub const ALL: [Self; 5] = [
        Self::InvalidRequest,
        Self::Unauthorized,
        Self::Forbidden,
        Self::RateLimitExceeded,
        Self::InternalServerError,
    ];

    /// As it stands in a body.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::RateLimitExceeded => "rate_limit_exceeded",
            Self::InternalServerError => "internal_server_error",
        }
    }

    /// The HTTP status that the pages name it with.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::InvalidRequest => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::RateLimitExceeded => StatusCode::TOO_MANY_REQUESTS,
            Self::InternalServerError => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
