//! The items on the shelf: each with its barcodes and its picture, and in the index of words, all in one commit.

mod find;
mod import;
mod index;
mod sell;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

pub(super) use index::catch_up;

use super::rows::{amount, millis, parse};
use super::{Store, StoreError, Thing};
use crate::items::{Barcode, Item, ItemFacts, PictureChange, sort_words};
use crate::money::Currency;

/// The columns that [`read`] reads, of `item` with its picture beside it.
const COLUMNS: &str =
    "SELECT item.id, name, price_minor, category, code, tax_class, unit, sold_out, item_picture.version
     FROM item LEFT JOIN item_picture ON item_picture.item = item.id";

/// A state of the shelf, as long as the till runs: it is another after every change of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShelfState(u64);

impl Store {
    /// One item that is on the shelf.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none.
    pub fn item(&self, id: i64, currency: Currency) -> Result<Item, StoreError> {
        self.read(|connection| item(connection, id, currency))
    }

    /// All items on the shelf, by category and name. For files; a screen asks for some of them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn all_items(&self, currency: Currency) -> Result<Vec<Item>, StoreError> {
        self.read_aside(|connection| all_items(connection, currency))
    }

    /// The same, and which state of the shelf they are: what is planned for it is done to no other.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(crate) fn shelf(&self, currency: Currency) -> Result<(ShelfState, Vec<Item>), StoreError> {
        // Looked at first: what is committed meanwhile may be among the items, and makes another state all the same.
        let state = self.shelf_state();
        Ok((state, self.all_items(currency)?))
    }

    fn shelf_state(&self) -> ShelfState {
        ShelfState(self.shelf.load(Ordering::Acquire))
    }

    /// Writes what changes the shelf.
    fn write_shelf<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write(|transaction| {
            let result = work(transaction)?;
            // Before anybody can see the change; should it not be committed, nothing is lost.
            self.shelf.fetch_add(1, Ordering::AcqRel);
            Ok(result)
        })
    }

    /// Puts an item on the shelf, or changes the one of that number, with its picture. Tickets keep what they were rung up
    /// with.
    ///
    /// # Errors
    /// [`StoreError::CodeTaken`], [`StoreError::BarcodeTaken`], or [`StoreError::Missing`] when there is none of that
    /// number.
    pub fn save_item(
        &self,
        id: Option<i64>,
        facts: &ItemFacts,
        picture: &PictureChange,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        self.write_shelf(|connection| {
            let id = put(connection, id, facts)?;
            match picture {
                PictureChange::Keep => {}
                PictureChange::Remove => {
                    connection.execute("DELETE FROM item_picture WHERE item = ?1", [id])?;
                }
                PictureChange::New(png) => {
                    connection.execute(
                        "INSERT INTO item_picture (item, version, png) VALUES (?1, ?2, ?3)
                         ON CONFLICT (item) DO UPDATE SET version = max(excluded.version, version + 1), png = excluded.png",
                        params![id, millis(at), png],
                    )?;
                }
            }
            Ok(id)
        })
    }

    /// Puts all of these items on the shelf, or none.
    ///
    /// # Errors
    /// As [`Store::save_item`].
    pub fn add_items(&self, items: &[ItemFacts]) -> Result<(), StoreError> {
        self.write_shelf(|connection| {
            items
                .iter()
                .try_for_each(|facts| put(connection, None, facts).map(drop))
        })
    }

    /// Takes an item off the shelf; its code and its barcodes are free again. Old tickets still know it.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none of that number.
    pub fn remove_item(&self, id: i64) -> Result<(), StoreError> {
        self.write_shelf(|connection| {
            one(connection.execute("UPDATE item SET removed = 1 WHERE id = ?1 AND removed = 0", [id])?)?;
            connection.execute("DELETE FROM item_barcode WHERE item = ?1", [id])?;
            connection.execute("DELETE FROM item_picture WHERE item = ?1", [id])?;
            index::take_out(connection, id)
        })
    }

    /// Says whether nothing of an item is left.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none of that number.
    pub fn set_sold_out(&self, id: i64, sold_out: bool) -> Result<(), StoreError> {
        self.write_shelf(|connection| {
            one(connection.execute(
                "UPDATE item SET sold_out = ?2 WHERE id = ?1 AND removed = 0",
                params![id, sold_out],
            )?)
        })
    }

    /// The pictures of these items, as PNG, as far as they have one.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn item_pictures(&self, ids: &[i64]) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT png FROM item_picture WHERE item = ?1")?;
            let mut pictures = Vec::new();
            for id in ids {
                let png: Option<Vec<u8>> = statement.query_row([id], |row| row.get(0)).optional()?;
                pictures.extend(png.map(|png| (*id, png)));
            }
            Ok(pictures)
        })
    }
}

/// All items on the shelf, by category and name.
fn all_items(connection: &Connection, currency: Currency) -> Result<Vec<Item>, StoreError> {
    let mut items: Vec<Item> = connection
        .prepare_cached(&format!(
            "{COLUMNS} WHERE removed = 0 ORDER BY category COLLATE NOCASE, sorted, item.id"
        ))?
        .query_map([], |row| read(row, currency))?
        .collect::<Result<_, _>>()?;
    let places: HashMap<i64, usize> = items
        .iter()
        .enumerate()
        .map(|(place, item)| (item.id, place))
        .collect();
    let mut statement = connection.prepare_cached("SELECT item, written FROM item_barcode ORDER BY rowid")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let place = places.get(&row.get(0)?);
        if let Some(item) = place.and_then(|place| items.get_mut(*place)) {
            item.facts.barcodes.push(Barcode::kept(&row.get::<_, String>(1)?));
        }
    }
    Ok(items)
}

