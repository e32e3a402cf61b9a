//! Paying, and going on to the next customer.

use cloudecr::PaymentMethod;

use super::{Taking, Till, TillError};
use crate::checkout::Charge;
use crate::money::Amount;
use crate::payment::{Extras, Payment, PaymentState, safe_to_charge_again};
use crate::reference::Reference;
use crate::staff::Member;
use crate::store::{Seen, StoreError};
use crate::tender::{Leg, TenderRefused};
use crate::ticket::{Ticket, TicketStatus};

/// The way that a charge goes.
pub(super) struct How {
    method: PaymentMethod,
    channel: Option<String>,
    /// What is handed back beside it.
    cash: Option<Amount>,
}

impl How {
    pub(super) const fn new(method: PaymentMethod, channel: Option<String>, cash: Option<Amount>) -> Self {
        Self {
            method,
            channel,
            cash,
        }
    }
}

impl Till {
    /// Charges the ticket, and what was typed but not yet added, on the chosen terminal. Returns once the payment is
    /// committed; how it goes is told by the checkout's changes. `sure` says that somebody looked at an unsettled
    /// payment of the same amount and that this is another customer.
    ///
    /// # Errors
    /// When nothing was sent: nothing to pay, no terminal, held, frozen, not saved, or
    /// [`TillError::SameAmountOpen`].
    pub async fn pay(
        &self,
        method: PaymentMethod,
        channel: Option<String>,
        typed: &str,
        sure: bool,
    ) -> Result<Payment, TillError> {
        self.pay_by(How::new(method, channel, None), typed, None, None, sure)
            .await
    }

    /// Charges what is due of the ticket, or a part of it, if that is still what somebody saw; with cash, as a decimal,
    /// handed back beside it if there is any. Otherwise as [`Self::pay`].
    ///
    /// # Errors
    /// As [`Self::pay`], with [`TenderRefused::DueChanged`], a part that is none, or cash that is not handed back.
    pub async fn pay_as_seen(
        &self,
        method: PaymentMethod,
        channel: Option<String>,
        cash: Option<&str>,
        taking: &Taking<'_>,
        sure: bool,
    ) -> Result<Payment, TillError> {
        let cash = cash.map(|cash| self.check_cash(cash)).transpose()?;
        let how = How::new(method, channel, cash);
        self.pay_by(how, taking.typed, taking.part, Some(taking.due), sure)
            .await
    }

    /// Charges what is due, or a part of it. `due`, as a decimal, is what somebody saw; none where nobody looked.
    pub(super) async fn pay_by(
        &self,
        how: How,
        typed: &str,
        part: Option<&str>,
        due: Option<&str>,
        sure: bool,
    ) -> Result<Payment, TillError> {
        let member = self.require()?;
        let standing = self.standing_with(typed)?;
        if let Some(open) = &standing.in_the_way {
            return Err(StoreError::TicketTaken(open.clone()).into());
        }
        let due = match due {
            Some(due) => Amount::parse_decimal(due, standing.due.currency())?,
            None => standing.due,
        };
        if due != standing.due {
            return Err(StoreError::from(TenderRefused::DueChanged(standing.due)).into());
        }
        let amount = self.part_of(&standing, part)?;
        self.refuse_what_cannot_be_paid(amount, sure)?;
        let ticket = self.ticket()?;
        self.extras_of(&ticket)?.check_for(how.method)?;
        let seen = Seen {
            due,
            typed: self.typed(typed)?,
        };
        self.charge(&member, &ticket, amount, how, Some(seen)).await
    }

    /// Charges the ticket at the counter again, when that cannot charge twice: what it carries and the cash beside it are asked
    /// for again, too.
    ///
    /// # Errors
    /// [`TenderRefused::NotCurrent`] where it is another ticket's payment, [`TillError::NotSafeToCharge`], or as [`Self::pay`]; cash that was asked for is not left out for another way to
    /// pay ([`crate::CheckoutError::CashNeedsCard`]).
    pub async fn charge_again(
        &self,
        reference: &Reference,
        method: Option<PaymentMethod>,
        channel: Option<String>,
    ) -> Result<Payment, TillError> {
        let member = self.require()?;
        let payment = self.checkout()?.payment(reference).await?;
        let ticket = self.ticket()?;
        if payment.ticket != Some(ticket.id) {
            return Err(StoreError::from(TenderRefused::NotCurrent).into());
        }
        if !safe_to_charge_again(&payment).safe {
            return Err(TillError::NotSafeToCharge);
        }
        let (method, channel) = match method {
            Some(method) => (method, channel),
            None => (payment.method, payment.channel),
        };
        if let Some(cash) = payment.cash {
            self.store
                .payment_options(ticket.currency)?
                .cash_out
                .check(cash)?;
        }
        // The same leg: what was asked for then, which the store holds against what is due.
        let amount = payment.amount;
        let how = How::new(method, channel, payment.cash);
        self.charge(&member, &ticket, amount, how, None).await
    }

