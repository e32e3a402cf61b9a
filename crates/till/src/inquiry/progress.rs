//! How far the asking about each payment has come. By a clock that nobody sets: a wall clock that jumps must not make 90
//! seconds of one.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex as AsyncMutex;
use tokio::time::Instant;

use super::InquiryTimes;
use crate::reference::Reference;

/// The payments that are being asked about. One question about a payment is on its way at a time: whoever holds its
/// progress asks.
#[derive(Default)]
pub(crate) struct Seekers {
    progress: Mutex<HashMap<Reference, Arc<AsyncMutex<Progress>>>>,
    /// Those that have a task.
    tasks: Mutex<HashSet<Reference>>,
}

/// How far the asking about one payment has come.
pub(super) struct Progress {
    /// When it was sent; for one that an earlier run sent, when this run began to ask.
    since: Instant,
    /// When the terminal's last transaction was first seen to be the one from before this payment.
    absent_since: Option<Instant>,
}

impl Progress {
    /// How long ago it was sent, at least.
    pub(super) fn since_sent(&self) -> Duration {
        self.since.elapsed()
    }

    /// The terminal's last transaction is still the one from before. Whether that now proves that nothing was charged:
    /// seen twice, far enough apart, and both times after the terminal had certainly finished.
    pub(super) fn absent(&mut self, times: &InquiryTimes) -> bool {
        if self.since_sent() < times.absent_after {
            return false;
        }
        let first = *self.absent_since.get_or_insert_with(Instant::now);
        first.elapsed() >= times.absent_apart
    }

    /// The terminal's last transaction is another one: what was seen before does not count any more.
    pub(super) fn present(&mut self) {
        self.absent_since = None;
    }
}

impl Seekers {
    /// Remembers when a payment was sent.
    pub(crate) fn sent(&self, reference: &Reference) {
        drop(self.of(reference));
    }

    /// Forgets a payment that needs no asking.
    pub(crate) fn answered(&self, reference: &Reference) {
        self.done(reference);
    }

    /// Whether the caller is to start the payment's task: the first one is.
    pub(super) fn start(&self, reference: &Reference) -> bool {
        self.tasks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(reference.clone())
    }

    /// How many payments are being asked about.
    pub(super) fn number(&self) -> usize {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The payment's progress.
    pub(super) fn of(&self, reference: &Reference) -> Arc<AsyncMutex<Progress>> {
        let mut all = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        let begin = || {
            Arc::new(AsyncMutex::new(Progress {
                since: Instant::now(),
                absent_since: None,
            }))
        };
        Arc::clone(all.entry(reference.clone()).or_insert_with(begin))
    }

    /// The payment's task has ended.
    pub(super) fn done(&self, reference: &Reference) {
        self.tasks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(reference);
        self.progress
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(reference);
    }
}
