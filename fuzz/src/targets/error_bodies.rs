//! An error body, whatever HTTP status it comes with and however late: never a yes, and never a better no than the
//! worst that its code, its status and its lateness allow.

use std::time::Duration;

use cloudecr::codes::{self, Money};
use cloudecr::{Exchange, SecretKey, TransType, Verdict, judge, read};
use jiff::Timestamp;
use serde_json::Value;

use super::{pick, seed, split};
use crate::messages::{self, KEY};
use crate::slow;

/// HTTP statuses that are given before a terminal is involved, so that without a code they mean that nothing happened.
const BEFORE_THE_TERMINAL: [u16; 8] = [400, 401, 403, 404, 405, 413, 415, 429];
/// Codes after which a void may have been done before.
const VOIDED_ALREADY: [u32; 2] = [40029, 40410];

/// How far a no is from a harmless one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    NotActedOn,
    Declined,
    Check,
    Unknown,
}

/// Reads an error and holds the verdict against the tables. Gives the verdict, none for an input too short.
pub fn check(input: &[u8]) -> Option<Verdict> {
    let ([high, low, kind, late], body) = split(input)?;
    let status = status(high, low);
    let asked = messages::asked(kind);
    let seconds = pick(&[1, 9, 10, 11, 75], late);
    let exchange = Exchange {
        sent_at: Timestamp::UNIX_EPOCH,
        elapsed: Duration::from_secs(seconds),
        http_status: Some(status),
        body: str::from_utf8(body).ok().map(str::to_owned),
        reply: read::transfer(&SecretKey::from_string(KEY.to_owned()), status, body),
    };
    let verdict = judge(&asked, &exchange);
    let json = serde_json::from_slice::<Value>(body).unwrap_or_default();
    if slow::verifies(KEY, &json) {
        // Then it is a transfer's answer, which has a target of its own.
        return Some(verdict);
    }
    let found = match &verdict {
        Verdict::NotCharged(_) => Worth::NotActedOn,
        Verdict::Declined(_) => Worth::Declined,
        Verdict::Check(_) => Worth::Check,
        Verdict::Unknown(_) => Worth::Unknown,
        Verdict::Approved(_) | Verdict::Pending(_) | Verdict::Conflict(_) => {
            panic!("an unsigned yes: {verdict:?}")
        }
    };
    let is_void = asked.trans_type == TransType::Void;
    let least = if asked.trans_type.is_money_moving() {
        worth(status, &json, is_void, seconds)
    } else {
        Worth::Unknown
    };
    assert_eq!(found, least, "HTTP {status} after {seconds} s: {json}");
    Some(verdict)
}

/// Any HTTP status from 100 to 599.
fn status(high: u8, low: u8) -> u16 {
    100 + u16::from_be_bytes([high, low]) % 500
}

/// The two bytes of an HTTP status.
fn bytes(status: u16) -> [u8; 2] {
    (status - 100).to_be_bytes()
}

/// What the codes' table says of it.
fn worth(status: u16, json: &Value, is_void: bool, seconds: u64) -> Worth {
    let success = (200..300).contains(&status);
    let is_redirect = (300..400).contains(&status);
    let code: Option<u32> = json
        .get("code")
        .and_then(slow::text)
        .and_then(|text| text.trim().parse().ok());
    // A transfer response without our signature says nothing. In an HTTP error, only a code and a no that agree do.
    let response = json
        .get("statusCode")
        .filter(|value| !value.is_null() && **value != "");
    let contradicts = response.is_some_and(|value| success || code.is_none() || *value != "11");
    if is_redirect || contradicts || (success && code.is_none()) {
        return Worth::Unknown;
    }
    let by_status = if BEFORE_THE_TERMINAL.contains(&status) {
        Worth::NotActedOn
    } else {
        Worth::Unknown
    };
    let worst = match code {
        None => by_status,
        Some(code) => {
            let by_code = match codes::error(code).map(|row| row.money) {
                Some(Money::NotActedOn) => Worth::NotActedOn,
                Some(Money::Declined) => Worth::Declined,
                Some(Money::Check) => Worth::Check,
                Some(Money::Unknown | Money::NotApplicable) | None => Worth::Unknown,
            };
            let belongs = success || code.to_string().starts_with(&status.to_string());
            if belongs { by_code } else { by_code.max(by_status) }
        }
    };
    match worst {
        Worth::NotActedOn if seconds > 10 => Worth::Unknown,
        Worth::NotActedOn if is_void && code.is_some_and(|code| VOIDED_ALREADY.contains(&code)) => {
            Worth::Check
        }
        other => other,
    }
}

/// Every listed code with its own status and with others, prompt and late.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (http, error) in messages::errors() {
        let [high, low] = bytes(http);
        for (kind, late) in [(b'0', b'2'), (b'4', b'2'), (b'0', b'5')] {
            seeds.push(seed(&[high, low, kind, late], error.to_string()));
        }
    }
    for http in [100, 204, 304, 400, 404, 408, 418, 429, 500, 502, 503, 504, 599] {
        let [high, low] = bytes(http);
        for body in ["", "<html><h1>Bad gateway</h1>", "{}", "[]", "null"] {
            seeds.push(seed(&[high, low, b'0', b'2'], body));
        }
    }
    seeds
}
