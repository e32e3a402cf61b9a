//! The signature of both directions, by today's rule or by the older one that trims every value first.

use cloudecr::{SecretKey, signature};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the gateway does with white space around a value before it signs. A POS that sends none is right by both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureRule {
    /// Nothing.
    #[default]
    Exact,
    /// It takes it away, as an earlier revision said.
    Trimmed,
}

/// The merchant's key and the rule that it is used by.
#[derive(Clone, Copy)]
pub(crate) struct Signer<'a> {
    pub(crate) key: &'a SecretKey,
    pub(crate) rule: SignatureRule,
}

impl Signer<'_> {
    /// Whether a request is signed.
    pub(crate) fn verify(self, body: &Value) -> bool {
        match self.rule {
            SignatureRule::Exact => signature::verify(self.key, body),
            SignatureRule::Trimmed => signature::verify(self.key, &trimmed(body)),
        }
    }

    /// The signature of an answer.
    pub(crate) fn sign(self, body: &Value) -> String {
        match self.rule {
            SignatureRule::Exact => signature::sign(self.key, body),
            SignatureRule::Trimmed => signature::sign(self.key, &trimmed(body)),
        }
    }
}

/// Every text without the white space around it, as JavaScript's `trim` sees it.
fn trimmed(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
            Value::String(text.trim_matches(is_blank).to_owned())
        }
        Value::Array(items) => Value::Array(items.iter().map(trimmed).collect()),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.clone(), trimmed(value)));
            Value::Object(fields.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}
