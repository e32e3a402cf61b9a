//! Receipts: what one is of, and its description from what the store holds.

use jiff::Timestamp;

use super::{Till, TillError};
use crate::payment::Kind;
use crate::receipt::{Block, ReceiptBody, ReceiptParts, Speech, plain_text, receipt};
use crate::reference::Reference;
use crate::store::{Language, ReceiptOf, StoreError, Thing};
use crate::tender::{Leg, Standing};
use crate::ticket::TicketStatus;

/// How a receipt is to look.
pub(super) struct Look<'a> {
    pub(super) speech: Speech,
    pub(super) footer: &'a [String],
    pub(super) logo: bool,
    pub(super) code: bool,
    /// Which copy it is; none on the screen.
    pub(super) copy: Option<u32>,
}

/// A receipt and its number.
pub(super) struct Made {
    pub(super) number: i64,
    pub(super) blocks: Vec<Block>,
}

/// Its number, when it came about, and who took the money.
type About = (Option<i64>, Timestamp, Option<i64>);

impl Till {
    /// What the receipt of a payment or a tender is of: its ticket, with whatever else was taken for that; itself, if it has
    /// none or is a void that is no return.
    ///
    /// # Errors
    /// When there is neither of that reference, or the store fails.
    pub fn receipt_of(&self, reference: &Reference) -> Result<ReceiptOf, TillError> {
        let payment = match self.store.payment(reference) {
            Ok(payment) => payment,
            Err(StoreError::Missing(Thing::Payment)) => {
                return Ok(ReceiptOf::Ticket(self.store.tender(reference)?.ticket));
            }
            Err(error) => return Err(error.into()),
        };
        Ok(match (payment.kind, payment.ticket) {
            (Kind::Sale | Kind::CashOut, Some(ticket)) => ReceiptOf::Ticket(ticket),
            // The void that a return gives the money back by.
            (Kind::Void, Some(ticket)) if self.store.sold_on(ticket)? != ticket => ReceiptOf::Ticket(ticket),
            (Kind::Sale | Kind::CashOut, None) | (Kind::Void, _) => ReceiptOf::Payment(payment.reference),
        })
    }

    /// Whether a receipt would say less than the sale comes to in the end.
    pub(super) fn is_too_soon(&self, of: &ReceiptOf) -> Result<bool, TillError> {
        match of {
            ReceiptOf::Ticket(ticket) if self.store.sold_on(*ticket)? == *ticket => {
                self.is_unfinished(&self.store.standing(*ticket)?)
            }
            ReceiptOf::Ticket(_) | ReceiptOf::Payment(_) => Ok(false),
        }
    }

    /// Whether more may be taken for a sale, now or when it comes back to the counter.
    pub(super) fn is_unfinished(&self, standing: &Standing) -> Result<bool, TillError> {
        if standing.is_paid() || standing.returned {
            return Ok(false);
        }
        let ticket = self.store.ticket(standing.ticket)?;
        Ok(match ticket.status {
            TicketStatus::Current => true,
            TicketStatus::Aside => {
                standing.is_partly_paid() || standing.in_the_way.is_some() || ticket.is_waiting()
            }
            TicketStatus::Closed => false,
        })
    }

    /// The language of the till's screens, also where that is the computer's.
    pub(super) fn spoken(&self) -> Result<Language, TillError> {
        Ok(match self.store.language()? {
            Language::System => self.system_language,
            chosen @ (Language::English | Language::Malay | Language::Chinese) => chosen,
        })
    }

    /// The receipt as the screen shows it; empty before there is one.
    pub(super) fn receipt_text(&self, of: &ReceiptOf) -> Result<Vec<String>, TillError> {
        let look = Look {
            speech: Speech::one(self.spoken()?),
            footer: &[],
            logo: false,
            code: false,
            copy: None,
        };
        let made = self.make_receipt(of, &look)?;
        Ok(made.map(|made| plain_text(&made.blocks)).unwrap_or_default())
    }

    /// The receipt; none before there is a number for it.
    pub(super) fn make_receipt(&self, of: &ReceiptOf, look: &Look<'_>) -> Result<Option<Made>, TillError> {
        match of {
            ReceiptOf::Payment(reference) => {
                let payment = self.store.payment(reference)?;
                let about = (payment.receipt, payment.created_at, payment.staff);
                self.write(about, ReceiptBody::Payment(&payment), look)
            }
            ReceiptOf::Ticket(ticket) if self.store.sold_on(*ticket)? != *ticket => {
                let back = self.store.return_of(*ticket)?;
                self.write(
                    (back.receipt, back.at, back.staff),
                    ReceiptBody::Return(&back),
                    look,
                )
            }
            ReceiptOf::Ticket(ticket) => {
                let standing = self.store.standing(*ticket)?;
                let ticket = self.store.ticket(*ticket)?;
                // Nothing was taken of a ticket without a leg.
                let taken = standing.taken().next().or(standing.legs.first());
                let Some(first) = taken else { return Ok(None) };
                let staff = match first {
                    Leg::Payment(payment) => payment.staff,
                    Leg::Tender(tender) => tender.staff,
                };
                let body = ReceiptBody::Sale {
                    ticket: &ticket,
                    standing: &standing,
                };
                self.write((standing.receipt, first.at(), staff), body, look)
            }
        }
    }

    fn write(
        &self,
        (number, at, staff): About,
        body: ReceiptBody<'_>,
        look: &Look<'_>,
    ) -> Result<Option<Made>, TillError> {
        let Some(number) = number else {
            return Ok(None);
        };
        let store = self.store.store_settings()?.ok_or(TillError::NotSetUp)?;
        let tax = self.store.tax_settings()?;
        let staff = staff.map(|staff| self.store.staff_name(staff)).transpose()?;
        let blocks = receipt(&ReceiptParts {
            number,
            at,
            body,
            // A terminal that has no name any more goes by its number.
            terminals: &|id| self.store.terminal_label(id).unwrap_or_else(|_| id.to_owned()),
            currency: self.currency()?,
            store: &store,
            sst_number: if tax.enabled { &tax.sst_number } else { "" },
            footer: look.footer,
            logo: look.logo,
            code: look.code,
            staff: &staff.unwrap_or_default(),
            copy: look.copy,
            training: self.training,
            zone: &self.zone,
            speech: look.speech,
        })?;
        Ok(Some(Made { number, blocks }))
    }
}
