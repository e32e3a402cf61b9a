//! What was to be printed, and what the merchant set about it.

use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::json;

use super::journal::append;
use super::rows::{millis, parse, parse_optional, timestamp};
use super::{EntryKind, NewEntry, Store, StoreError, Thing};
use crate::payment::UnknownName;
use crate::print::{PrintSettings, PrintTrouble, Printed};
use crate::reference::Reference;

const SETTINGS: &str = "printing";

/// Of a job: something of it was done, or may have been. One that is still prepared has had nothing printed: there is one
/// printer, and whoever uses it has it alone.
const PERHAPS_DONE: &str = "state NOT IN ('prepared', 'failed_before_any_byte')";

/// What a receipt is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ReceiptOf {
    /// A ticket, with all that was paid for it.
    Ticket(i64),
    /// A payment without a ticket, or a void.
    Payment(Reference),
}

/// Cash that goes into the drawer or out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawerCash<'a> {
    /// Taken, or given back by a return: this tender.
    Tender(&'a Reference),
    /// Handed back before the ticket was paid in full: this tender, and those that were taken back with it.
    TakenBack(&'a Reference),
    /// Handed out beside a purchase by card, or taken back before its void gives the rest: this payment's.
    CashOut(&'a Reference),
}

impl<'a> DrawerCash<'a> {
    /// The column that names it, and the name.
    const fn named(self) -> (&'static str, &'a Reference) {
        match self {
            Self::Tender(tender) => ("tender", tender),
            Self::TakenBack(tender) => ("taken_back", tender),
            Self::CashOut(payment) => ("cash_out", payment),
        }
    }
}

/// What the printer is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintWhat<'a> {
    /// Print the receipt.
    Receipt,
    /// Open the drawer that is plugged into it, for this cash.
    Drawer(DrawerCash<'a>),
}

impl PrintWhat<'_> {
    const fn name(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Drawer(_) => "drawer",
        }
    }
}

/// Where something that is to be printed stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintState {
    /// Not a byte has left.
    Prepared,
    /// It is on its way.
    Sent,
    /// It came to an end.
    Ended(Printed),
}

/// Something that is to be printed.
#[derive(Debug, Clone)]
pub struct NewPrint<'a> {
    /// What.
    pub what: PrintWhat<'a>,
    /// Of what.
    pub of: &'a ReceiptOf,
    /// By which printer, as a person knows it.
    pub printer: &'a str,
    /// Whether the program does it by itself, which it does once.
    pub by_itself: bool,
    /// Who asked for it, or took the payment.
    pub staff: Option<i64>,
    /// When.
    pub at: Timestamp,
}

/// Something that was to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// Its row.
    pub id: i64,
    /// Which copy it is: 1, unless an earlier one was, or may have been, printed.
    pub copy: u32,
    /// Where it stands.
    pub state: PrintState,
    /// Since when.
    pub at: Timestamp,
}

impl PrintTrouble {
    const ALL: [Self; 9] = [
        Self::NotReached,
        Self::NotAllowed,
        Self::NoPaper,
        Self::CoverOpen,
        Self::Offline,
        Self::Broken,
        Self::NoAnswer,
        Self::Refused,
        Self::Stopped,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::NotReached => "not_reached",
            Self::NotAllowed => "not_allowed",
            Self::NoPaper => "no_paper",
            Self::CoverOpen => "cover_open",
            Self::Offline => "offline",
            Self::Broken => "broken",
            Self::NoAnswer => "no_answer",
            Self::Refused => "refused",
            Self::Stopped => "stopped",
        }
    }
}

impl FromStr for PrintTrouble {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let known = Self::ALL.into_iter().find(|trouble| trouble.name() == name);
        known.ok_or_else(|| UnknownName(name.to_owned()))
    }
}

const fn name(state: PrintState) -> &'static str {
    match state {
        PrintState::Prepared => "prepared",
        PrintState::Sent => "sent",
        PrintState::Ended(Printed::Yes | Printed::Sent) => "printed",
        PrintState::Ended(Printed::No(_)) => "failed_before_any_byte",
        PrintState::Ended(Printed::Perhaps(_)) => "perhaps_printed",
    }
}

const fn trouble(state: PrintState) -> Option<PrintTrouble> {
    match state {
        PrintState::Ended(Printed::No(why) | Printed::Perhaps(why)) => Some(why),
        PrintState::Prepared | PrintState::Sent | PrintState::Ended(Printed::Yes | Printed::Sent) => None,
    }
}

