//! The items on the shelf.

use rusqlite::{Connection, OptionalExtension, params};

use super::rows::amount;
use super::{Store, StoreError, Thing};
use crate::money::{Amount, Currency};
use crate::ticket::Item;

impl Store {
    /// The items, by category and name.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn items(&self, currency: Currency) -> Result<Vec<Item>, StoreError> {
        self.read(|connection| {
            let items = connection
                .prepare_cached(
                    "SELECT id, name, price_minor, category FROM item WHERE removed = 0
                     ORDER BY category COLLATE NOCASE, name COLLATE NOCASE, id",
                )?
                .query_map([], |row| read_item(row, currency))?
                .collect::<Result<_, _>>()?;
            Ok(items)
        })
    }

    /// One item that is still for sale.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none.
    pub fn item(&self, id: i64, currency: Currency) -> Result<Item, StoreError> {
        self.read(|connection| {
            connection
                .query_row(
                    "SELECT id, name, price_minor, category FROM item WHERE id = ?1 AND removed = 0",
                    [id],
                    |row| read_item(row, currency),
                )
                .optional()?
                .ok_or(StoreError::Missing(Thing::Item))
        })
    }

    /// Adds an item, or changes the one of that number. Tickets keep the name and price they were rung up with.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none of that number.
    pub fn save_item(
        &self,
        id: Option<i64>,
        name: &str,
        price: Amount,
        category: &str,
    ) -> Result<(), StoreError> {
        self.write(|connection| match id {
            Some(id) => one(connection.execute(
                "UPDATE item SET name = ?2, price_minor = ?3, category = ?4 WHERE id = ?1 AND removed = 0",
                params![id, name, price.minor(), category],
            )?),
            None => insert(connection, name, price, category),
        })
    }

    /// Takes an item off the shelf. Old tickets still know it.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none of that number.
    pub fn remove_item(&self, id: i64) -> Result<(), StoreError> {
        self.write(|connection| {
            one(connection.execute("UPDATE item SET removed = 1 WHERE id = ?1 AND removed = 0", [id])?)
        })
    }

    /// Adds all of these items, or none.
    ///
    /// # Errors
    /// When they cannot be committed.
    pub fn add_items(&self, items: &[(&str, Amount, &str)]) -> Result<(), StoreError> {
        self.write(|connection| {
            items
                .iter()
                .try_for_each(|(name, price, category)| insert(connection, name, *price, category))
        })
    }
}

fn insert(connection: &Connection, name: &str, price: Amount, category: &str) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO item (name, price_minor, category) VALUES (?1, ?2, ?3)",
        params![name, price.minor(), category],
    )?;
    Ok(())
}

fn read_item(row: &rusqlite::Row<'_>, currency: Currency) -> rusqlite::Result<Item> {
    Ok(Item {
        id: row.get(0)?,
        name: row.get(1)?,
        price: amount(row, 2, currency)?,
        category: row.get(3)?,
    })
}

fn one(changed: usize) -> Result<(), StoreError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Missing(Thing::Item))
    }
}
