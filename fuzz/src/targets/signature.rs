//! The signature over any JSON: the message and its signature are those of a second implementation, what was signed
//! verifies, and what was altered, or signed with another key, does not.

use cloudecr::{SecretKey, signature};
use serde_json::Value;

use super::seed;
use crate::messages;
use crate::slow;

/// Signs a body (what follows the first line) with a key (the first line) in both ways.
pub fn check(input: &[u8]) {
    let Some((key, body)) = str::from_utf8(input).ok().and_then(|text| text.split_once('\n')) else {
        return;
    };
    let Ok(mut json) = serde_json::from_str::<Value>(body) else {
        return;
    };
    let secret = SecretKey::from_string(key.to_owned());
    assert_eq!(signature::message(&json), slow::message(&json), "{json}");
    assert_eq!(signature::sign(&secret, &json), slow::sign(key, &json), "{json}");
    assert_eq!(
        signature::verify(&secret, &json),
        slow::verifies(key, &json),
        "{json}"
    );
    if !json.is_object() {
        assert!(
            !signature::verify(&secret, &json),
            "there is no place for a signature"
        );
        return;
    }
    json["signature"] = signature::sign(&secret, &json).into();
    assert!(signature::verify(&secret, &json), "what was signed: {json}");
    let sent: Value = serde_json::from_str(&json.to_string()).unwrap_or_default();
    assert!(signature::verify(&secret, &sent), "what was sent: {json}");
    let other = SecretKey::from_string(format!("{key}x"));
    assert!(!signature::verify(&other, &json), "another key: {json}");
    json["ADDED"] = "1".into();
    assert!(!signature::verify(&secret, &json), "altered: {json}");
}

/// The published vectors, samples, and the places where number forms and text orders change.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let vectors: Value = serde_json::from_str(messages::VECTORS).unwrap_or_default();
    let mut seeds: Vec<Vec<u8>> = vectors["vectors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|vector| {
            let mut body = vector["body"].clone();
            body["signature"] = vector["signature"].clone();
            seed(
                vector["key"].as_str().unwrap_or_default().as_bytes(),
                format!("\n{body}"),
            )
        })
        .collect();
    for sample in messages::RESPONSES.into_iter().chain(messages::REQUESTS) {
        seeds.push(seed(b"k\n", sample));
    }
    for body in [
        r#"[1e21,1e20,1e-6,1e-7,-0.0,0,1.50,5e-324,1.7976931348623157e308,9007199254740993,18446744073709551615]"#,
        r#"{"a":["😀","！","\uD7FF","\uE000","z",""],"signature":{"b":"nested"}}"#,
        r#"{"a":true,"b":false,"c":null,"d":{"signature":"kept"},"e":[[[[]]]],"signature":" AB "}"#,
        r#"{"a":"1","a":"2"}"#,
        "\"text\"",
        "null",
    ] {
        seeds.push(seed(b"k\n", body));
    }
    seeds
}
