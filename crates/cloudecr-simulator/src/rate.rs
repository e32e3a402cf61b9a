//! The request budget of an account: the stricter of the two limits that the documentation has named.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::failure::Failure;

/// Requests that an account may make in 15 minutes when the limit is switched on.
pub const RATE_LIMIT: usize = 100;
const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// When each account made its latest requests.
#[derive(Debug, Default)]
pub(crate) struct Rates(HashMap<String, VecDeque<Timestamp>>);

impl Rates {
    /// Counts one request, or refuses it and does not count it.
    pub(crate) fn count(&mut self, pos_id: &str, now: Timestamp) -> Result<(), Failure> {
        let times = self.0.entry(pos_id.to_owned()).or_default();
        while times
            .front()
            .is_some_and(|&time| now.duration_since(time) >= WINDOW)
        {
            times.pop_front();
        }
        if times.len() < RATE_LIMIT {
            times.push_back(now);
            return Ok(());
        }
        let oldest = times.front().map_or(now, |&time| time);
        let wait = WINDOW.saturating_sub(now.duration_since(oldest));
        // Whole seconds, rounded up: after them the request is really allowed.
        let retry_after = u64::try_from(wait.as_secs()).unwrap_or(0) + u64::from(wait.subsec_nanos() > 0);
        Err(Failure::RateLimit { retry_after })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_allowed_again_when_the_oldest_is_a_quarter_of_an_hour_old() {
        let mut rates = Rates::default();
        let start = Timestamp::UNIX_EPOCH;
        for _ in 0..RATE_LIMIT {
            assert!(rates.count("a", start).is_ok());
        }
        assert!(rates.count("b", start).is_ok());
        let refused = rates.count("a", start + SignedDuration::from_millis(500));
        assert!(matches!(refused, Err(Failure::RateLimit { retry_after: 900 })));
        assert!(rates.count("a", start + WINDOW).is_ok());
    }
}
