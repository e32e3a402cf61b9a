//! The task that asks about one payment until it is settled, and a while longer where it was settled without an answer.

use std::sync::Arc;

use tokio::time::Instant;

use super::ask::{self, reload};
use crate::checkout::Inner;
use crate::payment::Payment;
use crate::reference::Reference;
use crate::store::StoreError;

/// Starts asking about a payment, unless that is being done already.
pub(crate) fn find_out(inner: &Arc<Inner>, reference: &Reference) {
    if inner.seekers.start(reference) {
        tokio::spawn(seek(Arc::clone(inner), reference.clone()));
    }
}

/// Asks about a payment now, and returns it as it then stands.
pub(crate) async fn ask_now(inner: &Arc<Inner>, reference: &Reference) -> Result<Payment, StoreError> {
    let payment = reload(inner, reference).await?;
    if !payment.state.is_in_question() {
        return Ok(payment);
    }
    find_out(inner, reference);
    let progress = inner.seekers.of(reference);
    let mut progress = progress.lock().await;
    // Whoever asked meanwhile may have settled it.
    let payment = reload(inner, reference).await?;
    if payment.state.is_in_question() {
        ask::round(inner, payment, &mut progress).await
    } else {
        Ok(payment)
    }
}

async fn seek(inner: Arc<Inner>, reference: Reference) {
    if let Err(error) = until_settled(&inner, &reference).await {
        log::error!("payment {reference} cannot be asked about any more: {error}");
    }
    if let Err(error) = while_watched(&inner, &reference).await {
        log::error!("payment {reference} cannot be watched any more: {error}");
    }
    inner.seekers.done(&reference);
}

async fn until_settled(inner: &Arc<Inner>, reference: &Reference) -> Result<(), StoreError> {
    let progress = inner.seekers.of(reference);
    let mut asked = 0;
    loop {
        let payment = match reload(inner, reference).await {
            Ok(payment) => payment,
            Err(error @ StoreError::Missing(_)) => return Err(error),
            Err(error) => {
                // A disk that cannot be read now may be read in a minute.
                log::error!("payment {reference} cannot be read, trying again: {error}");
                tokio::time::sleep(inner.parts.times.then).await;
                continue;
            }
        };
        if !payment.state.is_in_question() {
            return Ok(());
        }
        // A no is asked about at once: only then may the cashier be offered to charge again.
        if !(payment.checking && asked == 0) {
            let since_sent = progress.lock().await.since_sent();
            let payments = inner.seekers.number();
            tokio::time::sleep(inner.parts.times.wait(asked, since_sent, payments)).await;
        }
        until_it_may_be_asked(inner).await;
        let mut progress = progress.lock().await;
        let round = async {
            let payment = reload(inner, reference).await?;
            if payment.state.is_in_question() {
                ask::round(inner, payment, &mut progress).await.map(drop)
            } else {
                Ok(())
            }
        };
        if let Err(error) = round.await {
            log::error!("what was found out about payment {reference} could not be saved: {error}");
        }
        asked += 1;
    }
}

/// Waits while a question would use up the requests that are kept for payments. Looked at again and again: payments may
/// use up more meanwhile, and the time of day may be set.
async fn until_it_may_be_asked(inner: &Inner) {
    loop {
        let wait = inner.parts.client.budget().question_in;
        if wait.is_zero() {
            return;
        }
        tokio::time::sleep(wait.min(inner.parts.times.then)).await;
    }
}

async fn while_watched(inner: &Arc<Inner>, reference: &Reference) -> Result<(), StoreError> {
    let payment = reload(inner, reference).await?;
    if payment.watched_until.is_none() {
        return Ok(());
    }
    let until = Instant::now() + inner.parts.times.watch;
    let mut looked = 0;
    while Instant::now() < until {
        // Soon after a decision by hand the first time, at leisure later.
        let payments = inner.seekers.number();
        tokio::time::sleep(inner.parts.times.wait(looked, inner.parts.times.watch, payments)).await;
        until_it_may_be_asked(inner).await;
        looked += 1;
        // Whoever took over watches it from now on.
        if inner.is_shut().await {
            return Ok(());
        }
        let payment = reload(inner, reference).await?;
        if payment.conflict
            || payment
                .watched_until
                .is_none_or(|until| until <= inner.parts.clock.now())
        {
            break;
        }
        let terminal = payment.terminal.clone();
        // While another payment is on the terminal, its own finding out sees what there is to see.
        if inner
            .in_store(move |store| store.holder_of(&terminal))
            .await?
            .is_none()
        {
            ask::look(inner, &payment).await?;
        }
    }
    let reference = reference.clone();
    inner.in_store(move |store| store.watch(&reference, None)).await
}
