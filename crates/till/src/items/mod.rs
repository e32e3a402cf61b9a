//! What the shop sells: items, their barcodes, the words that they are found by, and the files that they come in.

mod barcode;
mod item;
pub(crate) mod sheet;
mod words;

pub use barcode::{BARCODE_LIMIT, BARCODES_LIMIT, BadBarcode, Barcode, SCAN_LIMIT};
pub(crate) use barcode::{Scanned, is_rounded};
pub use item::{
    CATEGORY_LIMIT, CODE_LIMIT, Category, Item, ItemFacts, ItemForm, ItemPage, ItemProblem, ItemQuery,
    PictureChange, Scan,
};
pub(crate) use words::{Wanted, name_key, shelf_words, sort_words};
