//! The till's readers of what comes from outside that have no other public entry, for those who hold them against
//! hostile input (`fuzz/` at the repository's root).

use crate::items::sheet::{Plan, Sheet, Shelf, TableLanguage, items_file};
use crate::items::{ItemFacts, Scanned};
use crate::{BadPicture, Currency, QrSquares};

/// A wallet's logo as it is kept: a small PNG, written anew.
///
/// # Errors
/// When the file is too large or no picture.
pub fn logo(file: &[u8]) -> Result<Vec<u8>, BadPicture> {
    crate::picture::logo(file)
}

/// What the QR code in a picture file holds, as the binding screen reads it; none where it cannot be read.
#[must_use]
pub fn read_qr(file: &[u8]) -> Option<Vec<u8>> {
    crate::qr::read(&crate::picture::decode(file).ok()?)
}

/// A QR code that holds exactly this, as the binding screen draws it; none for more than one holds.
#[must_use]
pub fn draw_qr(content: &[u8]) -> Option<QrSquares> {
    crate::qr::draw(content)
}

/// What a file of items comes to in a shop without any: the items of the good rows, and how many rows have to be mended; none
/// where the file holds no table of items.
#[must_use]
pub fn read_items(file: &[u8]) -> Option<(Vec<ItemFacts>, usize)> {
    let sheet = Sheet::read(file).ok()?;
    let plan = Plan::make(&sheet, &Shelf::new(Vec::new()), Currency::Myr, &[]);
    Some((plan.rows.into_iter().map(|row| row.facts).collect(), plan.bad))
}

/// These items as a file.
#[must_use]
pub fn write_items(items: &[ItemFacts]) -> Vec<u8> {
    items_file(items, &[], TableLanguage::English)
}

/// What a scanned code is looked up as.
#[must_use]
pub fn scan_keys(typed: &str) -> Vec<String> {
    Scanned::read(typed).keys().to_vec()
}
