//! Keeps the gateway's tokens in the vault, so that a till that was killed resumes its session.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cloudecr::{Token, TokenPair, TokenStore};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{SecretName, Vault, VaultError};

/// The vault as the session's token store.
///
/// A vault that fails costs a sign-in, never a payment: the failure is logged and the session goes on in memory.
pub struct VaultTokens {
    vault: Arc<dyn Vault>,
    retired: AtomicBool,
}

impl VaultTokens {
    /// Tokens in `vault`.
    #[must_use]
    pub fn new(vault: Arc<dyn Vault>) -> Self {
        Self {
            vault,
            retired: AtomicBool::new(false),
        }
    }

    /// Keeps nothing from now on: another account has the entries.
    pub fn retire(&self) {
        self.retired.store(true, Ordering::Release);
    }

    fn token(&self, name: SecretName) -> Result<Option<Token>, VaultError> {
        let Some(kept) = self.vault.get(name)? else {
            return Ok(None);
        };
        let value: Value = match serde_json::from_str(kept.expose_secret()) {
            Ok(value) => value,
            Err(_) => return Ok(None),
        };
        let token = value["token"]
            .as_str()
            .map(|token| SecretString::from(token.to_owned()));
        let expires_at = value["expiresAt"]
            .as_str()
            .and_then(|at| at.parse::<Timestamp>().ok());
        Ok(token
            .zip(expires_at)
            .map(|(token, expires_at)| Token { token, expires_at }))
    }

    fn keep(&self, name: SecretName, token: &Token) -> Result<(), VaultError> {
        let kept = json!({ "token": token.token.expose_secret(), "expiresAt": token.expires_at.to_string() });
        self.vault.set(name, &SecretString::from(kept.to_string()))
    }
}

impl TokenStore for VaultTokens {
    fn load(&self) -> Option<TokenPair> {
        let pair = self.token(SecretName::AccessToken).and_then(|access| {
            Ok(access
                .zip(self.token(SecretName::RefreshToken)?)
                .map(|(access, refresh)| TokenPair { access, refresh }))
        });
        pair.unwrap_or_else(|error| {
            log::warn!("the kept session could not be read: {error}");
            None
        })
    }

    fn save(&self, tokens: Option<&TokenPair>) {
        if self.retired.load(Ordering::Acquire) {
            return;
        }
        let saved = match tokens {
            Some(pair) => self
                .keep(SecretName::AccessToken, &pair.access)
                .and_then(|()| self.keep(SecretName::RefreshToken, &pair.refresh)),
            None => self
                .vault
                .delete(SecretName::AccessToken)
                .and_then(|()| self.vault.delete(SecretName::RefreshToken)),
        };
        if let Err(error) = saved {
            log::warn!("the session could not be kept: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::MemoryVault;
    use super::*;

    #[test]
    fn tokens_come_back_as_they_were_kept_and_are_gone_when_forgotten() {
        let tokens = VaultTokens::new(Arc::new(MemoryVault::default()));
        assert!(tokens.load().is_none());
        let token = |text: &str| Token {
            token: SecretString::from(text.to_owned()),
            expires_at: Timestamp::from_second(1_800_000_000).unwrap(),
        };
        tokens.save(Some(&TokenPair {
            access: token("a"),
            refresh: token("r"),
        }));
        let kept = tokens.load().unwrap();
        assert_eq!(kept.access.token.expose_secret(), "a");
        assert_eq!(
            kept.refresh.expires_at,
            Timestamp::from_second(1_800_000_000).unwrap()
        );
        tokens.save(None);
        assert!(tokens.load().is_none());
    }

    #[test]
    fn the_session_of_an_account_that_was_given_up_never_overwrites_its_successors() {
        let vault: Arc<dyn Vault> = Arc::new(MemoryVault::default());
        let pair = |name: &str| {
            let token = Token {
                token: SecretString::from(name.to_owned()),
                expires_at: Timestamp::from_second(1_800_000_000).unwrap(),
            };
            TokenPair {
                access: token.clone(),
                refresh: token,
            }
        };
        let (old, new) = (VaultTokens::new(Arc::clone(&vault)), VaultTokens::new(vault));
        old.save(Some(&pair("old")));
        old.retire();
        new.save(Some(&pair("new")));
        old.save(Some(&pair("late")));
        old.save(None);
        assert_eq!(new.load().unwrap().access.token.expose_secret(), "new");
    }
}
