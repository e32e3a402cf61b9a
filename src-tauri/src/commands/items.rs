//! Items: finding and selling them on Sell, keeping them, and whole files of them.

use jiff::Timestamp;
use tauri::State;
use till::{TableLanguage, Till, TillError};

use crate::app::{App, Session, blocking};
use crate::error::{CommandError, ErrorCode};
use crate::saved_file;
use crate::view::Language;
use crate::view::import::{ImportCounts, ImportView, ImportWords};
use crate::view::items::{
    CategoryView, ItemForm, ItemPage, ItemPicture, ItemQuery, ItemView, ScanView, TaxChoice, bytes,
};
use crate::view::support::SavedFile;
use crate::view::wallets::png;

/// The items that are asked for.
#[tauri::command]
pub(crate) async fn find_items(app: State<'_, App>, query: ItemQuery) -> Result<ItemPage, CommandError> {
    on_till(app, move |till| till.find_items(&query.into()))
        .await
        .map(Into::into)
}

/// The headings that items stand under.
#[tauri::command]
pub(crate) async fn item_categories(app: State<'_, App>) -> Result<Vec<CategoryView>, CommandError> {
    let categories = on_till(app, Till::item_categories).await?;
    Ok(categories.into_iter().map(Into::into).collect())
}

/// The pictures of these items, as far as they have one.
#[tauri::command]
pub(crate) async fn item_pictures(
    app: State<'_, App>,
    ids: Vec<i64>,
) -> Result<Vec<ItemPicture>, CommandError> {
    let pictures = on_till(app, move |till| till.item_pictures(&ids)).await?;
    let shown = |(id, bytes): (i64, Vec<u8>)| ItemPicture { id, url: png(&bytes) };
    Ok(pictures.into_iter().map(shown).collect())
}

/// Puts on the ticket what a scanner read.
#[tauri::command]
pub(crate) async fn scan(app: State<'_, App>, code: String) -> Result<ScanView, CommandError> {
    let scan = on_till(app, move |till| till.scan(&code)).await?;
    ScanView::try_from(scan).map_err(|error| TillError::from(error).into())
}

/// Says whether nothing of an item is left.
#[tauri::command]
pub(crate) async fn set_sold_out(
    app: State<'_, App>,
    id: i64,
    sold_out: bool,
) -> Result<ItemView, CommandError> {
    on_till(app, move |till| till.set_sold_out(id, sold_out))
        .await
        .map(Into::into)
}

/// The tax classes that an item can have; none while the shop charges no tax.
#[tauri::command]
pub(crate) async fn item_tax_classes(app: State<'_, App>) -> Result<Vec<TaxChoice>, CommandError> {
    let classes = on_till(app, Till::item_tax_classes).await?;
    Ok(classes.into_iter().map(Into::into).collect())
}

/// A picture file as it would be kept, as a `data:` address.
#[tauri::command]
pub(crate) async fn read_item_picture(app: State<'_, App>, file: String) -> Result<String, CommandError> {
    let file = decoded(&file, ErrorCode::PictureInvalid)?;
    let kept = on_till(app, move |till| till.read_item_picture(&file)).await?;
    Ok(png(&kept))
}

/// Adds or changes an item.
#[tauri::command]
pub(crate) async fn save_item(app: State<'_, App>, form: ItemForm) -> Result<ItemView, CommandError> {
    let form = till::ItemForm::try_from(form)
        .map_err(|error| CommandError::new(ErrorCode::PictureInvalid, error))?;
    on_till(app, move |till| till.save_item(&form))
        .await
        .map(Into::into)
}

/// Takes an item off the shelf.
#[tauri::command]
pub(crate) async fn remove_item(app: State<'_, App>, id: i64) -> Result<(), CommandError> {
    on_till(app, move |till| till.remove_item(id)).await
}

/// What importing a file, in base 64, would do.
#[tauri::command]
pub(crate) async fn preview_import(app: State<'_, App>, file: String) -> Result<ImportView, CommandError> {
    let file = decoded(&file, ErrorCode::TableNotText)?;
    on_till(app, move |till| till.preview_import(&file))
        .await
        .map(Into::into)
}

/// Imports a file that was shown: all of it, or nothing.
#[tauri::command]
pub(crate) async fn import_items(
    app: State<'_, App>,
    file: String,
    digest: String,
) -> Result<ImportCounts, CommandError> {
    let file = decoded(&file, ErrorCode::TableNotText)?;
    on_till(app, move |till| till.import_items(&file, &digest))
        .await
        .map(Into::into)
}

/// Saves a file again, with what is wrong beside its rows.
#[tauri::command]
pub(crate) async fn save_import_mistakes(
    app: State<'_, App>,
    file: String,
    words: ImportWords,
) -> Result<SavedFile, CommandError> {
    let file = decoded(&file, ErrorCode::TableNotText)?;
    saved(app, "kaunter-items-to-mend", move |till| {
        till.import_mistakes(&file, &words.into())
    })
    .await
}

/// Saves all items as a file that can be imported again.
#[tauri::command]
pub(crate) async fn export_items(app: State<'_, App>, language: Language) -> Result<SavedFile, CommandError> {
    let language = match language {
        Language::Malay => TableLanguage::Malay,
        Language::Chinese => TableLanguage::Chinese,
        Language::English | Language::System => TableLanguage::English,
    };
    saved(app, "kaunter-items", move |till| till.export_items(language)).await
}

async fn saved(
    app: State<'_, App>,
    name: &'static str,
    work: impl FnOnce(&Till) -> Result<Vec<u8>, TillError> + Send + 'static,
) -> Result<SavedFile, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        let bytes = work(&session.till).map_err(CommandError::from)?;
        let path = saved_file::save(&folder_of(&session), name, "csv", &bytes, Timestamp::now())?;
        Ok::<_, CommandError>(SavedFile {
            path: path.display().to_string(),
        })
    })
    .await
}

fn folder_of(session: &Session) -> std::path::PathBuf {
    session.till.store().folder().to_owned()
}

fn decoded(file: &str, code: ErrorCode) -> Result<Vec<u8>, CommandError> {
    bytes(file).map_err(|error| CommandError::new(code, error))
}

async fn on_till<T: Send + 'static>(
    app: State<'_, App>,
    work: impl FnOnce(&Till) -> Result<T, TillError> + Send + 'static,
) -> Result<T, CommandError> {
    let session = app.session().await?;
    blocking(move || work(&session.till)).await
}
