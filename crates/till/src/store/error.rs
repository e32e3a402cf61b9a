//! What can go wrong in the store, in terms that a caller can act on.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::money::{MoneyError, QuantityError};
use crate::payment::IllegalTransition;
use crate::reference::Reference;
use crate::tender::{RefusedOrMoney, ReturnRefused, TenderRefused};

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
    /// The ticket must not change now: a payment of it, or a void, is open.
    #[error("the ticket has an open payment and cannot be changed")]
    Frozen,
    /// The ticket must not change any more: something was taken for it.
    #[error("something was taken for the ticket, so it cannot be changed; finish it first")]
    Begun,
    /// There is no such row.
    #[error("there is no such {0}")]
    Missing(Thing),
    /// The ticket has all the lines that a ticket can have.
    #[error("the ticket is full; take payment for it and start another")]
    TooManyLines,
    /// A quantity that this line cannot have.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
    /// The item is sold by weight, length or volume, and nobody said how much.
    #[error("this is weighed or measured; say how much of it")]
    QuantityNeeded,
    /// There is nothing on the ticket that could be parked.
    #[error("there is nothing on the ticket to park")]
    NothingToPark,
    /// Something stands on the ticket at the counter.
    #[error("the ticket at the counter is not empty; park it first")]
    TicketInTheWay,
    /// Nothing was sold yet.
    #[error("there is no sale yet that could be rung up again")]
    NoLastSale,
    /// There is a tax class of this name and rate.
    #[error("there is a tax class of this name and rate already")]
    TaxClassTwice,
    /// As many tax classes as there can be.
    #[error("there are as many tax classes as there can be; remove one that is not used")]
    TooManyTaxClasses,
    /// The class that open amounts or items have.
    #[error("open amounts or items have this tax class; give them another one first")]
    TaxClassInUse,
    /// Another item has this code.
    #[error("{by} has the code {code} already")]
    CodeTaken {
        /// The code.
        code: String,
        /// The other item's name.
        by: String,
    },
    /// Another item has this barcode.
    #[error("{by} has the barcode {barcode} already")]
    BarcodeTaken {
        /// The barcode, as typed.
        barcode: String,
        /// The other item's name.
        by: String,
    },
    /// Nothing of the item is left.
    #[error("{0} is sold out")]
    SoldOut(String),
    /// The event cannot happen to the payment as it stands.
    #[error(transparent)]
    Illegal(#[from] IllegalTransition),
    /// The ticket's sum is not an amount.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// Not a leg that can be taken, or handed back.
    #[error(transparent)]
    Tender(#[from] TenderRefused),
    /// Not something that can be returned.
    #[error(transparent)]
    Return(#[from] ReturnRefused),
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
    /// A tax class.
    TaxClass,
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
            Self::TaxClass => "tax class",
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

impl From<RefusedOrMoney> for StoreError {
    fn from(error: RefusedOrMoney) -> Self {
        match error {
            RefusedOrMoney::Refused(refused) => refused.into(),
            RefusedOrMoney::Money(error) => error.into(),
            RefusedOrMoney::Quantity(error) => error.into(),
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
