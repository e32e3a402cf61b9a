//! The history, and one payment with all that is known of it.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{SaleAround, Till, TillError};
use crate::payment::Payment;
use crate::reference::Reference;
use crate::store::{Days, HistoryFilter, HistoryPage, PaidWith};
use crate::timeline::{Moment, timeline};

/// Days as a person asks for them, by the shop's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryDays {
    /// Since midnight.
    Today,
    /// The day before.
    Yesterday,
    /// Today and the six days before.
    Week,
    /// All of them.
    All,
}

/// What is looked for.
#[derive(Debug, Clone)]
pub struct HistoryQuery {
    /// Words that must all occur.
    pub text: String,
    /// Which days.
    pub days: HistoryDays,
    /// Which ways to pay.
    pub paid_with: PaidWith,
    /// Continue after this payment.
    pub after: Option<Reference>,
}

/// One payment with all that is known of it.
#[derive(Debug, Clone)]
pub struct PaymentDetail {
    /// The payment.
    pub payment: Payment,
    /// What happened to it.
    pub timeline: Vec<Moment>,
    /// Its receipt, as plain lines; empty before there is one.
    pub receipt: Vec<String>,
    /// Its voids, newest first.
    pub voids: Vec<Payment>,
    /// The sale that it is a leg of, or that it gives back for; none without a ticket.
    pub sale: Option<SaleAround>,
}

impl Till {
    /// A page of the history.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn history(&self, query: &HistoryQuery) -> Result<HistoryPage, TillError> {
        self.looks()?;
        let filter = HistoryFilter {
            text: query.text.clone(),
            days: self.days(query.days),
            paid_with: query.paid_with,
            after: query.after.clone(),
        };
        Ok(self.store.history(&filter)?)
    }

    /// What happened to a payment, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn timeline(&self, reference: &Reference) -> Result<Vec<Moment>, TillError> {
        Ok(timeline(&self.store.journal_of(reference)?))
    }

    /// One payment with all that is known of it.
    ///
    /// # Errors
    /// When nobody is signed in, there is no such payment, or the store fails.
    pub async fn payment_detail(&self, reference: &Reference) -> Result<PaymentDetail, TillError> {
        self.looks()?;
        let payment = self.checkout()?.payment(reference).await?;
        // A payment that took nothing has no receipt, whatever else was paid for its ticket.
        let receipt = if payment.receipt.is_some() || payment.state.counts_as_charged() {
            self.receipt_text(&self.receipt_of(reference)?)?
        } else {
            Vec::new()
        };
        Ok(PaymentDetail {
            timeline: self.timeline(reference)?,
            receipt,
            voids: self.store.voids_of(reference)?,
            sale: payment
                .ticket
                .map(|ticket| self.sale_around(ticket))
                .transpose()?,
            payment,
        })
    }

    fn days(&self, days: HistoryDays) -> Days {
        let today = self.clock.now().to_zoned(self.zone.clone()).date();
        let midnight = |date: Date| date.to_zoned(self.zone.clone()).map(|zoned| zoned.timestamp());
        let between = |from: Result<Date, jiff::Error>, until: Result<Date, jiff::Error>| {
            Some(Days::Between(
                midnight(from.ok()?).ok()?,
                midnight(until.ok()?).ok()?,
            ))
        };
        let found = match days {
            HistoryDays::All => None,
            HistoryDays::Today => between(Ok(today), today.tomorrow()),
            HistoryDays::Yesterday => between(today.yesterday(), Ok(today)),
            HistoryDays::Week => between(today.checked_sub(6.days()), today.tomorrow()),
        };
        // Only a clock at the end of the calendar has no tomorrow; showing everything loses nothing then.
        found.unwrap_or(Days::Between(Timestamp::MIN, Timestamp::MAX))
    }
}
