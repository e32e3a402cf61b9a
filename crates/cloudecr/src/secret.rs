//! The merchant's signing key, kept in a type that cannot print itself, so that no log line or panic shows it.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// The secret key with which both directions of a transfer are signed (one per merchant).
///
/// Its characters are used as UTF-8, not decoded from hex, although most keys look like hex.
#[derive(Clone)]
pub struct SecretKey(SecretString);

impl SecretKey {
    /// Takes the key exactly as the merchant portal shows it; nothing is trimmed or decoded.
    ///
    /// ```
    /// let key = cloudecr::SecretKey::from_string("75DC529B942513DFA77F43EC3451F137".to_owned());
    /// assert!(!format!("{key:?}").contains("75DC"));
    /// ```
    pub fn from_string(key: String) -> Self {
        Self(SecretString::from(key))
    }

    /// The key itself, to be looked for where it must not be.
    pub(crate) fn text(&self) -> &SecretString {
        &self.0
    }

    /// The key's bytes, for the MAC alone.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

impl From<SecretString> for SecretKey {
    fn from(key: SecretString) -> Self {
        Self(key)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey([redacted])")
    }
}
