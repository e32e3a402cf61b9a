//! What of a body may stand in a log. Whatever the gateway writes, no log shows what could be a card's number, or the
//! value of a field that is called a secret.

use cloudecr::mask;
use serde_json::Value;

use super::seed;
use crate::messages;

/// The fewest digits that could be a card's number (ISO/IEC 7812).
const CARD: usize = 12;
/// Names of secrets, as the protocol has them.
const SECRETS: [&str; 5] = ["password", "token", "accessToken", "secretKey", "signature"];

/// Masks a body and searches what is left.
pub fn check(input: &[u8]) {
    let line = mask::json(input);
    assert!(line.len() <= 4096 + 64, "{} bytes", line.len());
    let Ok(shown) = serde_json::from_str::<Value>(&line) else {
        // Cut, or told by its length alone.
        return;
    };
    each(&shown, &mut |name, value| {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return,
        };
        if SECRETS.contains(&name) {
            assert_eq!(text, "***", "{name} in {line}");
        }
        let longest = text
            .split(|c: char| !c.is_ascii_digit())
            .map(str::len)
            .max()
            .unwrap_or_default();
        assert!(longest < CARD, "{text:?} could be a card in {line}");
    });
}

/// Every value with the name it has.
fn each(value: &Value, see: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each(item, see)),
        Value::Object(fields) => {
            for (name, value) in fields {
                see(name, value);
                each(value, see);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Bodies with secrets and card numbers in every disguise.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = [
        r#"{"posId":"p","password":"hunter2","cardNo":"4111 1111 1111 1111"}"#,
        r#"{"access":{"token":"abc","expiresAt":"2025-01-15T16:30:00.000+08:00"},"refresh":{"token":"def"}}"#,
        r#"{"note":"{\"token\":\"inside\",\"pan\":4111111111111111}","number":4111111111111111}"#,
        r#"{"a":"4111-1111-1111-1111","b":"541333******0029","c":"４１１１","d":["4111 1111","1111 1111"]}"#,
        r#"{"secretKey":{"a":[1]},"signature":null,"4111111111111111":1}"#,
        r#"[4111111111111111,1e300,0.4111111111111111,-4111111111111]"#,
        "password=hunter2",
        "",
    ]
    .into_iter()
    .map(|body| body.as_bytes().to_vec())
    .collect();
    for sample in messages::RESPONSES.into_iter().chain(messages::REQUESTS) {
        seeds.push(seed(b"", sample));
    }
    seeds
}
