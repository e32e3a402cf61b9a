//! What a return gives back, so that returning everything piece by piece gives back exactly what was paid.

use jiff::Timestamp;

use super::Leg;
use crate::money::rounding::{deal, fraction};
use crate::money::{Amount, Currency, MoneyError, Quantity, QuantityError, Rounding, Unit};
use crate::reference::Reference;

/// How a return gives the money back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundWay {
    /// The payment is voided: the whole of it goes back the way it came.
    Void,
    /// In cash, over the counter.
    Cash,
    /// Somebody did it in the merchant portal, and the till keeps the portal's reference.
    Portal,
}

/// So much of one line comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineReturn {
    /// The line of the ticket that was bought.
    pub line: i64,
    /// How much of it.
    pub quantity: Quantity,
}

/// Why nothing was returned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReturnRefused {
    /// No line was chosen, or one that is not this ticket's. What was free comes back for nothing, and that is a return, too.
    #[error("choose what comes back")]
    Nothing,
    /// More of a line than is left of it.
    #[error("more of that is returned than was bought and not returned yet")]
    MoreThanBought,
    /// More than was paid and is still here: some of it was voided.
    #[error("that is more than was paid and not given back yet ({0})")]
    MoreThanPaid(Amount),
    /// The ticket was never paid in full, and what was taken of it can be taken back.
    #[error("this sale was not paid in full; take back what was taken instead")]
    NotPaid,
    /// Of a sale that was paid only in part, all comes back or nothing.
    #[error("this sale was paid only in part, so all of it comes back")]
    OnlyWhole,
    /// Only the whole of one payment can be voided.
    #[error(
        "a void gives back the whole payment; give the money back in cash, or through the merchant portal"
    )]
    NotTheWhole,
    /// Something of the sale was returned since somebody looked at it.
    #[error("something of this sale was returned meanwhile; look at it again")]
    Changed,
    /// Some of it was returned already.
    #[error("some of this sale was returned already, so its payment cannot be voided")]
    ReturnedAlready,
}

/// One line of a ticket that was bought, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnableLine {
    /// The line.
    pub line: i64,
    /// The item's name; empty for an open amount.
    pub name: String,
    /// The price of one.
    pub price: Amount,
    /// What it is the price of.
    pub unit: Unit,
    /// How much was bought.
    pub bought: Quantity,
    /// How much of it came back, in thousandths.
    pub returned: i64,
    /// What all of it contributed to the ticket's total.
    pub share: Amount,
}

impl ReturnableLine {
    /// What is left to return; none where all came back.
    #[must_use]
    pub fn left(&self) -> Option<Quantity> {
        Quantity::from_thousandths(self.bought.thousandths() - self.returned).ok()
    }
}

/// What the returns of a ticket gave back in cash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InCash {
    /// What they settle.
    pub(crate) settled: Amount,
    /// What was handed over, in coins that there are.
    pub(crate) moved: Amount,
}

/// A ticket as a return sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returnable {
    /// The ticket that was bought.
    pub ticket: i64,
    /// The number of its receipt.
    pub receipt: Option<i64>,
    /// When it was opened.
    pub at: Timestamp,
    /// Its lines.
    pub lines: Vec<ReturnableLine>,
    /// Its newest return, to be given back with what is asked for: a call that comes twice returns once.
    pub newest: Option<i64>,
    /// The payment that was all of it, if it can still be voided whole.
    pub voidable: Option<Reference>,
    /// Whether it was paid only in part: then all of it comes back, for what was paid.
    pub only_whole: bool,
    /// What the ticket had to settle; what was paid, where that was only a part.
    pub(crate) payable: Amount,
    /// What the legs that still count settle, less what was given back over the counter or through the portal.
    pub(crate) held: Amount,
    /// What the customer really paid.
    pub(crate) collected: Amount,
    /// How totals were rounded.
    pub(crate) rounding: Rounding,
    /// What its returns settle so far.
    pub(crate) given_back: Amount,
    /// What of that went back in cash, and what was handed over for it.
    pub(crate) in_cash: InCash,
}

/// What a return of some lines would give back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnOffer {
    /// Each chosen line, and what it gives back.
    pub lines: Vec<(LineReturn, Amount)>,
    /// All of it.
    pub amount: Amount,
    /// What would be handed over for it in cash.
    pub cash: Amount,
    /// The payment that would be voided for it: only where everything comes back and it was one payment.
    pub voidable: Option<Reference>,
}

