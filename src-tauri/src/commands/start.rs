//! Which mode the program is in.

use tauri::{AppHandle, State};

use crate::app::App;
use crate::customer_window::CustomerWindow;
use crate::error::CommandError;
use crate::present;
use crate::view::AppView;
use crate::virtual_terminal;

/// How the program stands.
#[tauri::command]
pub(crate) async fn app_state(app: State<'_, App>) -> Result<AppView, CommandError> {
    present::app(&app).await
}

/// From Set-up into training.
#[tauri::command]
pub(crate) async fn choose_training(app: State<'_, App>) -> Result<AppView, CommandError> {
    app.choose_training().await?;
    present::app(&app).await
}

/// From training to Set-up; a manager's decision.
#[tauri::command]
pub(crate) async fn leave_training(
    app: State<'_, App>,
    handle: AppHandle,
    display: State<'_, CustomerWindow>,
) -> Result<AppView, CommandError> {
    app.session().await?.till.require_manager()?;
    app.leave_training().await?;
    virtual_terminal::close_all(&handle);
    display.wanted();
    present::app(&app).await
}
