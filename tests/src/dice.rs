//! Chance that can be repeated: the same seed throws the same dice, so that a run that failed can be run again.

use jiff::Timestamp;

/// Dice with a seed (splitmix64: a few lines, and good enough to choose a moment by).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice of this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The seed that the environment variable `name` gives, or one from the time of day. Print it.
    #[must_use]
    pub fn seed(name: &str) -> u64 {
        let given = std::env::var(name).ok().and_then(|text| text.parse().ok());
        given.unwrap_or_else(|| u64::try_from(Timestamp::now().as_microsecond()).unwrap_or_default())
    }

    /// The next throw, any number.
    pub const fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 where there is none below it.
    pub const fn below(&mut self, limit: u64) -> u64 {
        match self.throw().checked_rem(limit) {
            Some(number) => number,
            None => 0,
        }
    }

    /// One of `all`; none of nothing.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let place = self.below(u64::try_from(all.len()).unwrap_or(0));
        all.get(usize::try_from(place).unwrap_or(0))
    }
}
