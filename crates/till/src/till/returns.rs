//! Returns against an old receipt, line by line, behind a manager's PIN.

use super::{Manager, Till, TillError, entered, needed};
use crate::money::{Amount, Quantity};
use crate::payment::Payment;
use crate::reference::Reference;
use crate::store::{NewReturn, StoreError};
use crate::tender::{Leg, LineReturn, RefundWay, ReturnOffer, ReturnRecord, ReturnRefused, Returnable};

/// The longest reason, in characters.
const REASON_LIMIT: usize = 200;
/// The longest reference of the merchant portal, in characters.
const PORTAL_LIMIT: usize = 40;

/// A return that somebody asks for.
#[derive(Debug, Clone)]
pub struct ReturnAsked<'a> {
    /// The ticket that was bought.
    pub ticket: i64,
    /// The lines and, as typed, how much of each comes back.
    pub lines: &'a [(i64, String)],
    /// What somebody saw that it gives back, as a decimal.
    pub amount: &'a str,
    /// The newest return of the ticket that they saw ([`Returnable::newest`]).
    pub seen: Option<i64>,
    /// How the money goes back.
    pub way: RefundWay,
    /// The merchant portal's reference, where it was done there.
    pub portal: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// What a return may do, and what it would give back.
#[derive(Debug, Clone)]
pub struct ReturnSheet {
    /// The ticket as it was bought, and what came back of it.
    pub bought: Returnable,
    /// What the chosen lines give back; none while none is chosen.
    pub offer: Option<ReturnOffer>,
}

/// What came of a return.
#[derive(Debug, Clone)]
pub enum Returned {
    /// The money went back, or will have once the till is closed: over the counter or in the portal.
    Done(Box<ReturnRecord>),
    /// Its void is on its way. Nothing is returned until it is approved.
    Voiding(Box<Payment>),
}

impl Returned {
    /// What gave the money back, once something has.
    #[must_use]
    pub fn refund(&self) -> Option<&Reference> {
        match self {
            Self::Done(back) => back.refund.as_ref().map(Leg::reference),
            Self::Voiding(_) => None,
        }
    }
}

impl Till {
    /// What can come back of a ticket, and what the chosen lines would give back. Nothing is returned.
    ///
    /// # Errors
    /// When nobody is signed in, the ticket cannot be returned, or more is chosen than is left.
    pub fn return_sheet(&self, ticket: i64, chosen: &[(i64, String)]) -> Result<ReturnSheet, TillError> {
        self.looks()?;
        let mut bought = self.store.returnable(ticket)?;
        if bought.only_whole && !self.is_stuck(&self.store.standing(ticket)?)? {
            return Err(StoreError::from(ReturnRefused::NotPaid).into());
        }
        if let Some(reference) = &bought.voidable
            && self
                .refuse_other_account(&self.store.payment(reference)?)
                .is_err()
        {
            bought.voidable = None;
        }
        let lines = quantities(chosen)?;
        let offer = match lines.as_slice() {
            [] => None,
            lines => Some(bought.offer(lines).map_err(StoreError::from)?),
        };
        Ok(ReturnSheet { bought, offer })
    }

    /// Takes goods back and gives the money back: by a void of the payment where all of it comes back, in cash, or as it
    /// was refunded in the merchant portal. Who is signed in stays signed in; the journal keeps who asked, who approved
    /// and why.
    ///
    /// # Errors
    /// When the PIN is wrong or not a manager's, the reason or the portal's reference is missing, or by what stands in
    /// the way. Nothing was returned then.
    pub async fn return_goods(
        &self,
        asked: &ReturnAsked<'_>,
        manager: Manager<'_>,
    ) -> Result<Returned, TillError> {
        let staff = self.require()?.id;
        let reason = needed(asked.reason, REASON_LIMIT)?;
        let portal = match asked.way {
            RefundWay::Portal => needed(asked.portal, PORTAL_LIMIT)?,
            RefundWay::Cash | RefundWay::Void => entered(asked.portal, PORTAL_LIMIT)?,
        };
        let sheet = self.return_sheet(asked.ticket, asked.lines)?;
        let offer = sheet.offer.ok_or(StoreError::from(ReturnRefused::Nothing))?;
        let amount = Amount::parse_decimal(asked.amount, offer.amount.currency())?;
        let voidable = match (asked.way, offer.voidable) {
            (RefundWay::Void, Some(original)) => Some(original),
            (RefundWay::Void, None) => return Err(StoreError::from(ReturnRefused::NotTheWhole).into()),
            (RefundWay::Cash | RefundWay::Portal, _) => None,
        };
        let approved_by = self.roster.approve(manager.0, manager.1)?.id;
        let at = self.clock.now();
        let new = NewReturn {
            ticket: asked.ticket,
            lines: quantities(asked.lines)?,
            amount,
            seen: asked.seen,
            reason,
            staff,
            approved_by,
            at,
        };
        if let Some(original) = voidable {
            let void = self.checkout()?.void_for_return(&original, new).await?;
            return Ok(Returned::Voiding(Box::new(void)));
        }
        let reference = Reference::new(at, self.entropy.as_ref())?;
        let record = match asked.way {
            RefundWay::Portal => self.store.return_by_portal(&new, &reference, &portal)?,
            RefundWay::Cash | RefundWay::Void => self.store.return_for_cash(&new, &reference)?,
        };
        Ok(Returned::Done(Box::new(record)))
    }
}

/// The chosen lines; those of which nothing comes back are left out.
fn quantities(chosen: &[(i64, String)]) -> Result<Vec<LineReturn>, TillError> {
    chosen
        .iter()
        .filter(|(_, typed)| typed.chars().any(|c| !matches!(c, '0' | '.' | ' ')))
        .map(|(line, typed)| {
            Ok(LineReturn {
                line: *line,
                quantity: Quantity::parse(typed)?,
            })
        })
        .collect()
}
