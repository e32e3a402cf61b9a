//! The request budget: the limits that the documentation has named over time, and any other that a test asks for.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// Requests that an account may make in 15 minutes when the limit is switched on and no other is chosen.
pub const RATE_LIMIT: usize = 100;

/// Whose requests are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatePer {
    /// Those of one POS account. What belongs to no account, such as a sign-in with an unknown name, is not counted.
    Account,
    /// Those that come from one IP address, whatever they are.
    Ip,
}

/// How many requests are allowed in how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateRule {
    /// Requests in one window.
    pub requests: usize,
    /// The window, which slides.
    pub window: Duration,
    /// Whose.
    pub per: RatePer,
}

impl RateRule {
    /// Production, in an earlier revision: 100 per account and 15 minutes.
    pub const PRODUCTION: Self = Self {
        requests: RATE_LIMIT,
        window: Duration::from_secs(15 * 60),
        per: RatePer::Account,
    };
    /// The sandbox, in an earlier revision: 30 per account and 15 minutes.
    pub const SANDBOX: Self = Self {
        requests: 30,
        ..Self::PRODUCTION
    };
    /// Today's pages: 100 a minute per IP address.
    pub const PER_IP: Self = Self {
        requests: 100,
        window: Duration::from_secs(60),
        per: RatePer::Ip,
    };

    /// One of the three by its name: `production`, `sandbox` or `ip`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "production" => Some(Self::PRODUCTION),
            "sandbox" => Some(Self::SANDBOX),
            "ip" => Some(Self::PER_IP),
            _ => None,
        }
    }
}

/// When each account, or each address, made its latest requests.
#[derive(Debug, Default)]
pub(crate) struct Rates(HashMap<String, VecDeque<Timestamp>>);

impl Rates {
    /// Counts one request of whoever this is, or refuses it and does not count it.
    pub(crate) fn count(&mut self, who: &str, rule: RateRule, now: Timestamp) -> Result<(), Failure> {
        let window = SignedDuration::try_from(rule.window).unwrap_or(SignedDuration::MAX);
        let times = self.0.entry(who.to_owned()).or_default();
        while times
            .front()
            .is_some_and(|&time| now.duration_since(time) >= window)
        {
            times.pop_front();
        }
        if times.len() < rule.requests {
            times.push_back(now);
            return Ok(());
        }
        let oldest = times.front().map_or(now, |&time| time);
        let wait = window.saturating_sub(now.duration_since(oldest));
        // Whole seconds, rounded up: after them the request is really allowed.
        let retry_after = u64::try_from(wait.as_secs()).unwrap_or(0) + u64::from(wait.subsec_nanos() > 0);
        Err(Failure::too_many(retry_after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_allowed_again_when_the_oldest_is_a_quarter_of_an_hour_old() {
        let mut rates = Rates::default();
        let start = Timestamp::UNIX_EPOCH;
        let rule = RateRule::PRODUCTION;
        for _ in 0..RATE_LIMIT {
            assert!(rates.count("a", rule, start).is_ok());
        }
        assert!(rates.count("b", rule, start).is_ok());
        let refused = rates.count("a", rule, start + SignedDuration::from_millis(500));
        assert!(matches!(
            refused,
            Err(Failure::Word {
                retry_after: Some(900),
                ..
            })
        ));
        assert!(
            rates
                .count("a", rule, start + SignedDuration::from_mins(15))
                .is_ok()
        );
    }
}
