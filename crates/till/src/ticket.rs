//! What the customer buys: lines of items and open amounts.

use crate::money::{Amount, Currency, MoneyError};
use crate::payment::Extras;

/// The longest item name, in characters.
pub const NAME_LIMIT: usize = 60;
/// The most lines on one ticket.
pub const LINE_LIMIT: usize = 200;
/// The largest quantity of one line.
pub const QUANTITY_LIMIT: u32 = 9_999;

/// One line of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line's number in the store.
    pub id: i64,
    /// The item, unless it is an open amount.
    pub item: Option<i64>,
    /// The item's name when it was rung up; empty for an open amount.
    pub name: String,
    /// The price of one.
    pub unit: Amount,
    /// How many.
    pub quantity: u32,
}

impl Line {
    /// Price times quantity.
    ///
    /// # Errors
    /// When the product is larger than a terminal can take.
    pub fn total(&self) -> Result<Amount, MoneyError> {
        self.unit.times(self.quantity)
    }
}

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketStatus {
    /// At the counter now.
    Current,
    /// Put aside while its payment is being found out.
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
    /// The store's currency when it was opened.
    pub currency: Currency,
    /// What is on it, in the order rung up.
    pub lines: Vec<Line>,
    /// Its note, product and promotion; nothing else of these is a ticket's.
    pub extras: Extras,
    /// Whether a payment of it is open or has gone through, so that it must not change.
    pub frozen: bool,
}

impl Ticket {
    /// The sum of the lines.
    ///
    /// # Errors
    /// When it is larger than a terminal can take.
    pub fn total(&self) -> Result<Amount, MoneyError> {
        self.lines
            .iter()
            .try_fold(Amount::zero(self.currency), |sum, line| sum.plus(line.total()?))
    }
}

/// An item on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its row.
    pub id: i64,
    /// What the cashier reads.
    pub name: String,
    /// The price of one.
    pub price: Amount,
    /// A heading to find it under; empty for none.
    pub category: String,
}
