//! The terminals: listed by the gateway, named by the merchant, one of them chosen.

use std::sync::{MutexGuard, PoisonError};

use jiff::Timestamp;

use super::{Till, TillError, entered};
use crate::pace::Pace;
use crate::store::{StoreError, TerminalRow};

/// The longest name of a terminal, in characters.
pub(super) const TERMINAL_NAME_LIMIT: usize = 24;

/// What the last look at the gateway's lists gave, for this run.
#[derive(Default)]
pub(super) struct Listed {
    checked_at: Option<Timestamp>,
    /// When the wallets may be asked for.
    pub(super) channels: Pace,
}

/// The terminals as last known.
#[derive(Debug, Clone)]
pub struct Terminals {
    /// Each, and whether a payment holds it.
    pub rows: Vec<(TerminalRow, bool)>,
    /// The one this till uses.
    pub chosen: Option<String>,
    /// When the gateway was last asked, in this run.
    pub checked_at: Option<Timestamp>,
}

impl Till {
    /// The terminals as last known; nothing is asked.
    ///
    /// # Errors
    /// When the store fails.
    pub fn terminals(&self) -> Result<Terminals, TillError> {
        let rows = self.store.terminals()?;
        let held: Result<Vec<bool>, StoreError> = rows
            .iter()
            .map(|row| Ok(self.store.holder_of(&row.id)?.is_some()))
            .collect();
        Ok(Terminals {
            rows: rows.into_iter().zip(held?).collect(),
            chosen: self.store.chosen_terminal()?,
            checked_at: self.listed().checked_at,
        })
    }

    /// Asks the gateway for its terminals.
    ///
    /// # Errors
    /// When it cannot be asked; what was known stays known.
    pub async fn refresh_terminals(&self) -> Result<Terminals, TillError> {
        let listed = self.checkout()?.client().terminals().await?;
        let now = self.clock.now();
        self.store.save_terminals(&listed, now)?;
        self.listed().checked_at = Some(now);
        self.terminals()
    }

    /// Gives a terminal the merchant's own name.
    ///
    /// # Errors
    /// When nobody is signed in, the name is too long, or there is no such terminal.
    pub fn name_terminal(&self, id: &str, name: &str) -> Result<Terminals, TillError> {
        self.require()?;
        self.store
            .name_terminal(id, &entered(name, TERMINAL_NAME_LIMIT)?)?;
        self.terminals()
    }

    /// Chooses the terminal this till uses. A payment that is open on the old one goes on there.
    ///
    /// # Errors
    /// When nobody is signed in or there is no such terminal.
    pub fn choose_terminal(&self, id: &str) -> Result<Terminals, TillError> {
        self.require()?;
        if !self.store.terminals()?.iter().any(|row| row.id == id) {
            return Err(StoreError::Missing(crate::store::Thing::Terminal).into());
        }
        self.store.choose_terminal(id)?;
        self.terminals()
    }

    pub(super) fn listed(&self) -> MutexGuard<'_, Listed> {
        self.listed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
