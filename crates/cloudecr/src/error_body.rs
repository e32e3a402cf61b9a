//! The gateway's error answer. Its code comes as a number or as text, and sometimes not at all.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::js_text;

/// `{"code": N, "message": "…"}`. It carries no signature.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ErrorBody {
    /// The code, when there is one that can be read; [`codes::error`](crate::codes::error) knows the listed ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<u32>,
    /// The gateway's words, for logs and for support.
    pub message: String,
}

/// By name alone: a list that holds a number is no error body, whatever the number.
impl<'de> Deserialize<'de> for ErrorBody {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let fields = Map::<String, Value>::deserialize(input)?;
        Ok(Self {
            code: fields.get("code").and_then(code),
            message: fields.get("message").map(words).unwrap_or_default(),
        })
    }
}

/// A code that cannot be read is no code: the HTTP status is still worth something.
fn code(value: &Value) -> Option<u32> {
    js_text::scalar(value)?.trim().parse().ok()
}

/// Words of any shape: what is not text is shown as the JSON it came as.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
