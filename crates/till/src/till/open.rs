//! Opening a till: the store, the keyring, the journal's key, and the gateway account if there is one.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

use cloudecr::{Clock, Gateway, TimeLimits, TokenPair, TokenStore};
use jiff::tz::TimeZone;
use secrecy::{ExposeSecret, SecretString};

use super::account::Secrets;
use super::callback::Callbacks;
use super::{Till, TillError};
use crate::checkout::{Checkout, CheckoutParts};
use crate::entropy::Entropy;
use crate::inquiry::InquiryTimes;
use crate::print::PrintLimits;
use crate::staff::Roster;
use crate::store::{ConnectionSettings, JournalKey, Language, Store};
use crate::vault::{SecretName, Vault, VaultError, VaultTokens};

/// Makes a till's place for secrets, given the name that its entries go under.
pub type VaultOpener = Box<dyn FnOnce(&str) -> Arc<dyn Vault> + Send>;

/// What a till is made of.
pub struct TillParts {
    /// Where its data lies.
    pub folder: PathBuf,
    /// Its place for secrets.
    pub vault: VaultOpener,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// For references, keys and salts.
    pub entropy: Arc<dyn Entropy>,
    /// The shop's time zone.
    pub zone: TimeZone,
    /// Whether it runs on the simulator.
    pub training: bool,
    /// When the gateway is asked how a payment went.
    pub times: InquiryTimes,
    /// How long the gateway is waited for.
    pub limits: TimeLimits,
    /// How long a printer is waited for.
    pub print_limits: PrintLimits,
    /// The computer's language, for receipts of a till that speaks it.
    pub system_language: Language,
}

impl Till {
    /// Opens the till. Nothing is sent yet: [`Checkout::recover`] and the rest follow once it is shown.
    ///
    /// # Errors
    /// When the store or the keyring does not open.
    pub fn open(parts: TillParts) -> Result<Self, TillError> {
        let store = Arc::new(Store::open(&parts.folder)?);
        let id = store.till_id(|| {
            let mut bytes = [0_u8; 8];
            parts.entropy.fill(&mut bytes)?;
            Ok::<_, TillError>(hex(&bytes))
        })?;
        let vault = (parts.vault)(&id);
        store.seal_with(journal_key(vault.as_ref(), parts.entropy.as_ref())?);
        let roster = Roster::new(
            Arc::clone(&store),
            Arc::clone(&parts.clock),
            Arc::clone(&parts.entropy),
        );
        let checkout = Arc::new(RwLock::new(None));
        let till = Self {
            callbacks: Callbacks::new(Arc::clone(&checkout), Arc::clone(&parts.clock)),
            store,
            vault,
            roster,
            clock: parts.clock,
            entropy: parts.entropy,
            zone: parts.zone,
            training: parts.training,
            times: parts.times,
            limits: parts.limits,
            checkout,
            tokens: Mutex::default(),
            test_sales: tokio::sync::Mutex::default(),
            listed: Mutex::default(),
            logos: tokio::sync::Mutex::default(),
            print_limits: parts.print_limits,
            printer: Mutex::default(),
            system_language: parts.system_language,
        };
        till.recover_prints()?;
        if let Some(connection) = till.store.connection_settings()? {
            till.connect(&connection)?;
        }
        Ok(till)
    }

    /// Makes the checkout of a gateway account whose secrets are in the keyring.
    pub(super) fn connect(&self, connection: &ConnectionSettings) -> Result<(), TillError> {
        let secret = |name| self.vault.get(name)?.ok_or(TillError::NotSetUp);
        let secrets = Secrets {
            password: secret(SecretName::PosPassword)?,
            secret_key: secret(SecretName::SecretKey)?,
        };
        let tokens = Arc::new(VaultTokens::new(Arc::clone(&self.vault)));
        let client = self.client_of(connection, &secrets, self.limits, Arc::clone(&tokens))?;
        let checkout = Checkout::new(CheckoutParts {
            store: Arc::clone(&self.store),
            client,
            currency: self.currency()?,
            clock: Arc::clone(&self.clock),
            entropy: Arc::clone(&self.entropy),
            times: self.times.clone(),
            commit_retry: Duration::from_secs(1),
            wall_limit: self.limits.transfer + Duration::from_secs(5),
            wall_look: Duration::from_secs(1),
        });
        self.retire_session();
        *self
            .tokens
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(tokens);
        *self
            .checkout
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(checkout);
        Ok(())
    }

    /// The session in use writes no tokens any more: another account gets its place.
    pub(super) fn retire_session(&self) {
        let tokens = self
            .tokens
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        if let Some(tokens) = tokens {
            tokens.retire();
        }
    }

    /// Keeps a session that was opened for the account, or forgets the one that is kept.
    pub(crate) fn keep_session(&self, session: Option<&TokenPair>) {
        VaultTokens::new(Arc::clone(&self.vault)).save(session);
    }

    /// Whether `password` is the POS account's, compared in constant time.
    pub(super) fn is_password(&self, password: &SecretString) -> Result<bool, VaultError> {
        use subtle::ConstantTimeEq;
        let kept = self.vault.get(SecretName::PosPassword)?;
        Ok(kept.is_some_and(|kept| {
            kept.expose_secret()
                .as_bytes()
                .ct_eq(password.expose_secret().as_bytes())
                .into()
        }))
    }
}

/// `production`, `fiuu-sandbox`, or an address.
pub(crate) fn gateway(name: &str) -> Result<Gateway, TillError> {
    match name {
        "production" => Ok(Gateway::production()),
        "fiuu-sandbox" => Ok(Gateway::fiuu_sandbox()),
        address => Gateway::at(address).map_err(|error| TillError::GatewayAddress(error.to_string())),
    }
}

/// The journal's key: kept in the keyring, made the first time.
fn journal_key(vault: &dyn Vault, entropy: &dyn Entropy) -> Result<JournalKey, TillError> {
    if let Some(kept) = kept_journal_key(vault)? {
        return Ok(kept);
    }
    let mut bytes = [0_u8; 64];
    entropy.fill(&mut bytes)?;
    vault.set(SecretName::JournalKey, &SecretString::from(hex(&bytes)))?;
    Ok(JournalKey::new(bytes))
}

/// The journal's key, if there is one in the keyring.
pub(crate) fn kept_journal_key(vault: &dyn Vault) -> Result<Option<JournalKey>, TillError> {
    let damaged = || VaultError::Failed("the journal's key in the keyring is damaged".to_owned());
    let Some(kept) = vault.get(SecretName::JournalKey)? else {
        return Ok(None);
    };
    Ok(Some(JournalKey::new(
        unhex(kept.expose_secret()).ok_or_else(damaged)?,
    )))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 64]> {
    let bytes: Option<Vec<u8>> = (0..text.len())
        .step_by(2)
        .map(|at| {
            text.get(at..at + 2)
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        })
        .collect();
    bytes?.try_into().ok()
}
