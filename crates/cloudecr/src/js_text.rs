//! Scalars as JavaScript prints them, because the gateway signs what JavaScript's `String(value)` gives, and
//! because it writes the same field now as a number and now as text.

use serde::{Deserialize, Deserializer, de};
use serde_json::{Number, Value};

/// The text of a number as JavaScript's `String(number)` gives it (`1.50` is `1.5`, `1e21` is `1e+21`).
///
/// JavaScript knows only doubles, so an integer beyond 2⁵³ loses its last digits here as it does there.
pub(crate) fn number(number: &Number) -> String {
    match number.as_f64() {
        Some(double) => ryu_js::Buffer::new().format(double).to_owned(),
        // Only a number that no double can hold gets here; serde_json refuses those when it parses.
        None => number.to_string(),
    }
}

/// The text of a scalar; `None` for null, an object or an array.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(n) => Some(number(n)),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// For `deserialize_with`: a field that may be missing, null, text, a number or a boolean, kept as text.
///
/// An object or an array is an error: a field of another shape than the protocol's must not pass as absent.
pub(crate) fn optional<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(input)?;
    match &value {
        Value::Null => Ok(None),
        Value::Array(_) | Value::Object(_) => {
            Err(de::Error::custom("a list or an object where text belongs"))
        }
        Value::String(_) | Value::Number(_) | Value::Bool(_) => Ok(scalar(&value)),
    }
}

/// For `deserialize_with`: text that must be there, possibly written as a number.
pub(crate) fn required<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    optional(input)?.ok_or_else(|| de::Error::custom("null where text belongs"))
}

/// For `deserialize_with`: a truth value as `true`, `1`, `"1"` or `"true"`; everything that is plainly a no is a no.
pub(crate) fn truth<'de, D: Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
    match optional(input)?.as_deref().map(str::trim) {
        Some("true" | "1") => Ok(true),
        None | Some("false" | "0" | "") => Ok(false),
        Some(other) => Err(de::Error::custom(format!("neither yes nor no: {other:?}"))),
    }
}
