//! History: the list, one payment, its status, its void.

use tauri::State;
use till::{HistoryQuery, Pin, TillError};

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::present;
use crate::view::filter::HistoryFilter;
use crate::view::{HistoryPage, PaymentDetail, PaymentView};

/// One payment as it stands.
#[tauri::command]
pub(crate) async fn payment(app: State<'_, App>, reference: String) -> Result<PaymentView, CommandError> {
    let session = app.session().await?;
    session.till.looks()?;
    let payment = session
        .till
        .checkout()?
        .payment(&present::reference(&reference)?)
        .await
        .map_err(TillError::from)?;
    blocking(move || present::current(&session.till, &payment)).await
}

/// Asks the gateway now how a payment went.
#[tauri::command]
pub(crate) async fn check_status(
    app: State<'_, App>,
    reference: String,
) -> Result<PaymentView, CommandError> {
    let session = app.session().await?;
    session.till.require()?;
    let checkout = session.till.checkout()?;
    let payment = checkout
        .check_status(&present::reference(&reference)?)
        .await
        .map_err(TillError::from)?;
    blocking(move || present::current(&session.till, &payment)).await
}

/// A page of the history.
#[tauri::command]
pub(crate) async fn history(app: State<'_, App>, filter: HistoryFilter) -> Result<HistoryPage, CommandError> {
    let session = app.session().await?;
    let query = HistoryQuery::try_from(filter)?;
    blocking(move || {
        let page = session.till.history(&query)?;
        let rows: Result<_, TillError> = page
            .entries
            .iter()
            .map(|entry| present::entry(&session.till, entry))
            .collect();
        Ok::<_, TillError>(HistoryPage {
            rows: rows?,
            next: page.next.map(|next| next.to_string()),
        })
    })
    .await
}

/// One payment with its receipt, time line and voids.
#[tauri::command]
pub(crate) async fn payment_detail(
    app: State<'_, App>,
    reference: String,
) -> Result<PaymentDetail, CommandError> {
    let session = app.session().await?;
    let detail = session
        .till
        .payment_detail(&present::reference(&reference)?)
        .await?;
    blocking(move || present::detail(&session.till, detail)).await
}

/// Voids a payment after a manager's PIN.
#[tauri::command]
pub(crate) async fn void_payment(
    app: State<'_, App>,
    reference: String,
    manager_id: i64,
    pin: String,
) -> Result<PaymentView, CommandError> {
    let session = app.session().await?;
    let pin = Pin::new(pin).map_err(TillError::from)?;
    let void = session
        .till
        .void(&present::reference(&reference)?, manager_id, &pin)
        .await?;
    blocking(move || present::current(&session.till, &void)).await
}
