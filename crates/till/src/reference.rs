//! The name a payment has on both sides of the wire.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use crate::entropy::{Entropy, NoEntropy};

/// Crockford's base 32: no I, L, O or U, so that it survives being read aloud.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A payment's reference: 20 characters of Crockford base 32, the first ten the time in milliseconds, the rest random.
///
/// It sorts by time, fits the gateway's 20 characters, and no two tills make the same one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference(String);

/// The text is not a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that is not a payment reference")]
pub struct NotAReference;

impl Reference {
    /// How many characters it has: as many as the gateway takes.
    pub const LENGTH: usize = 20;

    /// A new reference for a payment made at `now`.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn new(now: Timestamp, entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let mut random = [0_u8; 8];
        entropy.fill(&mut random)?;
        let time = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let mut text = String::with_capacity(Self::LENGTH);
        push_base32(&mut text, time);
        push_base32(&mut text, u64::from_le_bytes(random));
        Ok(Self(text))
    }

    /// The reference as it goes on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Appends the low 50 bits of `value` as ten characters.
fn push_base32(text: &mut String, value: u64) {
    for position in (0..10).rev() {
        let index = usize::try_from((value >> (5 * position)) & 31).unwrap_or(0);
        text.push(char::from(ALPHABET[index]));
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Reference {
    type Err = NotAReference;

    fn from_str(text: &str) -> Result<Self, NotAReference> {
        let valid = text.len() == Self::LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte));
        if valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAReference)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    #[test]
    fn references_sort_by_time_and_differ_within_a_millisecond() {
        let early = Timestamp::from_millisecond(1_800_000_000_000).unwrap();
        let late = Timestamp::from_millisecond(1_800_000_000_001).unwrap();
        let (a, b, c) = (
            Reference::new(early, &SystemEntropy).unwrap(),
            Reference::new(early, &SystemEntropy).unwrap(),
            Reference::new(late, &SystemEntropy).unwrap(),
        );
        assert_ne!(a, b);
        assert!(a < c && b < c);
        assert_eq!(a.as_str().parse(), Ok(a.clone()));
    }

    #[test]
    fn the_time_can_be_read_back_from_the_first_ten() {
        let at = Timestamp::from_millisecond(1_795_350_000_123).unwrap();
        let reference = Reference::new(at, &SystemEntropy).unwrap();
        let time = reference.as_str()[..10].bytes().fold(0_i64, |time, byte| {
            time * 32 + i64::try_from(ALPHABET.iter().position(|&c| c == byte).unwrap()).unwrap()
        });
        assert_eq!(time, 1_795_350_000_123);
    }
}
