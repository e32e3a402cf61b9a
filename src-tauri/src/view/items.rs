//! What the shop sells, as the page shows and fills it in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use till::MoneyError;
use ts_rs::TS;

use super::ticket::{TicketView, Unit};

/// An item for sale.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ItemView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) price: String,
    pub(crate) category: String,
    /// Empty for none.
    pub(crate) code: String,
    pub(crate) barcodes: Vec<String>,
    /// None for the shop's usual one.
    pub(crate) tax_class: Option<i64>,
    pub(crate) unit: Unit,
    pub(crate) sold_out: bool,
    /// Which picture it has; another number after each change, none without one.
    pub(crate) picture: Option<i64>,
}

/// An item to add or change.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ItemForm {
    pub(crate) id: Option<i64>,
    pub(crate) name: String,
    pub(crate) price: String,
    pub(crate) category: String,
    pub(crate) code: String,
    pub(crate) barcodes: Vec<String>,
    pub(crate) tax_class: Option<i64>,
    pub(crate) unit: Unit,
    pub(crate) sold_out: bool,
    /// A file in base 64; the empty text takes the picture away, none keeps it.
    pub(crate) picture: Option<String>,
}

/// Which items are asked for.
#[derive(Debug, Deserialize, TS)]
pub(crate) struct ItemQuery {
    /// Words, a code or a barcode; blank for all.
    pub(crate) text: String,
    /// None for all.
    pub(crate) category: Option<String>,
    pub(crate) offset: u32,
    pub(crate) limit: u32,
}

/// Some of the items that were asked for.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ItemPage {
    pub(crate) items: Vec<ItemView>,
    pub(crate) found: u32,
    /// There are more than were counted.
    pub(crate) too_many: bool,
}

/// A heading that items stand under; the empty one is that of items without.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct CategoryView {
    pub(crate) name: String,
    pub(crate) items: u32,
}

/// An item's picture.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ItemPicture {
    pub(crate) id: i64,
    /// A `data:` address.
    pub(crate) url: String,
}

/// A tax class that an item can have.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TaxChoice {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// A percentage.
    pub(crate) rate: String,
}

/// What a scan came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ScanOutcome {
    Added,
    SoldOut,
    /// It has to be weighed or measured before it is rung up.
    Measured,
    NotFound,
}

/// What a scan came to, and the ticket after it.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ScanView {
    pub(crate) outcome: ScanOutcome,
    /// What was looked for, as it can be shown.
    pub(crate) code: String,
    /// The item's name; empty where there is none.
    pub(crate) name: String,
    pub(crate) item: Option<ItemView>,
    pub(crate) ticket: TicketView,
}

impl From<till::Item> for ItemView {
    fn from(item: till::Item) -> Self {
        let till::ItemFacts {
            name,
            price,
            category,
            code,
            barcodes,
            tax_class,
            unit,
            sold_out,
        } = item.facts;
        Self {
            id: item.id,
            name,
            price: price.to_string(),
            category,
            code: code.unwrap_or_default(),
            barcodes: barcodes.iter().map(ToString::to_string).collect(),
            tax_class,
            unit: unit.into(),
            sold_out,
            picture: item.picture,
        }
    }
}

impl From<till::TaxClass> for TaxChoice {
    fn from(class: till::TaxClass) -> Self {
        Self {
            id: class.id,
            name: class.name,
            rate: class.rate.to_string(),
        }
    }
}

impl TryFrom<till::ItemScan> for ScanView {
    type Error = MoneyError;

    fn try_from(scan: till::ItemScan) -> Result<Self, MoneyError> {
        let (outcome, item) = match scan.scan {
            till::Scan::Added(item) => (ScanOutcome::Added, Some(item)),
            till::Scan::SoldOut(item) => (ScanOutcome::SoldOut, Some(item)),
            till::Scan::Measured(item) => (ScanOutcome::Measured, Some(item)),
            till::Scan::NotFound => (ScanOutcome::NotFound, None),
        };
        let item = item.map(ItemView::from);
        Ok(Self {
            outcome,
            code: scan.code,
            name: item.as_ref().map(|item| item.name.clone()).unwrap_or_default(),
            item,
            ticket: scan.ticket.try_into()?,
        })
    }
}

impl From<till::ItemPage> for ItemPage {
    fn from(page: till::ItemPage) -> Self {
        Self {
            items: page.items.into_iter().map(Into::into).collect(),
            found: page.found,
            too_many: page.too_many,
        }
    }
}

impl From<ItemQuery> for till::ItemQuery {
    fn from(query: ItemQuery) -> Self {
        Self {
            text: query.text,
            category: query.category,
            offset: query.offset,
            limit: query.limit,
        }
    }
}

impl From<till::Category> for CategoryView {
    fn from(category: till::Category) -> Self {
        Self {
            name: category.name,
            items: category.items,
        }
    }
}

impl TryFrom<ItemForm> for till::ItemForm {
    type Error = base64::DecodeError;

    fn try_from(form: ItemForm) -> Result<Self, Self::Error> {
        Ok(Self {
            id: form.id,
            name: form.name,
            price: form.price,
            category: form.category,
            code: form.code,
            barcodes: form.barcodes,
            tax_class: form.tax_class,
            unit: form.unit.into(),
            sold_out: form.sold_out,
            picture: match form.picture.as_deref() {
                None => till::PictureChange::Keep,
                Some("") => till::PictureChange::Remove,
                Some(file) => till::PictureChange::New(bytes(file)?),
            },
        })
    }
}

/// A file that the page read, in base 64, as it comes in a `data:` address or bare.
pub(crate) fn bytes(file: &str) -> Result<Vec<u8>, base64::DecodeError> {
    STANDARD.decode(file.split_once(";base64,").map_or(file, |(_, bytes)| bytes))
}
