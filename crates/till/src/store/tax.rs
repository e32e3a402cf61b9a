//! What the merchant set about tax: the switch and the rest as a setting, the classes as rows that items point to.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::journal::{self, NewEntry};
use super::settings::put;
use super::ticket_rows::rate;
use super::{Store, StoreError, Thing};
use crate::money::Rate;
use crate::tax::{TAX_CLASS_LIMIT, TaxClass, TaxRules, TaxSettings};

const TAX: &str = "tax";
/// The class of 0 % that every till starts with.
const UNTAXED: i64 = 1;

/// [`TaxSettings`] as they are kept.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    enabled: bool,
    included: bool,
    sst_number: String,
    default_class: i64,
}

impl Store {
    /// What the merchant set about tax; switched off before anything was set, with prices that have their tax in them.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn tax_settings(&self) -> Result<TaxSettings, StoreError> {
        Ok(self.get::<Kept>(TAX)?.map_or_else(
            || TaxSettings {
                enabled: false,
                included: true,
                sst_number: String::new(),
                default_class: UNTAXED,
            },
            |kept| TaxSettings {
                enabled: kept.enabled,
                included: kept.included,
                sst_number: kept.sst_number,
                default_class: kept.default_class,
            },
        ))
    }

    /// Saves what the merchant set about tax.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where the default class is not offered, or when it cannot be committed.
    pub fn save_tax_settings(&self, settings: &TaxSettings, entry: &NewEntry) -> Result<(), StoreError> {
        let key = self.key()?;
        let kept = Kept {
            enabled: settings.enabled,
            included: settings.included,
            sst_number: settings.sst_number.clone(),
            default_class: settings.default_class,
        };
        let text = serde_json::to_string(&kept).map_err(|why| StoreError::Failed(why.to_string()))?;
        self.write(|transaction| {
            if !offered(transaction, settings.default_class)? {
                return Err(StoreError::Missing(Thing::TaxClass));
            }
            put(transaction, TAX, &text)?;
            journal::append(transaction, key, None, None, entry)
        })
    }

    /// What tax is charged on what, at this moment.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn tax_rules(&self) -> Result<TaxRules, StoreError> {
        Ok(TaxRules {
            settings: self.tax_settings()?,
            classes: self.read(|connection| classes(connection, "removed IN (0, 1)"))?,
        })
    }

    /// The tax classes that are offered, the lowest rate first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn tax_classes(&self) -> Result<Vec<TaxClass>, StoreError> {
        self.read(|connection| classes(connection, "removed = 0"))
    }

    /// Adds a tax class, or changes the one of that number. Lines that were rung up keep the tax they had.
    ///
    /// # Errors
    /// [`StoreError::TaxClassTwice`] where there is one of this name and rate, [`StoreError::TooManyTaxClasses`], or
    /// [`StoreError::Missing`].
    pub fn save_tax_class(
        &self,
        id: Option<i64>,
        name: &str,
        rate: Rate,
        entry: &NewEntry,
    ) -> Result<(), StoreError> {
        let key = self.key()?;
        self.write(|connection| {
            let known = classes(connection, "removed = 0")?;
            if known
                .iter()
                .any(|class| Some(class.id) != id && class.name == name && class.rate == rate)
            {
                return Err(StoreError::TaxClassTwice);
            }
            let changed = match id {
                Some(id) => connection.execute(
                    "UPDATE tax_class SET name = ?2, rate = ?3 WHERE id = ?1 AND removed = 0",
                    params![id, name, rate.hundredths()],
                )?,
                None if known.len() >= TAX_CLASS_LIMIT => return Err(StoreError::TooManyTaxClasses),
                None => connection.execute(
                    "INSERT INTO tax_class (name, rate) VALUES (?1, ?2)",
                    params![name, rate.hundredths()],
                )?,
            };
            if changed != 1 {
                return Err(StoreError::Missing(Thing::TaxClass));
            }
            journal::append(connection, key, None, None, entry)
        })
    }

    /// Offers a tax class no more; lines that were rung up keep its rate.
    ///
    /// # Errors
    /// [`StoreError::TaxClassInUse`] where it is the default one or an item has it, or [`StoreError::Missing`].
    pub fn remove_tax_class(&self, id: i64, entry: &NewEntry) -> Result<(), StoreError> {
        let key = self.key()?;
        if self.tax_settings()?.default_class == id {
            return Err(StoreError::TaxClassInUse);
        }
        self.write(|connection| {
            if !offered(connection, id)? {
                return Err(StoreError::Missing(Thing::TaxClass));
            }
            let of_items: bool = connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM item WHERE tax_class = ?1 AND removed = 0)",
                [id],
                |row| row.get(0),
            )?;
            if of_items {
                return Err(StoreError::TaxClassInUse);
            }
            connection.execute("UPDATE tax_class SET removed = 1 WHERE id = ?1", [id])?;
            journal::append(connection, key, None, None, entry)
        })
    }
}

fn classes(connection: &Connection, which: &str) -> Result<Vec<TaxClass>, StoreError> {
    let found = connection
        .prepare_cached(&format!(
            "SELECT id, name, rate FROM tax_class WHERE {which} ORDER BY rate, name COLLATE NOCASE, id"
        ))?
        .query_map([], |row| {
            Ok(TaxClass {
                id: row.get(0)?,
                name: row.get(1)?,
                rate: rate(row, 2)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

fn offered(connection: &Connection, id: i64) -> Result<bool, StoreError> {
    Ok(connection
        .query_row(
            "SELECT 1 FROM tax_class WHERE id = ?1 AND removed = 0",
            [id],
            |_| Ok(()),
        )
        .optional()?
        .is_some())
}

#[cfg(test)]
mod tests;
