//! The table as a document: `docs/faults.md` is written from what was seen, and differs from it never.

use super::checks::Seen;
use super::expected::{Expected, Way};
use kaunter_tests::{Failure, Outcome};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// One row: a fault met by one way to pay.
pub(crate) struct Row {
    pub(crate) group: &'static str,
    pub(crate) fault: String,
    pub(crate) way: Way,
    pub(crate) expected: String,
    pub(crate) book: String,
    /// With the original's reference in the answer to getLast, and with the inquiry's own. None where this machine
    /// cannot produce the fault.
    pub(crate) ended: [Option<String>; 2],
}

impl Row {
    /// A row of what was seen.
    pub(crate) fn of(
        group: &'static str,
        fault: &str,
        way: Way,
        expected: Expected,
        seen: &[Option<Seen>; 2],
    ) -> Self {
        let books: Vec<&str> = seen.iter().flatten().map(|seen| way.book(seen.moved)).collect();
        let book = match books.as_slice() {
            [one, other] if one != other => format!("{one} / {other}"),
            [one, ..] => (*one).to_owned(),
            [] => String::new(),
        };
        Self {
            group,
            fault: fault.to_owned(),
            way,
            expected: expected.describe(way),
            book,
            ended: seen.each_ref().map(|seen| seen.as_ref().map(describe)),
        }
    }

    fn write(&self) -> String {
        let [original, inquiry] = self
            .ended
            .each_ref()
            .map(|ended| ended.clone().unwrap_or_default());
        format!(
            "| {} | {} | {} | {} | {original} | {inquiry} |\n",
            self.fault,
            self.way.name(),
            self.expected,
            self.book
        )
    }
}

fn describe(seen: &Seen) -> String {
    let again = if seen.safe { "safe" } else { "not safe" };
    let Some(payment) = &seen.payment else {
        return format!("not started; {again}");
    };
    let conflict = if payment.conflict { ", conflict" } else { "" };
    let person = if payment.candidate.is_some() && !payment.state.is_final() {
        ", a person is asked"
    } else {
        ""
    };
    format!("{}{conflict}{person}; {again}", payment.state)
}

const INTRODUCTION: &str = "\
# What becomes of a payment when something fails

Written by `tests/tests/faults.rs` from what it saw; `KAUNTER_WRITE_FAULTS=1 cargo test -p kaunter-tests --test faults`
writes it anew. Each row is one fault met by one way to pay. *Book* is the truth: what the acquirer really did, after
the fault and before anybody tried again. The last two columns are what the till says once it has found out what it
can: with a gateway whose answer to getLast carries the reference of the payment that it is about, and with one whose
answer carries the question's own. *Safe* is whether the customer may be charged (again); for a void that is asked of
the sale.

In no row does the till say *declined* or *not charged* of a charge that the book has, without a conflict that calls a
manager; in none are there two charges for one ticket, although the ticket was charged again wherever that was called
safe and the attempt was made wherever it was not; and in none was *approved* shown before the book had the charge.
*Unknown* is not a failure of the till: it keeps the terminal, goes on asking, and a manager can decide.

What no question can show: a charge that the acquirer takes back without a trace, or (where answers carry the question's
own reference) with one that looks like the sale. A void that the acquirer takes back leaves the sale charged in the
book and *voided* in the till. Faults of the disk need a small disk in memory, which only root can mount; elsewhere the
test leaves those rows as they are.
";

const HEAD: &str = "
| fault | with | should end | book | getLast: the payment's reference | getLast: the question's reference |
|---|---|---|---|---|---|
";

/// The whole document.
pub(crate) fn document(rows: &[Row]) -> String {
    let mut text = INTRODUCTION.to_owned();
    let mut group = "";
    for row in rows {
        if row.group != group {
            group = row.group;
            // Writing into a string does not fail.
            let _ = write!(text, "\n## {group}\n{HEAD}");
        }
        text.push_str(&row.write());
    }
    text
}

/// Holds the document in the tree against what was seen, or writes it when that is asked for.
///
/// # Errors
/// When they differ.
pub(crate) fn keep(rows: &[Row]) -> Outcome {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/faults.md");
    let text = document(rows);
    if std::env::var_os("KAUNTER_WRITE_FAULTS").is_some() {
        return Ok(fs::write(path, text)?);
    }
    let kept = fs::read_to_string(path)?;
    let missing: Vec<String> = rows
        .iter()
        .filter(|row| row.ended.contains(&None))
        .map(|row| format!("| {} |", row.fault))
        .collect();
    let compared = |text: &str| -> Vec<String> {
        let lines = text.lines();
        lines
            .filter(|line| !missing.iter().any(|fault| line.starts_with(fault)))
            .map(str::to_owned)
            .collect()
    };
    let (kept, seen) = (compared(&kept), compared(&text));
    let differs = kept
        .iter()
        .filter(|line| !seen.contains(line))
        .map(|line| format!("- {line}"));
    let differs = differs.chain(
        seen.iter()
            .filter(|line| !kept.contains(line))
            .map(|line| format!("+ {line}")),
    );
    let differs: Vec<String> = differs.collect();
    if differs.is_empty() && kept.len() == seen.len() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "docs/faults.md is not what was seen; if the change is wanted, run with KAUNTER_WRITE_FAULTS=1\n{}",
        differs.join("\n")
    )))
}
