//! The shelf as a file is held against it.

use std::collections::HashMap;

use crate::items::{Item, name_key};

/// What is on the shelf now, by everything that a row may name an item by.
pub(crate) struct Shelf {
    pub(super) items: Vec<Item>,
    pub(super) by_code: HashMap<String, usize>,
    pub(super) by_barcode: HashMap<String, usize>,
    pub(super) by_name: HashMap<String, Vec<usize>>,
}

impl Shelf {
    /// Of these items.
    pub(crate) fn new(items: Vec<Item>) -> Self {
        let mut shelf = Self {
            by_code: HashMap::with_capacity(items.len()),
            by_barcode: HashMap::with_capacity(items.len()),
            by_name: HashMap::with_capacity(items.len()),
            items: Vec::new(),
        };
        for (place, item) in items.iter().enumerate() {
            if let Some(code) = &item.facts.code {
                shelf.by_code.insert(code.to_ascii_lowercase(), place);
            }
            for barcode in &item.facts.barcodes {
                shelf.by_barcode.insert(barcode.key().to_owned(), place);
            }
            shelf
                .by_name
                .entry(name_key(&item.facts.name))
                .or_default()
                .push(place);
        }
        shelf.items = items;
        shelf
    }
}