impl Store {
    /// What the merchant set about receipts; as it starts, before anything was set.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn print_settings(&self) -> Result<PrintSettings, StoreError> {
        Ok(self.get(SETTINGS)?.unwrap_or_default())
    }

    /// Saves what the merchant set about receipts.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_print_settings(&self, settings: &PrintSettings) -> Result<(), StoreError> {
        self.set(SETTINGS, settings)
    }

    /// The shop's picture, as dots in a PNG.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn receipt_logo(&self) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT png FROM receipt_logo")?;
            Ok(statement.query_row([], |row| row.get(0)).optional()?)
        })
    }

    /// Keeps the shop's picture, or has none from here on.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_receipt_logo(&self, png: Option<&[u8]>) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM receipt_logo", [])?;
            if let Some(png) = png {
                transaction.execute("INSERT INTO receipt_logo (id, png) VALUES (1, ?1)", [png])?;
            }
            Ok(())
        })
    }

    /// Commits that something is to be printed, before anything of it leaves. None where the program would do by itself
    /// what it did, or tried to do, before, or what may have been done because somebody asked for it.
    ///
    /// # Errors
    /// When it cannot be committed: then it must not be printed.
    pub fn prepare_print(&self, print: &NewPrint<'_>) -> Result<Option<PrintJob>, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            let (ticket, payment) = columns(print.of);
            let cash = match print.what {
                PrintWhat::Receipt => None,
                PrintWhat::Drawer(cash) => Some(cash.named()),
            };
            let cash_in = |column| cash.filter(|(named, _)| *named == column).map(|(_, name)| name.as_str());
            let (same, of) = same_jobs(print.what, print.of);
            if print.by_itself {
                let mut before = transaction.prepare_cached(&format!(
                    "SELECT 1 FROM print_job WHERE {same} AND (by_itself = 1 OR {PERHAPS_DONE}) LIMIT 1"
                ))?;
                if before.exists([&of])? {
                    return Ok(None);
                }
            }
            let copy: u32 = transaction
                .prepare_cached(&format!(
                    "SELECT COUNT(*) + 1 FROM print_job WHERE {same} AND {PERHAPS_DONE}"
                ))?
                .query_row([&of], |row| row.get(0))?;
            transaction.execute(
                "INSERT INTO print_job (what, ticket, payment, tender, taken_back, cash_out, copy, by_itself, printer, state, staff, created_at, changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'prepared', ?10, ?11, ?11)",
                params![
                    print.what.name(),
                    ticket,
                    payment,
                    cash_in("tender"),
                    cash_in("taken_back"),
                    cash_in("cash_out"),
                    copy,
                    print.by_itself,
                    print.printer,
                    print.staff,
                    millis(print.at)
                ],
            )?;
            let job = PrintJob {
                id: transaction.last_insert_rowid(),
                copy,
                state: PrintState::Prepared,
                at: print.at,
            };
            let body = json!({
                print.what.name(): "prepared",
                "job": job.id,
                "copy": copy,
                "ticket": ticket,
                "cash": cash.map(|(column, name)| json!({ column: name.as_str() })),
                "printer": print.printer,
                "byItself": print.by_itself,
            });
            let entry = NewEntry {
                kind: EntryKind::Print,
                at: print.at,
                staff: print.staff,
                body,
            };
            append(transaction, key, subject(transaction, print.of)?.as_ref(), None, &entry)?;
            Ok(Some(job))
        })
    }

    /// Commits how it goes with something that is being printed.
    ///
    /// # Errors
    /// When it cannot be committed, or has come to an end before.
    pub fn print_went(&self, id: i64, state: PrintState, at: Timestamp) -> Result<(), StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            let (what, of, staff) = transaction
                .query_row(
                    "SELECT what, ticket, payment, staff FROM print_job WHERE id = ?1 AND state IN ('prepared', 'sent')",
                    [id],
                    |row| Ok((row.get::<_, String>(0)?, of(row, 1)?, row.get(3)?)),
                )
                .optional()?
                .ok_or(StoreError::Missing(Thing::Row))?;
            let why = trouble(state).map(PrintTrouble::name);
            transaction.execute(
                "UPDATE print_job SET state = ?2, trouble = ?3, confirmed = ?4, changed_at = ?5 WHERE id = ?1",
                params![id, name(state), why, state == PrintState::Ended(Printed::Yes), millis(at)],
            )?;
            let entry = NewEntry {
                kind: EntryKind::Print,
                at,
                staff,
                body: json!({ what: name(state), "job": id, "trouble": why }),
            };
            append(transaction, key, subject(transaction, &of)?.as_ref(), None, &entry)
        })
    }

    /// What an earlier run left: what was not sent was not printed, what was on its way may have been.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn recover_prints(&self, at: Timestamp) -> Result<(), StoreError> {
        let left: Vec<(i64, bool)> = self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT id, state = 'sent' FROM print_job WHERE state IN ('prepared', 'sent') ORDER BY id",
            )?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })?;
        for (id, was_sent) in left {
            let ended = if was_sent {
                Printed::Perhaps(PrintTrouble::Stopped)
            } else {
                Printed::No(PrintTrouble::Stopped)
            };
            self.print_went(id, PrintState::Ended(ended), at)?;
        }
        Ok(())
    }

    /// The last time that a receipt was to be printed; none if it never was.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn last_print(&self, of: &ReceiptOf) -> Result<Option<PrintJob>, StoreError> {
        let (same, of) = same_jobs(PrintWhat::Receipt, of);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT id, copy, state, confirmed, trouble, changed_at FROM print_job WHERE {same} ORDER BY id DESC LIMIT 1"
            ))?;
            Ok(statement.query_row([of], job).optional()?)
        })
    }
}

