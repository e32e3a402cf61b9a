//! The sale around an entry of the history: its legs, its returns, and what can still be done with it.

use super::{Till, TillError};
use crate::reference::Reference;
use crate::tender::{ReturnRecord, Returnable, Standing, Tender};
use crate::ticket::TicketStatus;
use crate::timeline::Moment;

/// A sale with all its legs and returns.
#[derive(Debug, Clone)]
pub struct SaleAround {
    /// Where its ticket stands.
    pub standing: Standing,
    /// Its returns, oldest first.
    pub returns: Vec<ReturnRecord>,
    /// Whether something of it can come back.
    pub can_return: bool,
    /// Whether it waits aside to be paid, or to be paid in full.
    pub can_resume: bool,
    /// Whether its receipt is not printed yet, because more may be taken for it.
    pub receipt_waits: bool,
}

/// A tender with all that is known of it.
#[derive(Debug, Clone)]
pub struct TenderDetail {
    /// The tender.
    pub tender: Tender,
    /// Who took it.
    pub staff: String,
    /// The manager who approved it; empty for nobody.
    pub approved_by: String,
    /// Its receipt, as plain lines.
    pub receipt: Vec<String>,
    /// What happened to it.
    pub timeline: Vec<Moment>,
    /// The sale that it is a leg of, or that a return took something of.
    pub sale: SaleAround,
    /// Of money given back: the return.
    pub returned: Option<ReturnRecord>,
}

impl Till {
    /// The sale that a ticket is, or that a return took something of.
    ///
    /// # Errors
    /// When nobody is signed in, there is no such ticket, or the store fails.
    pub fn sale_around(&self, ticket: i64) -> Result<SaleAround, TillError> {
        self.looks()?;
        let sale = self.store.sold_on(ticket)?;
        let standing = self.store.standing(sale)?;
        let ticket = self.store.ticket(sale)?;
        // Whatever speaks against it is said when somebody asks for it.
        let can_return = self
            .return_sheet(sale, &[])
            .is_ok_and(|sheet| has_something_left(&sheet.bought));
        Ok(SaleAround {
            can_resume: ticket.is_waiting()
                || (standing.is_partly_paid() && ticket.status == TicketStatus::Aside),
            receipt_waits: self.is_unfinished(&standing)?,
            returns: self.store.returns_of(sale)?,
            standing,
            can_return,
        })
    }

    /// One tender with all that is known of it.
    ///
    /// # Errors
    /// When nobody is signed in, there is no such tender, or the store fails.
    pub fn tender_detail(&self, reference: &Reference) -> Result<TenderDetail, TillError> {
        self.looks()?;
        let tender = self.store.tender(reference)?;
        let name = |staff: Option<i64>| {
            let name = staff.map(|staff| self.store.staff_name(staff)).transpose()?;
            Ok::<_, TillError>(name.unwrap_or_default())
        };
        let (staff, sale) = (name(tender.staff)?, self.sale_around(tender.ticket)?);
        let returned = tender
            .returns
            .map(|_| self.store.return_of(tender.ticket))
            .transpose()?;
        Ok(TenderDetail {
            staff,
            approved_by: name(tender.approved_by)?,
            receipt: self.receipt_text(&self.receipt_of(reference)?)?,
            timeline: self.timeline(reference)?,
            sale,
            returned,
            tender,
        })
    }
}

fn has_something_left(sold: &Returnable) -> bool {
    sold.lines.iter().any(|line| line.left().is_some())
}
