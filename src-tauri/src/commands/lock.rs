//! The lock screen, and what any screen may do about it.

use secrecy::SecretString;
use tauri::State;
use till::{Pin, TillError};

use crate::app::{App, blocking};
use crate::customer::Customer;
use crate::error::CommandError;
use crate::present;
use crate::view::{AppView, Language, Theme};

/// Signs somebody in.
#[tauri::command]
pub(crate) async fn unlock(
    app: State<'_, App>,
    display: State<'_, Customer>,
    staff_id: i64,
    pin: String,
) -> Result<AppView, CommandError> {
    let session = app.session().await?;
    blocking(move || Ok::<_, TillError>(session.till.roster().unlock(staff_id, &Pin::new(pin)?)?)).await?;
    display.changed();
    present::app(&app).await
}

/// Signs out.
#[tauri::command]
pub(crate) async fn lock(app: State<'_, App>, display: State<'_, Customer>) -> Result<AppView, CommandError> {
    app.session().await?.till.roster().lock();
    display.changed();
    present::app(&app).await
}

/// A key or a touch: the till stays open.
#[tauri::command]
pub(crate) async fn activity(app: State<'_, App>) -> Result<(), CommandError> {
    app.session().await?.till.require()?;
    Ok(())
}

/// A forgotten manager's PIN, for whoever knows the POS account's password.
#[tauri::command]
pub(crate) async fn reset_manager_pin(
    app: State<'_, App>,
    staff_id: i64,
    password: String,
    new_pin: String,
) -> Result<AppView, CommandError> {
    let session = app.session().await?;
    let password = SecretString::from(password);
    blocking(move || {
        session
            .till
            .reset_manager_pin(staff_id, &password, &Pin::new(new_pin)?)
    })
    .await?;
    present::app(&app).await
}

/// Light, dark, or the system's.
#[tauri::command]
pub(crate) async fn set_theme(app: State<'_, App>, theme: Theme) -> Result<AppView, CommandError> {
    let session = app.session().await?;
    blocking(move || session.till.set_theme(theme.into())).await?;
    present::app(&app).await
}

/// The page's language, for whoever stands at the till: it is also set before anybody signs in.
#[tauri::command]
pub(crate) async fn set_language(app: State<'_, App>, language: Language) -> Result<AppView, CommandError> {
    app.set_language(language.into()).await?;
    present::app(&app).await
}
