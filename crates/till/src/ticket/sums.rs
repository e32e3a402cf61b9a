//! A ticket added up, so that everything shown adds up: each line is rounded once, tax once per rate, and what has to be
//! dealt out is dealt out in whole minor units.

use super::{Line, Ticket};
use crate::money::rounding::deal;
use crate::money::{Amount, MoneyError, Rate};

/// What one line comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineSum {
    /// Price times quantity, rounded half up once.
    pub gross: Amount,
    /// What the line's discount takes off, never more than `gross`.
    pub discount: Amount,
    /// `gross` less `discount`.
    pub total: Amount,
}

/// The tax at one rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxSum {
    /// The name of its tax class; empty where classes of different names have this rate.
    pub name: String,
    /// The rate, never zero.
    pub rate: Rate,
    /// What is taxed, after discounts and without the tax itself.
    pub taxable: Amount,
    /// The tax, rounded half up once.
    pub tax: Amount,
}

/// A ticket added up. `subtotal − discount + tax = total` where prices are without tax, `subtotal − discount = total` where
/// they have it in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// Each line, in the ticket's order.
    pub lines: Vec<LineSum>,
    /// The lines' totals together.
    pub subtotal: Amount,
    /// What the ticket's discount takes off, never more than `subtotal`.
    pub discount: Amount,
    /// The tax of each rate, the lowest rate first; none without tax.
    pub taxes: Vec<TaxSum>,
    /// All tax together.
    pub tax: Amount,
    /// What the customer pays.
    pub total: Amount,
    /// Whether the tax is in the prices, so that it is shown and not added.
    pub included: bool,
}

impl Line {
    /// What the line comes to.
    ///
    /// # Errors
    /// When it is larger than a terminal can take.
    pub fn sum(&self) -> Result<LineSum, MoneyError> {
        let gross = self.price.for_quantity(self.quantity)?;
        let discount = match self.discount {
            Some(discount) => discount.off(gross)?,
            None => Amount::zero(gross.currency()),
        };
        Ok(LineSum {
            gross,
            discount,
            total: gross.minus(discount)?,
        })
    }
}

/// The lines of one rate.
struct AtRate {
    rate: Rate,
    name: String,
    /// Their places on the ticket.
    places: Vec<usize>,
    /// Their totals together, before the ticket's discount.
    before: Amount,
    /// The same after it.
    after: Amount,
    tax: Amount,
    /// What they add to the ticket's total.
    pays: Amount,
}

impl Ticket {
    /// The ticket added up.
    ///
    /// # Errors
    /// When a part of it is larger than a terminal can take.
    pub fn sums(&self) -> Result<Sums, MoneyError> {
        let lines = self.line_sums()?;
        let (discount, rates) = self.rates(&lines)?;
        Ok(Sums {
            subtotal: Amount::sum(self.currency, lines.iter().map(|line| line.total))?,
            discount,
            tax: Amount::sum(self.currency, rates.iter().map(|rate| rate.tax))?,
            total: Amount::sum(self.currency, rates.iter().map(|rate| rate.pays))?,
            taxes: rates
                .into_iter()
                .filter(|rate| !rate.rate.is_zero())
                .map(|rate| {
                    Ok(TaxSum {
                        taxable: if self.prices_include_tax {
                            rate.after.minus(rate.tax)?
                        } else {
                            rate.after
                        },
                        name: rate.name,
                        rate: rate.rate,
                        tax: rate.tax,
                    })
                })
                .collect::<Result<_, MoneyError>>()?,
            lines,
            included: self.prices_include_tax,
        })
    }

    /// What each line contributed to the total, with its part of the discounts and the tax, in whole minor units that
    /// add up to exactly the total: what goes back when a line is returned.
    ///
    /// # Errors
    /// As [`Self::sums`].
    pub fn shares(&self) -> Result<Vec<Amount>, MoneyError> {
        // Each rate may fit where all of them together do not.
        let lines = self.sums()?.lines;
        let mut shares = vec![Amount::zero(self.currency); lines.len()];
        for rate in self.rates(&lines)?.1 {
            let weights: Vec<Amount> = rate
                .places
                .iter()
                .filter_map(|place| lines.get(*place).map(|line| line.total))
                .collect();
            for (place, share) in rate.places.iter().zip(deal(rate.pays, &weights)?) {
                if let Some(slot) = shares.get_mut(*place) {
                    *slot = share;
                }
            }
        }
        Ok(shares)
    }

    fn line_sums(&self) -> Result<Vec<LineSum>, MoneyError> {
        self.lines.iter().map(Line::sum).collect()
    }

    /// The ticket's discount, and the lines by rate with their part of it and their tax, the lowest rate first.
    fn rates(&self, lines: &[LineSum]) -> Result<(Amount, Vec<AtRate>), MoneyError> {
        let zero = Amount::zero(self.currency);
        let mut rates: Vec<AtRate> = Vec::new();
        for (place, (line, sum)) in self.lines.iter().zip(lines).enumerate() {
            match rates.iter_mut().find(|rate| rate.rate == line.tax.rate) {
                Some(rate) => {
                    rate.places.push(place);
                    rate.before = rate.before.plus(sum.total)?;
                    if rate.name != line.tax.name {
                        rate.name.clear();
                    }
                }
                None => rates.push(AtRate {
                    rate: line.tax.rate,
                    name: line.tax.name.clone(),
                    places: vec![place],
                    before: sum.total,
                    after: zero,
                    tax: zero,
                    pays: zero,
                }),
            }
        }
        rates.sort_by_key(|rate| rate.rate);
        let weights: Vec<Amount> = rates.iter().map(|rate| rate.before).collect();
        let subtotal = Amount::sum(self.currency, weights.iter().copied())?;
        let discount = match self.discount {
            Some(discount) => discount.off(subtotal)?,
            None => zero,
        };
        for (rate, off) in rates.iter_mut().zip(deal(discount, &weights)?) {
            rate.after = rate.before.minus(off)?;
            rate.tax = if self.prices_include_tax {
                rate.rate.inside(rate.after)?
            } else {
                rate.rate.of(rate.after)?
            };
            rate.pays = if self.prices_include_tax {
                rate.after
            } else {
                rate.after.plus(rate.tax)?
            };
        }
        Ok((discount, rates))
    }
}

#[cfg(test)]
mod tests;
