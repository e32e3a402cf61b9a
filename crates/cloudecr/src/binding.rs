//! Binding a terminal to a POS account: the key that is typed or scanned on the terminal, and the list of terminals
//! that may bind themselves.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::js_text;

/// How many terminals a prebind list holds; the gateway silently ignores the rest
/// (the protocol's `POST /api/prebind-terminals`).
pub const MOST_PREBOUND: usize = 10;

/// The longest binding key that is believed, in characters. The protocol gives no length; people type it.
const LONGEST_KEY: usize = 256;

/// What binds a terminal to this POS account (`GET /api/bind-terminal-key`). Its `Debug` hides the key: whoever has it
/// can bind a terminal.
#[derive(Clone, PartialEq, Eq)]
pub struct BindKey {
    /// The key, to be shown to whoever stands at the terminal. Neither empty nor with control characters.
    pub key: String,
    /// When it stops working, by the gateway's clock; 3 days after it was made.
    pub expires_at: Timestamp,
}

/// A binding key as JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BindKeyWire {
    #[serde(deserialize_with = "js_text::required")]
    key: String,
    #[serde(deserialize_with = "js_text::required")]
    expires_at: String,
}

impl TryFrom<BindKeyWire> for BindKey {
    /// What is wrong with it, without the key.
    type Error = &'static str;

    fn try_from(wire: BindKeyWire) -> Result<Self, Self::Error> {
        let key = wire.key.trim();
        if key.is_empty() || key.chars().count() > LONGEST_KEY || key.chars().any(char::is_control) {
            return Err("the binding key is not one that can be shown and typed");
        }
        let expires_at = wire.expires_at.trim().parse();
        Ok(Self {
            key: key.to_owned(),
            expires_at: expires_at.map_err(|_| "the binding key's expiresAt is not a time with an offset")?,
        })
    }
}

impl fmt::Debug for BindKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BindKey")
            .field("key", &"[redacted]")
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

/// A terminal's unique ID in a prebind list, as text or as a number.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct PreboundId(#[serde(deserialize_with = "js_text::required")] pub(crate) String);

/// The body of `POST /api/prebind-terminals`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PrebindRequest<'a> {
    pub(crate) unique_ids: &'a [String],
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(key: &str, expires_at: &str) -> Result<BindKey, &'static str> {
        BindKey::try_from(BindKeyWire {
            key: key.to_owned(),
            expires_at: expires_at.to_owned(),
        })
    }

    #[test]
    fn a_key_that_cannot_be_shown_and_typed_is_none() {
        let end = "2025-01-18T12:00:00.000+08:00";
        assert_eq!(read(" 83N-K ", end).map(|key| key.key).as_deref(), Ok("83N-K"));
        for bad in ["", "   ", "a\u{7}b", "a\nb", &"x".repeat(257)] {
            assert!(read(bad, end).is_err(), "{bad:?}");
        }
        for bad in ["", "soon", "2025-01-18T12:00:00"] {
            assert!(read("83N-K", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_key_does_not_print_itself() {
        let key = read("83N-K", "2025-01-18T12:00:00.000+08:00").unwrap();
        assert!(!format!("{key:?}").contains("83N"));
    }
}
