//! Putting a client together: what comes from outside comes in here.

use std::sync::{Arc, atomic::AtomicUsize};

use super::{
    Client, Inner, TimeLimits,
    budget::{self, Budget},
    http::Http,
    session::Session,
};
use crate::{Clock, Credentials, Gateway, MemoryTokens, SystemClock, TokenStore};

/// A client in the making.
pub struct ClientBuilder {
    gateway: Gateway,
    credentials: Credentials,
    limits: TimeLimits,
    requests: Option<usize>,
    clock: Arc<dyn Clock>,
    tokens: Arc<dyn TokenStore>,
}

/// The HTTP client could not be set up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the HTTPS client could not be set up ({detail}); check that this computer has its root certificates installed"
)]
pub struct BuildError {
    /// What failed.
    pub detail: String,
}

impl ClientBuilder {
    pub(super) fn new(gateway: Gateway, credentials: Credentials) -> Self {
        Self {
            gateway,
            credentials,
            limits: TimeLimits::default(),
            requests: None,
            clock: Arc::new(SystemClock),
            tokens: Arc::new(MemoryTokens::default()),
        }
    }

    /// Other time limits than [`TimeLimits::default`].
    #[must_use]
    pub fn limits(mut self, limits: TimeLimits) -> Self {
        self.limits = limits;
        self
    }

    /// How many requests the gateway takes in 15 minutes. Without this, what is documented: 30 for the Fiuu sandbox and 100
    /// for any other gateway.
    #[must_use]
    pub fn request_limit(mut self, requests: usize) -> Self {
        self.requests = Some(requests);
        self
    }

    /// Another clock than the machine's.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Where the session's tokens are kept; in memory only without this.
    #[must_use]
    pub fn tokens(mut self, store: Arc<dyn TokenStore>) -> Self {
        self.tokens = store;
        self
    }

    /// Sets the client up; nothing is sent yet.
    ///
    /// # Errors
    /// When TLS cannot be set up, as on a machine without root certificates.
    ///
    /// ```
    /// use cloudecr::{Client, Credentials, Gateway, SecretKey, TimeLimits};
    /// # let who = Credentials { pos_id: "p".into(), password: "w".into(), merchant_id: "m".into(),
    /// #     secret_key: SecretKey::from_string("k".into()) };
    /// let client = Client::builder(Gateway::at("http://localhost:8080")?, who)
    ///     .limits(TimeLimits::default())
    ///     .build()?;
    /// # let _ = client;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn build(self) -> Result<Client, BuildError> {
        let http = Http::new(
            &self.gateway,
            &self.limits,
            &self.credentials,
            Arc::clone(&self.clock),
        )?;
        let requests = self.requests.unwrap_or_else(|| budget::documented(&self.gateway));
        let inner = Inner {
            gateway: self.gateway,
            credentials: self.credentials,
            limits: self.limits,
            clock: self.clock,
            http,
            budget: Budget::new(requests),
            on_their_way: AtomicUsize::new(0),
            session: Session::new(self.tokens),
        };
        Ok(Client {
            inner: Arc::new(inner),
        })
    }
}
