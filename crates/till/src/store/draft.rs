//! A set-up that is not finished: the answers so far, none of them secret, so that it goes on where it was left.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::settings::ConnectionSettings;
use super::{Store, StoreError};

/// The steps of a set-up that ask for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SetupStep {
    /// Gateway, POS account, merchant and secrets.
    Account,
    /// The terminal of this till.
    Terminal,
    /// Name, receipt header, currency.
    Store,
    /// The first manager.
    Manager,
}

/// Whose a secret in the keyring is: it is used for nobody else, least of all sent to another address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretOf {
    /// The gateway that took it.
    pub gateway: String,
    /// The POS account of a password, the merchant of a secret key.
    pub owner: String,
}

/// What was answered so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SetupDraft {
    /// Where it goes on; none while nobody is at it.
    pub step: Option<SetupStep>,
    /// The account as entered last.
    pub connection: Option<ConnectionSettings>,
    /// Whose password the keyring has; none before one was taken.
    pub password_of: Option<SecretOf>,
    /// Whose secret key the keyring has.
    pub key_of: Option<SecretOf>,
    /// Whether a terminal's answer has shown that the key is the merchant's.
    pub key_proven: bool,
    /// The chosen terminal.
    pub terminal: Option<String>,
    /// The merchant's name for it.
    pub terminal_name: String,
    /// The store's name.
    pub store_name: String,
    /// The lines under it.
    pub header: Vec<String>,
    /// What it sells in, by ISO code; empty before it was asked.
    pub currency: String,
    /// The first manager's name.
    pub manager_name: String,
}

/// From when on payments went through which merchant's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPeriod {
    /// Its beginning.
    pub since: Timestamp,
    /// The account.
    pub connection: ConnectionSettings,
}

const DRAFT: &str = "draft";
const ACCOUNTS: &str = "accounts";
const TEST_SALE: &str = "test_sale";

impl Store {
    /// The set-up that is not finished; an empty one where none was begun.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn draft(&self) -> Result<SetupDraft, StoreError> {
        Ok(self.get(DRAFT)?.unwrap_or_default())
    }

    /// Saves the answers so far.
    ///
    /// # Errors
    /// When they cannot be committed.
    pub fn save_draft(&self, draft: &SetupDraft) -> Result<(), StoreError> {
        self.set(DRAFT, draft)
    }

    /// The accounts of this till, oldest first; none while there was only one.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn accounts(&self) -> Result<Vec<AccountPeriod>, StoreError> {
        Ok(self.get(ACCOUNTS)?.unwrap_or_default())
    }

    /// Saves the accounts of this till.
    ///
    /// # Errors
    /// When they cannot be committed.
    pub fn save_accounts(&self, accounts: &[AccountPeriod]) -> Result<(), StoreError> {
        self.set(ACCOUNTS, &accounts)
    }

    /// The reference of the newest test sale.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn test_sale(&self) -> Result<Option<String>, StoreError> {
        self.get(TEST_SALE)
    }

    /// Remembers the newest test sale.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_test_sale(&self, reference: &str) -> Result<(), StoreError> {
        self.set(TEST_SALE, &reference)
    }
}
