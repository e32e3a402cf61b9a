//! The gateway account of a till that is set up, and its test sale.

use std::sync::Arc;

use tauri::{AppHandle, State};

use crate::app::{App, apart, blocking};
use crate::error::CommandError;
use crate::events;
use crate::present;
use crate::view::PaymentView;
use crate::view::setup::{AccountForm, AccountView, CheckReport, CheckStep, TestSaleView};

/// The account, and what keeps it from being changed.
#[tauri::command]
pub(crate) async fn account(app: State<'_, App>) -> Result<AccountView, CommandError> {
    let session = app.session().await?;
    session.till.manager_looks()?;
    blocking(move || present::account(&session.till)).await
}

/// Moves the till to another account, password, key or gateway once it has passed its check.
#[tauri::command]
pub(crate) async fn change_account(
    app: State<'_, App>,
    handle: AppHandle,
    form: AccountForm,
) -> Result<CheckReport, CommandError> {
    let session = app.session().await?;
    let telling = handle.clone();
    let told = CheckStep::telling(move |step| events::tell_check(&telling, step));
    let till = Arc::clone(&session.till);
    let change = move || async move { till.change_account(&form.into(), &*told).await };
    let report = apart(change).await?;
    if report.first_problem().is_none() {
        events::follow_on(&handle, &session);
    }
    Ok(report.into())
}

/// Signs in at the gateway again with what the till has.
#[tauri::command]
pub(crate) async fn sign_in_again(app: State<'_, App>) -> Result<(), CommandError> {
    Ok(app.session().await?.till.sign_in_again().await?)
}

/// Where the test sale stands.
#[tauri::command]
pub(crate) async fn test_sale(app: State<'_, App>) -> Result<TestSaleView, CommandError> {
    let session = app.session().await?;
    let test = session.till.test_sale().await?;
    blocking(move || present::test_sale(&session.till, test)).await
}

/// Charges one of the small amounts.
#[tauri::command]
pub(crate) async fn begin_test_sale(
    app: State<'_, App>,
    amount: String,
) -> Result<PaymentView, CommandError> {
    let session = app.session().await?;
    let payment = session.till.begin_test_sale(&amount).await?;
    blocking(move || present::current(&session.till, &payment)).await
}
