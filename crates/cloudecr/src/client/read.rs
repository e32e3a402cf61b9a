//! What an answer of the gateway means, from its HTTP status and its body alone: for programs that bring a transport of
//! their own (a proxy, a queue, a recorded exchange), and for checking this crate's reading by itself. [`Client`] reads
//! by the same rules.
//!
//! [`Client`]: crate::Client

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822};

use super::{
    http::{Answer, Fault, FaultKind, MOST},
    renewal, reply, retry_after,
};
use crate::{
    BindKey, CallError, Channel, Listing, Picture, Reply, SecretKey, Terminal, TokenPair,
    binding::{BindKeyWire, PreboundId},
};

/// The answer to a transfer (the protocol's sections "Transfer response" and "Errors"), its signature checked with
/// `key`. It is always something; [`judge`](crate::judge()) says what that means for the money.
///
/// ```
/// use cloudecr::{Reply, SecretKey, read};
/// let key = SecretKey::from_string("75DC529B942513DFA77F43EC3451F137".to_owned());
/// assert!(matches!(read::transfer(&key, 200, br#"{"statusCode":"00"}"#), Reply::Unverified(_)));
/// assert!(matches!(read::transfer(&key, 422, br#"{"code":"42211"}"#), Reply::Refused(_)));
/// assert!(matches!(read::transfer(&key, 200, b"<html>"), Reply::Lost(_)));
/// ```
pub fn transfer(key: &SecretKey, http_status: u16, body: &[u8]) -> Reply {
    match whole(http_status, body) {
        Ok(answer) => reply::of_transfer(key, &answer),
        Err(fault) => reply::of_fault(fault),
    }
}

/// The answer to a sign-in or a renewal.
///
/// # Errors
/// [`CallError`]; its words never hold a token.
///
/// ```
/// assert!(cloudecr::read::tokens(200, br#"{"access":{"token":"a","expiresAt":"today"}}"#).is_err());
/// ```
pub fn tokens(http_status: u16, body: &[u8]) -> Result<TokenPair, CallError> {
    renewal::tokens(whole(http_status, body))
}

/// The answer to `GET /api/terminals`.
///
/// # Errors
/// [`CallError`].
///
/// ```
/// let listed = cloudecr::read::terminals(200, br#"{"data":[{"terminalId":7,"connected":true,"isVT":"1"}]}"#)?;
/// assert_eq!(listed.first().map(|terminal| terminal.terminal_id.as_str()), Some("7"));
/// # Ok::<(), cloudecr::CallError>(())
/// ```
pub fn terminals(http_status: u16, body: &[u8]) -> Result<Vec<Terminal>, CallError> {
    reply::rows(&reply::accepted(whole(http_status, body))?)
}

/// The answer to `GET /api/ewallet-channels`.
///
/// # Errors
/// [`CallError`].
///
/// ```
/// let listed = cloudecr::read::channels(200, br#"{"data":[{"name":"tng","status":"1","currency":"MYR"}]}"#)?;
/// assert!(listed.iter().all(|wallet| wallet.active));
/// # Ok::<(), cloudecr::CallError>(())
/// ```
pub fn channels(http_status: u16, body: &[u8]) -> Result<Vec<Channel>, CallError> {
    reply::rows(&reply::accepted(whole(http_status, body))?)
}

/// The answer to `GET /api/prebind-terminals`: the unique IDs on the list.
///
/// # Errors
/// [`CallError`].
///
/// ```
/// assert_eq!(cloudecr::read::prebound(200, br#"{"data":["VT-0003",12]}"#)?, ["VT-0003", "12"]);
/// # Ok::<(), cloudecr::CallError>(())
/// ```
pub fn prebound(http_status: u16, body: &[u8]) -> Result<Vec<String>, CallError> {
    prebound_of(&reply::accepted(whole(http_status, body))?)
}

/// The answer to `GET /api/bind-terminal-key`.
///
/// # Errors
/// [`CallError`]; its words never hold the key.
///
/// ```
/// let body = br#"{"key":"83N-K","expiresAt":"2025-01-18T12:00:00.000+08:00"}"#;
/// assert_eq!(cloudecr::read::bind_key(200, body)?.key, "83N-K");
/// # Ok::<(), cloudecr::CallError>(())
/// ```
pub fn bind_key(http_status: u16, body: &[u8]) -> Result<BindKey, CallError> {
    key_of(&reply::accepted(whole(http_status, body))?)
}

/// A wallet's logo, from the file and the `Content-Type` that its server gave it.
///
/// # Errors
/// [`CallError::UnusablePicture`].
///
/// ```
/// assert!(cloudecr::read::picture(b"<svg/>", Some("image/png")).is_err());
/// ```
pub fn picture(file: &[u8], content_type: Option<&str>) -> Result<Picture, CallError> {
    Picture::read(file.to_vec(), content_type).map_err(|detail| CallError::UnusablePicture { detail })
}

/// How long an answer's `Retry-After` header asks to be left alone, seen at `now` by the gateway's clock: at most a quarter
/// of an hour is believed; `None` when it cannot be read.
///
/// ```
/// let wait = cloudecr::read::retry_after("86400", jiff::Timestamp::UNIX_EPOCH);
/// assert_eq!(wait.map(|wait| wait.as_secs()), Some(900));
/// ```
pub fn retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    retry_after::read(header, now)
}

/// The binding key in a 2xx answer.
pub(super) fn key_of(answer: &Answer) -> Result<BindKey, CallError> {
    let wire: BindKeyWire = reply::json(answer)?;
    BindKey::try_from(wire).map_err(|why| CallError::Unreadable {
        detail: why.to_owned(),
    })
}

/// The prebind list in a 2xx answer.
pub(super) fn prebound_of(answer: &Answer) -> Result<Vec<String>, CallError> {
    let list: Listing<PreboundId> = reply::json(answer)?;
    Ok(list.data.into_iter().map(|id| id.0).collect())
}

/// The gateway's clock, from an answer's `Date` header; `None` when it cannot be read.
///
/// ```
/// let date = cloudecr::read::date("Wed, 15 Jan 2025 08:19:28 GMT");
/// assert_eq!(date.map(|date| date.to_string()).as_deref(), Some("2025-01-15T08:19:28Z"));
/// ```
pub fn date(header: &str) -> Option<Timestamp> {
    rfc2822::parse(header).ok().map(|theirs| theirs.timestamp())
}

/// What the transport makes of an answer before its body is looked at.
fn whole(http_status: u16, body: &[u8]) -> Result<Answer, Fault> {
    let fault = |kind, detail| Fault {
        status: Some(http_status),
        kind,
        detail,
    };
    if (300..400).contains(&http_status) {
        return Err(fault(
            FaultKind::Redirected,
            format!("HTTP {http_status} points elsewhere; it was not followed"),
        ));
    }
    if body.len() > MOST {
        return Err(fault(
            FaultKind::TooLarge,
            format!("the answer is larger than {MOST} bytes"),
        ));
    }
    Ok(Answer {
        status: http_status,
        body: body.to_vec(),
        content_type: None,
        retry_after: None,
    })
}
