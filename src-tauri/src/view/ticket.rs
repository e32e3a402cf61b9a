//! The ticket at the counter, added up: every amount and quantity a decimal string, computed by the till.

use serde::{Deserialize, Serialize};
use till::MoneyError;
use ts_rs::TS;

use super::options::TicketExtras;

/// What something is sold by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Unit {
    Each,
    Kilogram,
    Metre,
    Litre,
}

/// A discount as it was given: an amount, or a percentage.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct DiscountView {
    pub(crate) percent: bool,
    /// `2.50`, or `10`.
    pub(crate) value: String,
}

/// A line of the ticket; an open amount has no name. `gross - off = total`.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct LineView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) quantity: String,
    pub(crate) unit: Unit,
    /// The price of one.
    pub(crate) price: String,
    pub(crate) gross: String,
    pub(crate) discount: Option<DiscountView>,
    /// What the discount takes off.
    pub(crate) off: String,
    pub(crate) total: String,
    pub(crate) note: String,
}

/// The tax at one rate.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TaxView {
    pub(crate) name: String,
    /// A percentage.
    pub(crate) rate: String,
    pub(crate) taxable: String,
    pub(crate) tax: String,
}

/// The ticket at the counter. `subtotal - off + taxes = total`, where the taxes are not included in the prices.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TicketView {
    pub(crate) number: i64,
    pub(crate) lines: Vec<LineView>,
    pub(crate) extras: TicketExtras,
    pub(crate) subtotal: String,
    pub(crate) discount: Option<DiscountView>,
    /// What the ticket's discount takes off.
    pub(crate) off: String,
    pub(crate) taxes: Vec<TaxView>,
    pub(crate) included: bool,
    pub(crate) total: String,
    /// The total, rounded where the shop rounds every total: what the customer pays.
    pub(crate) payable: String,
    pub(crate) currency: String,
    pub(crate) frozen: bool,
}

/// What a discount would come to.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct DiscountPreview {
    pub(crate) before: String,
    pub(crate) off: String,
    pub(crate) after: String,
    /// What the customer would pay for the whole ticket.
    pub(crate) total: String,
}

/// What so much would cost.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct QuantityPreview {
    pub(crate) quantity: String,
    pub(crate) price: String,
}

/// A ticket that waits under a name; empty for none.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ParkedView {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// When it was parked, in ISO 8601.
    pub(crate) since: String,
    pub(crate) total: String,
    pub(crate) lines: u32,
}

/// The last sale once more.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AgainView {
    pub(crate) ticket: TicketView,
    /// What is not sold any more, by name.
    pub(crate) left_out: Vec<String>,
}

impl From<till::DiscountPreview> for DiscountPreview {
    fn from(preview: till::DiscountPreview) -> Self {
        Self {
            before: preview.before.to_string(),
            off: preview.off.to_string(),
            after: preview.after.to_string(),
            total: preview.total.to_string(),
        }
    }
}

impl From<(till::Quantity, till::Amount)> for QuantityPreview {
    fn from((quantity, price): (till::Quantity, till::Amount)) -> Self {
        Self {
            quantity: quantity.to_string(),
            price: price.to_string(),
        }
    }
}

impl From<till::Parked> for ParkedView {
    fn from(parked: till::Parked) -> Self {
        Self {
            id: parked.id,
            name: parked.name,
            since: parked.since.to_string(),
            total: parked.total.to_string(),
            lines: u32::try_from(parked.lines).unwrap_or(u32::MAX),
        }
    }
}

impl From<till::Unit> for Unit {
    fn from(unit: till::Unit) -> Self {
        match unit {
            till::Unit::Each => Self::Each,
            till::Unit::Kilogram => Self::Kilogram,
            till::Unit::Metre => Self::Metre,
            till::Unit::Litre => Self::Litre,
        }
    }
}

impl From<till::Discount> for DiscountView {
    fn from(discount: till::Discount) -> Self {
        match discount {
            till::Discount::Amount(amount) => Self {
                percent: false,
                value: amount.to_string(),
            },
            till::Discount::Percent(rate) => Self {
                percent: true,
                value: rate.to_string(),
            },
        }
    }
}

impl From<Unit> for till::Unit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Each => Self::Each,
            Unit::Kilogram => Self::Kilogram,
            Unit::Metre => Self::Metre,
            Unit::Litre => Self::Litre,
        }
    }
}

impl From<till::TaxSum> for TaxView {
    fn from(sum: till::TaxSum) -> Self {
        Self {
            name: sum.name,
            rate: sum.rate.to_string(),
            taxable: sum.taxable.to_string(),
            tax: sum.tax.to_string(),
        }
    }
}

impl LineView {
    fn new(line: till::Line, sum: till::LineSum) -> Self {
        Self {
            id: line.id,
            quantity: line.quantity.to_string(),
            unit: line.unit.into(),
            price: line.price.to_string(),
            gross: sum.gross.to_string(),
            discount: line.discount.map(Into::into),
            off: sum.discount.to_string(),
            total: sum.total.to_string(),
            name: line.name,
            note: line.note,
        }
    }
}

impl TryFrom<till::Ticket> for TicketView {
    type Error = MoneyError;

    fn try_from(ticket: till::Ticket) -> Result<Self, MoneyError> {
        let sums = ticket.sums()?;
        Ok(Self {
            payable: ticket.rounding.payable(sums.total)?.to_string(),
            number: ticket.id,
            lines: ticket
                .lines
                .into_iter()
                .zip(sums.lines)
                .map(|(line, sum)| LineView::new(line, sum))
                .collect(),
            extras: ticket.extras.into(),
            subtotal: sums.subtotal.to_string(),
            discount: ticket.discount.map(Into::into),
            off: sums.discount.to_string(),
            taxes: sums.taxes.into_iter().map(Into::into).collect(),
            included: sums.included,
            total: sums.total.to_string(),
            currency: ticket.currency.code().to_owned(),
            frozen: ticket.frozen,
        })
    }
}
