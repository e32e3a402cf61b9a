//! What a manager sets: the shop, the staff.

use secrecy::SecretString;
use serde_json::json;

use super::{Till, TillError, entered, needed};
use crate::money::Currency;
use crate::staff::{Member, Pin, Role};
use crate::store::{EntryKind, NewEntry, StoreSettings, Theme};

/// The longest name of a shop, in characters.
pub(crate) const STORE_NAME_LIMIT: usize = 60;
/// The most lines under it on a receipt.
pub(crate) const HEADER_LINES: usize = 6;
/// The longest of them, in characters.
pub(crate) const HEADER_WIDTH: usize = 60;
/// The longest idle time that can be set, in minutes: a working day.
const LONGEST_IDLE: u32 = 600;
/// What the store keeps for a till that does not lock itself.
const NEVER: u32 = 0;

impl Till {
    /// Saves the shop's name, its receipt header and the idle time: minutes as typed, or none where the till is never to lock
    /// itself, so that nothing typed never means that. The currency stays what it was.
    ///
    /// # Errors
    /// When no manager is signed in, a text does not fit, [`TillError::LockAfter`], or the store fails.
    pub fn save_settings(
        &self,
        name: &str,
        header: &[String],
        lock_after: Option<&str>,
    ) -> Result<(), TillError> {
        let manager = self.require_manager()?;
        let settings = valid_store(&StoreSettings {
            name: name.to_owned(),
            header: header.to_vec(),
            currency: self.currency()?.code().to_owned(),
            lock_after_minutes: lock_after.map_or(Ok(NEVER), idle_minutes)?,
        })?;
        self.store.save_store_settings(&settings)?;
        let body = json!({ "did": "changed the shop's settings", "name": settings.name });
        let entry = NewEntry {
            kind: EntryKind::Settings,
            at: self.clock.now(),
            staff: Some(manager.id),
            body,
        };
        Ok(self.store.note(None, &entry)?)
    }

    /// Sets light, dark, or the system's.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn set_theme(&self, theme: Theme) -> Result<(), TillError> {
        self.require()?;
        Ok(self.store.set_theme(theme)?)
    }

    /// Adds somebody, or changes the one of that number. Somebody new needs a PIN.
    ///
    /// # Errors
    /// When no manager is signed in, or the name or the PIN does not do.
    pub fn save_staff(
        &self,
        id: Option<i64>,
        name: &str,
        role: Role,
        pin: Option<Pin>,
    ) -> Result<Vec<Member>, TillError> {
        let manager = self.require_manager()?;
        match (id, pin) {
            (Some(id), pin) => self.roster.change(manager.id, id, name, role, pin.as_ref())?,
            (None, Some(pin)) => drop(self.roster.add(Some(manager.id), name, role, &pin)?),
            (None, None) => return Err(crate::staff::PinRules.into()),
        }
        Ok(self.roster.everybody()?)
    }

    /// Takes somebody off the lock screen.
    ///
    /// # Errors
    /// When no manager is signed in, or it is the last one.
    pub fn remove_staff(&self, id: i64) -> Result<Vec<Member>, TillError> {
        let manager = self.require_manager()?;
        self.roster.remove(manager.id, id)?;
        Ok(self.roster.everybody()?)
    }

    /// Sets a manager's forgotten PIN anew, for whoever knows the POS account's password, and signs the manager in.
    ///
    /// # Errors
    /// When the password is wrong, too many were, or the keyring does not open.
    pub fn reset_manager_pin(
        &self,
        id: i64,
        password: &SecretString,
        pin: &Pin,
    ) -> Result<Member, TillError> {
        // Compared before the attempt is counted, so that a keyring that does not open costs nobody an attempt.
        let right = self.is_password(password)?;
        self.roster.reset_manager_pin(id, || right, pin)?;
        Ok(self.roster.unlock(id, pin)?)
    }
}

/// The idle time that somebody typed, in minutes.
fn idle_minutes(typed: &str) -> Result<u32, TillError> {
    let minutes = typed.trim().parse().ok();
    minutes
        .filter(|minutes| (1..=LONGEST_IDLE).contains(minutes))
        .ok_or(TillError::LockAfter(LONGEST_IDLE))
}

/// The shop's settings, trimmed, with everything in its bounds.
pub(super) fn valid_store(settings: &StoreSettings) -> Result<StoreSettings, TillError> {
    let currency: Currency = settings.currency.parse().map_err(|_| TillError::NotSetUp)?;
    let header: Result<Vec<String>, TillError> = settings
        .header
        .iter()
        .filter(|line| !line.trim().is_empty())
        .take(HEADER_LINES)
        .map(|line| entered(line, HEADER_WIDTH))
        .collect();
    Ok(StoreSettings {
        name: needed(&settings.name, STORE_NAME_LIMIT)?,
        header: header?,
        currency: currency.code().to_owned(),
        lock_after_minutes: settings.lock_after_minutes.min(LONGEST_IDLE),
    })
}
