//! What can go wrong in the store, in terms that a caller can act on.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::money::MoneyError;
use crate::payment::IllegalTransition;
use crate::reference::Reference;

/// Why the store refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program holds the database.
    #[error("the database is in use by another program; close it and try again")]
    Busy,
    /// The disk is full.
    #[error("the disk is full; free some space and try again")]
    Full,
    /// A later version of Kaunter wrote the database.
    #[error("this data was written by a newer Kaunter; install that version or a later one")]
    Newer,
    /// Another till runs on the same data folder.
    #[error("another Kaunter runs on {}; use that window", .0.display())]
    SecondTill(PathBuf),
    /// The terminal is held by an open payment.
    #[error("the terminal is held by payment {0}, whose outcome is not known yet")]
    TerminalHeld(Reference),
    /// The ticket already has a payment that is open or went through.
    #[error("the ticket already has payment {0}, which is open or went through")]
    TicketTaken(Reference),
    /// The payment already has a void that is open or went through.
    #[error("void {0} of this payment is open or went through")]
    VoidTaken(Reference),
    /// The answer names a transaction that another payment already has.
    #[error("the answer names the transaction of payment {0}")]
    TransactionKnown(Reference),
    /// The ticket must not change now.
    #[error("the ticket has an open payment and cannot be changed")]
    Frozen,
    /// There is no such row.
    #[error("there is no such {0}")]
    Missing(Thing),
    /// The ticket has all the lines that a ticket can have.
    #[error("the ticket is full; take payment for it and start another")]
    TooManyLines,
    /// A quantity of none, or more than a line takes.
    #[error("the quantity must be from 1 to 9999")]
    Quantity,
    /// The event cannot happen to the payment as it stands.
    #[error(transparent)]
    Illegal(#[from] IllegalTransition),
    /// The ticket's sum is not an amount.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The journal has no key yet, so nothing may be written.
    #[error("the journal's key is not there; the keyring must be open first")]
    NotSealed,
    /// What is stored cannot be read by this version.
    #[error("the database holds something this version cannot read: {0}")]
    Unreadable(String),
    /// Anything else that SQLite or the disk says.
    #[error("the database failed: {0}")]
    Failed(String),
}

/// What was looked for and is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A payment.
    Payment,
    /// An item for sale.
    Item,
    /// A line of the ticket.
    Line,
    /// A member of staff.
    Staff,
    /// A terminal.
    Terminal,
    /// A ticket.
    Ticket,
    /// A transaction to be looked at.
    Candidate,
    /// Any other row.
    Row,
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Payment => "payment",
            Self::Item => "item",
            Self::Line => "line on the ticket",
            Self::Staff => "member of staff",
            Self::Terminal => "terminal",
            Self::Ticket => "ticket",
            Self::Candidate => "transaction to look at",
            Self::Row => "row",
        })
    }
}

impl StoreError {
    /// From a file's error.
    pub(super) fn file(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull => Self::Full,
            _ => Self::Failed(format!("{}: {error}", path.display())),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => match error {
                rusqlite::Error::QueryReturnedNoRows => Self::Missing(Thing::Row),
                rusqlite::Error::FromSqlConversionFailure(_, _, why) => Self::Unreadable(why.to_string()),
                other => Self::Failed(other.to_string()),
            },
        }
    }
}
