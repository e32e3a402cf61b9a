//! The signature over a transfer, in both directions.
//!
//! Kept apart from the message types: it works on the JSON itself, so that fields which this crate has never heard
//! of are signed over too. Rule: the protocol's section "Signature".

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::{SecretKey, js_text};

/// The field that holds the signature. It is left out of the message at the top level only: a nested field of the
/// same name is a value like any other.
const FIELD: &str = "signature";

/// What is signed: every value of `body`, flattened, sorted by UTF-16 code units and joined with nothing between.
///
/// Keys play no part. Empty text and null are left out; zero and `false` are not.
///
/// ```
/// let body = serde_json::json!({"b": "x", "a": {"n": 1.50, "none": null, "empty": ""}, "signature": "…"});
/// assert_eq!(cloudecr::signature::message(&body), "1.5x");
/// ```
pub fn message(body: &Value) -> String {
    let mut values = Vec::new();
    match body {
        Value::Object(fields) => {
            for (_, value) in fields.iter().filter(|(name, _)| *name != FIELD) {
                flatten(value, &mut values);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            flatten(body, &mut values);
        }
    }
    values.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
    values.concat()
}

/// Takes the scalars under `value` into `values`, in no particular order.
fn flatten(value: &Value, values: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| flatten(item, values)),
        Value::Object(fields) => fields.values().for_each(|field| flatten(field, values)),
        Value::Null => {}
        Value::String(_) | Value::Number(_) | Value::Bool(_) => {
            values.extend(js_text::scalar(value).filter(|text| !text.is_empty()));
        }
    }
}

/// The signature of `body`: 64 lower-case hex digits.
///
/// ```
/// use cloudecr::{SecretKey, signature};
/// let key = SecretKey::from_string("75DC529B942513DFA77F43EC3451F137".to_owned());
/// let mut body = serde_json::json!({"transType": "getLast", "referenceId": "R1"});
/// body["signature"] = signature::sign(&key, &body).into();
/// assert!(signature::verify(&key, &body));
/// ```
pub fn sign(key: &SecretKey, body: &Value) -> String {
    let bytes = digest(key, body);
    let mut hex = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 0xf] {
            hex.extend(char::from_digit(u32::from(nibble), 16));
        }
    }
    hex
}

/// Whether `body` carries a `signature` made with `key` over the rest of it.
///
/// Case and surrounding white space of the given signature are ignored, since the gateway's own samples carry stray
/// blanks. A missing one, or one that is not 64 hex digits, is simply false. The comparison takes the same time
/// wherever the difference lies.
pub fn verify(key: &SecretKey, body: &Value) -> bool {
    let Some(given) = body.get(FIELD).and_then(Value::as_str) else {
        return false;
    };
    let given = given.trim().to_ascii_lowercase();
    if given.len() != 64 || !given.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return false;
    }
    sign(key, body).as_bytes().ct_eq(given.as_bytes()).into()
}

/// HMAC-SHA256 of the message.
#[expect(
    clippy::expect_used,
    reason = "HMAC takes keys of every length, the empty one too"
)]
fn digest(key: &SecretKey, body: &Value) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.bytes()).expect("HMAC takes keys of every length");
    mac.update(message(body).as_bytes());
    mac.finalize().into_bytes().into()
}
