//! What the customer buys: lines of items and open amounts, and what is taken off or added to them.

mod discount;
mod sums;

pub use discount::Discount;
pub use sums::{LineSum, Sums, TaxSum};

use jiff::Timestamp;

use crate::money::{Amount, Currency, MoneyError, Quantity, Rounding, Unit};
use crate::payment::Extras;
use crate::tax::LineTax;

/// The longest item name, in characters.
pub const NAME_LIMIT: usize = 60;
/// The most lines on one ticket.
pub const LINE_LIMIT: usize = 200;
/// The longest note of a line, in characters.
pub const NOTE_LIMIT: usize = 60;
/// The longest name that a ticket is parked under, in characters.
pub const PARK_NAME_LIMIT: usize = 40;

/// One line of a ticket, as it was when it was rung up: what the shelf says later changes nothing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line's number in the store.
    pub id: i64,
    /// The item, unless it is an open amount.
    pub item: Option<i64>,
    /// The item's name; empty for an open amount.
    pub name: String,
    /// The price of one.
    pub price: Amount,
    /// What it is the price of.
    pub unit: Unit,
    /// How much of it.
    pub quantity: Quantity,
    /// What is taken off this line.
    pub discount: Option<Discount>,
    /// What the cashier noted; empty for nothing.
    pub note: String,
    /// Its tax.
    pub tax: LineTax,
}

/// A line that is about to be rung up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// The item, unless it is an open amount.
    pub item: Option<i64>,
    /// The item's name; empty for an open amount.
    pub name: String,
    /// The price of one.
    pub price: Amount,
    /// What it is the price of.
    pub unit: Unit,
    /// How much of it.
    pub quantity: Quantity,
    /// What the cashier noted; empty for nothing.
    pub note: String,
    /// Its tax.
    pub tax: LineTax,
}

impl NewLine {
    /// One open amount without tax.
    #[must_use]
    pub fn open(amount: Amount) -> Self {
        Self {
            item: None,
            name: String::new(),
            price: amount,
            unit: Unit::Each,
            quantity: Quantity::ONE,
            note: String::new(),
            tax: LineTax::default(),
        }
    }

    /// Whether `line` is the same thing at the same terms, so that it becomes one more of it. What is weighed is weighed
    /// each time; what was discounted or noted by hand stands alone.
    pub(crate) fn is_more_of(&self, line: &Line) -> bool {
        self.item.is_some()
            && self.item == line.item
            && self.price == line.price
            && self.unit == Unit::Each
            && line.unit == Unit::Each
            && self.tax == line.tax
            && line.discount.is_none()
            && self.note == line.note
    }
}

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketStatus {
    /// At the counter now.
    Current,
    /// Put aside: while its payment is being found out, or parked under a name.
    Aside,
    /// Done with: paid, or cleared.
    Closed,
}

/// What one customer buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its row, which is also its number.
    pub id: i64,
    /// Where it stands.
    pub status: TicketStatus,
    /// The name that it is parked under.
    pub parked_as: Option<String>,
    /// The store's currency when it was opened.
    pub currency: Currency,
    /// What is on it, in the order rung up.
    pub lines: Vec<Line>,
    /// What is taken off the whole.
    pub discount: Option<Discount>,
    /// Whether its prices have their tax in them, as the shop had it when the first line was rung up.
    pub prices_include_tax: bool,
    /// Its note, product and promotion; nothing else of these is a ticket's.
    pub extras: Extras,
    /// How its totals are rounded: as they were when its first leg was begun, as the shop has it before.
    pub rounding: Rounding,
    /// Whether a payment of it is open or has gone through, so that it must not change.
    pub frozen: bool,
}

/// A ticket that waits for its customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// The ticket.
    pub id: i64,
    /// Its name; empty where none was given.
    pub name: String,
    /// Since when it waits.
    pub since: Timestamp,
    /// What it comes to.
    pub total: Amount,
    /// How many lines it has.
    pub lines: usize,
}

impl Ticket {
    /// Whether nothing is rung up on it, so that another may take its place. A note alone is nothing that is sold.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether it waits for its customer to come back and pay: parked, or set aside with a payment that took no money.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.status == TicketStatus::Aside
            && (self.parked_as.is_some() || (!self.frozen && !self.lines.is_empty()))
    }

    /// What it comes to: the lines, less discounts, with tax.
    ///
    /// # Errors
    /// When it, or a part of it, is larger than a terminal can take.
    pub fn total(&self) -> Result<Amount, MoneyError> {
        Ok(self.sums()?.total)
    }

    /// What has to be settled: the total, rounded where the shop rounds every total.
    ///
    /// # Errors
    /// As [`Self::total`].
    pub fn payable(&self) -> Result<Amount, MoneyError> {
        self.rounding.payable(self.total()?)
    }
}
