//! Tokens: the answer to a sign-in or a renewal, and what the keyring kept of an earlier run. Nothing that was put there
//! crashes a till; what is read is what was written; and an error never repeats a token.

use std::sync::Arc;

use cloudecr::{CallError, TokenPair, TokenPairWire, TokenStore, read};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use till::{MemoryVault, SecretName, Vault, VaultTokens};

use super::{pick, seed, split};
use crate::slow;

/// HTTP statuses of a sign-in's answer.
const STATUSES: [u16; 8] = [200, 200, 200, 201, 302, 401, 403, 429];

/// Reads an answer, or two kept entries (a line each), by the first byte.
pub fn check(input: &[u8]) {
    let Some(([source, status], rest)) = split(input) else {
        return;
    };
    if pick(&[true, false], source) {
        answered(pick(&STATUSES, status), rest);
    } else if let Ok(kept) = str::from_utf8(rest) {
        resumed(kept);
    }
}

fn answered(status: u16, body: &[u8]) {
    let json = serde_json::from_slice::<Value>(body).unwrap_or_default();
    match read::tokens(status, body) {
        Ok(tokens) => {
            assert!((200..300).contains(&status), "HTTP {status}");
            for (given, name) in [(&tokens.access, "access"), (&tokens.refresh, "refresh")] {
                let token = slow::field(&json, &format!("/{name}/token")).unwrap_or_default();
                assert_eq!(given.token.expose_secret(), token);
                let end = slow::field(&json, &format!("/{name}/expiresAt")).unwrap_or_default();
                assert_eq!(end.trim().parse().ok(), Some(given.expires_at), "{end}");
            }
            let (pair, wire) = (tokens.clone(), TokenPairWire::from(&tokens));
            let text = serde_json::to_vec(&wire).unwrap_or_default();
            same(
                &pair,
                read::tokens(200, &text).ok().as_ref(),
                Timestamp::as_millisecond,
            );
            kept(&tokens);
        }
        Err(error) => silent(&error, &json),
    }
}

/// A session that was kept comes back as it was.
fn kept(tokens: &TokenPair) {
    let store = VaultTokens::new(Arc::new(MemoryVault::default()));
    store.save(Some(tokens));
    same(tokens, store.load().as_ref(), Timestamp::as_nanosecond);
}

fn same<T: PartialEq + std::fmt::Debug>(one: &TokenPair, two: Option<&TokenPair>, time: fn(Timestamp) -> T) {
    let flat = |pair: &TokenPair| {
        [&pair.access, &pair.refresh]
            .map(|token| (token.token.expose_secret().to_owned(), time(token.expires_at)))
    };
    assert_eq!(Some(flat(one)), two.map(flat), "a round trip");
}

/// What could not be read is described without its tokens. (The gateway's own words in a refusal may hold anything; the
/// client takes the tokens that it sent out of them.)
fn silent(error: &CallError, json: &Value) {
    let words = match error {
        CallError::Rejected { .. } => return,
        CallError::Unreachable { .. }
        | CallError::TimedOut
        | CallError::Unreadable { .. }
        | CallError::TooLarge
        | CallError::RateLimited { .. }
        | CallError::UnusablePicture { .. } => format!("{error} {error:?}"),
    };
    for place in ["/access/token", "/refresh/token"] {
        if let Some(token) = json
            .pointer(place)
            .and_then(Value::as_str)
            .filter(|token| token.len() > 12)
        {
            assert!(!words.contains(token), "an error repeats a token: {words}");
        }
    }
}

/// What an entry of the keyring holds may have been written by anybody.
fn resumed(lines: &str) {
    let (access, refresh) = lines.split_once('\n').unwrap_or((lines, ""));
    let vault = Arc::new(MemoryVault::default());
    for (name, text) in [
        (SecretName::AccessToken, access),
        (SecretName::RefreshToken, refresh),
    ] {
        assert_eq!(vault.set(name, &SecretString::from(text.to_owned())), Ok(()));
    }
    let store = VaultTokens::new(vault);
    if let Some(tokens) = store.load() {
        store.save(Some(&tokens));
        same(&tokens, store.load().as_ref(), Timestamp::as_nanosecond);
    }
}

/// Answers and entries with times in every form.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let times = [
        "2025-01-15T23:59:59.000+08:00",
        "2025-01-15T15:59:59Z",
        "2025-01-15 15:59:59.123456789+00",
        "2025-01-15T16:00:00",
        "9999-12-30T22:00:00Z",
        "-009999-01-02T01:59:59Z",
        "1736956799000",
        "tomorrow",
    ];
    let mut seeds = Vec::new();
    for time in times {
        let token = |name: &str| format!(r#"{{"token":"{name}-token-0123456789","expiresAt":"{time}"}}"#);
        let (access, refresh) = (token("access"), token("refresh"));
        seeds.push(seed(
            b"@@",
            format!(r#"{{"access":{access},"refresh":{refresh}}}"#),
        ));
        seeds.push(seed(b"A@", format!("{access}\n{refresh}")));
    }
    for body in [
        r#"{"code":40125,"message":"wrong POS ID or password"}"#,
        r#"{"code":"42930"}"#,
        "{}",
        "[]",
        "",
        r#"[["t","2025-01-15T15:59:59Z"],["t","2025-01-15T15:59:59Z"]]"#,
        r#"{"access":{"token":12345678901234567890,"expiresAt":null}}"#,
    ] {
        seeds.push(seed(b"@@", body));
        seeds.push(seed(b"@E", body));
    }
    seeds
}
