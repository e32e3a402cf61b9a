//! The counter's keys and sounds.

use tauri::State;

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::view::counter::CounterView;

/// Which keys were changed, and how loud the till is.
#[tauri::command]
pub(crate) async fn counter_settings(app: State<'_, App>) -> Result<CounterView, CommandError> {
    let session = app.session().await?;
    Ok(blocking(move || session.till.counter_settings()).await?.into())
}

/// Sets the counter's keys and sounds.
#[tauri::command]
pub(crate) async fn save_counter_settings(
    app: State<'_, App>,
    form: CounterView,
) -> Result<CounterView, CommandError> {
    let session = app.session().await?;
    let saved = blocking(move || session.till.save_counter_settings(form.into())).await?;
    Ok(saved.into())
}
