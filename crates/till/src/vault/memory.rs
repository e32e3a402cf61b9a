//! A vault that forgets: for programs whose secrets come from their environment.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use secrecy::SecretString;

use super::{SecretName, Vault, VaultError};

/// Secrets for the life of the process.
#[derive(Default)]
pub struct MemoryVault {
    secrets: Mutex<HashMap<SecretName, SecretString>>,
}

impl Vault for MemoryVault {
    fn get(&self, name: SecretName) -> Result<Option<SecretString>, VaultError> {
        Ok(self
            .secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&name)
            .cloned())
    }

    fn set(&self, name: SecretName, secret: &SecretString) -> Result<(), VaultError> {
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name, secret.clone());
        Ok(())
    }

    fn delete(&self, name: SecretName) -> Result<(), VaultError> {
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&name);
        Ok(())
    }
}
