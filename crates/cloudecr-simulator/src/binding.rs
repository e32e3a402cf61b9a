//! How a terminal comes to an account: by a key that is typed or scanned at it, or by the account's prebind list.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use crate::{config::Config, failure::Failure, state::State, terminal::Owner};

/// How long a key can be used.
const KEY_LIFE: SignedDuration = SignedDuration::from_hours(3 * 24);
/// How many terminals a prebind list holds; the rest of what was sent is ignored.
pub(crate) const MOST_PREBOUND: usize = 10;
/// Digits of a key: no letter that is taken for another, since people type it.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Why a terminal was not bound, or not unbound. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BindError {
    /// No terminal of this ID.
    #[error("there is no terminal \"{0}\"; GET /simulator/terminals lists them")]
    UnknownTerminal(String),
    /// A key that was never given out.
    #[error("no account has been given this key; GET /api/bind-terminal-key gives one")]
    UnknownKey,
    /// A key whose three days are over.
    #[error("this key has expired; GET /api/bind-terminal-key gives a new one")]
    ExpiredKey,
    /// It has no key, and no account expects it.
    #[error(
        "the terminal has no key and is on no account's prebind list; give it a key, or POST its ID to \
         /api/prebind-terminals"
    )]
    NotPrebound,
    /// Another account has it.
    #[error("the terminal is bound to \"{0}\"; unbind it first")]
    BoundElsewhere(String),
    /// It is bound to nobody, so there is nothing to end.
    #[error("the terminal is bound to nobody")]
    NotBound,
    /// It is in the middle of a transfer.
    #[error("the terminal is working on a transfer; try again when it has finished")]
    Working,
}

#[derive(Debug)]
struct Key {
    pos_id: String,
    expires_at: Timestamp,
}

/// The keys that were given out, and every account's prebind list.
#[derive(Debug, Default)]
pub(crate) struct Bindings {
    keys: HashMap<String, Key>,
    /// Each account's latest key.
    latest: HashMap<String, String>,
    prebound: HashMap<String, Vec<String>>,
}

impl Bindings {
    /// A key for an account, and its end. `fresh` asks for another one than last time; otherwise the latest is given
    /// again while it lives.
    pub(crate) fn key(
        &mut self,
        pos_id: &str,
        fresh: bool,
        now: Timestamp,
    ) -> Result<(String, Timestamp), Failure> {
        let known = self.latest.get(pos_id).filter(|_| !fresh);
        let living = known.and_then(|latest| Some((latest, self.keys.get(latest)?)));
        if let Some((latest, key)) = living.filter(|(_, key)| key.expires_at > now) {
            return Ok((latest.clone(), key.expires_at));
        }
        let text = random_key()?;
        let expires_at = now.saturating_add(KEY_LIFE).unwrap_or(Timestamp::MAX);
        let key = Key {
            pos_id: pos_id.to_owned(),
            expires_at,
        };
        self.keys.insert(text.clone(), key);
        self.latest.insert(pos_id.to_owned(), text.clone());
        Ok((text, expires_at))
    }

    /// Replaces an account's prebind list by the first ten of these.
    pub(crate) fn prebind(&mut self, pos_id: &str, mut ids: Vec<String>) {
        ids.truncate(MOST_PREBOUND);
        self.prebound.insert(pos_id.to_owned(), ids);
    }

    /// An account's prebind list.
    pub(crate) fn prebound(&self, pos_id: &str) -> &[String] {
        self.prebound.get(pos_id).map_or(&[], Vec::as_slice)
    }

    /// Whose a key is. People type it: case and outer blanks do not count.
    fn owner_by_key(&self, key: &str, now: Timestamp) -> Result<String, BindError> {
        let key = self.keys.get(&key.trim().to_ascii_uppercase());
        let key = key.ok_or(BindError::UnknownKey)?;
        if key.expires_at > now {
            Ok(key.pos_id.clone())
        } else {
            Err(BindError::ExpiredKey)
        }
    }

    /// Who expects a terminal: of several accounts, the one that was set up first.
    fn owner_by_list(&self, config: &Config, terminal_id: &str) -> Result<String, BindError> {
        let expects = |pos_id: &String| self.prebound(pos_id).iter().any(|id| id == terminal_id);
        let mut accounts = config.accounts.iter().map(|account| &account.pos_id);
        accounts
            .find(|pos_id| expects(pos_id))
            .cloned()
            .ok_or(BindError::NotPrebound)
    }
}

impl State {
    /// Binds a terminal by a key, or by the account that expects it.
    pub(crate) fn bind(
        &mut self,
        config: &Config,
        terminal_id: &str,
        key: Option<&str>,
        now: Timestamp,
    ) -> Result<String, BindError> {
        let place = self.known(terminal_id)?;
        let account = match key {
            Some(key) => self.bindings.owner_by_key(key, now)?,
            None => self.bindings.owner_by_list(config, terminal_id)?,
        };
        let terminal = &mut self.terminals[place];
        match &terminal.owner {
            Owner::Account(owner) if *owner != account => Err(BindError::BoundElsewhere(owner.clone())),
            // All accounts have it, so this one has it too.
            Owner::Account(_) | Owner::Everyone => Ok(account),
            Owner::Nobody => {
                terminal.owner = Owner::Account(account.clone());
                Ok(account)
            }
        }
    }

    /// Ends a terminal's binding.
    pub(crate) fn unbind(&mut self, terminal_id: &str) -> Result<(), BindError> {
        let place = self.known(terminal_id)?;
        let terminal = &mut self.terminals[place];
        if !terminal.is_bound() {
            return Err(BindError::NotBound);
        }
        if terminal.is_working() {
            return Err(BindError::Working);
        }
        terminal.owner = Owner::Nobody;
        Ok(())
    }

    fn known(&self, terminal_id: &str) -> Result<usize, BindError> {
        self.place(terminal_id)
            .ok_or_else(|| BindError::UnknownTerminal(terminal_id.to_owned()))
    }
}

/// Sixteen random digits in groups of four.
fn random_key() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Failure::of(500))?;
    let mut key = String::new();
    for (place, byte) in bytes.into_iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            key.push('-');
        }
        let digit = DIGITS.get(usize::from(byte % 32)).copied().unwrap_or(b'0');
        key.push(char::from(digit));
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-03-05T02:00:00Z";

    fn now() -> Timestamp {
        NOW.parse().unwrap()
    }

    #[test]
    fn a_key_is_typed_in_any_case_and_ends_after_three_days() {
        let mut bindings = Bindings::default();
        let (key, end) = bindings.key("a", false, now()).unwrap();
        assert_eq!(end, now() + SignedDuration::from_hours(72));
        let typed = format!(" {} ", key.to_lowercase());
        let just_before = end - SignedDuration::from_millis(1);
        assert_eq!(bindings.owner_by_key(&typed, just_before), Ok("a".to_owned()));
        assert_eq!(bindings.owner_by_key(&typed, end), Err(BindError::ExpiredKey));
    }

    #[test]
    fn the_same_key_comes_again_until_it_ends_unless_keys_differ() {
        let mut bindings = Bindings::default();
        let (first, end) = bindings.key("a", false, now()).unwrap();
        assert_eq!(bindings.key("a", false, now()).unwrap().0, first);
        assert_ne!(bindings.key("b", false, now()).unwrap().0, first);
        assert_ne!(bindings.key("a", true, now()).unwrap().0, first);
        assert_ne!(bindings.key("a", false, end).unwrap().0, first);
    }
}