/// The jobs that are about the same thing, each found by an index of its own.
fn same_jobs(what: PrintWhat<'_>, of: &ReceiptOf) -> (String, Value) {
    match (what, of) {
        (PrintWhat::Drawer(cash), _) => {
            let (column, name) = cash.named();
            (format!("{column} = ?1"), Value::from(name.to_string()))
        }
        (PrintWhat::Receipt, ReceiptOf::Ticket(ticket)) => (
            "what = 'receipt' AND ticket = ?1".to_owned(),
            Value::from(*ticket),
        ),
        (PrintWhat::Receipt, ReceiptOf::Payment(payment)) => (
            "what = 'receipt' AND payment = ?1".to_owned(),
            Value::from(payment.to_string()),
        ),
    }
}

fn columns(of: &ReceiptOf) -> (Option<i64>, Option<&str>) {
    match of {
        ReceiptOf::Ticket(ticket) => (Some(*ticket), None),
        ReceiptOf::Payment(reference) => (None, Some(reference.as_str())),
    }
}

fn of(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<ReceiptOf> {
    Ok(match row.get::<_, Option<i64>>(at)? {
        Some(ticket) => ReceiptOf::Ticket(ticket),
        None => ReceiptOf::Payment(parse(row, at + 1)?),
    })
}

fn job(row: &rusqlite::Row<'_>) -> rusqlite::Result<PrintJob> {
    let (state, confirmed): (String, bool) = (row.get(2)?, row.get(3)?);
    let why = parse_optional(row, 4)?.unwrap_or(PrintTrouble::Broken);
    let state = match state.as_str() {
        "prepared" => PrintState::Prepared,
        "sent" => PrintState::Sent,
        "printed" => PrintState::Ended(if confirmed { Printed::Yes } else { Printed::Sent }),
        "failed_before_any_byte" => PrintState::Ended(Printed::No(why)),
        "perhaps_printed" => PrintState::Ended(Printed::Perhaps(why)),
        other => return Err(super::rows::unreadable(2, UnknownName(other.to_owned()))),
    };
    Ok(PrintJob {
        id: row.get(0)?,
        copy: row.get(1)?,
        state,
        at: timestamp(row, 5)?,
    })
}

/// The payment in whose time line it stands: a ticket's newest.
fn subject(transaction: &Transaction<'_>, of: &ReceiptOf) -> Result<Option<Reference>, StoreError> {
    match of {
        ReceiptOf::Payment(reference) => Ok(Some(reference.clone())),
        ReceiptOf::Ticket(ticket) => newest_of(transaction, *ticket),
    }
}

fn newest_of(connection: &Connection, ticket: i64) -> Result<Option<Reference>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT reference FROM payment WHERE ticket = ?1 AND kind <> 'void' ORDER BY created_at DESC LIMIT 1",
    )?;
    Ok(statement.query_row([ticket], |row| parse(row, 0)).optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prints_of_one_thing_are_found_without_looking_at_all_others() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let reference: Reference = "01K0000000000000000Z".parse().unwrap();
        let drawer = |cash| (PrintWhat::Drawer(cash), ReceiptOf::Ticket(7));
        let cases = [
            (PrintWhat::Receipt, ReceiptOf::Ticket(7)),
            (PrintWhat::Receipt, ReceiptOf::Payment(reference.clone())),
            drawer(DrawerCash::Tender(&reference)),
            drawer(DrawerCash::TakenBack(&reference)),
            drawer(DrawerCash::CashOut(&reference)),
        ];
        for (what, of) in &cases {
            let (same, value) = same_jobs(*what, of);
            let plan: String = store
                .read(|connection| {
                    let mut statement = connection.prepare(&format!(
                        "EXPLAIN QUERY PLAN SELECT id FROM print_job WHERE {same}"
                    ))?;
                    Ok(statement.query_row([value], |row| row.get("detail"))?)
                })
                .unwrap();
            assert!(plan.starts_with("SEARCH print_job USING"), "{plan}");
        }
    }
}
