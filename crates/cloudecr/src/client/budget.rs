//! The budget of requests: the gateway refuses whoever asks too much, and a payment must never be the one refused.
//!
//! The protocol names two limits; this keeps to the stricter one (its section "Limits"): 100 requests in 15 minutes for
//! one POS account, 30 in the Fiuu sandbox. The last part is kept back for payments, a part before that for the questions
//! how a payment went. Every request counts, sign-ins too.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};

use crate::Gateway;

/// The gateway's window, and some for requests that take their time to get there: the gateway counts them later than we
/// do.
const WINDOW: SignedDuration = SignedDuration::from_secs(15 * 60 + 20);

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// It moves money, or it is the session's, without which none moves. It always goes out.
    Money,
    /// It asks how a payment went.
    Question,
    /// A list, a picture, a binding: it can wait.
    Other,
}

/// What is left of the gateway's limit of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestBudget {
    /// Requests of the last 15 minutes.
    pub used: usize,
    /// How many the gateway takes in 15 minutes.
    pub limit: usize,
    /// How long until a question about a payment may be asked; zero for at once.
    pub question_in: Duration,
    /// How long until a list may be asked for; zero for at once.
    pub list_in: Duration,
}

/// Counts the requests of one client.
pub(super) struct Budget {
    limit: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    made: VecDeque<Timestamp>,
    /// Until when the gateway itself does not want to be asked.
    closed_until: Option<Timestamp>,
}

/// The limit that is documented for a gateway. Another one than Fiuu's is taken for as strict as production.
pub(super) fn documented(gateway: &Gateway) -> usize {
    if *gateway == Gateway::fiuu_sandbox() {
        30
    } else {
        100
    }
}

impl Budget {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            state: Mutex::default(),
        }
    }

    /// Counts a request that goes out now, or says how long it has to wait.
    pub(super) fn admit(&self, purpose: Purpose, now: Timestamp) -> Result<(), Duration> {
        let mut state = self.at(now);
        let wait = self.wait_in(&state, purpose, now);
        if wait.is_zero() {
            state.made.push_back(now);
            Ok(())
        } else {
            Err(wait)
        }
    }

    /// How long a request would have to wait; nothing is counted.
    pub(super) fn wait(&self, purpose: Purpose, now: Timestamp) -> Duration {
        let state = self.at(now);
        self.wait_in(&state, purpose, now)
    }

    /// The gateway does not want to be asked for so long.
    pub(super) fn close(&self, wait: Duration, now: Timestamp) {
        let mut state = self.at(now);
        let until = SignedDuration::try_from(wait)
            .ok()
            .and_then(|wait| now.checked_add(wait).ok());
        state.closed_until = state.closed_until.max(until);
    }

    /// What is used and what is left.
    pub(super) fn look(&self, now: Timestamp) -> RequestBudget {
        let state = self.at(now);
        RequestBudget {
            used: state.made.len(),
            limit: self.limit,
            question_in: self.wait_in(&state, Purpose::Question, now),
            list_in: self.wait_in(&state, Purpose::Other, now),
        }
    }

    /// How many requests may have been made before one for this purpose has to wait.
    fn share(&self, purpose: Purpose) -> usize {
        match purpose {
            Purpose::Money => usize::MAX,
            Purpose::Question => self.limit.saturating_mul(8) / 10,
            Purpose::Other => self.limit.saturating_mul(6) / 10,
        }
    }

    fn wait_in(&self, state: &State, purpose: Purpose, now: Timestamp) -> Duration {
        if purpose == Purpose::Money {
            return Duration::ZERO;
        }
        let opens = state.closed_until.map(|until| until.duration_since(now));
        // As soon as so many have left the window that fewer than the share are in it.
        let too_many = state.made.len().checked_sub(self.share(purpose));
        let leaves = too_many
            .map(|place| state.made.get(place).copied().unwrap_or(now))
            .map(|made| WINDOW - now.duration_since(made));
        let wait = opens.max(leaves).unwrap_or(SignedDuration::ZERO);
        Duration::try_from(wait).unwrap_or(Duration::ZERO)
    }

    /// The state as it is at this time of day. A clock that was set back must not keep requests for longer than the
    /// window: they count as made now.
    fn at(&self, now: Timestamp) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for made in state.made.iter_mut().rev().take_while(|made| **made > now) {
            *made = now;
        }
        while state
            .made
            .front()
            .is_some_and(|made| now.duration_since(*made) >= WINDOW)
        {
            state.made.pop_front();
        }
        let longest = now.checked_add(WINDOW).unwrap_or(Timestamp::MAX);
        state.closed_until = state
            .closed_until
            .filter(|until| *until > now)
            .map(|until| until.min(longest));
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Purpose::{Money, Other, Question};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    /// How many requests for a purpose are let out at once.
    fn most(budget: &Budget, purpose: Purpose, now: Timestamp) -> usize {
        (0..1000)
            .take_while(|_| budget.admit(purpose, now).is_ok())
            .count()
    }

    #[test]
    fn lists_stop_first_then_questions_and_payments_never() {
        let budget = Budget::new(100);
        assert_eq!(most(&budget, Other, at(0)), 60);
        assert_eq!(most(&budget, Question, at(0)), 20);
        assert_eq!(most(&budget, Other, at(0)), 0);
        assert_eq!(most(&budget, Money, at(0)), 1000);
    }

    #[test]
    fn the_fiuu_sandbox_has_the_smaller_budget() {
        assert_eq!(documented(&Gateway::fiuu_sandbox()), 30);
        assert_eq!(documented(&Gateway::production()), 100);
        let budget = Budget::new(30);
        assert_eq!(
            (most(&budget, Other, at(0)), most(&budget, Question, at(0))),
            (18, 6)
        );
    }

    #[test]
    fn a_wait_ends_when_enough_requests_have_left_the_window() {
        let budget = Budget::new(10);
        for second in 0..8 {
            assert_eq!(budget.admit(Money, at(second)), Ok(()));
        }
        // Six at most for a list: those of seconds 0, 1 and 2 have to go first.
        let wait = budget.admit(Other, at(10)).unwrap_err();
        assert_eq!(wait.as_secs(), 920 + 2 - 10);
        assert!(budget.admit(Other, at(921)).is_err());
        assert_eq!(budget.admit(Other, at(922)), Ok(()));
    }

    #[test]
    fn a_gateway_that_has_had_enough_is_left_alone_by_all_but_payments() {
        let budget = Budget::new(100);
        budget.close(Duration::from_secs(30), at(0));
        budget.close(Duration::from_secs(10), at(0));
        for purpose in [Other, Question] {
            assert_eq!(budget.wait(purpose, at(0)).as_secs(), 30);
        }
        assert_eq!(budget.admit(Money, at(0)), Ok(()));
        assert_eq!(budget.admit(Other, at(30)), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_waiting_for_longer_than_the_window() {
        let budget = Budget::new(100);
        most(&budget, Other, at(100_000));
        budget.close(Duration::from_secs(900), at(100_000));
        assert!(budget.wait(Other, at(0)) <= Duration::from_secs(920));
        assert_eq!(budget.look(at(0)).used, 60);
        assert_eq!(budget.look(at(920)).used, 0);
        assert_eq!(budget.wait(Other, at(921)), Duration::ZERO);
    }
}
