//! The staff's rows. PINs are here as argon2id hashes only.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::rows::{millis, parse, timestamp};
use super::{Store, StoreError, Thing};
use crate::staff::Role;

/// A member of staff, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// The row.
    pub id: i64,
    /// The name on the tile.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The PIN's argon2id hash, in PHC form.
    pub pin_hash: String,
    /// Wrong PINs since the last right one.
    pub wrong_pins: u32,
    /// No PIN is taken before this.
    pub blocked_until: Timestamp,
}

const COLUMNS: &str = "id, name, role, pin_hash, wrong_pins, blocked_until";

fn read_staff(row: &Row<'_>) -> rusqlite::Result<StaffRow> {
    Ok(StaffRow {
        id: row.get(0)?,
        name: row.get(1)?,
        role: parse(row, 2)?,
        pin_hash: row.get(3)?,
        wrong_pins: row.get(4)?,
        blocked_until: timestamp(row, 5)?,
    })
}

impl Store {
    /// Everybody who works here: managers first, then by name.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn staff(&self) -> Result<Vec<StaffRow>, StoreError> {
        self.read(|connection| {
            let rows = connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM staff WHERE removed = 0 ORDER BY role = 'cashier', name COLLATE NOCASE, id"
                ))?
                .query_map([], read_staff)?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        })
    }

    /// One member of staff.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none of that number.
    pub fn staff_member(&self, id: i64) -> Result<StaffRow, StoreError> {
        self.read(|connection| {
            connection
                .query_row(
                    &format!("SELECT {COLUMNS} FROM staff WHERE id = ?1 AND removed = 0"),
                    [id],
                    read_staff,
                )
                .optional()?
                .ok_or(StoreError::Missing(Thing::Staff))
        })
    }

    /// The name of somebody who works, or worked, here.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn staff_name(&self, id: i64) -> Result<String, StoreError> {
        self.read(|connection| {
            let name: Option<String> = connection
                .query_row("SELECT name FROM staff WHERE id = ?1", [id], |row| row.get(0))
                .optional()?;
            Ok(name.unwrap_or_default())
        })
    }

    /// Adds somebody and returns the row.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn add_staff(&self, name: &str, role: Role, pin_hash: &str) -> Result<i64, StoreError> {
        self.write(|connection| {
            connection.execute(
                "INSERT INTO staff (name, role, pin_hash) VALUES (?1, ?2, ?3)",
                params![name, role.name(), pin_hash],
            )?;
            Ok(connection.last_insert_rowid())
        })
    }

    /// Changes somebody's name and role, and the PIN where a new hash is given.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none of that number.
    pub fn change_staff(
        &self,
        id: i64,
        name: &str,
        role: Role,
        pin_hash: Option<&str>,
    ) -> Result<(), StoreError> {
        self.write(|connection| {
            one(connection.execute(
                "UPDATE staff SET name = ?2, role = ?3, pin_hash = coalesce(?4, pin_hash) WHERE id = ?1 AND removed = 0",
                params![id, name, role.name(), pin_hash],
            )?)
        })
    }

    /// Takes somebody off the lock screen. Receipts still know the name.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none of that number.
    pub fn remove_staff(&self, id: i64) -> Result<(), StoreError> {
        self.write(|connection| {
            one(connection.execute(
                "UPDATE staff SET removed = 1, pin_hash = '' WHERE id = ?1 AND removed = 0",
                [id],
            )?)
        })
    }

    /// Remembers how many PINs were wrong and until when none is taken; a restart does not forget it.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn set_wrong_pins(
        &self,
        id: i64,
        wrong_pins: u32,
        blocked_until: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|connection| {
            one(connection.execute(
                "UPDATE staff SET wrong_pins = ?2, blocked_until = ?3 WHERE id = ?1",
                params![id, wrong_pins, millis(blocked_until)],
            )?)
        })
    }
}

fn one(changed: usize) -> Result<(), StoreError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Missing(Thing::Staff))
    }
}
