//! The gateway's session, renewed in good time for as long as the checkout is there: an access token must not die
//! unattended, since only a living one can end a session whose renewal got lost.

use std::sync::{Arc, Weak};

use tokio::time::{MissedTickBehavior, interval};

use super::Inner;

/// Starts looking after the session; it ends with the checkout.
pub(super) fn keep_alive(inner: &Arc<Inner>) {
    let mut look = interval(inner.parts.client.limits().keep_alive);
    // A computer that slept does not look once for each minute it slept through.
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let inner = Arc::downgrade(inner);
    tokio::spawn(async move {
        loop {
            look.tick().await;
            let Some(inner) = Weak::upgrade(&inner) else {
                return;
            };
            if let Err(error) = inner.parts.client.keep_alive().await {
                log::info!("the session could not be renewed yet: {error}");
            }
        }
    });
}
