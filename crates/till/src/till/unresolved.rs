//! Payments whose outcome is not known, and what people may decide about them.

use cloudecr::PaymentMethod;
use jiff::SignedDuration;

use super::{Till, TillError, needed};
use crate::checkout::HandDecision;
use crate::payment::{Payment, PaymentState};
use crate::reference::Reference;
use crate::staff::Pin;
use crate::store::{StoreError, Thing};

/// The longest reason, in characters.
const REASON_LIMIT: usize = 200;
/// How many digits of a wallet's transaction a cashier types to show that it is this customer's.
const LAST_DIGITS: usize = 4;
/// A clock further off than this breaks signatures and tokens sooner or later.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// A manager, by row and PIN.
pub type Manager<'a> = (i64, &'a Pin);

impl Till {
    /// Every payment that somebody should look at, oldest first.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn unresolved(&self) -> Result<Vec<Payment>, TillError> {
        self.looks()?;
        Ok(self.store.unresolved()?)
    }

    /// Takes a cashier's word on a transaction that may be the payment. For a wallet the last four digits of the
    /// transaction, from the customer's phone or the slip, have to be given; on a terminal that another till may use, a
    /// manager has to be there.
    ///
    /// # Errors
    /// [`TillError::DigitsDiffer`], [`TillError::ManagerNeeded`], or when there is nothing to confirm.
    pub async fn confirm(
        &self,
        reference: &Reference,
        is_theirs: bool,
        digits: &str,
        manager: Option<Manager<'_>>,
    ) -> Result<Payment, TillError> {
        let staff = self.require()?.id;
        if !is_theirs {
            return Ok(self
                .checkout()?
                .decide(reference, HandDecision::Refused { staff })
                .await?);
        }
        let payment = self.store.payment(reference)?;
        let candidate = payment.candidate.as_ref().filter(|candidate| !candidate.refused);
        let candidate = candidate.ok_or(StoreError::Missing(Thing::Candidate))?;
        if payment.method != PaymentMethod::BankCard {
            let number = candidate.salient.trans_id.as_deref().unwrap_or_default();
            let digits = digits.trim();
            if digits.chars().count() != LAST_DIGITS || !number.ends_with(digits) {
                return Err(TillError::DigitsDiffer);
            }
        }
        let approved_by = match manager {
            Some((id, pin)) => Some(self.roster.approve(id, pin)?.id),
            None if self.store.is_shared(&payment.terminal)? => return Err(TillError::ManagerNeeded),
            None => None,
        };
        Ok(self
            .checkout()?
            .decide(reference, HandDecision::Confirmed { staff, approved_by })
            .await?)
    }

    /// A manager's decision where no evidence settles a payment, with PIN and reason.
    ///
    /// # Errors
    /// When the PIN is wrong or not a manager's, the reason is missing, or the payment is not in question.
    pub async fn decide(
        &self,
        reference: &Reference,
        manager: Manager<'_>,
        charged: bool,
        reason: &str,
    ) -> Result<Payment, TillError> {
        self.require()?;
        let reason = needed(reason, REASON_LIMIT)?;
        let manager = self.roster.approve(manager.0, manager.1)?.id;
        Ok(self
            .checkout()?
            .decide(
                reference,
                HandDecision::Manager {
                    charged,
                    manager,
                    reason,
                },
            )
            .await?)
    }

    /// A manager has seen to a conflict, by a void or otherwise.
    ///
    /// # Errors
    /// As [`Self::decide`].
    pub async fn settle_conflict(
        &self,
        reference: &Reference,
        manager: Manager<'_>,
        reason: &str,
    ) -> Result<Payment, TillError> {
        self.require()?;
        let reason = needed(reason, REASON_LIMIT)?;
        let manager = self.roster.approve(manager.0, manager.1)?.id;
        if self.store.payment(reference)?.state == PaymentState::Unknown {
            return Err(TillError::OpenPayments);
        }
        Ok(self
            .checkout()?
            .decide(reference, HandDecision::ConflictSettled { manager, reason })
            .await?)
    }

    /// How far this computer's clock is from the gateway's, when that is far enough to do harm: positive when it is slow.
    #[must_use]
    pub fn clock_skew(&self) -> Option<SignedDuration> {
        let offset = self.checkout().ok()?.client().clock_offset()?;
        (offset.abs() > CLOCK_TOLERANCE).then_some(offset)
    }

    /// Learns what the chosen terminal did last, by one question, where that is not known yet.
    ///
    /// # Errors
    /// When the till is not set up or the store fails.
    pub async fn learn_chosen_terminal(&self) -> Result<(), TillError> {
        if let Some(terminal) = self.store.chosen_terminal()? {
            self.checkout()?.learn_terminal(&terminal).await?;
        }
        Ok(())
    }

    /// Says whether another till may use a terminal too.
    ///
    /// # Errors
    /// When no manager is signed in or there is no such terminal.
    pub fn share_terminal(&self, id: &str, shared: bool) -> Result<super::Terminals, TillError> {
        self.require_manager()?;
        self.store.share_terminal(id, shared)?;
        self.terminals()
    }
}
