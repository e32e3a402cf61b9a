//! The customer's display: what it shows, and where.

use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::app::{App, blocking};
use crate::customer::Customer;
use crate::customer_window::{self, CustomerWindow};
use crate::error::CommandError;
use crate::view::customer::{CustomerView, DisplayForm};

/// What the customer sees, now and after each change, on the channel.
#[tauri::command]
pub(crate) async fn customer_view(
    display: State<'_, Customer>,
    channel: Channel<CustomerView>,
) -> Result<(), CommandError> {
    display.watch(channel);
    Ok(())
}

/// Has the page told how the display stands.
#[tauri::command]
pub(crate) async fn display(
    app: State<'_, App>,
    window: State<'_, CustomerWindow>,
) -> Result<(), CommandError> {
    app.session().await?.till.looks()?;
    window.tell();
    Ok(())
}

/// Sets where it is shown.
#[tauri::command]
pub(crate) async fn save_display(
    app: State<'_, App>,
    handle: AppHandle,
    form: DisplayForm,
) -> Result<(), CommandError> {
    let session = app.session().await?;
    blocking(move || customer_window::save(&handle, &session, &form)).await
}

/// Opens it again after somebody closed it.
#[tauri::command]
pub(crate) async fn open_display(
    app: State<'_, App>,
    window: State<'_, CustomerWindow>,
) -> Result<(), CommandError> {
    app.session().await?.till.require()?;
    window.wanted();
    Ok(())
}
