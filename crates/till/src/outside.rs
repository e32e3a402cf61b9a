//! The till's readers of what comes from outside that have no other public entry, for those who hold them against
//! hostile input (`fuzz/` at the repository's root).

use crate::{BadPicture, QrSquares};

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
