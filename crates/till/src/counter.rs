//! What a till's counter is set to: which key does what, and how loud it is. The page decides what a key may be, since it
//! alone hears them; here it is only kept within bounds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// More keys than there is anything to do with.
const MOST_KEYS: usize = 64;
/// The longest name of a key or of what it does, in bytes.
const NAME_LIMIT: usize = 32;
/// As loud as it gets.
const LOUDEST: u8 = 100;

/// The counter's keys and sounds, as a manager set them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CounterSettings {
    /// What a key was changed for, and the key: `payCard` and `F1`. What is not in it is as the system starts.
    #[serde(default)]
    pub keys: BTreeMap<String, String>,
    /// How loud the sounds are, in percent.
    pub volume: u8,
    /// Whether there are none for now.
    pub muted: bool,
}

impl Default for CounterSettings {
    /// No key changed, and sounds that carry over a counter.
    fn default() -> Self {
        Self {
            keys: BTreeMap::new(),
            volume: 70,
            muted: false,
        }
    }
}

impl CounterSettings {
    /// These settings within bounds, or the limit (in characters) that a name of theirs breaks.
    pub(crate) fn checked(self) -> Result<Self, usize> {
        let fits =
            |name: &String| !name.is_empty() && name.len() <= NAME_LIMIT && !name.contains(char::is_control);
        if self.keys.len() > MOST_KEYS || !self.keys.iter().all(|(name, key)| fits(name) && fits(key)) {
            return Err(NAME_LIMIT);
        }
        Ok(Self {
            volume: self.volume.min(LOUDEST),
            ..self
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, key: &str) -> CounterSettings {
        CounterSettings {
            keys: BTreeMap::from([(name.to_owned(), key.to_owned())]),
            ..CounterSettings::default()
        }
    }

    #[test]
    fn what_is_kept_stays_within_bounds() {
        assert!(with("payCard", "Shift+F5").checked().is_ok());
        for (name, key) in [
            ("", "F1"),
            ("payCard", ""),
            ("payCard", "F1\u{7}"),
            (&*"x".repeat(33), "F1"),
            ("payCard", &*"x".repeat(33)),
        ] {
            assert_eq!(with(name, key).checked(), Err(NAME_LIMIT), "{name:?} {key:?}");
        }
        let many = (0..=MOST_KEYS).map(|number| (number.to_string(), "F1".to_owned()));
        let full = CounterSettings {
            keys: many.collect(),
            ..CounterSettings::default()
        };
        assert_eq!(full.checked(), Err(NAME_LIMIT));
        let loud = CounterSettings {
            volume: 255,
            ..CounterSettings::default()
        };
        assert_eq!(loud.checked().map(|kept| kept.volume), Ok(LOUDEST));
    }
}
