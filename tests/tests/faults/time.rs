//! A time of day that a test can set, and at which it can have something happen: between two commits of a payment the
//! till looks at the clock, so that the clock is the one place from which a disk can be made to fail there.

use cloudecr::Clock;
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

type Action = Box<dyn FnOnce() + Send>;
type Since = Box<dyn Fn() -> bool + Send>;

/// Something that is to happen at a look.
struct Trap {
    /// Looks do not count before this.
    since: Since,
    /// How many looks are left.
    left: u32,
    action: Action,
}

/// The till's clock.
#[derive(Default)]
pub(crate) struct TestClock {
    ahead: AtomicI64,
    traps: Mutex<VecDeque<Trap>>,
}

impl TestClock {
    /// Sets it so many seconds ahead of the machine's.
    pub(crate) fn set_ahead(&self, seconds: i64) {
        self.ahead.store(seconds, Ordering::SeqCst);
    }

    /// Lets so many seconds pass, or takes them back.
    pub(crate) fn go_by(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Has something happen when the clock is looked at for the `nth` time from now on, or from the trap before it.
    pub(crate) fn at_look(&self, nth: u32, action: impl FnOnce() + Send + 'static) {
        self.at_look_since(|| true, nth, action);
    }

    /// The same, counted from the first look at which `since` holds. What is set before a payment begins cannot come
    /// too late on a busy machine.
    pub(crate) fn at_look_since(
        &self,
        since: impl Fn() -> bool + Send + 'static,
        nth: u32,
        action: impl FnOnce() + Send + 'static,
    ) {
        self.traps().push_back(Trap {
            since: Box::new(since),
            left: nth,
            action: Box::new(action),
        });
    }

    /// Whether something was to happen and did not yet.
    pub(crate) fn has_traps(&self) -> bool {
        !self.traps().is_empty()
    }

    fn traps(&self) -> std::sync::MutexGuard<'_, VecDeque<Trap>> {
        self.traps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shown(&self) -> Timestamp {
        let right = Timestamp::now();
        let ahead = SignedDuration::from_secs(self.ahead.load(Ordering::SeqCst));
        right.checked_add(ahead).unwrap_or(right)
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let due = {
            let mut traps = self.traps();
            if let Some(trap) = traps.front_mut()
                && (trap.since)()
            {
                trap.left -= 1;
            }
            match traps.front() {
                Some(trap) if trap.left == 0 => traps.pop_front(),
                Some(_) | None => None,
            }
        };
        if let Some(trap) = due {
            (trap.action)();
        }
        self.shown()
    }
}

/// The same time for the client, whose looks do not count.
pub(crate) struct Untrapped(pub Arc<TestClock>);

impl Clock for Untrapped {
    fn now(&self) -> Timestamp {
        self.0.shown()
    }
}
