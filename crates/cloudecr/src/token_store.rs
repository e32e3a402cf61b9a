//! Where tokens outlive the process: a till that is killed must resume its session, since nothing ends a session that
//! another process holds (40314) before the gateway's midnight.

use std::sync::{Mutex, PoisonError};

use crate::TokenPair;

/// Keeps the session's tokens between runs, such as in the operating system's keyring.
///
/// Both calls may block; they are made on threads that are meant for it. Failures are the store's own to report: a
/// session works without being kept.
pub trait TokenStore: Send + Sync + 'static {
    /// The tokens that were kept last, if any.
    fn load(&self) -> Option<TokenPair>;
    /// Keeps these, or forgets what is kept.
    fn save(&self, tokens: Option<&TokenPair>);
}

/// Keeps tokens for as long as the program runs.
///
/// ```
/// use cloudecr::{MemoryTokens, TokenStore};
/// assert!(MemoryTokens::default().load().is_none());
/// ```
#[derive(Debug, Default)]
pub struct MemoryTokens(Mutex<Option<TokenPair>>);

impl TokenStore for MemoryTokens {
    fn load(&self) -> Option<TokenPair> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn save(&self, tokens: Option<&TokenPair>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = tokens.cloned();
    }
}
