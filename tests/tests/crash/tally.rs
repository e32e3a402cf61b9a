//! What came of many deaths, counted.

use std::fmt;

/// The counts of some tills.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Deaths.
    pub(crate) kills: u64,
    /// Payments that were begun.
    pub(crate) payments: u64,
    /// Payments that were unknown and were settled without a person.
    pub(crate) settled: u64,
    /// Payments that are left to a person: their terminal could not tell.
    pub(crate) left: u64,
    /// What must not be.
    pub(crate) wrong: Vec<String>,
}

impl Tally {
    /// Adds another's counts.
    pub(crate) fn add(&mut self, other: Self) {
        self.kills += other.kills;
        self.payments += other.payments;
        self.settled += other.settled;
        self.left += other.left;
        self.wrong.extend(other.wrong);
    }

    /// Keeps what is wrong, with where and when it was seen.
    pub(crate) fn note_wrong(&mut self, lane: u64, when: &str, wrong: Vec<String>) {
        self.wrong.extend(
            wrong
                .into_iter()
                .map(|what| format!("till {lane}, {when}: {what}")),
        );
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let doubted = self.settled + self.left;
        let thousandths = (self.settled * 1_000).checked_div(doubted).unwrap_or(1_000);
        write!(
            f,
            "{} kills, {} payments, {doubted} in doubt: {} settled without a person ({}.{} %), {} left to one \
             because the terminal could not tell; {} contradictions with the book",
            self.kills,
            self.payments,
            self.settled,
            thousandths / 10,
            thousandths % 10,
            self.left,
            self.wrong.len(),
        )
    }
}
