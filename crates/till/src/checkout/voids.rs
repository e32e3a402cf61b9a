//! Voids: of one payment; of a return, committed with it; and of a ticket's legs, one after the other.

use std::sync::Arc;

use cloudecr::Order;

use super::{Checkout, CheckoutError, carry_out, order};
use crate::payment::{Decision, Kind, Payment, PaymentState};
use crate::reference::Reference;
use crate::store::{NewPayment, NewReturn};

impl Checkout {
    /// Voids an approved payment at the terminal that took it. The void is a payment of its own; its original reads
    /// *void in doubt* while it is open.
    ///
    /// # Errors
    /// When it was not started; nothing was sent then.
    pub async fn void(
        &self,
        original: &Reference,
        staff: Option<i64>,
        approved_by: Option<i64>,
    ) -> Result<Payment, CheckoutError> {
        let (original, new, order) = self.new_void(original, staff, approved_by).await?;
        self.start(new, order, Some(&original), None).await
    }

    /// A void that may be asked for, and its original.
    async fn new_void(
        &self,
        original: &Reference,
        staff: Option<i64>,
        approved_by: Option<i64>,
    ) -> Result<(Payment, NewPayment, Order), CheckoutError> {
        let original = self.payment(original).await?;
        if original.void_in_doubt {
            return Err(CheckoutError::VoidInDoubt);
        }
        match original.state {
            PaymentState::Approved | PaymentState::Overridden(Decision::Charged) => {}
            // A charge that came to light after a no can be undone.
            PaymentState::Declined
            | PaymentState::NotCharged
            | PaymentState::Overridden(Decision::NotCharged)
                if original.conflict => {}
            PaymentState::Voided => return Err(CheckoutError::AlreadyVoided),
            other @ (PaymentState::Prepared
            | PaymentState::Sent
            | PaymentState::Pending
            | PaymentState::Unknown
            | PaymentState::Declined
            | PaymentState::NotCharged
            | PaymentState::Overridden(Decision::NotCharged)) => {
                return Err(CheckoutError::NotVoidable(other));
            }
        }
        // A void of a void, or of a payment without a transaction, is nothing the gateway knows.
        let trans_id = original
            .salient
            .trans_id
            .clone()
            .filter(|_| original.kind != Kind::Void);
        let Some(trans_id) = trans_id else {
            return Err(CheckoutError::NotVoidable(original.state));
        };
        let new = NewPayment {
            reference: self.inner.reference()?,
            ticket: original.ticket,
            kind: Kind::Void,
            original: Some(original.reference.clone()),
            terminal: original.terminal.clone(),
            method: original.method,
            channel: original.channel.clone(),
            amount: original.amount,
            cash: original.cash,
            extras: original.extras.of_void(),
            staff,
            approved_by,
            at: self.inner.parts.clock.now(),
        };
        let order = order::of_void(&new, trans_id, &original.salient)?;
        Ok((original, new, order))
    }

    /// Voids the payment that a whole return was paid with. Return and void are committed together, so that neither is
    /// there without the other; a void that is refused takes the return with it.
    ///
    /// # Errors
    /// When it was not started; nothing was sent and nothing returned then.
    pub(crate) async fn void_for_return(
        &self,
        original: &Reference,
        new: NewReturn,
    ) -> Result<Payment, CheckoutError> {
        let (original, void, order) = self
            .new_void(original, Some(new.staff), Some(new.approved_by))
            .await?;
        // Held until the commit, as for every payment.
        let open = self.inner.gate.enter()?;
        let payment = self
            .inner
            .in_store(move |store| store.prepare_return_void(&new, &void))
            .await?;
        drop(open);
        self.inner.tell(&payment, true);
        tokio::spawn(carry_out::carry_out(
            Arc::clone(&self.inner),
            payment.clone(),
            order,
            Some(original),
        ));
        Ok(payment)
    }

    /// Whether a void of a payment could be begun now. Nothing is committed and nothing sent, so that somebody can look
    /// before something that cannot be taken back is done along with it.
    ///
    /// # Errors
    /// What would keep it from being started.
    pub(crate) async fn may_void(&self, original: &Reference) -> Result<(), CheckoutError> {
        let (_, new, _) = self.new_void(original, None, None).await?;
        drop(self.inner.gate.enter()?);
        Ok(self.inner.in_store(move |store| store.may_prepare(&new)).await?)
    }

    /// Voids payments one after the other, each only once the one before has gone through: one that is refused, or whose
    /// answer is lost, ends it, and what stands then stands until a person decides. The first void, once it is committed.
    ///
    /// # Errors
    /// When the first was not started; nothing was sent then.
    pub(crate) async fn void_in_turn(
        &self,
        originals: Vec<Reference>,
        staff: Option<i64>,
        approved_by: Option<i64>,
    ) -> Result<Option<Payment>, CheckoutError> {
        let mut left = originals.into_iter();
        let Some(first) = left.next() else { return Ok(None) };
        // Listened to before it begins, so that no answer falls between.
        let mut changes = self.changes();
        let first = self.void(&first, staff, approved_by).await?;
        let (checkout, mut current) = (self.clone(), first.reference.clone());
        tokio::spawn(async move {
            loop {
                // A listener that fell behind has missed an answer perhaps: it ends, and the legs that stand still stand.
                let Ok(change) = changes.recv().await else { return };
                if change.payment.reference != current {
                    continue;
                }
                match change.payment.state {
                    PaymentState::Prepared | PaymentState::Sent => continue,
                    PaymentState::Approved if change.saved => {}
                    PaymentState::Approved
                    | PaymentState::Pending
                    | PaymentState::Unknown
                    | PaymentState::Declined
                    | PaymentState::NotCharged
                    | PaymentState::Voided
                    | PaymentState::Overridden(_) => return,
                }
                let Some(next) = left.next() else { return };
                match checkout.void(&next, staff, approved_by).await {
                    Ok(void) => current = void.reference,
                    Err(error) => return log::warn!("payment {next} was not voided: {error}"),
                }
            }
        });
        Ok(Some(first))
    }
}