    /// What stands in the way of charging an amount: no terminal, one that is held, or an unsettled
    /// payment of the same amount, which may be this very customer's who came back.
    fn refuse_what_cannot_be_paid(&self, amount: Amount, sure: bool) -> Result<(), TillError> {
        let terminal = self.store.chosen_terminal()?.ok_or(TillError::NoTerminalChosen)?;
        if let Some(holder) = self.store.holder_of(&terminal)? {
            return Err(StoreError::TerminalHeld(holder.reference).into());
        }
        if sure {
            return Ok(());
        }
        self.refuse_same_amount(amount)
    }

    fn extras_of(&self, ticket: &Ticket) -> Result<Extras, TillError> {
        Ok(self.store.payment_options(ticket.currency)?.for_ticket(ticket))
    }

    async fn charge(
        &self,
        member: &Member,
        ticket: &Ticket,
        amount: Amount,
        how: How,
        seen: Option<Seen>,
    ) -> Result<Payment, TillError> {
        let terminal = self.store.chosen_terminal()?.ok_or(TillError::NoTerminalChosen)?;
        let charge = Charge {
            ticket: Some(ticket.id),
            terminal,
            amount,
            cash: how.cash,
            method: how.method,
            channel: how.channel,
            extras: self.extras_of(ticket)?,
            staff: Some(member.id),
        };
        let checkout = self.checkout()?;
        Ok(match seen {
            Some(seen) => checkout.charge_seen(charge, seen).await?,
            None => checkout.charge(charge).await?,
        })
    }

    /// Done with this customer: the ticket is closed and the next one opened.
    ///
    /// # Errors
    /// [`TillError::OpenPayments`] while a payment of the ticket is not final, [`TillError::PartlyPaid`] while something was
    /// taken and not all.
    pub async fn new_sale(&self) -> Result<Ticket, TillError> {
        let staff = self.require()?.id;
        let ticket = self.ticket()?;
        if let Some(payment) = self.shown_payment(&ticket).await?
            && !payment.state.is_final()
        {
            return Err(TillError::OpenPayments);
        }
        self.store
            .leave_ticket(ticket.currency, TicketStatus::Closed, staff, self.clock.now())
            .map_err(|error| match error {
                StoreError::TicketTaken(_) => TillError::OpenPayments,
                StoreError::Tender(TenderRefused::PartlyPaid) => TillError::PartlyPaid,
                other => other.into(),
            })
    }

    /// Puts the ticket aside, with the payment that is being found out, and opens the next one. Should that payment have taken
    /// no money, the ticket waits with the parked ones ([`Self::parked`]).
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn set_aside(&self) -> Result<Ticket, TillError> {
        let staff = self.require()?.id;
        Ok(self
            .store
            .leave_ticket(self.currency()?, TicketStatus::Aside, staff, self.clock.now())?)
    }

    /// The payment that the counter is looking at: the newest of the current ticket, unless it ended without a charge.
    /// A page that was reloaded shows it again.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub async fn open_payment(&self) -> Result<Option<Payment>, TillError> {
        let ticket = self.ticket()?;
        let payment = self.shown_payment(&ticket).await?;
        // What was taken after it is shown in its place.
        let newest = self.store.standing(ticket.id)?.legs.pop();
        let over = newest.is_some_and(|leg| match leg {
            Leg::Tender(tender) => tender.counts(),
            Leg::Payment(_) => false,
        });
        Ok(payment.filter(|payment| {
            !over
                && match payment.state {
                    PaymentState::Prepared
                    | PaymentState::Sent
                    | PaymentState::Pending
                    | PaymentState::Unknown
                    | PaymentState::Approved => true,
                    PaymentState::Declined
                    | PaymentState::NotCharged
                    | PaymentState::Voided
                    | PaymentState::Overridden(_) => false,
                }
        }))
    }

    async fn shown_payment(&self, ticket: &Ticket) -> Result<Option<Payment>, TillError> {
        match self.store.newest_payment_of(ticket.id)? {
            // Through the checkout, which knows of an answer that could not be saved.
            Some(payment) => Ok(Some(self.checkout()?.payment(&payment.reference).await?)),
            None => Ok(None),
        }
    }
}
