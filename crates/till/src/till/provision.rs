//! Setting a till up: the gateway account, the shop, the first staff and the terminal, all of it or nothing.

use secrecy::SecretString;

use super::account::Secrets;
use super::open::gateway;
use super::settings::valid_store;
use super::{Till, TillError};
use crate::staff::{Pin, Role, StaffError};
use crate::store::{ConnectionSettings, StoreSettings};
use crate::vault::SecretName;

/// A member of staff to begin with.
pub struct StaffEntry {
    /// The name on the tile.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their PIN.
    pub pin: Pin,
}

/// Everything a till needs to take its first payment.
pub struct Provision {
    /// The account.
    pub connection: ConnectionSettings,
    /// Its password.
    pub password: SecretString,
    /// The merchant's key for signatures.
    pub secret_key: SecretString,
    /// The shop.
    pub store: StoreSettings,
    /// At least one manager.
    pub staff: Vec<StaffEntry>,
    /// The terminals that the gateway listed.
    pub terminals: Vec<cloudecr::Terminal>,
    /// The one this till uses, and the merchant's name for it; none for now.
    pub terminal: Option<(String, String)>,
}

impl Till {
    /// Sets the till up. Everything is checked before anything is written; the settings that make the till usable come
    /// last.
    ///
    /// # Errors
    /// When something is not valid, or the keyring or the store fails; the till is then as it was.
    pub fn provision(&self, provision: &Provision) -> Result<(), TillError> {
        gateway(&provision.connection.gateway)?;
        let store = valid_store(&provision.store)?;
        if !provision.staff.iter().any(|entry| entry.role == Role::Manager) {
            return Err(StaffError::LastManager.into());
        }
        for entry in &provision.staff {
            super::needed(&entry.name, crate::staff::NAME_LIMIT)?;
        }
        let terminal = match &provision.terminal {
            Some((id, name)) => Some((id, super::entered(name, super::terminals::TERMINAL_NAME_LIMIT)?)),
            None => None,
        };
        self.save_terminals(provision)?;
        if let Some((id, name)) = terminal {
            self.store.name_terminal(id, &name)?;
            self.store.choose_terminal(id)?;
        }
        if self.roster.everybody()?.is_empty() {
            for entry in &provision.staff {
                self.roster.add(None, &entry.name, entry.role, &entry.pin)?;
            }
        }
        self.store.save_store_settings(&store)?;
        let secrets = Secrets {
            password: provision.password.clone(),
            secret_key: provision.secret_key.clone(),
        };
        self.keep_account(&provision.connection, &secrets, None)?;
        self.connect(&provision.connection)
    }

    /// Brings a till that is set up in line: account, store and terminal as given, people added whose names are missing.
    /// Those who are there keep their roles and PINs. Gives the names of the added.
    ///
    /// # Errors
    /// When something is not valid, or the keyring or the store fails.
    pub(crate) fn provision_again(&self, provision: &Provision) -> Result<Vec<String>, TillError> {
        let store = self.store.store_settings()?.ok_or(TillError::NotSetUp)?;
        let wanted = valid_store(&StoreSettings {
            lock_after_minutes: store.lock_after_minutes,
            ..provision.store.clone()
        })?;
        let secrets = Secrets {
            password: provision.password.clone(),
            secret_key: provision.secret_key.clone(),
        };
        self.keep_account(&provision.connection, &secrets, None)?;
        self.save_terminals(provision)?;
        if let Some((id, name)) = &provision.terminal {
            self.store.name_terminal(id, name)?;
            self.store.choose_terminal(id)?;
        }
        self.store.save_store_settings(&wanted)?;
        let there = self.roster.everybody()?;
        let mut added = Vec::new();
        for entry in &provision.staff {
            if !there.iter().any(|member| member.name == entry.name) {
                self.roster.add(None, &entry.name, entry.role, &entry.pin)?;
                added.push(entry.name.clone());
            }
        }
        self.connect(&provision.connection)?;
        Ok(added)
    }

    /// The listed terminals, and the chosen one also where the list could not be had: it shows once it could.
    pub(super) fn save_terminals(&self, provision: &Provision) -> Result<(), TillError> {
        let mut listed = provision.terminals.clone();
        if let Some((id, _)) = &provision.terminal
            && !listed.iter().any(|terminal| terminal.terminal_id == *id)
        {
            listed.push(cloudecr::Terminal {
                terminal_id: id.clone(),
                connected: false,
                is_vt: false,
            });
        }
        Ok(self.store.save_terminals(&listed, self.clock.now())?)
    }

    /// Moves the till to another address of the same account.
    ///
    /// # Errors
    /// When the address cannot be a gateway's, the till was never set up, or the store fails.
    pub fn connect_to(&self, connection: &ConnectionSettings) -> Result<(), TillError> {
        gateway(&connection.gateway)?;
        self.forget_session_of_another(connection)?;
        self.store.save_connection_settings(connection)?;
        self.connect(connection)
    }

    /// The tokens that are kept are one account's at one gateway: another gateway must never see them.
    pub(super) fn forget_session_of_another(&self, connection: &ConnectionSettings) -> Result<(), TillError> {
        let same = self
            .store
            .connection_settings()?
            .is_some_and(|kept| kept.gateway == connection.gateway && kept.pos_id == connection.pos_id);
        if !same {
            self.vault.delete(SecretName::AccessToken)?;
            self.vault.delete(SecretName::RefreshToken)?;
        }
        Ok(())
    }

    /// Whether the till has what it needs to take payments.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_set_up(&self) -> Result<bool, TillError> {
        Ok(self.store.connection_settings()?.is_some())
    }
}
