//! PINs: read, checked against the rules, and kept as argon2id hashes only.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};

use crate::entropy::{Entropy, NoEntropy};

/// A PIN that keeps the rules. It cannot print itself.
#[derive(Debug, Clone)]
pub struct Pin(SecretString);

/// The PIN breaks the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a PIN is 4 to 8 digits")]
pub struct PinRules;

impl Pin {
    /// A PIN of 4 to 8 digits.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn new(text: String) -> Result<Self, PinRules> {
        let text = SecretString::from(text);
        let digits = text.expose_secret();
        let valid = (4..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if valid { Ok(Self(text)) } else { Err(PinRules) }
    }

    /// The argon2id hash, in PHC form with a salt of its own. Takes tens of milliseconds, as it should.
    ///
    /// # Errors
    /// When there is no randomness for the salt.
    pub(super) fn hash(&self, entropy: &dyn Entropy) -> Result<String, NoEntropy> {
        let mut salt = [0_u8; 16];
        entropy.fill(&mut salt)?;
        let hash = Argon2::default().hash_password_with_salt(self.0.expose_secret().as_bytes(), &salt);
        // The parameters are the crate's own defaults, so only the salt could be at fault.
        hash.map(|hash: PasswordHash| hash.to_string())
            .map_err(|_| NoEntropy)
    }

    /// Whether this is the PIN that `hash` was made of.
    pub(super) fn matches(&self, hash: &str) -> bool {
        PasswordHash::new(hash).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(self.0.expose_secret().as_bytes(), &hash)
                .is_ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    #[test]
    fn a_pin_matches_its_own_hash_only_and_the_hash_is_argon2id() {
        let pin = Pin::new("2468".to_owned()).unwrap();
        let hash = pin.hash(&SystemEntropy).unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(pin.matches(&hash));
        assert!(!Pin::new("2469".to_owned()).unwrap().matches(&hash));
        assert!(!pin.matches("") && !pin.matches("2468"));
    }

    #[test]
    fn the_rules_hold_and_a_pin_never_prints_itself() {
        for bad in ["", "123", "123456789", "12a4", "12 4", "１２３４"] {
            assert_eq!(Pin::new(bad.to_owned()).err(), Some(PinRules), "{bad}");
        }
        assert!(!format!("{:?}", Pin::new("97531".to_owned())).contains("97531"));
    }
}
