//! The receipt history: searched, filtered, and read a page at a time.

use jiff::Timestamp;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::lookup::{COLUMNS, payment_in, read_payment};
use super::rows::millis;
use super::{Store, StoreError};
use crate::payment::Payment;
use crate::reference::Reference;

/// How many rows a page has.
const PAGE: usize = 60;

/// Which days are looked at, by the times they begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// All of them.
    All,
    /// From the first time up to, and without, the second.
    Between(Timestamp, Timestamp),
}

/// Which ways to pay are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaidWith {
    /// All of them.
    Any,
    /// Cards.
    Card,
    /// Wallets, by either QR.
    Wallet,
}

/// What is looked for.
#[derive(Debug, Clone)]
pub struct HistoryFilter {
    /// Words that must all occur: amount, card digits, reference, receipt number, transaction number.
    pub text: String,
    /// Which days.
    pub days: Days,
    /// Which ways to pay.
    pub paid_with: PaidWith,
    /// Continue after this payment.
    pub after: Option<Reference>,
}

/// A page of payments, newest first.
#[derive(Debug, Clone)]
pub struct HistoryPage {
    /// The payments.
    pub payments: Vec<Payment>,
    /// Where the next page starts, if there is one.
    pub next: Option<Reference>,
}

impl Store {
    /// A page of the history.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn history(&self, filter: &HistoryFilter) -> Result<HistoryPage, StoreError> {
        let mut conditions = vec!["1".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |sql: &str, value: Value| {
            values.push(value);
            conditions.push(sql.replace("??", &format!("?{}", values.len())));
        };
        for word in filter.text.split_whitespace().take(8) {
            bind(
                "instr(p.search, ??) > 0",
                Value::Text(word.trim_start_matches('•').to_lowercase()),
            );
        }
        if let Days::Between(from, until) = filter.days {
            bind("p.created_at >= ??", Value::Integer(millis(from)));
            bind("p.created_at < ??", Value::Integer(millis(until)));
        }
        match filter.paid_with {
            PaidWith::Any => {}
            PaidWith::Card => bind("p.method = ??", Value::Text("bankCard".to_owned())),
            PaidWith::Wallet => bind("p.method <> ??", Value::Text("bankCard".to_owned())),
        }
        self.read(|connection| {
            if let Some(after) = &filter.after {
                let last = payment_in(connection, after)?;
                values.push(Value::Integer(millis(last.created_at)));
                values.push(Value::Text(after.as_str().to_owned()));
                let (at, reference) = (values.len() - 1, values.len());
                conditions.push(format!("(p.created_at, p.reference) < (?{at}, ?{reference})"));
            }
            let sql = format!(
                "SELECT {COLUMNS} FROM payment p WHERE {} ORDER BY p.created_at DESC, p.reference DESC LIMIT {}",
                conditions.join(" AND "),
                PAGE + 1
            );
            let mut payments: Vec<Payment> = connection
                .prepare(&sql)?
                .query_map(params_from_iter(&values), read_payment)?
                .collect::<Result<_, _>>()?;
            let more = payments.len() > PAGE;
            payments.truncate(PAGE);
            let next = if more { payments.last().map(|payment| payment.reference.clone()) } else { None };
            Ok(HistoryPage { payments, next })
        })
    }
}
