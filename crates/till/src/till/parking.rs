//! Several customers at once: tickets parked under a name and recalled, and the last sale once more.

use super::{Till, TillError, entered};
use crate::money::Currency;
use crate::store::StoreError;
use crate::tax::TaxRules;
use crate::ticket::{Line, NewLine, PARK_NAME_LIMIT, Parked, Ticket};

/// The last sale once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The ticket with its lines.
    pub ticket: Ticket,
    /// What is not sold any more, by name.
    pub left_out: Vec<String>,
}

impl Till {
    /// Parks the ticket at the counter under a name, which may be left out, and opens the next one.
    ///
    /// # Errors
    /// When the name is too long, there is nothing to park, or a payment of the ticket is open.
    pub fn park(&self, name: &str) -> Result<Ticket, TillError> {
        let member = self.require()?;
        let name = entered(name, PARK_NAME_LIMIT)?;
        Ok(self
            .store
            .park(self.currency()?, &name, member.id, self.clock.now())?)
    }

    /// The parked tickets, the one that waits longest first.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn parked(&self) -> Result<Vec<Parked>, TillError> {
        self.looks()?;
        Ok(self.store.parked()?)
    }

    /// Brings a parked ticket back to the counter; what stands there is parked under `instead` first.
    ///
    /// # Errors
    /// When something is in the way and no name was given for it, or there is no such ticket.
    pub fn recall(&self, id: i64, instead: Option<&str>) -> Result<Ticket, TillError> {
        let member = self.require()?;
        let instead = instead.map(|name| entered(name, PARK_NAME_LIMIT)).transpose()?;
        Ok(self.store.recall(
            self.currency()?,
            id,
            instead.as_deref(),
            member.id,
            self.clock.now(),
        )?)
    }

    /// Rings up the lines of the last sale on the empty ticket, as the shelf has them today: price and tax are the new ones,
    /// discounts are not repeated. What is not sold any more is left out, and said by name.
    ///
    /// # Errors
    /// When nothing was sold yet, or something is on the ticket.
    pub fn last_sale_again(&self) -> Result<Again, TillError> {
        self.require()?;
        let currency = self.currency()?;
        let rules = self.store.tax_rules()?;
        let mut lines = Vec::new();
        let mut left_out = Vec::new();
        for line in self.store.last_sold()?.lines {
            match self.again(&line, currency, &rules)? {
                Some(line) => lines.push(line),
                None => left_out.push(line.name),
            }
        }
        let ticket = self
            .store
            .ring_up_all(currency, &lines, rules.settings.included, self.clock.now())?;
        Ok(Again { ticket, left_out })
    }

    /// A line as it is rung up today; none where its item is not sold any more.
    fn again(&self, line: &Line, currency: Currency, rules: &TaxRules) -> Result<Option<NewLine>, TillError> {
        let once_more = NewLine {
            quantity: line.quantity,
            note: line.note.clone(),
            tax: rules.for_class(None),
            ..NewLine::open(line.price)
        };
        let Some(item) = line.item else {
            return Ok(Some(once_more));
        };
        match self.store.item(item, currency) {
            // What was sold by the piece and is weighed now, or the other way round, is another thing.
            Ok(item) if item.facts.sold_out || item.facts.unit != line.unit => Ok(None),
            Ok(item) => Ok(Some(NewLine {
                item: Some(item.id),
                unit: item.facts.unit,
                price: item.facts.price,
                tax: rules.for_class(item.facts.tax_class),
                name: item.facts.name,
                ..once_more
            })),
            Err(StoreError::Missing(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