/// One item on the shelf.
pub(super) fn item(connection: &Connection, id: i64, currency: Currency) -> Result<Item, StoreError> {
    let mut item = connection
        .prepare_cached(&format!("{COLUMNS} WHERE item.id = ?1 AND removed = 0"))?
        .query_row([id], |row| read(row, currency))
        .optional()?
        .ok_or(StoreError::Missing(Thing::Item))?;
    let mut statement =
        connection.prepare_cached("SELECT written FROM item_barcode WHERE item = ?1 ORDER BY rowid")?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        item.facts.barcodes.push(Barcode::kept(&row.get::<_, String>(0)?));
    }
    Ok(item)
}

/// An item without its barcodes, which are rows of their own.
fn read(row: &Row<'_>, currency: Currency) -> rusqlite::Result<Item> {
    Ok(Item {
        id: row.get(0)?,
        facts: ItemFacts {
            name: row.get(1)?,
            price: amount(row, 2, currency)?,
            category: row.get(3)?,
            code: row.get(4)?,
            barcodes: Vec::new(),
            tax_class: row.get(5)?,
            unit: parse(row, 6)?,
            sold_out: row.get(7)?,
        },
        picture: row.get(8)?,
    })
}

/// Writes an item with its barcodes and its words.
fn put(connection: &Connection, id: Option<i64>, facts: &ItemFacts) -> Result<i64, StoreError> {
    refuse_what_is_taken(connection, id, facts)?;
    let id = put_row(connection, id, facts, &sort_words(&facts.name), Words::Now)?;
    put_barcodes(connection, id, &facts.barcodes)?;
    index::put_in(connection, id, facts)?;
    Ok(id)
}

/// Whether an item's words are written with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Now,
    Later,
}

fn put_row(
    connection: &Connection,
    id: Option<i64>,
    facts: &ItemFacts,
    sorted: &str,
    words: Words,
) -> Result<i64, StoreError> {
    let worded = words == Words::Now;
    match id {
        Some(id) => {
            let changed = connection
                .prepare_cached(
                    "UPDATE item SET name = ?2, price_minor = ?3, category = ?4, code = ?5, tax_class = ?6, unit = ?7,
                         sold_out = ?8, sorted = ?9, worded = ?10 WHERE id = ?1 AND removed = 0",
                )?
                .execute(params![
                    id,
                    facts.name,
                    facts.price.minor(),
                    facts.category,
                    facts.code,
                    facts.tax_class,
                    facts.unit.name(),
                    facts.sold_out,
                    sorted,
                    worded
                ])?;
            one(changed)?;
            Ok(id)
        }
        None => {
            connection
                .prepare_cached(
                    "INSERT INTO item (name, price_minor, category, code, tax_class, unit, sold_out, sorted, worded)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    facts.name,
                    facts.price.minor(),
                    facts.category,
                    facts.code,
                    facts.tax_class,
                    facts.unit.name(),
                    facts.sold_out,
                    sorted,
                    worded
                ])?;
            Ok(connection.last_insert_rowid())
        }
    }
}

fn put_barcodes(connection: &Connection, id: i64, barcodes: &[Barcode]) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM item_barcode WHERE item = ?1")?
        .execute([id])?;
    let mut statement =
        connection.prepare_cached("INSERT INTO item_barcode (barcode, written, item) VALUES (?1, ?2, ?3)")?;
    for barcode in barcodes {
        statement.execute(params![barcode.key(), barcode.written(), id])?;
    }
    Ok(())
}

/// A code and a barcode lead to one item, so the other one is named: the person knows then which of them is wrong.
fn refuse_what_is_taken(
    connection: &Connection,
    id: Option<i64>,
    facts: &ItemFacts,
) -> Result<(), StoreError> {
    if let Some(code) = &facts.code {
        let other: Option<String> = connection
            .prepare_cached("SELECT name FROM item WHERE code = ?1 AND removed = 0 AND id IS NOT ?2")?
            .query_row(params![code, id], |row| row.get(0))
            .optional()?;
        if let Some(by) = other {
            return Err(StoreError::CodeTaken {
                code: code.clone(),
                by,
            });
        }
    }
    let mut statement = connection.prepare_cached(
        "SELECT name FROM item_barcode JOIN item ON item.id = item WHERE barcode = ?1 AND item IS NOT ?2",
    )?;
    for barcode in &facts.barcodes {
        let other: Option<String> = statement
            .query_row(params![barcode.key(), id], |row| row.get(0))
            .optional()?;
        if let Some(by) = other {
            return Err(StoreError::BarcodeTaken {
                barcode: barcode.written().to_owned(),
                by,
            });
        }
    }
    Ok(())
}

fn one(changed: usize) -> Result<(), StoreError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Missing(Thing::Item))
    }
}
