//! What a row makes of its item: what it says laid over what there is.

use super::cells::{Problem, Said};
use super::columns::Column;
use super::plan::{Spot, Wrong};
use crate::items::{Barcode, ItemFacts};
use crate::money::Unit;

/// A row's barcodes, with the zeros that a spreadsheet has dropped.
fn repaired(barcodes: Vec<Barcode>, before: Option<&ItemFacts>) -> Vec<Barcode> {
    let known = before.map(|facts| facts.barcodes.as_slice()).unwrap_or_default();
    let whole = |barcode: Barcode| {
        let known = known.iter().find(|known| barcode.has_lost_zeros_of(known));
        known.cloned().unwrap_or_else(|| barcode.repaired())
    };
    barcodes.into_iter().map(whole).collect()
}

/// An item with what a row says laid over it.
pub(super) fn overlaid(before: Option<&ItemFacts>, said: &Said) -> Result<ItemFacts, Wrong> {
    let needed = |column, problem| move || Wrong(Spot::Of(column), problem, String::new());
    let name = said
        .name
        .clone()
        .or_else(|| before.map(|facts| facts.name.clone()));
    let price = said.price.or_else(|| before.map(|facts| facts.price));
    Ok(ItemFacts {
        name: name.ok_or_else(needed(Column::Name, Problem::NameMissing))?,
        price: price.ok_or_else(needed(Column::Price, Problem::PriceMissing))?,
        category: said
            .category
            .clone()
            .or_else(|| before.map(|facts| facts.category.clone()))
            .unwrap_or_default(),
        code: said
            .code
            .clone()
            .unwrap_or_else(|| before.and_then(|facts| facts.code.clone())),
        barcodes: said
            .barcodes
            .clone()
            .map(|barcodes| repaired(barcodes, before))
            .or_else(|| before.map(|facts| facts.barcodes.clone()))
            .unwrap_or_default(),
        tax_class: said
            .tax_class
            .unwrap_or_else(|| before.and_then(|facts| facts.tax_class)),
        unit: said
            .unit
            .or_else(|| before.map(|facts| facts.unit))
            .unwrap_or(Unit::Each),
        sold_out: said
            .sold_out
            .or_else(|| before.map(|facts| facts.sold_out))
            .unwrap_or(false),
    })
}

/// Whether nothing would change, down to how a barcode is written.
pub(super) fn is_same(before: &ItemFacts, after: &ItemFacts) -> bool {
    let written = |facts: &ItemFacts| {
        facts
            .barcodes
            .iter()
            .map(|barcode| barcode.written().to_owned())
            .collect::<Vec<_>>()
    };
    before == after && written(before) == written(after)
}
