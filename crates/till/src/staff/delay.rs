//! The growing delay after wrong PINs.

use std::time::Duration;

/// Wrong PINs that cost nothing: a slip of the finger, twice.
const FREE: u32 = 2;
/// The first delay.
const FIRST: Duration = Duration::from_secs(5);
/// The longest delay: a four-digit PIN then takes a month to try through, day and night.
const LONGEST: Duration = Duration::from_secs(300);

/// How long no PIN is taken after this many wrong ones in a row: nothing for two, then 5 s, 10 s, 20 s … 5 minutes.
pub(super) fn after_wrong_pins(wrong: u32) -> Duration {
    match wrong.checked_sub(FREE + 1) {
        None => Duration::ZERO,
        Some(doublings) => 2_u32
            .checked_pow(doublings)
            .and_then(|factor| FIRST.checked_mul(factor))
            .map_or(LONGEST, |d| d.min(LONGEST)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_and_stays_bounded() {
        let seconds: Vec<u64> = (0..12).map(|wrong| after_wrong_pins(wrong).as_secs()).collect();
        assert_eq!(seconds, [0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300]);
        assert_eq!(after_wrong_pins(u32::MAX), LONGEST);
    }
}
