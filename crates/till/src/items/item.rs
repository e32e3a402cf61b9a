//! An item for sale, as it is kept, typed, and asked for.

use super::sheet::FileProblem;
use super::{BARCODES_LIMIT, BadBarcode, Barcode};
use crate::money::{Amount, Unit};
use crate::picture::BadPicture;

/// The longest code of an item, in characters.
pub const CODE_LIMIT: usize = 32;
/// The longest heading of items, in characters.
pub const CATEGORY_LIMIT: usize = 24;

/// What is known of an item for sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFacts {
    /// What the cashier reads.
    pub name: String,
    /// The price of one unit.
    pub price: Amount,
    /// A heading to find it under; empty for none.
    pub category: String,
    /// The shop's own number for it (SKU); no two items have the same, whatever the case of its letters.
    pub code: Option<String>,
    /// What its packages carry; each leads to this item alone.
    pub barcodes: Vec<Barcode>,
    /// The class that its tax rate comes from; none for the shop's usual one.
    pub tax_class: Option<i64>,
    /// What its price is for.
    pub unit: Unit,
    /// Nothing of it is left today, so that it is not sold.
    pub sold_out: bool,
}

/// An item on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its row.
    pub id: i64,
    /// What is known of it.
    pub facts: ItemFacts,
    /// Which picture it has; another number after each change, none without one.
    pub picture: Option<i64>,
}

/// An item as somebody typed it.
#[derive(Debug, Clone)]
pub struct ItemForm {
    /// The item to change; none for a new one.
    pub id: Option<i64>,
    /// Its name.
    pub name: String,
    /// Its price, as a decimal.
    pub price: String,
    /// Its heading.
    pub category: String,
    /// Its code; empty for none.
    pub code: String,
    /// Its barcodes; empty ones are left out.
    pub barcodes: Vec<String>,
    /// Its tax class; none for the shop's usual one.
    pub tax_class: Option<i64>,
    /// What the price is for.
    pub unit: Unit,
    /// Whether nothing of it is left.
    pub sold_out: bool,
    /// What becomes of its picture.
    pub picture: PictureChange,
}

/// What becomes of an item's picture when it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureChange {
    /// It stays.
    Keep,
    /// It goes.
    Remove,
    /// This file takes its place.
    New(Vec<u8>),
}

/// Which items are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemQuery {
    /// Words, a code or a barcode, as typed; blank for all.
    pub text: String,
    /// Only those under this heading; none for all. The empty heading is that of items without one.
    pub category: Option<String>,
    /// How many are passed over.
    pub offset: u32,
    /// How many are wanted.
    pub limit: u32,
}

/// Some of the items that were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPage {
    /// The items, the best first.
    pub items: Vec<Item>,
    /// How many there are.
    pub found: u32,
    /// Whether there are more than were counted: the words are too few to say which are meant.
    pub too_many: bool,
}

/// What a scan came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// This item is on the ticket.
    Added(Item),
    /// Nothing is left of this item, so that it was not added.
    SoldOut(Item),
    /// It has to be weighed or measured first, so that it was not added.
    Measured(Item),
    /// No item has that code.
    NotFound,
}

/// A heading with items under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its name; empty for the items without one.
    pub name: String,
    /// How many items it has.
    pub items: u32,
}

/// Why an item, or a file of items, is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ItemProblem {
    /// What was typed is no barcode.
    #[error("{0:?} is no barcode: {1}")]
    Barcode(String, BadBarcode),
    /// More barcodes than an item has.
    #[error("an item has at most {BARCODES_LIMIT} barcodes")]
    TooManyBarcodes,
    /// The picture cannot be taken.
    #[error(transparent)]
    Picture(#[from] BadPicture),
    /// The file holds no table of items.
    #[error(transparent)]
    File(#[from] FileProblem),
    /// So many rows of the file have to be mended first.
    #[error("{0} rows have to be mended first; nothing was imported")]
    Mistakes(usize),
    /// The file or the shelf is not as it was when the import was shown.
    #[error("the items have changed since the import was shown; look at it again")]
    ImportChanged,
}
