//! Setting a live till up, step by step. Each answer is checked and kept as its step is left.

use tauri::{AppHandle, State};
use till::{Pin, TillError};

use crate::app::{App, apart};
use crate::error::{CommandError, ErrorCode};
use crate::events;
use crate::present;
use crate::view::setup::{AccountForm, CheckReport, CheckStep, SetupView, StoreForm};
use crate::view::{AppView, TerminalView};

/// A set-up that was begun and not finished, if there is one.
#[tauri::command]
pub(crate) async fn resume_setup(app: State<'_, App>) -> Result<Option<SetupView>, CommandError> {
    match app.draft().await {
        Some(till) => Ok(Some(till.draft()?.into())),
        None => Ok(None),
    }
}

/// Begins a set-up, or goes on with one.
#[tauri::command]
pub(crate) async fn open_setup(app: State<'_, App>) -> Result<SetupView, CommandError> {
    Ok(app.open_draft().await?.begin_setup()?.into())
}

/// Checks the account live and keeps what is right.
#[tauri::command]
pub(crate) async fn setup_account(
    app: State<'_, App>,
    handle: AppHandle,
    form: AccountForm,
) -> Result<CheckReport, CommandError> {
    let told = CheckStep::telling(move |step| events::tell_check(&handle, step));
    let till = draft(&app).await?;
    let check = move || async move { till.set_up_account(&form.into(), &*told).await };
    Ok(apart(check).await?.into())
}

/// The account's terminals.
#[tauri::command]
pub(crate) async fn setup_terminals(app: State<'_, App>) -> Result<Vec<TerminalView>, CommandError> {
    let till = draft(&app).await?;
    let terminals = apart(move || async move { till.set_up_terminals().await }).await?;
    Ok(terminals.iter().map(TerminalView::from).collect())
}

/// Takes the terminal of this till, or none for now.
#[tauri::command]
pub(crate) async fn setup_terminal(
    app: State<'_, App>,
    id: Option<String>,
    name: String,
) -> Result<CheckStep, CommandError> {
    let till = draft(&app).await?;
    let finding = apart(move || async move { till.set_up_terminal(id.as_deref(), &name).await }).await?;
    Ok(CheckStep::new(till::CheckStep::Signature, &finding))
}

/// Takes the store's name, header and currency.
#[tauri::command]
pub(crate) async fn setup_store(app: State<'_, App>, form: StoreForm) -> Result<CheckStep, CommandError> {
    let till = draft(&app).await?;
    let check = move || async move { till.set_up_store(&form.name, &form.header, &form.currency).await };
    Ok(CheckStep::new(till::CheckStep::Channels, &apart(check).await?))
}

/// Takes the first manager, opens the till and signs the manager in.
#[tauri::command]
pub(crate) async fn setup_manager(
    app: State<'_, App>,
    name: String,
    pin: String,
) -> Result<AppView, CommandError> {
    let pin = Pin::new(pin).map_err(TillError::from)?;
    app.finish_setup(&name, &pin).await?;
    present::app(&app).await
}

async fn draft(app: &App) -> Result<std::sync::Arc<till::Till>, CommandError> {
    app.draft()
        .await
        .ok_or_else(|| CommandError::new(ErrorCode::NotSetUp, "no set-up has been begun"))
}
