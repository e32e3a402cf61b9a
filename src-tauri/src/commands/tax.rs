//! What a manager sets about sales and service tax.

use tauri::State;
use till::{Till, TillError};

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::view::tax::{TaxForm, TaxSettingsView};

/// What the merchant set about tax.
#[tauri::command]
pub(crate) async fn tax_settings(app: State<'_, App>) -> Result<TaxSettingsView, CommandError> {
    on_tax(app, |_| Ok(())).await
}

/// Saves what the merchant sets about tax.
#[tauri::command]
pub(crate) async fn save_tax_settings(
    app: State<'_, App>,
    form: TaxForm,
) -> Result<TaxSettingsView, CommandError> {
    on_tax(app, move |till| till.save_tax_settings(&form.into())).await
}

/// Adds a tax class, or changes the one of that number.
#[tauri::command]
pub(crate) async fn save_tax_class(
    app: State<'_, App>,
    id: Option<i64>,
    name: String,
    rate: String,
) -> Result<TaxSettingsView, CommandError> {
    on_tax(app, move |till| till.save_tax_class(id, &name, &rate)).await
}

/// Offers a tax class no more.
#[tauri::command]
pub(crate) async fn remove_tax_class(app: State<'_, App>, id: i64) -> Result<TaxSettingsView, CommandError> {
    on_tax(app, move |till| till.remove_tax_class(id)).await
}

async fn on_tax(
    app: State<'_, App>,
    work: impl FnOnce(&Till) -> Result<(), TillError> + Send + 'static,
) -> Result<TaxSettingsView, CommandError> {
    let session = app.session().await?;
    let tax = blocking(move || {
        work(&session.till)?;
        session.till.tax()
    });
    Ok(tax.await?.into())
}
