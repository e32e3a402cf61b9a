//! The wallets that the chooser shows.

use std::sync::Arc;

use tauri::{AppHandle, State};

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::events;
use crate::view::wallets::WalletsView;

/// The wallets as last known; nothing is asked.
#[tauri::command]
pub(crate) async fn wallets(app: State<'_, App>) -> Result<WalletsView, CommandError> {
    let session = app.session().await?;
    Ok(blocking(move || session.till.wallets()).await?.into())
}

/// The wallets, asked for anew where that is due. Logos that are missing follow as an event.
#[tauri::command]
pub(crate) async fn refresh_wallets(
    app: State<'_, App>,
    handle: AppHandle,
) -> Result<WalletsView, CommandError> {
    let session = app.session().await?;
    session.till.looks()?;
    let wallets = session.till.refresh_wallets().await?;
    let fetching = Arc::clone(&session);
    tauri::async_runtime::spawn(async move { events::fetch_logos(&handle, &fetching).await });
    Ok(wallets.into())
}
