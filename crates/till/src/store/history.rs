//! The receipt history: searched, filtered, and read a page at a time.

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::lookup::{COLUMNS as PAYMENT_COLUMNS, read_payment};
use super::rows::millis;
use super::tender_rows::{COLUMNS, FROM, read_tender};
use super::{Store, StoreError, Thing};
use crate::payment::Payment;
use crate::reference::Reference;
use crate::tender::Leg;

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
    /// Cash.
    Cash,
    /// Cards taken by hand, unverified.
    ByHand,
    /// What returns gave back, by whichever way.
    Returns,
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
    /// Continue after this entry.
    pub after: Option<Reference>,
}

/// A page of the history, newest first.
#[derive(Debug, Clone)]
pub struct HistoryPage {
    /// Payments, voids, cash, cards taken by hand, and what returns gave back.
    pub entries: Vec<Leg>,
    /// Where the next page starts, if there is one.
    pub next: Option<Reference>,
}

impl HistoryPage {
    /// The payments among them.
    pub fn payments(self) -> impl Iterator<Item = Payment> {
        self.entries.into_iter().filter_map(|entry| match entry {
            Leg::Payment(payment) => Some(*payment),
            Leg::Tender(_) => None,
        })
    }
}

/// The conditions that payments, or tenders, are looked for by, and what is bound to them.
struct Search {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Search {
    /// `alias` is the table's, `at` its column of times.
    fn new(filter: &HistoryFilter, alias: &str, at: &str) -> Self {
        let mut search = Self {
            conditions: vec!["1".to_owned()],
            values: Vec::new(),
        };
        for word in filter.text.split_whitespace().take(8) {
            let word = word.trim_start_matches('•').to_lowercase();
            search.bind(&format!("instr({alias}.search, ??) > 0"), Value::Text(word));
        }
        if let Days::Between(from, until) = filter.days {
            search.bind(&format!("{alias}.{at} >= ??"), Value::Integer(millis(from)));
            search.bind(&format!("{alias}.{at} < ??"), Value::Integer(millis(until)));
        }
        search
    }

    fn bind(&mut self, sql: &str, value: Value) {
        self.values.push(value);
        self.conditions
            .push(sql.replace("??", &format!("?{}", self.values.len())));
    }

    /// Goes on after an entry of this time and name, whichever table it is in.
    fn after(&mut self, alias: &str, at: &str, (time, reference): &(i64, String)) {
        self.values.push(Value::Integer(*time));
        self.values.push(Value::Text(reference.clone()));
        let (first, second) = (self.values.len() - 1, self.values.len());
        self.conditions.push(format!(
            "({alias}.{at}, {alias}.reference) < (?{first}, ?{second})"
        ));
    }

    /// The newest of what it finds, one more than a page has. Each table is read along its own index, so that a page of
    /// both costs two pages of one.
    fn run(
        &self,
        connection: &Connection,
        columns: &str,
        from: &str,
        order: &str,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<Leg>,
    ) -> Result<Vec<Leg>, StoreError> {
        let sql = format!(
            "SELECT {columns} FROM {from} WHERE {} ORDER BY {order} LIMIT {}",
            self.conditions.join(" AND "),
            PAGE + 1
        );
        Ok(connection
            .prepare(&sql)?
            .query_map(params_from_iter(&self.values), read)?
            .collect::<Result<_, _>>()?)
    }
}

/// Which payments a way to pay stands for; none where it stands for none.
fn payments_by(paid_with: PaidWith) -> Option<&'static str> {
    match paid_with {
        PaidWith::Any => Some("1"),
        PaidWith::Card => Some("p.method = 'bankCard'"),
        PaidWith::Wallet => Some("p.method <> 'bankCard'"),
        PaidWith::Returns => Some(
            "p.kind = 'void' AND EXISTS (SELECT 1 FROM ticket r WHERE r.id = p.ticket AND r.kind = 'return')",
        ),
        PaidWith::Cash | PaidWith::ByHand => None,
    }
}

/// Which tenders a way to pay stands for; none where it stands for none.
fn tenders_by(paid_with: PaidWith) -> Option<&'static str> {
    match paid_with {
        PaidWith::Any => Some("1"),
        PaidWith::Cash => Some("t.kind = 'cash' AND t.direction = 'in'"),
        PaidWith::ByHand => Some("t.kind = 'manual_card' AND t.direction = 'in'"),
        PaidWith::Returns => Some("t.direction = 'out'"),
        PaidWith::Card | PaidWith::Wallet => None,
    }
}

/// When an entry was, and its name: where a page goes on.
fn place(connection: &Connection, after: &Reference) -> Result<(i64, String), StoreError> {
    let at: Option<i64> = connection
        .prepare_cached(
            "SELECT created_at FROM payment WHERE reference = ?1 UNION ALL SELECT at FROM tender WHERE reference = ?1",
        )?
        .query_row([after.as_str()], |row| row.get(0))
        .optional()?;
    let at = at.ok_or(StoreError::Missing(Thing::Payment))?;
    Ok((at, after.as_str().to_owned()))
}

impl Store {
    /// A page of the history.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn history(&self, filter: &HistoryFilter) -> Result<HistoryPage, StoreError> {
        self.read(|connection| {
            let after = filter
                .after
                .as_ref()
                .map(|after| place(connection, after))
                .transpose()?;
            let mut entries = Vec::new();
            if let Some(condition) = payments_by(filter.paid_with) {
                let mut search = Search::new(filter, "p", "created_at");
                search.conditions.push(condition.to_owned());
                if let Some(after) = &after {
                    search.after("p", "created_at", after);
                }
                let order = "p.created_at DESC, p.reference DESC";
                entries.extend(
                    search.run(connection, PAYMENT_COLUMNS, "payment p", order, |row| {
                        Ok(Leg::Payment(Box::new(read_payment(row)?)))
                    })?,
                );
            }
            if let Some(condition) = tenders_by(filter.paid_with) {
                let mut search = Search::new(filter, "t", "at");
                search.conditions.push(condition.to_owned());
                if let Some(after) = &after {
                    search.after("t", "at", after);
                }
                let order = "t.at DESC, t.reference DESC";
                entries.extend(search.run(connection, COLUMNS, FROM, order, |row| {
                    Ok(Leg::Tender(Box::new(read_tender(row)?)))
                })?);
            }
            entries.sort_by(|a, b| (b.at(), b.reference()).cmp(&(a.at(), a.reference())));
            let more = entries.len() > PAGE;
            entries.truncate(PAGE);
            let next = entries
                .last()
                .filter(|_| more)
                .map(|entry| entry.reference().clone());
            Ok(HistoryPage { entries, next })
        })
    }
}
