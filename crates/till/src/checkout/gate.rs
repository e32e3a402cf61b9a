//! The gate that every payment goes through as it begins, so that none slips in while the account is being changed.

use std::sync::Arc;

use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

use super::{Checkout, CheckoutError, Inner};

/// Held by each payment until it is committed as *prepared*; whoever changes the account holds it alone. True inside
/// once another account has taken over for good.
#[derive(Default)]
pub(super) struct Gate(Arc<RwLock<bool>>);

impl Gate {
    /// Lets a payment begin; it keeps what it gets until it is committed.
    pub(super) fn enter(&self) -> Result<OwnedRwLockReadGuard<bool>, CheckoutError> {
        match Arc::clone(&self.0).try_read_owned() {
            Ok(shut) if !*shut => Ok(shut),
            Ok(_) | Err(_) => Err(CheckoutError::AccountChanging),
        }
    }
}

/// Keeps a checkout from starting payments until it is dropped, or for good.
pub(crate) struct Closed(OwnedRwLockWriteGuard<bool>);

impl Closed {
    /// Another account has taken over: this checkout never starts a payment again, and watches none.
    pub(crate) fn for_good(mut self) {
        *self.0 = true;
    }
}

impl Checkout {
    /// Lets no payment start until what it gives is dropped. Waits for those that are just being committed.
    pub(crate) async fn close(&self) -> Closed {
        Closed(Arc::clone(&self.inner.gate.0).write_owned().await)
    }
}

impl Inner {
    /// Whether another account has taken over.
    pub(crate) async fn is_shut(&self) -> bool {
        *self.gate.0.read().await
    }
}
