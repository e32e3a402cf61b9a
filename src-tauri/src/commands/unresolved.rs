//! Unresolved: payments whose outcome is not known, and what people decide about them.

use tauri::State;
use till::{Pin, TillError};

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::present;
use crate::view::PaymentView;

/// Every payment that somebody should look at, oldest first.
#[tauri::command]
pub(crate) async fn unresolved(app: State<'_, App>) -> Result<Vec<PaymentView>, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        let open = session.till.unresolved()?;
        open.iter()
            .map(|payment| present::current(&session.till, payment))
            .collect::<Result<_, TillError>>()
    })
    .await
}

/// A cashier's word on a transaction that may be the payment.
#[tauri::command]
pub(crate) async fn confirm_evidence(
    app: State<'_, App>,
    reference: String,
    is_theirs: bool,
    digits: String,
    manager_id: Option<i64>,
    pin: Option<String>,
) -> Result<PaymentView, CommandError> {
    let session = app.session().await?;
    let pin = pin.map(Pin::new).transpose().map_err(TillError::from)?;
    let manager = manager_id.zip(pin.as_ref());
    let payment = session
        .till
        .confirm(&present::reference(&reference)?, is_theirs, &digits, manager)
        .await?;
    blocking(move || present::current(&session.till, &payment)).await
}

/// A manager's decision, with a reason.
#[tauri::command]
pub(crate) async fn decide(
    app: State<'_, App>,
    reference: String,
    charged: bool,
    reason: String,
    manager_id: i64,
    pin: String,
) -> Result<PaymentView, CommandError> {
    let session = app.session().await?;
    let pin = Pin::new(pin).map_err(TillError::from)?;
    let payment = session
        .till
        .decide(
            &present::reference(&reference)?,
            (manager_id, &pin),
            charged,
            &reason,
        )
        .await?;
    blocking(move || present::current(&session.till, &payment)).await
}

/// A manager has seen to a conflict.
#[tauri::command]
pub(crate) async fn settle_conflict(
    app: State<'_, App>,
    reference: String,
    reason: String,
    manager_id: i64,
    pin: String,
) -> Result<PaymentView, CommandError> {
    let session = app.session().await?;
    let pin = Pin::new(pin).map_err(TillError::from)?;
    let payment = session
        .till
        .settle_conflict(&present::reference(&reference)?, (manager_id, &pin), &reason)
        .await?;
    blocking(move || present::current(&session.till, &payment)).await
}
