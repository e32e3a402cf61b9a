//! Ringing up: what a cashier does to the ticket at the counter before it is paid.

use super::{Till, TillError, entered};
use crate::money::{Amount, Quantity, Rate, Unit};
use crate::store::{StoreError, Thing, Typed};
use crate::ticket::{Discount, Line, NOTE_LIMIT, NewLine, Ticket};

/// What a discount would come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiscountPreview {
    /// What it is taken off: the line, or the lines together.
    pub before: Amount,
    /// What it takes off.
    pub off: Amount,
    /// What is left.
    pub after: Amount,
    /// What the customer would pay for the whole ticket.
    pub total: Amount,
}

/// What so much costs at a price for one.
pub(super) fn priced(price: Amount, unit: Unit, typed: &str) -> Result<(Quantity, Amount), TillError> {
    let quantity = Quantity::parse(typed)?.of(unit)?;
    Ok((quantity, price.for_quantity(quantity)?))
}

fn line_of(ticket: &mut Ticket, id: i64) -> Result<&mut Line, TillError> {
    let found = ticket.lines.iter_mut().find(|line| line.id == id);
    Ok(found.ok_or(StoreError::Missing(Thing::Line))?)
}

impl Till {
    /// The ticket at the counter.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn ticket(&self) -> Result<Ticket, TillError> {
        self.looks()?;
        Ok(self.store.current_ticket(self.currency()?, self.clock.now())?)
    }

    /// Puts an open amount on the ticket, as typed (digits fill from the minor unit).
    ///
    /// # Errors
    /// When it is not an amount, or the ticket cannot take it.
    pub fn add_amount(&self, typed: &str) -> Result<Ticket, TillError> {
        self.require()?;
        let amount = Amount::parse_keyed(typed, self.currency()?)?;
        self.ring_up(NewLine::open(amount), None)
    }

    /// What is due on the ticket together with what is typed and not yet added: what paying now would charge.
    ///
    /// # Errors
    /// As [`Self::standing_with`].
    pub fn due_with(&self, typed: &str) -> Result<Amount, TillError> {
        Ok(self.standing_with(typed)?.due)
    }

    /// What was typed and is not on the ticket yet, as a line of it; none where nothing was.
    pub(super) fn typed(&self, typed: &str) -> Result<Option<Typed>, TillError> {
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let rules = self.store.tax_rules()?;
        let amount = Amount::parse_keyed(typed, self.currency()?)?;
        Ok(Some(Typed {
            line: NewLine {
                tax: rules.for_class(None),
                ..NewLine::open(amount)
            },
            included: rules.settings.included,
        }))
    }

    /// Puts so much of an item on the ticket, as typed; one piece where nothing was.
    ///
    /// # Errors
    /// When there is no such item, nothing of it is left, it has to be weighed first, or the ticket cannot take it.
    pub fn add_item(&self, item: i64, typed: Option<&str>) -> Result<Ticket, TillError> {
        self.require()?;
        let quantity = typed.map(Quantity::parse).transpose()?;
        let rules = self.store.tax_rules()?;
        Ok(self
            .store
            .sell_item(self.currency()?, item, quantity, &rules, self.clock.now())?)
    }

    /// Sets how much of a line is bought, as typed.
    ///
    /// # Errors
    /// When it is not a quantity, there is no such line, or the ticket cannot change.
    pub fn set_quantity(&self, line: i64, typed: &str) -> Result<Ticket, TillError> {
        let staff = self.require()?.id;
        let quantity = Quantity::parse(typed)?;
        Ok(self
            .store
            .set_quantity(self.currency()?, line, quantity, staff, self.clock.now())?)
    }

    /// One more of a line, or one less; the last one takes the line off.
    ///
    /// # Errors
    /// When there is no such line, or the ticket cannot change.
    pub fn step_quantity(&self, line: i64, up: bool) -> Result<Ticket, TillError> {
        let staff = self.require()?.id;
        Ok(self
            .store
            .step_quantity(self.currency()?, line, up, staff, self.clock.now())?)
    }

    /// Sets what is taken off a line; nothing typed takes the discount back.
    ///
    /// # Errors
    /// When it is not a discount, there is no such line, or the ticket cannot change.
    pub fn discount_line(&self, line: i64, typed: &str, percent: bool) -> Result<Ticket, TillError> {
        self.discount(Some(line), typed, percent)
    }

    /// Sets what is taken off the whole ticket; nothing typed takes the discount back.
    ///
    /// # Errors
    /// When it is not a discount, or the ticket cannot change.
    pub fn discount_ticket(&self, typed: &str, percent: bool) -> Result<Ticket, TillError> {
        self.discount(None, typed, percent)
    }

    fn discount(&self, line: Option<i64>, typed: &str, percent: bool) -> Result<Ticket, TillError> {
        let member = self.require()?;
        let discount = self.read_discount(typed, percent)?;
        Ok(self
            .store
            .discount(self.currency()?, line, discount, member.id, self.clock.now())?)
    }

    /// A discount as typed: a percentage, or an amount whose digits fill from the minor unit. None for nothing.
    fn read_discount(&self, typed: &str, percent: bool) -> Result<Option<Discount>, TillError> {
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let discount = if percent {
            Discount::Percent(Rate::parse(typed)?)
        } else {
            Discount::Amount(Amount::parse_keyed(typed, self.currency()?)?)
        };
        Ok(Some(discount).filter(|discount| !discount.is_nothing()))
    }

    /// What a discount would make of a line, or of the whole ticket; nothing is written.
    ///
    /// # Errors
    /// When it is not a discount or there is no such line.
    pub fn preview_discount(
        &self,
        line: Option<i64>,
        typed: &str,
        percent: bool,
    ) -> Result<DiscountPreview, TillError> {
        let mut ticket = self.ticket()?;
        let discount = self.read_discount(typed, percent)?;
        match line {
            None => ticket.discount = discount,
            Some(id) => line_of(&mut ticket, id)?.discount = discount,
        }
        let sums = ticket.sums()?;
        let place = ticket.lines.iter().position(|known| Some(known.id) == line);
        let of_line = place.and_then(|place| sums.lines.get(place));
        let (before, off) =
            of_line.map_or((sums.subtotal, sums.discount), |line| (line.gross, line.discount));
        Ok(DiscountPreview {
            before,
            off,
            after: before.minus(off)?,
            total: ticket.rounding.payable(sums.total)?,
        })
    }

    /// What so much of a line, as typed, would cost before discounts; nothing is written.
    ///
    /// # Errors
    /// When it is not a quantity of what the line is sold by, or there is no such line.
    pub fn preview_quantity(&self, line: i64, typed: &str) -> Result<(Quantity, Amount), TillError> {
        let mut ticket = self.ticket()?;
        let line = line_of(&mut ticket, line)?;
        priced(line.price, line.unit, typed)
    }

    /// What so much of an item, as typed, would cost before discounts; nothing is written.
    ///
    /// # Errors
    /// When it is not a quantity of what the item is sold by, or there is no such item.
    pub fn preview_item(&self, item: i64, typed: &str) -> Result<(Quantity, Amount), TillError> {
        self.require()?;
        let facts = self.store.item(item, self.currency()?)?.facts;
        priced(facts.price, facts.unit, typed)
    }

    /// Notes something about a line; an empty note takes it off.
    ///
    /// # Errors
    /// When it is too long, there is no such line, or the ticket cannot change.
    pub fn note_line(&self, line: i64, note: &str) -> Result<Ticket, TillError> {
        self.require()?;
        let note = entered(note, NOTE_LIMIT)?;
        Ok(self
            .store
            .note_line(self.currency()?, line, &note, self.clock.now())?)
    }

    /// Takes a line off the ticket.
    ///
    /// # Errors
    /// When there is no such line, or the ticket cannot change.
    pub fn remove_line(&self, line: i64) -> Result<Ticket, TillError> {
        let staff = self.require()?.id;
        Ok(self
            .store
            .remove_line(self.currency()?, line, staff, self.clock.now())?)
    }

    /// Takes everything off the ticket.
    ///
    /// # Errors
    /// When the ticket cannot change.
    pub fn clear_ticket(&self) -> Result<Ticket, TillError> {
        let staff = self.require()?.id;
        Ok(self
            .store
            .clear_ticket(self.currency()?, staff, self.clock.now())?)
    }

    /// Puts a line on the ticket with the tax of `class`, or of the shop's default one.
    pub(super) fn ring_up(&self, line: NewLine, class: Option<i64>) -> Result<Ticket, TillError> {
        let rules = self.store.tax_rules()?;
        let line = NewLine {
            tax: rules.for_class(class),
            ..line
        };
        Ok(self
            .store
            .add_line(self.currency()?, &line, rules.settings.included, self.clock.now())?)
    }
}

/// The ticket as it would be with one more line; nothing is written.
pub(super) fn with_line(mut ticket: Ticket, typed: Typed) -> Ticket {
    let Typed { line, included } = typed;
    if ticket.lines.is_empty() {
        ticket.prices_include_tax = included;
    }
    ticket.lines.push(Line {
        id: 0,
        item: line.item,
        name: line.name,
        price: line.price,
        unit: line.unit,
        quantity: line.quantity,
        discount: None,
        note: line.note,
        tax: line.tax,
    });
    ticket
}
