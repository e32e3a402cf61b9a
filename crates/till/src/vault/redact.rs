//! A second fence around the secrets: no text that leaves the till for support holds one, even if it should have strayed
//! into a log.

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::{SecretName, Vault};

/// The shortest secret that is looked for: a shorter one would turn up in innocent text.
const SHORTEST: usize = 6;
/// What stands in its place.
const REMOVED: &str = "[removed]";

/// Knows the secrets of one till, and takes them out of a text.
pub struct Redactor {
    secrets: Vec<SecretString>,
}

impl Redactor {
    /// One that knows these secrets.
    pub fn new(secrets: impl IntoIterator<Item = String>) -> Self {
        let long = secrets.into_iter().filter(|secret| secret.len() >= SHORTEST);
        Self {
            secrets: long.map(SecretString::from).collect(),
        }
    }

    /// One that knows what is in `vault`. What cannot be read is not known; texts are without secrets by the way they
    /// are made, and this only makes sure.
    pub(crate) fn of(vault: &dyn Vault) -> Self {
        let kept = SecretName::ALL
            .into_iter()
            .filter_map(|name| vault.get(name).ok().flatten());
        Self::new(kept.map(|secret| bare(secret.expose_secret())))
    }

    /// `text` without the secrets.
    #[must_use]
    pub fn clean(&self, text: &str) -> String {
        let mut clean = text.to_owned();
        for secret in &self.secrets {
            clean = clean.replace(secret.expose_secret(), REMOVED);
        }
        clean
    }
}

/// Tokens are kept together with their end.
fn bare(kept: &str) -> String {
    let value: Option<Value> = serde_json::from_str(kept).ok();
    let token = value.as_ref().and_then(|value| value["token"].as_str());
    token.unwrap_or(kept).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::MemoryVault;

    #[test]
    fn every_secret_of_the_vault_is_taken_out() {
        let vault = MemoryVault::default();
        let set = |name, secret: &str| vault.set(name, &SecretString::from(secret.to_owned())).unwrap();
        set(SecretName::PosPassword, "correct-horse");
        set(
            SecretName::AccessToken,
            r#"{"token":"abcdef123456","expiresAt":"2025-01-15T08:00:00Z"}"#,
        );
        let redactor = Redactor::of(&vault);
        let clean = redactor.clean("a correct-horse sent abcdef123456 at 2025-01-15T08:00:00Z");
        assert_eq!(clean, "a [removed] sent [removed] at 2025-01-15T08:00:00Z");
    }
}
