//! The operating system's keyring: Secret Service, Keychain or Credential Manager.

use keyring::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};

use super::{SecretName, Vault, VaultError};

/// Entries of one service, named after the till they belong to: two tills on one computer do not share any.
pub struct KeyringVault {
    service: String,
    till: String,
}

impl KeyringVault {
    /// The entries of `till` under `service`; training has a service of its own.
    #[must_use]
    pub fn new(service: &str, till: &str) -> Self {
        Self {
            service: service.to_owned(),
            till: till.to_owned(),
        }
    }

    fn entry(&self, name: SecretName) -> Result<Entry, VaultError> {
        Entry::new(&self.service, &format!("{}/{}", self.till, name.name())).map_err(|error| explain(&error))
    }
}

impl Vault for KeyringVault {
    fn get(&self, name: SecretName) -> Result<Option<SecretString>, VaultError> {
        match self.entry(name)?.get_password() {
            Ok(secret) => Ok(Some(SecretString::from(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(explain(&error)),
        }
    }

    fn set(&self, name: SecretName, secret: &SecretString) -> Result<(), VaultError> {
        self.entry(name)?
            .set_password(secret.expose_secret())
            .map_err(|error| explain(&error))
    }

    fn delete(&self, name: SecretName) -> Result<(), VaultError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(explain(&error)),
        }
    }
}

/// The error without what the keyring may have put into it of the secret itself.
fn explain(error: &Error) -> VaultError {
    match error {
        Error::PlatformFailure(why) => VaultError::Missing(why.to_string()),
        Error::NoStorageAccess(why) => VaultError::Locked(why.to_string()),
        Error::BadEncoding(_) => VaultError::Failed("an entry is not text".to_owned()),
        Error::TooLong(what, limit) => VaultError::Failed(format!("{what} is longer than {limit}")),
        Error::Invalid(what, why) => VaultError::Failed(format!("{what}: {why}")),
        Error::Ambiguous(_) => VaultError::Failed("two entries have the same name".to_owned()),
        _ => VaultError::Failed("no reason given".to_owned()),
    }
}
