//! When the gateway is asked how a payment went.

use std::time::Duration;

/// The timetable of one payment's questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InquiryTimes {
    /// The waits before the first questions, one after the other.
    pub first: Vec<Duration>,
    /// Moments after sending at which a question is due whatever the waits say: past the 80 s of a transfer, when the
    /// terminal has certainly finished.
    pub after_sending: Vec<Duration>,
    /// The wait before every later question.
    pub then: Duration,
    /// How long after sending the terminal has certainly finished, so that what it has not done it will not do.
    pub absent_after: Duration,
    /// How far apart two answers have to be that show the transaction from before.
    pub absent_apart: Duration,
    /// How long a payment that was settled without an answer of its own is still asked about.
    pub watch: Duration,
}

impl Default for InquiryTimes {
    /// 2, 4, 8, 16, 32 s; at 90 and 101 s after sending; then every 60 s.
    fn default() -> Self {
        Self {
            first: [2, 4, 8, 16, 32].map(Duration::from_secs).to_vec(),
            after_sending: [90, 101].map(Duration::from_secs).to_vec(),
            then: Duration::from_secs(60),
            absent_after: Duration::from_secs(90),
            absent_apart: Duration::from_secs(10),
            watch: Duration::from_secs(30 * 60),
        }
    }
}

impl InquiryTimes {
    /// How long to wait for the next question, when `asked` have been asked and `since_sent` has passed since sending.
    ///
    /// `payments` is how many are being asked about. Each pair of them takes turns in the long run, so that however many
    /// there are, their questions leave most of the gateway's limit of requests to others.
    #[must_use]
    pub fn wait(&self, asked: usize, since_sent: Duration, payments: usize) -> Duration {
        let turns = u32::try_from(payments.div_ceil(2).max(1)).unwrap_or(u32::MAX);
        let later = || self.then.saturating_mul(turns);
        let usual = self.first.get(asked).copied().unwrap_or_else(later);
        self.after_sending
            .iter()
            .filter_map(|at| at.checked_sub(since_sent))
            .filter(|wait| !wait.is_zero())
            .fold(usual, Duration::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timetable_is_the_designs() {
        let times = InquiryTimes::default();
        let mut since_sent = Duration::ZERO;
        let mut moments = Vec::new();
        for asked in 0..10 {
            since_sent += times.wait(asked, since_sent, 1);
            moments.push(since_sent.as_secs());
        }
        assert_eq!(moments, [2, 6, 14, 30, 62, 90, 101, 161, 221, 281]);
    }

    #[test]
    fn a_payment_that_timed_out_at_80_s_is_still_asked_about_at_90_and_101() {
        let times = InquiryTimes::default();
        let mut since_sent = Duration::from_secs(80);
        let mut moments = Vec::new();
        for asked in 0..7 {
            since_sent += times.wait(asked, since_sent, 2);
            moments.push(since_sent.as_secs());
        }
        assert_eq!(moments, [82, 86, 90, 101, 133, 193, 253]);
    }

    #[test]
    fn many_payments_take_turns_and_keep_their_early_moments() {
        let times = InquiryTimes::default();
        let mut since_sent = Duration::ZERO;
        let mut moments = Vec::new();
        for asked in 0..9 {
            since_sent += times.wait(asked, since_sent, 6);
            moments.push(since_sent.as_secs());
        }
        assert_eq!(moments, [2, 6, 14, 30, 62, 90, 101, 281, 461]);
        // In the long run two questions a minute, whether two payments are open or fifty: 30 of 100 in 15 minutes.
        for payments in [2_u32, 6, 50] {
            let wait = times.wait(99, Duration::from_secs(3600), usize::try_from(payments).unwrap());
            assert_eq!(wait, Duration::from_secs(30) * payments);
        }
    }
}
