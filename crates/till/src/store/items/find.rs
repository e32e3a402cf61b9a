//! Finding items: by what was typed, in the order in which it is most likely meant, and by heading.
//!
//! The whole code or barcode first, then names that begin with what was typed, then barcodes that do, then those that have all
//! its words somewhere in name or code, in any order. Of one or two letters that thousands of items have, only so many are looked at that the answer
//! comes at once.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::Store;
use super::super::StoreError;
use super::{index, item};
use crate::items::{Category, Item, ItemPage, ItemQuery, Scanned, Wanted};
use crate::money::Currency;

/// The most items that are put in order for one search.
const ENOUGH: u32 = 500;
/// Fewer characters say nothing of a barcode.
const SHORTEST_CODE: usize = 3;
/// The most items that are given at once.
pub(super) const PAGE_LIMIT: u32 = 200;

impl Store {
    /// The items that are asked for. Whatever the text is, it is no error.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn find_items(&self, query: &ItemQuery, currency: Currency) -> Result<ItemPage, StoreError> {
        self.read(|connection| {
            if query.text.trim().is_empty() {
                all(connection, query, currency)
            } else {
                some(connection, query, currency)
            }
        })
    }

    /// The headings with items under them, by name, and how many each has.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn item_categories(&self) -> Result<Vec<Category>, StoreError> {
        self.read(|connection| {
            let categories = connection
                .prepare_cached(
                    "SELECT min(category), count(*) FROM item WHERE removed = 0
                     GROUP BY category COLLATE NOCASE ORDER BY category COLLATE NOCASE",
                )?
                .query_map([], |row| {
                    Ok(Category {
                        name: row.get(0)?,
                        items: row.get(1)?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(categories)
        })
    }
}

/// The number of the item that has this barcode or code. In this order for a scan and for a search, so that both mean the same
/// item where one has the code that is another's barcode.
pub(in crate::store) fn by_code(
    connection: &Connection,
    scanned: &Scanned,
) -> Result<Option<i64>, StoreError> {
    let mut barcodes = connection.prepare_cached("SELECT item FROM item_barcode WHERE barcode = ?1")?;
    for key in scanned.keys() {
        if let Some(id) = barcodes.query_row([key], |row| row.get(0)).optional()? {
            return Ok(Some(id));
        }
    }
    let mut codes = connection.prepare_cached("SELECT id FROM item WHERE code = ?1 AND removed = 0")?;
    for code in scanned.codes() {
        if let Some(id) = codes.query_row([code], |row| row.get(0)).optional()? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn all(connection: &Connection, query: &ItemQuery, currency: Currency) -> Result<ItemPage, StoreError> {
    // Two statements: each goes along its own index, and stops at the end of the page.
    let (count, page) = match &query.category {
        None => (
            "SELECT count(*) FROM item WHERE removed = 0 AND ?1 IS NULL",
            "SELECT id FROM item WHERE removed = 0 AND ?1 IS NULL
             ORDER BY category COLLATE NOCASE, sorted, id LIMIT ?2 OFFSET ?3",
        ),
        Some(_) => (
            "SELECT count(*) FROM item WHERE removed = 0 AND category = ?1 COLLATE NOCASE",
            "SELECT id FROM item WHERE removed = 0 AND category = ?1 COLLATE NOCASE
             ORDER BY sorted, id LIMIT ?2 OFFSET ?3",
        ),
    };
    let found = connection
        .prepare_cached(count)?
        .query_row([&query.category], |row| row.get(0))?;
    let ids: Vec<i64> = connection
        .prepare_cached(page)?
        .query_map(
            params![query.category, query.limit.min(PAGE_LIMIT), query.offset],
            |row| row.get(0),
        )?
        .collect::<Result<_, _>>()?;
    Ok(ItemPage {
        items: items(connection, &ids, currency)?,
        found,
        too_many: false,
    })
}

fn some(connection: &Connection, query: &ItemQuery, currency: Currency) -> Result<ItemPage, StoreError> {
    let wanted = Wanted::read(&query.text);
    let mut ids: Vec<i64> = exact(connection, query)?.into_iter().collect();
    let mut known: HashSet<i64> = ids.iter().copied().collect();
    let mut too_many = false;
    if let Some(words) = &wanted.words {
        let begin = beginning(connection, &wanted.beginning, query.category.as_deref())?;
        let barcodes = barcodes_beginning(connection, &query.text, query.category.as_deref())?;
        let have = having(connection, words, query.category.as_deref())?;
        too_many = have.len() >= usize::try_from(ENOUGH).unwrap_or(usize::MAX);
        ids.extend(
            begin
                .into_iter()
                .chain(barcodes)
                .chain(have)
                .filter(|id| known.insert(*id)),
        );
    }
    let skip = usize::try_from(query.offset).unwrap_or(usize::MAX);
    let take = usize::try_from(query.limit.min(PAGE_LIMIT)).unwrap_or(usize::MAX);
    let page: Vec<i64> = ids.iter().skip(skip).take(take).copied().collect();
    Ok(ItemPage {
        items: items(connection, &page, currency)?,
        found: u32::try_from(ids.len()).unwrap_or(u32::MAX),
        too_many,
    })
}

/// The item whose whole code or barcode was typed, if it is under the heading.
fn exact(connection: &Connection, query: &ItemQuery) -> Result<Option<i64>, StoreError> {
    let Some(id) = by_code(connection, &Scanned::read(&query.text))? else {
        return Ok(None);
    };
    let mut under = connection.prepare_cached(
        "SELECT id FROM item WHERE id = ?1 AND (?2 IS NULL OR category = ?2 COLLATE NOCASE)",
    )?;
    Ok(under
        .query_row(params![id, query.category], |row| row.get(0))
        .optional()?)
}

/// The items whose name begins with what was typed.
fn beginning(
    connection: &Connection,
    beginning: &str,
    category: Option<&str>,
) -> Result<Vec<i64>, StoreError> {
    let until = format!("{beginning}\u{10ffff}");
    let sql = match category {
        None => {
            "SELECT id FROM item WHERE removed = 0 AND sorted >= ?1 AND sorted < ?2 AND ?3 IS NULL
             ORDER BY sorted, id LIMIT ?4"
        }
        Some(_) => {
            "SELECT id FROM item WHERE removed = 0 AND category = ?3 COLLATE NOCASE AND sorted >= ?1 AND sorted < ?2
             ORDER BY sorted, id LIMIT ?4"
        }
    };
    let ids = connection
        .prepare_cached(sql)?
        .query_map(params![beginning, until, category, ENOUGH], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(ids)
}

/// The items with a barcode that begins with what was typed, also where that is a UPC-A, which is kept with a 0 before it, or
/// lacks its first zero.
fn barcodes_beginning(
    connection: &Connection,
    typed: &str,
    category: Option<&str>,
) -> Result<Vec<i64>, StoreError> {
    let code = Scanned::read(typed).text().to_ascii_uppercase();
    let mut ids = Vec::new();
    if code.len() < SHORTEST_CODE {
        return Ok(ids);
    }
    let mut statement = connection.prepare_cached(
        "SELECT item FROM item_barcode JOIN item ON item.id = item
         WHERE barcode >= ?1 AND barcode < ?2 AND (?3 IS NULL OR category = ?3 COLLATE NOCASE) ORDER BY barcode LIMIT ?4",
    )?;
    for beginning in [code.clone(), format!("0{code}"), format!("00{code}")] {
        let until = format!("{beginning}\u{10ffff}");
        let found = statement.query_map(params![beginning, until, category, ENOUGH], |row| row.get(0))?;
        for id in found {
            ids.push(id?);
        }
    }
    Ok(ids)
}

/// The items that have all the words, in name or code.
fn having(connection: &Connection, words: &str, category: Option<&str>) -> Result<Vec<i64>, StoreError> {
    let mut asked = format!("{{name code}} : ({words})");
    if let Some(category) = category {
        asked.push_str(&format!(" AND category : \"{}\"", index::category_word(category)));
    }
    let ids = connection
        .prepare_cached(
            "SELECT item.id FROM (SELECT rowid AS id FROM item_words WHERE item_words MATCH ?1 LIMIT ?2) AS hit
             JOIN item ON item.id = hit.id WHERE removed = 0 ORDER BY sorted, item.id",
        )?
        .query_map(params![asked, ENOUGH], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(ids)
}

fn items(connection: &Connection, ids: &[i64], currency: Currency) -> Result<Vec<Item>, StoreError> {
    ids.iter().map(|id| item(connection, *id, currency)).collect()
}
