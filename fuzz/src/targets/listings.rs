//! What the gateway lists: terminals, wallets, and what may bind itself; and the key that binds. A row is read as it
//! stands there or the list is refused; no row is made up, a flag is on only where the gateway plainly says so, and a key
//! is one that can be shown.

use cloudecr::{Channel, Listing, Terminal, read};
use serde_json::Value;

use super::{pick, seed, split};
use crate::slow;

/// HTTP statuses of such an answer.
const STATUSES: [u16; 4] = [200, 200, 206, 500];

/// Reads one of the answers, by the first byte.
pub fn check(input: &[u8]) {
    let Some(([which, status], body)) = split(input) else {
        return;
    };
    let status = pick(&STATUSES, status);
    let json = serde_json::from_slice::<Value>(body).unwrap_or_default();
    let rows = || json.get("data").and_then(Value::as_array).into_iter().flatten();
    let read = match which % 4 {
        0 => read::terminals(status, body).map(|terminals| {
            assert_eq!(terminals.len(), rows().count(), "{json}");
            for (terminal, row) in terminals.iter().zip(rows()) {
                assert_eq!(slow::text(&row["terminalId"]), Some(terminal.terminal_id.clone()));
                assert_eq!(terminal.connected, is_on(&row["connected"]), "{row}");
                assert_eq!(terminal.is_vt, is_on(&row["isVT"]), "{row}");
            }
            again::<Terminal>(terminals);
        }),
        1 => read::channels(status, body).map(|channels| {
            assert_eq!(channels.len(), rows().count(), "{json}");
            for (channel, row) in channels.iter().zip(rows()) {
                assert_eq!(row["name"], channel.name, "{row}");
                assert_eq!(channel.active, is_on(&row["status"]), "{row}");
            }
            again::<Channel>(channels);
        }),
        2 => read::prebound(status, body).map(|ids| {
            assert!(rows().map(slow::text).eq(ids.into_iter().map(Some)), "{json}");
        }),
        _ => read::bind_key(status, body).map(|key| {
            assert!(
                !key.key.is_empty() && !key.key.chars().any(char::is_control),
                "{json}"
            );
            assert_eq!(
                slow::field(&json, "/key").map(|text| text.trim().to_owned()),
                Some(key.key)
            );
        }),
    };
    assert!(read.is_err() || (200..300).contains(&status), "HTTP {status}");
}

/// Whether a flag says yes.
fn is_on(flag: &Value) -> bool {
    slow::text(flag).is_some_and(|text| matches!(text.trim(), "1" | "true"))
}

/// A list that is served again is the same list.
fn again<T>(data: Vec<T>)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let listing = Listing { data };
    let text = serde_json::to_vec(&listing).unwrap_or_default();
    assert_eq!(serde_json::from_slice(&text).ok(), Some(listing), "a round trip");
}

/// Lists in every shape that was seen.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for body in [
        r#"{"data":[{"terminalId":"VT-0001","connected":true,"isVT":1},{"terminalId":12,"connected":"0","isVT":"1"}]}"#,
        r#"{"data":[{"terminalId":"VT-0001"}]}"#,
        r#"{"data":[{"terminalId":null}]}"#,
        r#"{"data":[{"terminalId":"a","connected":"maybe"}]}"#,
        r#"{"data":[["VT-0001",true,1]]}"#,
        r#"{"data":[]}"#,
        r#"{"data":null}"#,
        r#"[[]]"#,
        "",
    ] {
        seeds.push(seed(b"@@", body));
    }
    for body in [
        r#"{"data":[{"name":"tng","status":1,"currency":["MYR"],"logoUrl3":"https://x.my/tng.png"}]}"#,
        r#"{"data":[{"name":"tng","status":"1","currency":"MYR"},{"name":"boost","status":0,"currency":null}]}"#,
        r#"{"data":[{"name":"alipay+","status":true,"currency":[],"logoUrl3":null,"more":{}}]}"#,
        r#"{"data":[{"name":1,"status":2}]}"#,
        r#"{"code":40028,"message":"currency"}"#,
    ] {
        seeds.push(seed(b"A@", body));
    }
    for body in [
        r#"{"data":["VT-0003",12]}"#,
        r#"{"data":[{"terminalId":"VT-0003"}]}"#,
        r#"{"code":20000,"message":"Saved.","data":[]}"#,
    ] {
        seeds.push(seed(b"B@", body));
    }
    for body in [
        r#"{"key":"83N-K","expiresAt":"2025-01-18T12:00:00.000+08:00"}"#,
        r#"{"key":1234,"expiresAt":"2025-01-18T12:00:00Z"}"#,
        r#"{"key":"a\u0007b","expiresAt":"2025-01-18T12:00:00Z"}"#,
        r#"["83N-K","2025-01-18T12:00:00Z"]"#,
    ] {
        seeds.push(seed(b"C@", body));
    }
    seeds
}
