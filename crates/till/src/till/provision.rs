//! Setting a till up: the gateway account, the shop, the first staff and the terminal, all of it or nothing.

use secrecy::SecretString;
use serde_json::json;

use super::open::gateway;
use super::settings::valid_store;
use super::{Till, TillError};
use crate::staff::{Pin, Role, StaffError};
use crate::store::{ConnectionSettings, EntryKind, NewEntry, StoreSettings};
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
    /// The one this till uses, and the merchant's name for it.
    pub terminal: (String, String),
}

impl Till {
    /// Sets the till up, or gives it another account. Everything is checked before anything is written; secrets go to
    /// the keyring first, and the settings that make the till usable come last.
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
        let terminal_name = super::entered(&provision.terminal.1, super::terminals::TERMINAL_NAME_LIMIT)?;
        if !provision
            .terminals
            .iter()
            .any(|terminal| terminal.terminal_id == provision.terminal.0)
        {
            return Err(TillError::NoTerminalChosen);
        }
        self.vault.set(SecretName::PosPassword, &provision.password)?;
        self.vault.set(SecretName::SecretKey, &provision.secret_key)?;
        self.store
            .save_terminals(&provision.terminals, self.clock.now())?;
        self.store.name_terminal(&provision.terminal.0, &terminal_name)?;
        self.store.choose_terminal(&provision.terminal.0)?;
        if self.roster.everybody()?.is_empty() {
            for entry in &provision.staff {
                self.roster.add(None, &entry.name, entry.role, &entry.pin)?;
            }
        }
        self.store.save_store_settings(&store)?;
        let entry = NewEntry {
            kind: EntryKind::Settings,
            at: self.clock.now(),
            staff: None,
            body: json!({
                "did": "set the till up",
                "gateway": provision.connection.gateway,
                "posId": provision.connection.pos_id,
                "merchantId": provision.connection.merchant_id,
            }),
        };
        self.store.note(None, &entry)?;
        self.forget_session_of_another(&provision.connection)?;
        self.store.save_connection_settings(&provision.connection)?;
        self.connect(&provision.connection)
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
    fn forget_session_of_another(&self, connection: &ConnectionSettings) -> Result<(), TillError> {
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
