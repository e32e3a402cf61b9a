//! A receipt as data, and as the plain text that a screen or a narrow printer shows.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::labels::paid_with;
use crate::money::{Amount, MoneyError};
use crate::payment::{Kind, Payment, PaymentState};
use crate::store::StoreSettings;
use crate::ticket::Ticket;

/// The width of the plain text, in characters: what 58 mm paper takes at its usual size, and a bit.
pub const WIDTH: usize = 38;

/// What stands on a receipt, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptLine {
    /// In the middle, for the shop's name and header.
    Centred(String),
    /// One text at the left, one at the right.
    Pair(String, String),
    /// Text that may take several lines.
    Text(String),
    /// A rule across.
    Rule,
    /// Nothing.
    Blank,
}

/// What a receipt is made of.
pub struct ReceiptParts<'a> {
    /// The payment it is for.
    pub payment: &'a Payment,
    /// What was bought, if it came from a ticket.
    pub ticket: Option<&'a Ticket>,
    /// The shop.
    pub store: &'a StoreSettings,
    /// What people call the terminal.
    pub terminal: &'a str,
    /// Who took the payment; empty for nobody.
    pub staff: &'a str,
    /// Whether no money moved.
    pub training: bool,
    /// The shop's time zone.
    pub zone: &'a TimeZone,
}

/// The receipt of a payment; none before there is a number for it.
///
/// # Errors
/// When the ticket's lines do not add up to an amount.
pub fn receipt(parts: &ReceiptParts<'_>) -> Result<Option<Vec<ReceiptLine>>, MoneyError> {
    use ReceiptLine as L;
    let payment = parts.payment;
    let Some(number) = payment.receipt else {
        return Ok(None);
    };
    let symbol = payment.amount.currency().symbol();
    let mut lines = vec![L::Centred(parts.store.name.clone())];
    lines.extend(
        parts
            .store
            .header
            .iter()
            .filter(|line| !line.trim().is_empty())
            .cloned()
            .map(L::Centred),
    );
    lines.push(L::Blank);
    lines.push(L::Pair(
        format!("Receipt {number:04}"),
        local(payment.created_at, parts.zone),
    ));
    if !parts.staff.is_empty() {
        lines.push(L::Pair("Served by".to_owned(), parts.staff.to_owned()));
    }
    lines.push(L::Rule);
    if let (Some(ticket), Kind::Sale | Kind::CashOut) = (parts.ticket, payment.kind) {
        for line in &ticket.lines {
            let name = if line.name.is_empty() {
                "Amount"
            } else {
                line.name.as_str()
            };
            let label = if line.quantity == 1 {
                name.to_owned()
            } else {
                format!("{} {name}", line.quantity)
            };
            lines.push(L::Pair(label, line.total()?.to_string()));
        }
        lines.push(L::Rule);
    }
    lines.extend(totals(payment, symbol));
    if let Some(note) = &payment.extras.note {
        lines.push(L::Text(format!("Note: {note}")));
    }
    lines.push(L::Blank);
    lines.extend(particulars(payment, parts.terminal));
    if payment.state == PaymentState::Voided {
        lines.push(L::Blank);
        lines.push(L::Centred("VOIDED".to_owned()));
    }
    if let (PaymentState::Overridden(_), Some(reason)) = (payment.state, &payment.reason) {
        lines.push(L::Blank);
        lines.push(L::Centred("DECIDED BY HAND".to_owned()));
        lines.push(L::Text(reason.clone()));
    }
    if parts.training {
        lines.push(L::Blank);
        lines.push(L::Centred("TRAINING – NO MONEY MOVED".to_owned()));
    }
    Ok(Some(lines))
}

/// What was paid, and how. A purchase and the cash beside it are never added: whether the gateway counts the one into the
/// other is not documented.
fn totals(payment: &Payment, symbol: &str) -> Vec<ReceiptLine> {
    let pair = |name: &str, amount| ReceiptLine::Pair(name.to_owned(), money(symbol, amount));
    match (payment.cash, payment.kind) {
        (Some(cash), Kind::Void) => vec![
            pair("PURCHASE VOIDED", payment.amount),
            pair("CASH-OUT VOIDED", cash),
            ReceiptLine::Text(paid_with(payment)),
        ],
        (Some(cash), Kind::Sale | Kind::CashOut) => vec![
            pair("PURCHASE", payment.amount),
            pair("CASH-OUT", cash),
            ReceiptLine::Text(paid_with(payment)),
        ],
        (None, kind) => {
            let title = if kind == Kind::Void { "VOIDED" } else { "TOTAL" };
            let paid = ReceiptLine::Pair(paid_with(payment), payment.amount.to_string());
            vec![pair(title, payment.amount), paid]
        }
    }
}

