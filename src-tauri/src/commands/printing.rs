//! Receipts on paper and as pages, and what is set about them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tauri::State;
use till::{BadPicture, PrintJob, ReceiptOf, Till, TillError};

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::present;
use crate::saved_file::in_downloads;
use crate::view::printing::{PlacesView, PreviewView, PrintForm, PrintSettingsView, PrintView};
use crate::view::support::SavedFile;

/// What is set about receipts.
#[tauri::command]
pub(crate) async fn print_settings(app: State<'_, App>) -> Result<PrintSettingsView, CommandError> {
    let session = app.session().await?;
    blocking(move || settings(&session.till)).await
}

/// Saves what is set about receipts.
#[tauri::command]
pub(crate) async fn save_print_settings(
    app: State<'_, App>,
    form: PrintForm,
) -> Result<PrintSettingsView, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        session.till.save_print_settings(&form.into())?;
        settings(&session.till)
    })
    .await
}

/// Takes a picture file, in base 64, to head receipts; none for no picture.
#[tauri::command]
pub(crate) async fn set_receipt_logo(
    app: State<'_, App>,
    picture: Option<String>,
) -> Result<PrintSettingsView, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        let file = picture
            .map(|picture| STANDARD.decode(picture).map_err(|_| BadPicture::NotAPicture))
            .transpose()?;
        session.till.set_receipt_logo(file.as_deref())?;
        settings(&session.till)
    })
    .await
}

/// Looks for printers on this computer.
#[tauri::command]
pub(crate) async fn printers(app: State<'_, App>) -> Result<PlacesView, CommandError> {
    let session = app.session().await?;
    Ok(blocking(move || session.till.printers()).await?.into())
}

/// How a receipt would print.
#[tauri::command]
pub(crate) async fn preview_receipt(
    app: State<'_, App>,
    form: PrintForm,
) -> Result<PreviewView, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        let drawing = session.till.preview_receipt(&form.into())?;
        Ok::<_, TillError>(PreviewView::new(&drawing.bitmap.png()?, &drawing))
    })
    .await
}

/// Prints a test page with what is on the form.
#[tauri::command]
pub(crate) async fn test_print(app: State<'_, App>, form: PrintForm) -> Result<PrintView, CommandError> {
    let session = app.session().await?;
    let printed = blocking(move || session.till.test_print(&form.into())).await?;
    Ok(PrintView::new(printed, 1))
}

/// Prints the receipt that a payment or a tender stands on.
#[tauri::command]
pub(crate) async fn print_receipt(app: State<'_, App>, reference: String) -> Result<PrintView, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        let of = receipt_of(&session.till, &reference)?;
        Ok::<_, CommandError>(session.till.print_receipt(&of)?.into())
    })
    .await
}

/// What became of the last print of a receipt; none if it was not printed, or is being printed.
#[tauri::command]
pub(crate) async fn last_print(
    app: State<'_, App>,
    reference: String,
) -> Result<Option<PrintView>, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        let of = receipt_of(&session.till, &reference)?;
        let last: Option<PrintJob> = session.till.last_print(&of)?;
        Ok::<_, CommandError>(last.as_ref().and_then(PrintView::of_job))
    })
    .await
}

/// Saves a receipt as a page, in the folder for downloads.
#[tauri::command]
pub(crate) async fn save_receipt_page(
    app: State<'_, App>,
    reference: String,
) -> Result<SavedFile, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        let of = receipt_of(&session.till, &reference)?;
        let beside = session.till.store().folder().join("receipts");
        let path = in_downloads(&beside, |folder| session.till.save_receipt_page(&of, folder))?;
        Ok::<_, CommandError>(SavedFile {
            path: path.display().to_string(),
        })
    })
    .await
}

fn settings(till: &Till) -> Result<PrintSettingsView, TillError> {
    Ok(PrintSettingsView::new(
        &till.print_settings()?,
        till.receipt_logo()?.as_deref(),
    ))
}

fn receipt_of(till: &Till, reference: &str) -> Result<ReceiptOf, CommandError> {
    Ok(till.receipt_of(&present::reference(reference)?)?)
}
