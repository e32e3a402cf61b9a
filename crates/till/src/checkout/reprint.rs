//! Another print of a slip on the terminal that took the payment. It moves no money and changes no payment, whatever
//! comes of it; and because a slip may have come out although no answer did, the program never asks twice by itself.

use std::sync::{Arc, PoisonError};

use cloudecr::{Exchange, NotSent, Order, PreparedTransfer, Refusal, Reply, TransferResponse, codes};
use serde_json::json;

use super::{Checkout, CheckoutError, Inner};
use crate::payment::{Decision, Kind, Payment, PaymentState};
use crate::reference::Reference;
use crate::store::{EntryKind, NewEntry, StoreError};

/// The gateway's code for a terminal without a printer.
const NO_PRINTER: u32 = 50_313;
/// The gateway's code for a transaction that the terminal does not know.
const NOT_FOUND: u32 = 40_410;
/// What came of asking for another slip. The payment is as it was in every case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reprint {
    /// The terminal says that it printed.
    Printed,
    /// It certainly did not.
    NotPrinted(NoSlip),
    /// It may have.
    Unknown,
}

/// Why no slip came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSlip {
    /// The terminal has no printer, or its printer no paper.
    NoPrinter,
    /// The terminal does not have the payment any more.
    NotKnown,
    /// Nothing was sent: no way to the gateway, or no session there.
    Unreachable,
    /// The gateway or the terminal refused before anything was printed, with this code.
    Refused(String),
}

/// Marks a terminal as printing until dropped.
struct Printing {
    inner: Arc<Inner>,
    terminal: String,
}

impl Printing {
    fn begin(inner: &Arc<Inner>, terminal: &str) -> Option<Self> {
        let mut printing = inner.printing.lock().unwrap_or_else(PoisonError::into_inner);
        printing.insert(terminal.to_owned()).then(|| Self {
            inner: Arc::clone(inner),
            terminal: terminal.to_owned(),
        })
    }
}

impl Drop for Printing {
    fn drop(&mut self) {
        let mut printing = self.inner.printing.lock().unwrap_or_else(PoisonError::into_inner);
        printing.remove(&self.terminal);
    }
}

impl Checkout {
    /// Asks the terminal that took a payment to print its slip once more, once.
    ///
    /// # Errors
    /// [`CheckoutError::NotPrintable`], [`CheckoutError::Printing`], [`StoreError::TerminalHeld`] while a payment is open
    /// on the terminal, or when the store fails. Nothing was asked then.
    pub async fn reprint(&self, reference: &Reference, staff: Option<i64>) -> Result<Reprint, CheckoutError> {
        let payment = self.payment(reference).await?;
        let trans_id = printable(&payment).ok_or(CheckoutError::NotPrintable(payment.state))?;
        let terminal = payment.terminal.clone();
        let holder = self
            .inner
            .in_store(move |store| store.holder_of(&terminal))
            .await?;
        if let Some(holder) = holder {
            return Err(StoreError::TerminalHeld(holder.reference).into());
        }
        let printing = Printing::begin(&self.inner, &payment.terminal).ok_or(CheckoutError::Printing)?;
        // In a task of its own: what came of it is journaled also when nobody waits for it any more.
        let inner = Arc::clone(&self.inner);
        let work = tokio::spawn(async move {
            let _printing = printing;
            ask(&inner, &payment, trans_id, staff).await
        });
        match work.await {
            Ok(outcome) => outcome,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(StoreError::Failed("the program is closing".to_owned()).into()),
            },
        }
    }
}

/// The transaction whose slip can be printed again: an approved charge's, also after its void.
fn printable(payment: &Payment) -> Option<String> {
    let has_slip = match payment.state {
        PaymentState::Approved | PaymentState::Voided | PaymentState::Overridden(Decision::Charged) => true,
        PaymentState::Prepared
        | PaymentState::Sent
        | PaymentState::Pending
        | PaymentState::Unknown
        | PaymentState::Declined
        | PaymentState::NotCharged
        | PaymentState::Overridden(Decision::NotCharged) => false,
    };
    // A void repeats its sale's transaction, so the terminal could not tell which of the two slips is meant.
    let has_slip = has_slip && payment.kind != Kind::Void;
    payment.salient.trans_id.clone().filter(|_| has_slip)
}

impl Payment {
    /// Whether its terminal can be asked for another slip.
    #[must_use]
    pub fn can_be_reprinted(&self) -> bool {
        printable(self).is_some()
    }
}

