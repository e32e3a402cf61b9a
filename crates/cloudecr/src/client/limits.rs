//! How long to wait, as an argument, so that tests need not.

use std::time::Duration;

/// The client's time limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimits {
    /// For making a connection, TLS included. Shorter than the others: running into it proves that nothing was sent.
    pub connect: Duration,
    /// For a whole transfer. The gateway gives the terminal 70 s; the protocol asks a POS to wait 80 s.
    pub transfer: Duration,
    /// For any other call.
    pub other: Duration,
    /// How long to wait before a list that met a server's error (5xx) is asked for again, one wait after the other. Only
    /// what merely reads is ever asked for again.
    pub list_retries: [Duration; 3],
    /// How often a program that stays open calls [`Client::keep_alive`](crate::Client::keep_alive); the client itself does
    /// nothing by the hour.
    pub keep_alive: Duration,
}

impl TimeLimits {
    /// How long a token must live on when a transfer is started with it: the transfer, and some for slow clocks.
    pub(super) fn token_for_transfer(&self) -> Duration {
        self.transfer.saturating_add(Duration::from_secs(20))
    }
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            transfer: Duration::from_secs(80),
            other: Duration::from_secs(20),
            list_retries: [1, 2, 4].map(Duration::from_secs),
            keep_alive: Duration::from_secs(60),
        }
    }
}
