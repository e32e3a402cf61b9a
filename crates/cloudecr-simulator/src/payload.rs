//! The body of a request: at most 1 MB, and JSON by its own account.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
};

use crate::failure::Failure;

/// The largest request body of the protocol, in bytes.
pub(crate) const LARGEST_BODY: usize = 1024 * 1024;

/// A body that is small enough.
pub(crate) struct Payload(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Payload {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let body = Bytes::from_request(request, state).await;
        body.map(Self).map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Failure::no_request(
                StatusCode::PAYLOAD_TOO_LARGE,
                "The body of a request has 1 MB at most.",
            ),
            status => Failure::no_request(status, rejection.body_text()),
        })
    }
}

/// Refuses a body that says it is anything but JSON in UTF-8 (415). One that does not say is read as JSON.
pub(crate) fn must_be_json(headers: &HeaderMap) -> Result<(), Failure> {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else {
        return Ok(());
    };
    let kind = kind.to_str().unwrap_or_default().to_ascii_lowercase();
    let (essence, parameters) = kind.split_once(';').unwrap_or((&kind, ""));
    let is_utf8 = |parameter: &str| {
        let charset = parameter.trim().strip_prefix("charset=");
        charset.is_none_or(|charset| charset.trim_matches('"') == "utf-8")
    };
    if essence.trim() == "application/json" && parameters.split(';').all(is_utf8) {
        return Ok(());
    }
    Err(Failure::no_request(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "Send the body with Content-Type: application/json, in UTF-8.",
    ))
}

/// Whether the body says that it is a form.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| {
        kind.to_ascii_lowercase()
            .starts_with("application/x-www-form-urlencoded")
    })
}