async fn ask(
    inner: &Arc<Inner>,
    payment: &Payment,
    trans_id: String,
    staff: Option<i64>,
) -> Result<Reprint, CheckoutError> {
    if let Err(error) = inner.parts.client.ready().await {
        log::info!("no slip was asked for: {error}");
        return told(inner, payment, Reprint::NotPrinted(NoSlip::Unreachable), None).await;
    }
    let own = inner.reference()?;
    let order = Order::Print {
        trans_id: trans_id.clone(),
    };
    let now = inner.parts.clock.now();
    let prepared = inner
        .parts
        .client
        .prepare(own.as_str(), &payment.terminal, &order, now)?;
    // Journaled before it is sent: what may have come out of the terminal is known to have been asked for.
    let asked = NewEntry {
        kind: EntryKind::Print,
        at: now,
        staff,
        body: json!({ "request": serde_json::from_str::<serde_json::Value>(prepared.body()).unwrap_or_default() }),
    };
    let reference = payment.reference.clone();
    inner
        .in_store(move |store| store.note(Some(&reference), &asked))
        .await?;
    let exchange = inner.parts.client.transfer(&prepared).await;
    let outcome = read(&prepared, &trans_id, &exchange);
    told(inner, payment, outcome, Some(&exchange)).await
}

/// Journals what came of it, and lets whoever shows the payment know that there is more on its time line.
async fn told(
    inner: &Arc<Inner>,
    payment: &Payment,
    outcome: Reprint,
    exchange: Option<&Exchange>,
) -> Result<Reprint, CheckoutError> {
    let (printed, finding) = match &outcome {
        Reprint::Printed => ("yes", "printed".to_owned()),
        Reprint::NotPrinted(NoSlip::NoPrinter) => ("no", "no printer, or no paper".to_owned()),
        Reprint::NotPrinted(NoSlip::NotKnown) => ("no", "not on the terminal any more".to_owned()),
        Reprint::NotPrinted(NoSlip::Unreachable) => ("no", "not sent".to_owned()),
        Reprint::NotPrinted(NoSlip::Refused(code)) => ("no", format!("refused with {code}")),
        Reprint::Unknown => ("perhaps", "no answer that proves it".to_owned()),
    };
    let entry = NewEntry {
        kind: EntryKind::Print,
        at: inner.parts.clock.now(),
        staff: None,
        body: json!({
            "http": exchange.and_then(|exchange| exchange.http_status),
            "body": exchange.and_then(|exchange| exchange.body.as_deref()),
            "printed": printed,
            "finding": finding,
        }),
    };
    let reference = payment.reference.clone();
    let noted = inner
        .in_store(move |store| {
            store.note(Some(&reference), &entry)?;
            store.payment(&reference)
        })
        .await;
    match noted {
        Ok(payment) => inner.tell(&payment, true),
        // The slip is out or it is not; that this could not be written down must not read as if it were not.
        Err(error) => log::error!(
            "the reprint of payment {} could not be journaled: {error}",
            payment.reference
        ),
    }
    Ok(outcome)
}

fn read(asked: &PreparedTransfer, trans_id: &str, exchange: &Exchange) -> Reprint {
    match &exchange.reply {
        Reply::Verified(answer) if is_ours(asked, trans_id, answer) => match answer.status_code.as_deref() {
            Some("00") => Reprint::Printed,
            Some("11") => Reprint::NotPrinted(NoSlip::Refused(
                answer.response_code.clone().unwrap_or_else(|| "11".to_owned()),
            )),
            Some(_) | None => Reprint::Unknown,
        },
        Reply::Refused(refusal) => refused(refusal),
        Reply::NotSent(NotSent { detail, .. }) => {
            log::info!("the request for a slip was not sent: {detail}");
            Reprint::NotPrinted(NoSlip::Unreachable)
        }
        Reply::Verified(_) | Reply::Unverified(_) | Reply::Lost(_) => Reprint::Unknown,
    }
}

/// An answer that names another transfer, terminal or transaction says nothing of this slip. What the gateway leaves out
/// of the answer to a print is not documented, so only what is there is compared.
fn is_ours(asked: &PreparedTransfer, trans_id: &str, answer: &TransferResponse) -> bool {
    let request = asked.request();
    let agrees = |found: &Option<String>, wanted: &str| found.as_deref().is_none_or(|found| found == wanted);
    answer.reference_id.as_deref() == Some(request.reference_id.as_str())
        && agrees(&answer.pos_id, &request.pos_id)
        && agrees(&answer.device_id, &request.device_id)
        && agrees(&answer.trans_type, request.trans_type.as_str())
        && agrees(&answer.trans_data.trans_id, trans_id)
}

/// By the same table as a payment's refusals, of which only those before anything acted prove that nothing was printed.
fn refused(refusal: &Refusal) -> Reprint {
    let Some(code) = refusal.code else {
        return Reprint::Unknown;
    };
    match (code, codes::error(code)) {
        (NO_PRINTER, _) => Reprint::NotPrinted(NoSlip::NoPrinter),
        (NOT_FOUND, _) => Reprint::NotPrinted(NoSlip::NotKnown),
        (_, Some(row)) if row.money == codes::Money::NotActedOn => {
            Reprint::NotPrinted(NoSlip::Refused(code.to_string()))
        }
        (_, _) => Reprint::Unknown,
    }
}
