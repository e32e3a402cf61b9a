//! Ringing up and paying.

use cloudecr::PaymentMethod;

use super::{Till, TillError};
use crate::checkout::Charge;
use crate::money::Amount;
use crate::payment::{Extras, Kind, Payment, PaymentState, safe_to_charge_again};
use crate::reference::Reference;
use crate::staff::Member;
use crate::store::StoreError;
use crate::ticket::{Ticket, TicketStatus};

impl Till {
    /// The ticket at the counter.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn ticket(&self) -> Result<Ticket, TillError> {
        self.require()?;
        Ok(self.store.current_ticket(self.currency()?, self.clock.now())?)
    }

    /// Puts an open amount on the ticket, as typed (digits fill from the minor unit).
    ///
    /// # Errors
    /// When it is not an amount, or the ticket cannot take it.
    pub fn add_amount(&self, typed: &str) -> Result<Ticket, TillError> {
        self.require()?;
        let currency = self.currency()?;
        let amount = Amount::parse_keyed(typed, currency)?;
        Ok(self
            .store
            .add_line(currency, None, "", amount, self.clock.now())?)
    }

    /// What the ticket comes to together with what is typed and not yet added: what paying now would charge.
    ///
    /// # Errors
    /// When it is not an amount, or the sum is too large.
    pub fn total_with(&self, typed: &str) -> Result<Amount, TillError> {
        let total = self.ticket()?.total()?;
        Ok(total.plus(Amount::parse_keyed(typed, total.currency())?)?)
    }

    /// Puts an item on the ticket.
    ///
    /// # Errors
    /// When there is no such item, or the ticket cannot take it.
    pub fn add_item(&self, item: i64) -> Result<Ticket, TillError> {
        self.require()?;
        let currency = self.currency()?;
        let item = self.store.item(item, currency)?;
        Ok(self
            .store
            .add_line(currency, Some(item.id), &item.name, item.price, self.clock.now())?)
    }

    /// Sets how many of a line are bought.
    ///
    /// # Errors
    /// When there is no such line, or the ticket cannot change.
    pub fn set_quantity(&self, line: i64, quantity: u32) -> Result<Ticket, TillError> {
        self.require()?;
        Ok(self
            .store
            .set_quantity(self.currency()?, line, quantity, self.clock.now())?)
    }

    /// Takes a line off the ticket.
    ///
    /// # Errors
    /// When there is no such line, or the ticket cannot change.
    pub fn remove_line(&self, line: i64) -> Result<Ticket, TillError> {
        self.require()?;
        Ok(self.store.remove_line(self.currency()?, line, self.clock.now())?)
    }

    /// Takes everything off the ticket.
    ///
    /// # Errors
    /// When the ticket cannot change.
    pub fn clear_ticket(&self) -> Result<Ticket, TillError> {
        self.require()?;
        Ok(self.store.clear_ticket(self.currency()?, self.clock.now())?)
    }

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
        self.pay_by(method, channel, None, typed, sure).await
    }

    /// [`Self::pay`], with cash handed back if there is any.
    pub(super) async fn pay_by(
        &self,
        method: PaymentMethod,
        channel: Option<String>,
        cash: Option<Amount>,
        typed: &str,
        sure: bool,
    ) -> Result<Payment, TillError> {
        let member = self.require()?;
        let amount = if typed.trim().is_empty() {
            self.ticket()?.total()?
        } else {
            self.total_with(typed)?
        };
        // Refused before the typed amount is put on the ticket: a second try must not put it there twice.
        self.refuse_what_cannot_be_paid(amount, sure)?;
        self.extras_of(&self.ticket()?)?.check_for(method)?;
        let ticket = if typed.trim().is_empty() {
            self.ticket()?
        } else {
            self.add_amount(typed)?
        };
        self.charge(&member, &ticket, method, channel, cash).await
    }

    /// Charges the same ticket again, when that cannot charge twice: what it carries and the cash beside it are asked for
    /// again, too.
    ///
    /// # Errors
    /// [`TillError::NotSafeToCharge`], or as [`Self::pay`]; cash that was asked for is not left out for another way to
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
        if !safe_to_charge_again(&payment).safe || payment.ticket != Some(ticket.id) {
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
        self.charge(&member, &ticket, method, channel, payment.cash).await
    }

    /// What stands in the way of charging an amount: nothing to charge, no terminal, one that is held, or an unsettled
    /// payment of the same amount, which may be this very customer's who came back.
    fn refuse_what_cannot_be_paid(&self, amount: Amount, sure: bool) -> Result<(), TillError> {
        if amount.is_zero() {
            return Err(TillError::TicketEmpty);
        }
        let ticket = self.ticket()?;
        if ticket.frozen {
            return Err(StoreError::Frozen.into());
        }
        let terminal = self.store.chosen_terminal()?.ok_or(TillError::NoTerminalChosen)?;
        if let Some(holder) = self.store.holder_of(&terminal)? {
            return Err(StoreError::TerminalHeld(holder.reference).into());
        }
        let open = self.store.in_question()?;
        let same = open
            .into_iter()
            .find(|open| open.amount == amount && open.kind != Kind::Void && !sure);
        same.map_or(Ok(()), |open| Err(TillError::SameAmountOpen(open.reference)))
    }

    fn extras_of(&self, ticket: &Ticket) -> Result<Extras, TillError> {
        Ok(self.store.payment_options(ticket.currency)?.for_ticket(ticket))
    }

    async fn charge(
        &self,
        member: &Member,
        ticket: &Ticket,
        method: PaymentMethod,
        channel: Option<String>,
        cash: Option<Amount>,
    ) -> Result<Payment, TillError> {
        let amount = ticket.total()?;
        if amount.is_zero() {
            return Err(TillError::TicketEmpty);
        }
        let terminal = self.store.chosen_terminal()?.ok_or(TillError::NoTerminalChosen)?;
        let charge = Charge {
            ticket: Some(ticket.id),
            terminal,
            amount,
            cash,
            method,
            channel,
            extras: self.extras_of(ticket)?,
            staff: Some(member.id),
        };
        Ok(self.checkout()?.charge(charge).await?)
    }

    /// Done with this customer: the ticket is closed and the next one opened.
    ///
    /// # Errors
    /// [`TillError::OpenPayments`] while a payment of the ticket is not final.
    pub async fn new_sale(&self) -> Result<Ticket, TillError> {
        let ticket = self.ticket()?;
        if let Some(payment) = self.shown_payment(&ticket).await?
            && !payment.state.is_final()
        {
            return Err(TillError::OpenPayments);
        }
        Ok(self
            .store
            .leave_ticket(ticket.currency, TicketStatus::Closed, self.clock.now())?)
    }

    /// Puts the ticket aside, with the payment that is being found out, and opens the next one.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn set_aside(&self) -> Result<Ticket, TillError> {
        let ticket = self.ticket()?;
        Ok(self
            .store
            .leave_ticket(ticket.currency, TicketStatus::Aside, self.clock.now())?)
    }

    /// The payment that the counter is looking at: the newest of the current ticket, unless it ended without a charge.
    /// A page that was reloaded shows it again.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub async fn open_payment(&self) -> Result<Option<Payment>, TillError> {
        let ticket = self.ticket()?;
        let payment = self.shown_payment(&ticket).await?;
        Ok(payment.filter(|payment| match payment.state {
            PaymentState::Prepared
            | PaymentState::Sent
            | PaymentState::Pending
            | PaymentState::Unknown
            | PaymentState::Approved => true,
            PaymentState::Declined
            | PaymentState::NotCharged
            | PaymentState::Voided
            | PaymentState::Overridden(_) => false,
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
