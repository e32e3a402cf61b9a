//! Settings' panels on callbacks and on the log.

use std::sync::Arc;

use jiff::Timestamp;
use tauri::State;

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::logging::Logging;
use crate::support;
use crate::view::support::{CallbackForm, CallbackView, LogDetail, LogPage, LogQuery, SavedFile};

/// What was set about callbacks, and how their listener fares.
#[tauri::command]
pub(crate) async fn callback_settings(app: State<'_, App>) -> Result<CallbackView, CommandError> {
    Ok(app.session().await?.till.callback()?.into())
}

/// Sets whether, and where, answers by callback are listened for.
#[tauri::command]
pub(crate) async fn save_callback(
    app: State<'_, App>,
    form: CallbackForm,
) -> Result<CallbackView, CommandError> {
    let session = app.session().await?;
    Ok(session.till.save_callback(form.into()).await?.into())
}

/// A page of the log.
#[tauri::command]
pub(crate) async fn log_page(
    app: State<'_, App>,
    logging: State<'_, Arc<Logging>>,
    form: LogQuery,
) -> Result<LogPage, CommandError> {
    app.session().await?.till.manager_looks()?;
    let logging = Arc::clone(&logging);
    Ok(blocking(move || logging.files.page(&form.into())).await?.into())
}

/// Whether the log is detailed.
#[tauri::command]
pub(crate) async fn log_detail(
    app: State<'_, App>,
    logging: State<'_, Arc<Logging>>,
) -> Result<LogDetail, CommandError> {
    app.session().await?.till.manager_looks()?;
    Ok(detail(&logging))
}

/// Makes the log detailed for a day, or normal.
#[tauri::command]
pub(crate) async fn set_log_detail(
    app: State<'_, App>,
    logging: State<'_, Arc<Logging>>,
    detailed: bool,
) -> Result<LogDetail, CommandError> {
    app.session().await?.till.require_manager()?;
    logging.set_detailed(detailed, Timestamp::now());
    Ok(detail(&logging))
}

/// Writes the file for support.
#[tauri::command]
pub(crate) async fn save_for_support(
    app: State<'_, App>,
    logging: State<'_, Arc<Logging>>,
) -> Result<SavedFile, CommandError> {
    let session = app.session().await?;
    session.till.require_manager()?;
    let logging = Arc::clone(&logging);
    let path = blocking(move || support::save(&session, &logging.files, Timestamp::now())).await?;
    Ok(SavedFile {
        path: path.display().to_string(),
    })
}

fn detail(logging: &Logging) -> LogDetail {
    LogDetail {
        until: logging
            .detailed_until(Timestamp::now())
            .map(|until| until.to_string()),
    }
}
