//! How an exchange ends on the wire: with the answer, with something else, or with nothing.

use std::time::Duration;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    failure::{Failure, retry_after},
    line::Scissors,
    manner::Manner,
};

/// How many arrays lie in each other in a [`Manner::DeeplyNested`] body.
pub const DEPTH: usize = 10_000;
/// How many bytes a [`Manner::Huge`] body has.
pub const HUGE: usize = 10_000_000;

/// How an exchange ends for the POS.
pub(crate) enum Fate {
    /// With a signed transfer response.
    Answered(Value),
    /// With an error body.
    Refused(Failure),
    /// In this manner; what the POS would get without it comes along.
    Spoilt(Manner, Result<Value, Failure>),
}

/// Writes the end of an exchange to the POS, whose connection can be cut if it is known.
pub(crate) async fn deliver(fate: Fate, line: Option<Scissors>) -> Response {
    match fate {
        Fate::Answered(answer) => Json(answer).into_response(),
        Fate::Refused(failure) => failure.into_response(),
        Fate::Spoilt(manner, answer) => spoilt(manner, answer, line, "/api/transfer").await,
    }
}

/// Ends a call to this address in a manner that has no need of the answer.
pub(crate) async fn without_answer(manner: Manner, line: Option<Scissors>, address: &str) -> Response {
    spoilt(manner, Err(Failure::of(500)), line, address).await
}

async fn spoilt(
    manner: Manner,
    answer: Result<Value, Failure>,
    line: Option<Scissors>,
    address: &str,
) -> Response {
    match manner {
        Manner::Reset | Manner::ResetBeforeRead | Manner::Restart => cut(line).await,
        Manner::ResetAfterHeaders => cut_in(answer, line, |_| 0).await,
        Manner::ResetMidBody => cut_in(answer, line, |length| length / 2).await,
        Manner::Stall => std::future::pending().await,
        Manner::Late { delay_ms } => {
            tokio::time::sleep(Duration::from_millis(delay_ms)).await;
            plain(answer)
        }
        Manner::Empty => json_text(String::new()),
        Manner::Truncated => json_text(half(&answer)),
        Manner::Text => "The payment was processed.".into_response(),
        Manner::Html {
            status,
            retry_after: seconds,
        } => {
            let mut page = page(status);
            retry_after(&mut page, seconds);
            page
        }
        Manner::Json { status, body } => (status_of(status), Json(body)).into_response(),
        Manner::DeeplyNested => json_text(format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH))),
        Manner::Huge => {
            let (before, after) = ("{\"padding\":\"", "\"}");
            let padding = "x".repeat(HUGE - before.len() - after.len());
            json_text(format!("{before}{padding}{after}"))
        }
        Manner::Redirect => {
            let back = [(header::LOCATION, address.to_owned())];
            (StatusCode::TEMPORARY_REDIRECT, back).into_response()
        }
        Manner::Error {
            code,
            status,
            as_text,
            retry_after: seconds,
        } => {
            let mut error = error(code, status, as_text);
            retry_after(&mut error, seconds);
            error
        }
        Manner::PlainWord {
            word,
            status,
            in_code,
            retry_after: seconds,
        } => {
            let mut body = Failure::word(word, "The gateway says so.").body();
            if in_code {
                body = json!({"code": word, "message": "The gateway says so."});
            }
            let mut refusal = (status.map_or_else(|| word.status(), status_of), Json(body)).into_response();
            retry_after(&mut refusal, seconds);
            refusal
        }
        Manner::SessionEnded => Failure::of(40120).into_response(),
        Manner::WrongSignature
        | Manner::MissingSignature
        | Manner::Replay
        | Manner::WrongTypes
        | Manner::OtherReference
        | Manner::OtherTerminal
        | Manner::OtherPos
        | Manner::OtherAmount
        | Manner::OtherCurrency
        | Manner::OtherType
        | Manner::OtherTransId
        | Manner::MissingTransId
        | Manner::UnknownStatus
        | Manner::OtherStatus
        | Manner::OtherResponseCode
        | Manner::Numbers
        | Manner::Change(_) => plain(answer),
    }
}

fn plain(answer: Result<Value, Failure>) -> Response {
    answer.map_or_else(IntoResponse::into_response, |answer| Json(answer).into_response())
}

/// Ends a connection without an answer. What this returns after the cut is never written.
pub(crate) async fn cut(line: Option<Scissors>) -> Response {
    match line {
        Some(scissors) => {
            scissors.cut();
            StatusCode::BAD_GATEWAY.into_response()
        }
        // Served by something else than `serve`, a connection cannot be cut; then the answer just never comes.
        None => std::future::pending().await,
    }
}

/// Writes an answer and ends the connection so many bytes into its body.
async fn cut_in(
    answer: Result<Value, Failure>,
    line: Option<Scissors>,
    place: impl FnOnce(usize) -> usize,
) -> Response {
    let Some(scissors) = line else {
        return cut(None).await;
    };
    scissors.cut_in_body(place(written(&answer).len()));
    plain(answer)
}

/// The body's text. `Json` writes the same.
fn written(answer: &Result<Value, Failure>) -> String {
    match answer {
        Ok(answer) => answer.to_string(),
        Err(failure) => failure.body().to_string(),
    }
}

/// The first half of the characters; a half of JSON is none.
fn half(answer: &Result<Value, Failure>) -> String {
    let whole = written(answer);
    whole.chars().take(whole.chars().count() / 2).collect()
}

fn json_text(text: String) -> Response {
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (json, text).into_response()
}

fn status_of(number: u16) -> StatusCode {
    StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn page(status: u16) -> Response {
    let status = status_of(status);
    (
        status,
        Html(format!(
            "<!doctype html><title>{status}</title><h1>{status}</h1><p>A proxy says so."
        )),
    )
        .into_response()
}

fn error(code: u32, status: Option<u16>, as_text: bool) -> Response {
    let failure = Failure::of(code);
    let mut body = failure.body();
    if as_text {
        body["code"] = json!(code.to_string());
    }
    let status = status.map_or_else(|| failure.status(), status_of);
    (status, Json(body)).into_response()
}
