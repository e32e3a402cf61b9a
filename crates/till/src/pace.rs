//! How often the gateway is asked for a list that somebody looks at: not again at once, and after failures ever later.

use jiff::{SignedDuration, Timestamp};

/// How soon after a list was got it is asked for again.
const FRESH: SignedDuration = SignedDuration::from_mins(5);
/// How soon after the first failure it is tried again; each further one doubles that.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(5);
/// The longest pause.
const LONGEST: SignedDuration = SignedDuration::from_mins(5);
/// How often the first pause can double before it is longer than the longest.
const DOUBLINGS: u32 = 6;

/// When a list may be asked for.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    failures: u32,
    not_before: Option<Timestamp>,
}

impl Pace {
    /// Whether it may be asked for now. A clock that was set back does not hold it up for longer than a pause lasts.
    pub(crate) fn is_due(&self, now: Timestamp) -> bool {
        self.not_before
            .is_none_or(|until| now >= until || until.duration_since(now) > LONGEST.max(FRESH))
    }

    /// It was got.
    pub(crate) fn got(&mut self, now: Timestamp) {
        self.failures = 0;
        self.wait(now, FRESH);
    }

    /// It could not be had; `told` is how long the gateway asked to wait.
    pub(crate) fn failed(&mut self, now: Timestamp, told: Option<SignedDuration>) {
        let doubled = FIRST_PAUSE
            .checked_mul(1_i32 << self.failures.min(DOUBLINGS))
            .unwrap_or(LONGEST);
        self.failures = self.failures.saturating_add(1);
        self.wait(now, doubled.max(told.unwrap_or_default()).min(LONGEST));
    }

    fn wait(&mut self, now: Timestamp, pause: SignedDuration) {
        self.not_before = now.checked_add(pause).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_list_that_was_just_got_is_not_asked_for_again() {
        let mut pace = Pace::default();
        assert!(pace.is_due(at(0)));
        pace.got(at(0));
        assert!(!pace.is_due(at(299)));
        assert!(pace.is_due(at(300)));
    }

    #[test]
    fn pauses_double_after_each_failure_up_to_five_minutes_and_begin_anew_after_a_success() {
        let mut pace = Pace::default();
        for (failure, pause) in [5, 10, 20, 40, 80, 160, 300, 300].into_iter().enumerate() {
            pace.failed(at(0), None);
            assert!(!pace.is_due(at(pause - 1)), "failure {failure}");
            assert!(pace.is_due(at(pause)), "failure {failure}");
        }
        pace.got(at(0));
        pace.failed(at(1_000), None);
        assert!(pace.is_due(at(1_005)));
    }

    #[test]
    fn what_the_gateway_says_is_heeded() {
        let mut pace = Pace::default();
        pace.failed(at(0), Some(SignedDuration::from_secs(90)));
        assert!(!pace.is_due(at(89)));
        assert!(pace.is_due(at(90)));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_hold_it_up() {
        let mut pace = Pace::default();
        pace.got(at(0));
        assert!(pace.is_due(at(-86_400)));
    }
}