impl Returnable {
    /// The currency it was sold in.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.payable.currency()
    }

    /// What a return of `chosen` gives back.
    ///
    /// # Errors
    /// [`ReturnRefused`] by what stands in the way; an amount that is none.
    pub fn offer(&self, chosen: &[LineReturn]) -> Result<ReturnOffer, RefusedOrMoney> {
        let mut lines = Vec::new();
        let mut sum = Amount::zero(self.payable.currency());
        let mut left = false;
        for line in &self.lines {
            let now: i64 = chosen
                .iter()
                .filter(|chosen| chosen.line == line.line)
                .map(|chosen| chosen.quantity.thousandths())
                .sum();
            if line.returned + now > line.bought.thousandths() {
                return Err(ReturnRefused::MoreThanBought.into());
            }
            left |= line.returned + now < line.bought.thousandths();
            let Ok(quantity) = Quantity::from_thousandths(now) else {
                continue;
            };
            let quantity = quantity.of(line.unit)?;
            let gives = gives(line.share, line.bought, line.returned, now)?;
            sum = sum.plus(gives)?;
            lines.push((
                LineReturn {
                    line: line.line,
                    quantity,
                },
                gives,
            ));
        }
        if lines.is_empty()
            || chosen
                .iter()
                .any(|chosen| !self.lines.iter().any(|line| line.line == chosen.line))
        {
            return Err(ReturnRefused::Nothing.into());
        }
        // The last piece takes the rounding of the whole with it; before it, no more goes back than was paid.
        let zero = Amount::zero(self.currency());
        let rest = self.payable.minus(self.given_back).unwrap_or(zero);
        let amount = if left { sum.at_most(rest) } else { rest };
        if amount.minor() > self.held.minor() {
            return Err(ReturnRefused::MoreThanPaid(self.held).into());
        }
        let cash = self.cash_for(amount)?;
        if self.only_whole {
            if left {
                return Err(ReturnRefused::OnlyWhole.into());
            }
            let shares: Vec<Amount> = lines.iter().map(|(_, share)| *share).collect();
            for ((_, gives), part) in lines.iter_mut().zip(deal(amount, &shares)?) {
                *gives = part;
            }
        }
        let voidable = self
            .voidable
            .clone()
            .filter(|_| !left && self.given_back.is_zero());
        Ok(ReturnOffer {
            lines,
            amount,
            cash,
            voidable,
        })
    }

    /// What is handed over for `amount` in cash: the rounded sum of all that went back in cash, less what was handed over
    /// before, so that piece by piece gives what all at once would. All of it in cash is what the customer really paid.
    fn cash_for(&self, amount: Amount) -> Result<Amount, MoneyError> {
        let settled = self.in_cash.settled.plus(amount)?;
        let target = if settled == self.payable {
            self.collected
        } else {
            settled.at_most(self.collected)
        };
        let target = self.rounding.in_cash(target)?;
        Ok(target
            .minus(self.in_cash.moved)
            .unwrap_or(Amount::zero(self.currency())))
    }
}

/// Why there is no offer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefusedOrMoney {
    /// By a rule of returns.
    #[error(transparent)]
    Refused(#[from] ReturnRefused),
    /// The sums are not an amount.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A part of something that was sold in pieces.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
}

/// What one line of a return gave back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedLine {
    /// The item's name; empty for an open amount.
    pub name: String,
    /// What its price is the price of.
    pub unit: Unit,
    /// How much came back.
    pub quantity: Quantity,
    /// What it gave back.
    pub gives: Amount,
}

/// A return, as the store has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnRecord {
    /// The return's own ticket.
    pub ticket: i64,
    /// The ticket that was bought.
    pub original: i64,
    /// The number of the receipt that it was bought with.
    pub original_receipt: Option<i64>,
    /// The number of the return's own receipt; none while its void is open, or was refused.
    pub receipt: Option<i64>,
    /// What came back.
    pub lines: Vec<ReturnedLine>,
    /// What it gives back.
    pub amount: Amount,
    /// How: the void, the cash, or the portal's refund.
    pub refund: Option<Leg>,
    /// Why.
    pub reason: String,
    /// Who asked for it.
    pub staff: Option<i64>,
    /// The manager who approved it.
    pub approved_by: Option<i64>,
    /// When.
    pub at: Timestamp,
    /// When its void was refused, so that nothing was given back.
    pub undone_at: Option<Timestamp>,
    /// Whether that void was found to have gone through after all: the money is with the customer, and nothing of the sale
    /// is left to return.
    pub found_given_back: bool,
}

/// What returning `now` thousandths of a line gives back, after `before` came back already: the difference of two sums
/// that are each rounded half up, so that all pieces together are exactly `share`.
///
/// # Errors
/// When a product is too large.
fn gives(share: Amount, bought: Quantity, before: i64, now: i64) -> Result<Amount, MoneyError> {
    let until = |thousandths: i64| fraction(share, thousandths, bought.thousandths());
    until(before + now)?.minus(until(before)?)
}

#[cfg(test)]
mod tests;
