//! Putting an item on the ticket, by touch or by scan: found, looked at and rung up in one commit.

use jiff::Timestamp;
use rusqlite::Connection;

use super::super::ticket_rows::current;
use super::super::tickets::{changeable, ring_up_first, whole};
use super::super::{Store, StoreError};
use super::{find, item};
use crate::items::{Item, Scan, Scanned};
use crate::money::{Currency, Quantity};
use crate::tax::TaxRules;
use crate::ticket::{NewLine, Ticket};

impl Store {
    /// Puts so much of an item on the current ticket; one piece where nothing is said.
    ///
    /// # Errors
    /// [`StoreError::QuantityNeeded`] where it has to be weighed or measured first, [`StoreError::SoldOut`], [`StoreError::Missing`], [`StoreError::Frozen`], or a ticket that grows too large.
    pub(crate) fn sell_item(
        &self,
        currency: Currency,
        id: i64,
        quantity: Option<Quantity>,
        rules: &TaxRules,
        at: Timestamp,
    ) -> Result<Ticket, StoreError> {
        self.write(|connection| {
            let item = item(connection, id, currency)?;
            if item.facts.sold_out {
                return Err(StoreError::SoldOut(item.facts.name));
            }
            let quantity = match quantity {
                Some(quantity) => quantity,
                None if item.facts.unit.is_measured() => return Err(StoreError::QuantityNeeded),
                None => Quantity::ONE,
            };
            ring_up(connection, &item, quantity, rules, currency, at)
        })
    }

    /// Puts the item of a scanned code on the current ticket, if there is one and something of it is left.
    ///
    /// # Errors
    /// [`StoreError::Frozen`], or a ticket that grows too large.
    pub(crate) fn scan(
        &self,
        currency: Currency,
        scanned: &Scanned,
        rules: &TaxRules,
        at: Timestamp,
    ) -> Result<(Scan, Ticket), StoreError> {
        self.write(|connection| {
            let Some(id) = find::by_code(connection, scanned)? else {
                return Ok((Scan::NotFound, current(connection, currency, at)?));
            };
            let item = item(connection, id, currency)?;
            if item.facts.sold_out {
                return Ok((Scan::SoldOut(item), current(connection, currency, at)?));
            }
            if item.facts.unit.is_measured() {
                return Ok((Scan::Measured(item), current(connection, currency, at)?));
            }
            let ticket = ring_up(connection, &item, Quantity::ONE, rules, currency, at)?;
            Ok((Scan::Added(item), ticket))
        })
    }
}

fn ring_up(
    connection: &Connection,
    item: &Item,
    quantity: Quantity,
    rules: &TaxRules,
    currency: Currency,
    at: Timestamp,
) -> Result<Ticket, StoreError> {
    let ticket = changeable(connection, currency, at)?;
    let line = NewLine {
        item: Some(item.id),
        name: item.facts.name.clone(),
        price: item.facts.price,
        unit: item.facts.unit,
        quantity: quantity.of(item.facts.unit)?,
        note: String::new(),
        tax: rules.for_class(item.facts.tax_class),
    };
    ring_up_first(connection, &ticket, &line, rules.settings.included)?;
    whole(connection, ticket.id)
}