fn particulars(payment: &Payment, terminal: &str) -> Vec<ReceiptLine> {
    let salient = &payment.salient;
    let mut lines = vec![ReceiptLine::Pair("Terminal".to_owned(), terminal.to_owned())];
    let named = [
        ("Approval", &salient.approval_code),
        ("Trans", &salient.trans_id),
        ("Inv", &salient.inv_no),
        ("RRN", &salient.rrn),
        ("TID", &salient.tid),
        ("MID", &salient.mid),
        ("AID", &salient.aid),
    ];
    for (name, value) in named {
        if let Some(value) = value {
            lines.push(ReceiptLine::Pair(name.to_owned(), value.clone()));
        }
    }
    lines.push(ReceiptLine::Pair("Ref".to_owned(), payment.reference.to_string()));
    lines
}

fn money(symbol: &str, amount: Amount) -> String {
    format!("{symbol} {amount}")
}

/// `22 Nov 2026 16:14`, in the shop's zone.
fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%d %b %Y %H:%M").to_string()
}

/// The receipt as lines of at most [`WIDTH`] characters. Control characters, which a hostile name could steer a
/// printer with, become blanks.
#[must_use]
pub fn plain_text(lines: &[ReceiptLine]) -> Vec<String> {
    let mut text = Vec::new();
    for line in lines {
        match line {
            ReceiptLine::Blank => text.push(String::new()),
            ReceiptLine::Rule => text.push("-".repeat(WIDTH)),
            ReceiptLine::Text(words) => text.extend(wrap(words, WIDTH)),
            ReceiptLine::Centred(words) => text.extend(wrap(words, WIDTH).into_iter().map(|row| {
                let indent = (WIDTH - row.chars().count()) / 2;
                format!("{}{row}", " ".repeat(indent))
            })),
            ReceiptLine::Pair(left, right) => text.extend(pair(left, right)),
        }
    }
    text
}

fn pair(left: &str, right: &str) -> Vec<String> {
    let right: String = clean(right).chars().take(WIDTH).collect();
    let taken = right.chars().count();
    let room = WIDTH.saturating_sub(taken + 1);
    let mut rows = if room < 8 {
        wrap(left, WIDTH)
    } else {
        wrap(left, room)
    };
    let last = rows.pop().unwrap_or_default();
    let used = last.chars().count();
    if used + 1 + taken <= WIDTH {
        rows.push(format!("{last}{}{right}", " ".repeat(WIDTH - used - taken)));
    } else {
        rows.push(last);
        rows.push(format!("{}{right}", " ".repeat(WIDTH - taken)));
    }
    rows
}

fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Breaks at blanks where it can, and inside a word where it must.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut used = 0;
    for word in clean(text).split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        while !word.is_empty() {
            let gap = usize::from(used > 0);
            if used + gap + word.len() > width && used > 0 {
                rows.push(String::new());
                used = 0;
                continue;
            }
            let rest = word.split_off(word.len().min(width - used - gap));
            if let Some(row) = rows.last_mut() {
                if gap == 1 {
                    row.push(' ');
                }
                row.extend(&word);
            }
            used += gap + word.len();
            word = rest;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pairs_meet_at_the_right_edge() {
        let rows = pair("3 Teh tarik", "8.40");
        assert_eq!(rows, [format!("3 Teh tarik{}8.40", " ".repeat(WIDTH - 15))]);
    }

    #[test]
    fn a_long_name_wraps_and_the_price_stays_on_its_last_row() {
        let rows = pair("Nasi goreng kampung dengan telur mata dan ikan bilis", "12.50");
        assert!(
            rows.len() > 1 && rows.last().unwrap().ends_with("12.50"),
            "{rows:?}"
        );
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_the_paper_or_steers_the_printer(left in ".{0,120}", right in ".{0,60}") {
            let lines = [
                ReceiptLine::Pair(left.clone(), right.clone()),
                ReceiptLine::Centred(left),
                ReceiptLine::Text(right),
            ];
            for row in plain_text(&lines) {
                prop_assert!(row.chars().count() <= WIDTH, "{row:?}");
                prop_assert!(!row.chars().any(char::is_control), "{row:?}");
            }
        }
    }
}
