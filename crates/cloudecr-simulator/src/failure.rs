//! A refusal of the gateway: a code of its table and the error body that carries it.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// Why the gateway says no.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// A code of the table, and what in the request it is about.
    Code {
        /// The gateway's number for it.
        code: u32,
        /// What exactly is wrong; empty if the code says it all.
        detail: String,
    },
    /// Too many requests of one account. The documentation names this one and gives it no number.
    RateLimit {
        /// Seconds until a request is allowed again.
        retry_after: u64,
    },
}

impl Failure {
    /// The failure of this code.
    pub(crate) fn of(code: u32) -> Self {
        Self::Code {
            code,
            detail: String::new(),
        }
    }

    /// The failure of this code, and what it is about.
    pub(crate) fn because(code: u32, detail: impl Into<String>) -> Self {
        Self::Code {
            code,
            detail: detail.into(),
        }
    }

    /// The gateway's number, if this failure has one.
    #[cfg(test)]
    pub(crate) fn code(&self) -> Option<u32> {
        match self {
            Self::Code { code, .. } => Some(*code),
            Self::RateLimit { .. } => None,
        }
    }
}

/// The HTTP status that belongs to a code: the table's, or the one that its first three digits spell.
pub(crate) fn http_status(code: u32) -> Option<StatusCode> {
    let number = match cloudecr::codes::error(code) {
        Some(row) => row.http,
        None if code < 1000 => u16::try_from(code).ok()?,
        None => u16::try_from(code / 100).ok()?,
    };
    StatusCode::from_u16(number)
        .ok()
        .filter(|status| status.is_client_error() || status.is_server_error())
}

impl Failure {
    /// The body that tells it, with the code as a number.
    pub(crate) fn body(&self) -> Value {
        match self {
            Self::Code { code, detail } => {
                let meaning =
                    cloudecr::codes::error(*code).map_or("The gateway reports an error.", |row| row.meaning);
                let message = if detail.is_empty() {
                    meaning.to_owned()
                } else {
                    format!("{meaning} ({detail})")
                };
                json!({"code": code, "message": message})
            }
            Self::RateLimit { .. } => {
                json!({"error": "rate_limit_exceeded", "message": "Too many requests from this account."})
            }
        }
    }

    /// Its HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Code { code, .. } => http_status(*code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            Self::RateLimit { .. } => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.body())).into_response();
        if let Self::RateLimit { retry_after } = self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
        }
        response
    }
}
