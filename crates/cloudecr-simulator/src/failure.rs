//! A refusal of the gateway: a code of its table, or a plain word, and the error body that carries it.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::word::PlainWord;

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
    /// A word, where the documentation gives no number.
    Word {
        word: PlainWord,
        /// Its HTTP status, where it is not the word's own.
        status: Option<StatusCode>,
        /// What is wrong, in a sentence.
        message: String,
        /// Seconds until a request is allowed again.
        retry_after: Option<u64>,
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

    /// The failure of this word, and what it is about.
    pub(crate) fn word(word: PlainWord, message: impl Into<String>) -> Self {
        Self::Word {
            word,
            status: None,
            message: message.into(),
            retry_after: None,
        }
    }

    /// No request of the protocol, for a reason that HTTP has a status for.
    pub(crate) fn no_request(status: StatusCode, message: impl Into<String>) -> Self {
        Self::Word {
            word: PlainWord::InvalidRequest,
            status: Some(status),
            message: message.into(),
            retry_after: None,
        }
    }

    /// Too many requests.
    pub(crate) fn too_many(retry_after: u64) -> Self {
        Self::Word {
            word: PlainWord::RateLimitExceeded,
            status: None,
            message: format!("Too many requests; wait {retry_after} s."),
            retry_after: Some(retry_after),
        }
    }

    /// The gateway's number, if this failure has one.
    #[cfg(test)]
    pub(crate) fn code(&self) -> Option<u32> {
        match self {
            Self::Code { code, .. } => Some(*code),
            Self::Word { .. } => None,
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
            Self::Word { word, message, .. } => json!({"error": word, "message": message}),
        }
    }

    /// The body with the code as text.
    fn body_as_text(&self) -> Value {
        let mut body = self.body();
        if let Self::Code { code, .. } = self {
            body["code"] = json!(code.to_string());
        }
        body
    }

    /// Its HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Code { code, .. } => http_status(*code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            Self::Word { word, status, .. } => status.unwrap_or_else(|| word.status()),
        }
    }

    /// Another form of a response that this failure made, with the code as text.
    pub(crate) fn respell(&self, response: Response) -> Response {
        let (mut parts, _) = response.into_parts();
        parts.headers.remove(header::CONTENT_LENGTH);
        Response::from_parts(parts, self.body_as_text().to_string().into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.body())).into_response();
        if let Self::Word {
            retry_after: Some(seconds),
            ..
        } = self
        {
            retry_after(&mut response, Some(seconds));
        }
        // Kept with the response, for a gateway that writes its codes as text.
        response.extensions_mut().insert(self);
        response
    }
}

/// Says in a response when a request is allowed again.
pub(crate) fn retry_after(response: &mut Response, seconds: Option<u64>) {
    if let Some(seconds) = seconds {
        let value = HeaderValue::from(seconds);
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
}
