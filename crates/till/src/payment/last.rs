//! A terminal's last transaction, as its answers show it: what a lost payment is told apart by.

use cloudecr::TransferResponse;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The terminals' clocks run on the gateway's local time (the protocol's samples), eight hours ahead of UTC.
const TERMINAL_ZONE: i8 = 8;

/// The last transaction of a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastResult {
    /// The gateway's number of the transaction. Alone it proves nothing: a void repeats its sale's.
    pub trans_id: String,
    /// The terminal's running number.
    pub inv_no: Option<String>,
    /// The terminal's own time. Alone it proves nothing: clocks are set.
    pub trans_date_time: Option<String>,
    /// What it was, where the answer says so; an answer to getLast may only repeat the question.
    pub trans_type: Option<String>,
}

impl LastResult {
    /// The transaction that a verified answer is about; none if it names none.
    #[must_use]
    pub fn of(answer: &TransferResponse) -> Option<Self> {
        let data = &answer.trans_data;
        Some(Self {
            trans_id: data.trans_id.clone()?,
            inv_no: data.inv_no.clone(),
            trans_date_time: data.trans_date_time.clone(),
            trans_type: answer
                .trans_type
                .clone()
                .filter(|kind| matches!(kind.as_str(), "sale" | "cashOut" | "void")),
        })
    }

    /// Whether both are the same transaction in every respect that both know.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        let kinds_agree = match (&self.trans_type, &other.trans_type) {
            (Some(one), Some(two)) => one == two,
            (Some(_) | None, _) => true,
        };
        // A time is needed on both sides: a void repeats transaction and number of its sale, and differs in its time.
        self.trans_id == other.trans_id
            && self.inv_no == other.inv_no
            && self.trans_date_time.is_some()
            && self.trans_date_time == other.trans_date_time
            && kinds_agree
    }

    /// When it happened by the terminal's clock, if that can be read.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        terminal_time(self.trans_date_time.as_deref()?)
    }
}

/// A terminal's time without a zone (`2025-01-15T16:20:22`) as a moment.
pub(crate) fn terminal_time(text: &str) -> Option<Timestamp> {
    let local: DateTime = text.parse().ok()?;
    let zone = TimeZone::fixed(Offset::constant(TERMINAL_ZONE));
    Some(local.to_zoned(zone).ok()?.timestamp())
}

/// A transaction that may be a payment whose answer was lost, shown to a person to say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// What the answer says of it.
    pub salient: super::Salient,
    /// A person looked at it and said that it is not this customer's.
    #[serde(default)]
    pub refused: bool,
}

/// Whether a transaction's time lies in the window of a payment sent at `sent`: from two minutes before to two minutes
/// after the 80 s, once the terminal's clock is corrected by what is known of it.
#[must_use]
pub(crate) fn is_in_window(at: Timestamp, sent: Timestamp, clock_offset: SignedDuration) -> bool {
    const SLACK: SignedDuration = SignedDuration::from_secs(120);
    const TRANSFER: SignedDuration = SignedDuration::from_secs(80);
    let since_sent = at.duration_since(sent) - clock_offset;
    since_sent >= -SLACK && since_sent <= TRANSFER + SLACK
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(trans_id: &str, at: Option<&str>, kind: Option<&str>) -> LastResult {
        LastResult {
            trans_id: trans_id.to_owned(),
            inv_no: Some("000001".to_owned()),
            trans_date_time: at.map(str::to_owned),
            trans_type: kind.map(str::to_owned),
        }
    }

    #[test]
    fn a_void_is_not_the_sale_whose_transaction_it_repeats() {
        let sale = result("7", Some("2026-11-22T16:00:00"), Some("sale"));
        let void = result("7", Some("2026-11-22T16:05:00"), Some("void"));
        assert!(!sale.is_same_as(&void));
        let in_the_same_second = result("7", Some("2026-11-22T16:00:00"), Some("void"));
        assert!(!sale.is_same_as(&in_the_same_second));
        assert!(sale.is_same_as(&result("7", Some("2026-11-22T16:00:00"), None)));
    }

    #[test]
    fn without_a_time_nothing_is_the_same() {
        assert!(!result("7", None, None).is_same_as(&result("7", None, None)));
    }

    #[test]
    fn terminal_times_are_eight_hours_ahead_of_utc() {
        let at = terminal_time("2025-01-15T16:20:22").unwrap();
        assert_eq!(at.to_string(), "2025-01-15T08:20:22Z");
        assert_eq!(terminal_time("yesterday"), None);
    }

    #[test]
    fn the_window_is_two_minutes_either_side_and_follows_the_terminals_clock() {
        let sent = terminal_time("2026-11-22T16:00:00").unwrap();
        let at = |seconds| sent + SignedDuration::from_secs(seconds);
        let right = SignedDuration::ZERO;
        for (seconds, inside) in [(-121, false), (-120, true), (0, true), (200, true), (201, false)] {
            assert_eq!(is_in_window(at(seconds), sent, right), inside, "{seconds}");
        }
        assert!(is_in_window(at(3_600), sent, SignedDuration::from_secs(3_600)));
    }
}
