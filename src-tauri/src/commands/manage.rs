//! Staff and Settings.

use tauri::State;
use till::{Pin, TillError};

use crate::app::{App, Session, blocking};
use crate::error::CommandError;
use crate::view::payments::JournalView;
use crate::view::{SettingsForm, SettingsView, StaffForm, StaffTile};

/// Everybody who works here.
#[tauri::command]
pub(crate) async fn staff(app: State<'_, App>) -> Result<Vec<StaffTile>, CommandError> {
    let session = app.session().await?;
    let staff = blocking(move || Ok::<_, TillError>(session.till.roster().everybody()?)).await?;
    Ok(staff.into_iter().map(Into::into).collect())
}

/// Adds or changes somebody.
#[tauri::command]
pub(crate) async fn save_staff(app: State<'_, App>, form: StaffForm) -> Result<Vec<StaffTile>, CommandError> {
    let session = app.session().await?;
    let staff = blocking(move || {
        let pin = form.pin.map(Pin::new).transpose()?;
        session
            .till
            .save_staff(form.id, &form.name, form.role.into(), pin)
    })
    .await?;
    Ok(staff.into_iter().map(Into::into).collect())
}

/// Takes somebody off the lock screen.
#[tauri::command]
pub(crate) async fn remove_staff(app: State<'_, App>, id: i64) -> Result<Vec<StaffTile>, CommandError> {
    let session = app.session().await?;
    let staff = blocking(move || session.till.remove_staff(id)).await?;
    Ok(staff.into_iter().map(Into::into).collect())
}

/// What can be set, and where things lie.
#[tauri::command]
pub(crate) async fn settings(app: State<'_, App>) -> Result<SettingsView, CommandError> {
    let session = app.session().await?;
    session.till.manager_looks()?;
    blocking(move || view(&session)).await
}

/// Saves settings.
#[tauri::command]
pub(crate) async fn save_settings(
    app: State<'_, App>,
    form: SettingsForm,
) -> Result<SettingsView, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        session
            .till
            .save_settings(&form.store_name, &form.header, form.lock_after_minutes.as_deref())?;
        view(&session)
    })
    .await
}

/// Checks the journal from beginning to end.
#[tauri::command]
pub(crate) async fn verify_journal(app: State<'_, App>) -> Result<JournalView, CommandError> {
    let session = app.session().await?;
    session.till.require_manager()?;
    let checked = blocking(move || session.till.store().verify_journal().map_err(TillError::from)).await?;
    Ok(match checked {
        Ok((entries, head)) => JournalView {
            whole: true,
            entries,
            head,
            fault: None,
        },
        Err(fault) => JournalView {
            whole: false,
            entries: fault.seq,
            head: String::new(),
            fault: Some(fault.to_string()),
        },
    })
}

fn view(session: &Session) -> Result<SettingsView, TillError> {
    let store = session.till.store();
    let settings = store.store_settings()?.ok_or(TillError::NotSetUp)?;
    Ok(SettingsView {
        store_name: settings.name,
        header: settings.header,
        currency: settings.currency,
        theme: store.theme()?.into(),
        lock_after_minutes: settings.lock_after_minutes,
        mode: session.mode,
        data_folder: store.folder().display().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}
