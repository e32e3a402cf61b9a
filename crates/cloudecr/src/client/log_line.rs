//! One line for each request: what was asked, what came back, and how long it took. Bodies stand in the log only where
//! somebody switched debugging on, and masked.

use std::{fmt, time::Duration};

use reqwest::{Request, header};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::{
    budget::RequestBudget,
    http::{Answer, Fault, FaultKind},
};
use crate::{js_text, mask};

/// The log's target for requests.
const TARGET: &str = "cloudecr::http";

/// What a log line says of a request beside what is in it.
pub(super) struct Asked {
    line: String,
    /// Secrets that an answer must not bring into the log, should it repeat them.
    secrets: Vec<SecretString>,
}

/// What a request is about, for the log.
#[derive(Clone, Copy, Default)]
pub(super) struct Subject<'a> {
    /// A transfer's reference.
    pub(super) reference: Option<&'a str>,
    /// A server that is not the gateway: its paths are not ours to know, so its name stands for them.
    pub(super) elsewhere: bool,
}

impl Asked {
    /// Notes a request before it is sent.
    pub(super) fn of(request: &Request, subject: Subject<'_>, known: &[SecretString]) -> Self {
        let url = request.url();
        let place = if subject.elsewhere {
            url.host_str().unwrap_or_default()
        } else {
            url.path()
        };
        let mut line = format!("{} {place}", request.method());
        if let Some(reference) = subject.reference {
            line = format!("{line} {reference}");
        }
        let bearer = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .map(SecretString::from);
        let asked = Self {
            line,
            secrets: known.iter().cloned().chain(bearer).collect(),
        };
        if let Some(body) = request.body().and_then(reqwest::Body::as_bytes) {
            asked.body("sends", body);
        }
        asked
    }

    /// Logs what became of it.
    pub(super) fn answered(
        &self,
        outcome: &Result<Answer, Fault>,
        took: Duration,
        budget: Option<RequestBudget>,
    ) {
        let budget = budget.map_or_else(String::new, |budget| {
            format!("; {} of {} requests in 15 min", budget.used, budget.limit)
        });
        log::info!(
            target: TARGET,
            "{} {} after {} ms{budget}",
            self.line,
            Outcome(outcome),
            took.as_millis()
        );
        if let Ok(answer) = outcome {
            self.body("was answered", &answer.body);
        }
    }

    fn body(&self, what: &str, body: &[u8]) {
        if log::log_enabled!(target: TARGET, log::Level::Debug) {
            let secrets: Vec<&str> = self.secrets.iter().map(ExposeSecret::expose_secret).collect();
            log::debug!(target: TARGET, "{} {what} {}", self.line, mask::without(body, &secrets));
        }
    }
}

struct Outcome<'a>(&'a Result<Answer, Fault>);

impl fmt::Display for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Ok(answer) => {
                write!(f, "-> {}", answer.status)?;
                match code(&answer.body) {
                    Some(code) => write!(f, " code {code}"),
                    None => Ok(()),
                }
            }
            Err(fault) => {
                let what = match fault.kind {
                    FaultKind::Unsendable => "not sent: it could not be formed",
                    FaultKind::Dns => "not sent: the name was not found",
                    FaultKind::Connect => "not sent: no connection",
                    FaultKind::Tls => "not sent: the connection could not be secured",
                    FaultKind::TimedOut => "no answer in time",
                    FaultKind::ConnectionLost => "the connection was lost",
                    FaultKind::Redirected => "a redirect, which was not followed",
                    FaultKind::TooLarge => "an answer that is too large",
                };
                match fault.status {
                    Some(status) => write!(f, "-> {status}, {what}"),
                    None => write!(f, "-> {what}"),
                }
            }
        }
    }
}

/// The code in an answer: the gateway's, or `statusCode/responseCode` of a transfer.
fn code(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    // What comes from outside and is no code does not belong in this line.
    let short = |field: &str| {
        let text = js_text::scalar(body.get(field)?)?;
        let plain = text.len() <= 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (plain && !text.is_empty()).then_some(text)
    };
    match (short("code"), short("statusCode"), short("responseCode")) {
        (Some(code), ..) | (None, Some(code), None) | (None, None, Some(code)) => Some(code),
        (None, Some(status), Some(response)) => Some(format!("{status}/{response}")),
        (None, None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_gateways_or_the_transfers() {
        assert_eq!(code(br#"{"code":"40123"}"#).as_deref(), Some("40123"));
        assert_eq!(
            code(br#"{"code":42910,"statusCode":"11"}"#).as_deref(),
            Some("42910")
        );
        assert_eq!(
            code(br#"{"statusCode":"11","responseCode":"51"}"#).as_deref(),
            Some("11/51")
        );
        assert_eq!(code(br#"{"data":[]}"#), None);
        for hostile in [
            r#"{"code":"a b"}"#.to_owned(),
            r#"{"code":"1\nfake line"}"#.to_owned(),
            format!(r#"{{"code":"{}"}}"#, "9".repeat(33)),
            r#"{"code":{}}"#.to_owned(),
        ] {
            assert_eq!(code(hostile.as_bytes()), None, "{hostile}");
        }
    }
}
