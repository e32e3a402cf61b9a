//! The gateway's error answer. Its code comes as a number or as text, and sometimes not at all.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::js_text;

/// `{"code": N, "message": "…"}`. It carries no signature.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorBody {
    /// The code, when there is one that can be read; [`codes::error`](crate::codes::error) knows the listed ones.
    #[serde(deserialize_with = "code", skip_serializing_if = "Option::is_none")]
    pub code: Option<u32>,
    /// The gateway's words, for logs and for support.
    #[serde(deserialize_with = "words")]
    pub message: String,
}

/// A code that cannot be read is no code: the HTTP status is still worth something.
fn code<'de, D: Deserializer<'de>>(input: D) -> Result<Option<u32>, D::Error> {
    let value = Value::deserialize(input)?;
    Ok(js_text::scalar(&value).and_then(|text| text.trim().parse().ok()))
}

/// Words of any shape: what is not text is shown as the JSON it came as.
fn words<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    let value = Value::deserialize(input)?;
    Ok(match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => other.to_string(),
    })
}
