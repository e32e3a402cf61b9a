//! Binding terminals: the key with its QR code, and the list of terminals that may bind themselves.

use tauri::State;

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::view::binding::{BindingView, PrebindView};

/// A key that binds a terminal to this till's account, for a manager.
#[tauri::command]
pub(crate) async fn binding(app: State<'_, App>) -> Result<BindingView, CommandError> {
    Ok(app.session().await?.till.binding().await?.into())
}

/// The IDs of the terminals that may bind themselves.
#[tauri::command]
pub(crate) async fn prebound(app: State<'_, App>) -> Result<Vec<String>, CommandError> {
    Ok(app.session().await?.till.prebound().await?)
}

/// Looks a list of IDs through as it is being written.
#[tauri::command]
pub(crate) async fn check_prebound(
    app: State<'_, App>,
    ids: Vec<String>,
) -> Result<PrebindView, CommandError> {
    let session = app.session().await?;
    Ok(blocking(move || session.till.check_prebound(&ids)).await?.into())
}

/// Replaces the whole list, unless it is another one by now than the one that was changed.
#[tauri::command]
pub(crate) async fn save_prebound(
    app: State<'_, App>,
    ids: Vec<String>,
    before: Vec<String>,
) -> Result<Vec<String>, CommandError> {
    Ok(app.session().await?.till.save_prebound(&ids, &before).await?)
}

/// In training: a virtual terminal scans the key, or without one comes by the list. Its ID.
#[tauri::command]
pub(crate) async fn let_terminal_bind(
    app: State<'_, App>,
    key: Option<String>,
) -> Result<String, CommandError> {
    let session = app.session().await?;
    session.till.require_manager()?;
    session.training()?.let_terminal_bind(key.as_deref())
}
