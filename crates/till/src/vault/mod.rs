//! Where secrets live: the operating system's keyring, and nowhere else.

mod keyring;
mod memory;
mod redact;
mod tokens;

use secrecy::SecretString;

pub use self::keyring::KeyringVault;
pub use self::memory::MemoryVault;
pub use self::redact::Redactor;
pub use self::tokens::VaultTokens;

/// The secrets of one till; each is an entry of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SecretName {
    /// The POS account's password.
    PosPassword,
    /// The merchant's key for signatures.
    SecretKey,
    /// The access token, with its end.
    AccessToken,
    /// The refresh token, with its end.
    RefreshToken,
    /// The key of the journal's chain.
    JournalKey,
}

impl SecretName {
    /// Every secret.
    pub const ALL: [Self; 5] = [
        Self::PosPassword,
        Self::SecretKey,
        Self::AccessToken,
        Self::RefreshToken,
        Self::JournalKey,
    ];

    /// The entry's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PosPassword => "pos-password",
            Self::SecretKey => "secret-key",
            Self::AccessToken => "access-token",
            Self::RefreshToken => "refresh-token",
            Self::JournalKey => "journal-key",
        }
    }
}

/// Why a secret could not be read or kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no keyring service to talk to.
    #[error(
        "this computer's keyring is not running ({0}); start it (on Linux, gnome-keyring or KWallet) and open Kaunter again"
    )]
    Missing(String),
    /// It is there, and did not open.
    #[error("the keyring stayed locked ({0}); unlock it and try again")]
    Locked(String),
    /// Anything else.
    #[error("the keyring failed ({0}); try again")]
    Failed(String),
}

/// A place for secrets. Calls block: a keyring may ask its user to unlock it.
pub trait Vault: Send + Sync + 'static {
    /// The secret, if it was kept.
    ///
    /// # Errors
    /// When the place cannot be reached.
    fn get(&self, name: SecretName) -> Result<Option<SecretString>, VaultError>;

    /// Keeps the secret, in place of an older one.
    ///
    /// # Errors
    /// When the place cannot be reached.
    fn set(&self, name: SecretName, secret: &SecretString) -> Result<(), VaultError>;

    /// Forgets the secret; one that was never kept is forgotten already.
    ///
    /// # Errors
    /// When the place cannot be reached.
    fn delete(&self, name: SecretName) -> Result<(), VaultError>;
}
