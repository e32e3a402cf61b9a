//! The index of words that items are found by. It holds no text, only where each word stands, so the program writes it
//! together with the item.

use rusqlite::{Connection, params};

use super::StoreError;
use crate::items::{Barcode, ItemFacts, shelf_words, sort_words};

/// The most items whose words are written in one commit: others wait for the store meanwhile.
pub(super) const AT_ONCE: u32 = 500;

/// Puts an item's words in the place of those that it had. Its row says that they are there.
pub(super) fn put_in(connection: &Connection, id: i64, facts: &ItemFacts) -> Result<(), StoreError> {
    put_words(
        connection,
        id,
        &facts.name,
        facts.code.as_deref(),
        &facts.category,
    )
}

fn put_words(
    connection: &Connection,
    id: i64,
    name: &str,
    code: Option<&str>,
    category: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO item_words (rowid, name, code, category) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            id,
            shelf_words([name]),
            shelf_words(code),
            category_word(category)
        ])?;
    Ok(())
}

/// Takes an item's words out.
pub(super) fn take_out(connection: &Connection, id: i64) -> Result<(), StoreError> {
    connection.execute("DELETE FROM item_words WHERE rowid = ?1", [id])?;
    Ok(())
}

/// A heading as one word, so that the index itself finds what is under it. Hexadecimal, since a heading may hold anything.
pub(super) fn category_word(category: &str) -> String {
    let bytes = category.to_ascii_lowercase().into_bytes();
    bytes
        .iter()
        .fold("c".to_owned(), |word, byte| word + &format!("{byte:02x}"))
}

/// Puts the words of so many items into the index that are not there yet, or are there as they were before an import or an
/// update. How many there were.
pub(super) fn catch_up_some(connection: &Connection, most: u32) -> Result<usize, StoreError> {
    let left: Vec<(i64, String, Option<String>, String)> = connection
        .prepare_cached(
            "SELECT id, name, code, category FROM item WHERE worded = 0 AND removed = 0 ORDER BY id LIMIT ?1",
        )?
        .query_map([most], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<_, _>>()?;
    let mut sort = connection
        .prepare_cached("UPDATE item SET sorted = ?2, worded = 1 WHERE id = ?1 AND sorted IS NOT ?2")?;
    let mut keep = connection.prepare_cached("UPDATE item SET worded = 1 WHERE id = ?1")?;
    for (id, name, code, category) in &left {
        if sort.execute(params![id, sort_words(name)])? == 0 {
            keep.execute([id])?;
        }
        put_words(connection, *id, name, code.as_deref(), category)?;
        compare_anew(connection, *id)?;
    }
    Ok(left.len())
}

/// Writes an item's barcodes as this version compares them. One that would lead to another item stays as it was.
fn compare_anew(connection: &Connection, id: i64) -> Result<(), StoreError> {
    let kept: Vec<(String, String)> = connection
        .prepare_cached("SELECT barcode, written FROM item_barcode WHERE item = ?1")?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (key, written) in kept {
        let barcode = Barcode::kept(&written);
        if barcode.key() != key {
            connection.execute(
                "UPDATE OR IGNORE item_barcode SET barcode = ?2 WHERE barcode = ?1",
                params![key, barcode.key()],
            )?;
        }
    }
    Ok(())
}

/// Puts the items into the index that an earlier version of the program, or an import that was broken off, left outside.
pub(crate) fn catch_up(connection: &mut Connection) -> Result<(), StoreError> {
    loop {
        let transaction = connection.transaction()?;
        let done = catch_up_some(&transaction, AT_ONCE)?;
        transaction.commit()?;
        if done == 0 {
            return Ok(());
        }
    }
}
