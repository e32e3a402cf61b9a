//! The list of terminals that may bind themselves without a key: what may stand on it.

use std::collections::HashSet;

/// The most IDs that the list takes; the gateway ignores the excess without a word.
pub const PREBIND_LIMIT: usize = 10;
/// The longest ID of a terminal, in UTF-16 units (the protocol's `deviceId`).
pub const TERMINAL_ID_LIMIT: usize = 100;

/// Why an ID cannot stand on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrebindProblem {
    /// It has characters that no label has: blanks inside, or invisible ones.
    Characters,
    /// It is longer than [`TERMINAL_ID_LIMIT`].
    TooLong,
    /// The very same ID stands above it.
    Duplicate,
    /// Ten stand above it already.
    TooMany,
}

/// What is worth a second look, though it may be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrebindHint {
    /// This ID above it differs only in capital and small letters: one of the two is probably misspelt.
    DiffersInCase(String),
    /// A terminal of this ID is bound already.
    Bound,
}

/// One ID of the list, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrebindLine {
    /// The ID, without outer blanks.
    pub id: String,
    /// Why it cannot stay.
    pub problem: Option<PrebindProblem>,
    /// What is worth a second look.
    pub hint: Option<PrebindHint>,
}

/// Looks a list through: outer blanks and empty lines fall away, each other line is judged. `bound` are the IDs of the
/// terminals that are bound already. IDs are compared as they are written: the gateway's are.
#[must_use]
pub fn check_prebind(ids: &[String], bound: &[String]) -> Vec<PrebindLine> {
    let mut lines: Vec<PrebindLine> = Vec::new();
    let mut above = HashSet::new();
    for id in ids.iter().map(|id| id.trim()).filter(|id| !id.is_empty()) {
        let problem = if id.chars().any(|c| c.is_whitespace() || is_invisible(c)) {
            Some(PrebindProblem::Characters)
        } else if id.encode_utf16().count() > TERMINAL_ID_LIMIT {
            Some(PrebindProblem::TooLong)
        } else if !above.insert(id) {
            Some(PrebindProblem::Duplicate)
        } else if above.len() > PREBIND_LIMIT {
            Some(PrebindProblem::TooMany)
        } else {
            None
        };
        let alike = lines
            .iter()
            .find(|line| line.id != id && line.id.to_lowercase() == id.to_lowercase());
        let hint = match alike {
            _ if problem.is_some() => None,
            Some(alike) => Some(PrebindHint::DiffersInCase(alike.id.clone())),
            None => bound
                .iter()
                .any(|bound| bound == id)
                .then_some(PrebindHint::Bound),
        };
        lines.push(PrebindLine {
            id: id.to_owned(),
            problem,
            hint,
        });
    }
    lines
}

/// Controls, and what turns or joins writing without being seen.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ids: &[&str], bound: &[&str]) -> Vec<(String, Option<PrebindProblem>, Option<PrebindHint>)> {
        let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        check_prebind(&own(ids), &own(bound))
            .into_iter()
            .map(|line| (line.id, line.problem, line.hint))
            .collect()
    }

    #[test]
    fn outer_blanks_and_empty_lines_fall_away() {
        let fine = |id: &str| (id.to_owned(), None, None);
        assert_eq!(
            check(&[" VT-1\t", "", "  ", "VT-2"], &[]),
            [fine("VT-1"), fine("VT-2")]
        );
    }

    #[test]
    fn the_same_id_twice_is_refused_and_one_that_differs_in_case_is_pointed_out() {
        let lines = check(&["VT-1", "vt-1", "VT-1", " VT-1 "], &[]);
        assert_eq!(lines[0].1, None);
        assert_eq!(lines[1].1, None);
        assert_eq!(lines[1].2, Some(PrebindHint::DiffersInCase("VT-1".to_owned())));
        assert_eq!(lines[2].1, Some(PrebindProblem::Duplicate));
        assert_eq!(lines[3].1, Some(PrebindProblem::Duplicate));
    }

    #[test]
    fn ten_is_the_most() {
        let eleven: Vec<String> = (1..=11).map(|number| format!("VT-{number}")).collect();
        let lines = check_prebind(&eleven, &[]);
        assert!(lines[..10].iter().all(|line| line.problem.is_none()));
        assert_eq!(lines[10].problem, Some(PrebindProblem::TooMany));
    }

    #[test]
    fn length_is_counted_in_utf_16_units_and_what_cannot_be_seen_is_refused() {
        let longest = "x".repeat(TERMINAL_ID_LIMIT);
        assert_eq!(check(&[&longest], &[])[0].1, None);
        assert_eq!(
            check(&[&format!("{longest}x")], &[])[0].1,
            Some(PrebindProblem::TooLong)
        );
        assert_eq!(
            check(&[&"😀".repeat(51)], &[])[0].1,
            Some(PrebindProblem::TooLong)
        );
        for bad in ["VT 1", "VT\u{0}1", "VT\u{202e}1", "VT\u{200b}1"] {
            assert_eq!(
                check(&[bad], &[])[0].1,
                Some(PrebindProblem::Characters),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn a_terminal_that_is_bound_already_is_pointed_out() {
        assert_eq!(check(&["VT-1"], &["VT-1"])[0].2, Some(PrebindHint::Bound));
    }
}
