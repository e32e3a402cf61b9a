//! The terminals of this account, as last listed, with the merchant's own names for them.

use jiff::Timestamp;
use rusqlite::params;

use super::rows::{millis, timestamp};
use super::{Store, StoreError, Thing};

/// A terminal the till has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalRow {
    /// The gateway's unique ID.
    pub id: String,
    /// The merchant's own name, such as "Counter 1"; empty for none.
    pub name: String,
    /// Whether it is Fiuu's own app on a phone-like device.
    pub is_vt: bool,
    /// Whether it was connected when last listed; none before the first list.
    pub connected: Option<bool>,
    /// When it was last listed.
    pub seen_at: Timestamp,
    /// Whether another till may use it too.
    pub shared: bool,
}

impl TerminalRow {
    /// What people call it: the merchant's name, else the ID.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.name.is_empty() {
            &self.id
        } else {
            &self.name
        }
    }
}

impl Store {
    /// The terminals that the gateway listed last, by name and ID.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn terminals(&self) -> Result<Vec<TerminalRow>, StoreError> {
        self.read(|connection| {
            let rows = connection
                .prepare_cached(
                    "SELECT id, name, is_vt, connected, seen_at, shared FROM terminal WHERE listed = 1
                     ORDER BY name = '', name COLLATE NOCASE, id",
                )?
                .query_map([], |row| {
                    Ok(TerminalRow {
                        id: row.get(0)?,
                        name: row.get(1)?,
                        is_vt: row.get(2)?,
                        connected: row.get(3)?,
                        seen_at: timestamp(row, 4)?,
                        shared: row.get(5)?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        })
    }

    /// What people call a terminal, also one that is no longer listed.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn terminal_label(&self, id: &str) -> Result<String, StoreError> {
        self.read(|connection| {
            let name = connection
                .prepare_cached("SELECT name FROM terminal WHERE id = ?1 AND name <> ''")?
                .query_map([id], |row| row.get(0))?
                .next()
                .transpose()?;
            Ok(name.unwrap_or_else(|| id.to_owned()))
        })
    }

    /// Takes over the gateway's list; names stay with their terminals, and ones not listed any more are hidden.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_terminals(&self, listed: &[cloudecr::Terminal], at: Timestamp) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute("UPDATE terminal SET listed = 0", [])?;
            for terminal in listed {
                connection.execute(
                    "INSERT INTO terminal (id, is_vt, connected, listed, seen_at) VALUES (?1, ?2, ?3, 1, ?4)
                     ON CONFLICT (id) DO UPDATE SET is_vt = ?2, connected = ?3, listed = 1, seen_at = ?4",
                    params![
                        terminal.terminal_id,
                        terminal.is_vt,
                        terminal.connected,
                        millis(at)
                    ],
                )?;
            }
            Ok(())
        })
    }

    /// Gives a terminal the merchant's own name; an empty one takes it away.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such terminal.
    pub fn name_terminal(&self, id: &str, name: &str) -> Result<(), StoreError> {
        self.write(|connection| {
            let changed =
                connection.execute("UPDATE terminal SET name = ?2 WHERE id = ?1", params![id, name])?;
            if changed == 1 {
                Ok(())
            } else {
                Err(StoreError::Missing(Thing::Terminal))
            }
        })
    }

    /// Whether another till may use a terminal too, so that its last transaction need not be this till's.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn is_shared(&self, id: &str) -> Result<bool, StoreError> {
        self.read(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM terminal WHERE id = ?1 AND shared = 1)";
            Ok(connection.query_row(sql, [id], |row| row.get(0))?)
        })
    }

    /// Says whether another till may use a terminal too.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such terminal.
    pub fn share_terminal(&self, id: &str, shared: bool) -> Result<(), StoreError> {
        self.write(|connection| {
            let changed = connection.execute(
                "UPDATE terminal SET shared = ?2 WHERE id = ?1",
                params![id, shared],
            )?;
            if changed == 1 {
                Ok(())
            } else {
                Err(StoreError::Missing(Thing::Terminal))
            }
        })
    }
}
