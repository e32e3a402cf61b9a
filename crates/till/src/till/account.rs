//! Which gateway account the till pays through, and moving it to another one, or to another password or key, without
//! losing sight of a payment.

use std::sync::Arc;

use cloudecr::{Client, Credentials, MemoryTokens, SecretKey, TimeLimits, TokenStore};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::open::gateway;
use super::{Till, TillError};
use crate::payment::Payment;
use crate::setup::{CheckReport, Examiner, MERCHANT_ID_LIMIT, POS_ID_LIMIT, Told, patience};
use crate::store::{AccountPeriod, ConnectionSettings, EntryKind, NewEntry};
use crate::vault::{SecretName, VaultError};

/// A gateway account as entered. A secret that is left out is the one in the keyring.
pub struct AccountForm {
    /// `production`, `fiuu-sandbox`, or an address.
    pub gateway: String,
    /// The POS account.
    pub pos_id: String,
    /// Its password.
    pub password: Option<SecretString>,
    /// The merchant.
    pub merchant_id: String,
    /// The merchant's key for signatures.
    pub secret_key: Option<SecretString>,
}

/// What has to be entered and was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// The POS account.
    PosId,
    /// Its password.
    Password,
    /// The merchant.
    MerchantId,
    /// The merchant's key.
    SecretKey,
}

impl std::fmt::Display for Needed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::PosId => "the POS ID",
            Self::Password => "the password",
            Self::MerchantId => "the merchant ID",
            Self::SecretKey => "the secret key",
        })
    }
}

impl AccountForm {
    /// The account without its secrets, trimmed, with everything in its bounds and the gateway by its shortest name.
    ///
    /// # Errors
    /// When something is missing, too long, or not an address.
    pub fn connection(&self) -> Result<ConnectionSettings, TillError> {
        let gateway = gateway(self.gateway.trim())?.name().to_owned();
        Ok(ConnectionSettings {
            gateway,
            pos_id: identifier(&self.pos_id, POS_ID_LIMIT, Needed::PosId)?,
            merchant_id: identifier(&self.merchant_id, MERCHANT_ID_LIMIT, Needed::MerchantId)?,
        })
    }
}

/// An identifier that goes on the wire as entered; a hidden sign in it would make it another one, so none is mended.
fn identifier(text: &str, limit: usize, what: Needed) -> Result<String, TillError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TillError::Needed(what));
    }
    // The protocol counts as JavaScript does.
    if text.encode_utf16().count() > limit {
        return Err(TillError::TextTooLong(limit));
    }
    Ok(text.to_owned())
}

/// A secret that was typed; an empty field means the kept one.
pub(super) fn typed(secret: Option<&SecretString>) -> Option<SecretString> {
    secret
        .filter(|secret| !secret.expose_secret().is_empty())
        .cloned()
}

/// The two secrets of an account.
pub(crate) struct Secrets {
    /// The POS account's password.
    pub(crate) password: SecretString,
    /// The merchant's key.
    pub(crate) secret_key: SecretString,
}

impl Till {
    /// The payments that keep the account from being changed, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn account_blockers(&self) -> Result<Vec<Payment>, TillError> {
        Ok(self.store.unsettled()?)
    }

    /// Moves the till to another account, password, key or gateway, after a live check. Refused while a payment is not
    /// settled; until the check has passed, the old account stays as it is. The old account's session is ended.
    ///
    /// # Errors
    /// [`TillError::AccountBusy`], or when no manager is signed in, something is missing, or the keyring or the store
    /// fails. What the gateway says is in the report; unless it has a problem, the till was moved.
    pub async fn change_account(&self, form: &AccountForm, told: &Told) -> Result<CheckReport, TillError> {
        let manager = self.require_manager()?;
        let connection = form.connection()?;
        let before = self.store.connection_settings()?.ok_or(TillError::NotSetUp)?;
        let secrets = self.secrets_for(form, &before, &connection)?;
        let old = self.checkout()?;
        // No payment begins from here on; what is on its way or in doubt stands in the way.
        let closed = old.close().await;
        self.refuse_while_busy()?;
        let same_login = (&before.gateway, &before.pos_id) == (&connection.gateway, &connection.pos_id);
        if same_login && let Err(error) = old.client().sign_out().await {
            // The check finds it open then (40314), unless it had ended anyway.
            log::info!("the session before the change of account could not be ended: {error}");
        }
        let session = Arc::new(MemoryTokens::default());
        let client = self.client_of(&connection, &secrets, patience(self.limits), Arc::clone(&session))?;
        let chosen = self.store.chosen_terminal()?;
        let report = self
            .examiner(&client, self.currency()?)
            .account(chosen.as_deref(), told)
            .await;
        if report.first_problem().is_some() {
            // Left open, it would keep whoever uses that account out until midnight.
            let _ = client.sign_out().await;
            return Ok(report);
        }
        if !same_login && let Err(error) = old.client().sign_out().await {
            log::warn!("the old account's session could not be ended, and lapses at midnight: {error}");
        }
        self.keep_account(&connection, &secrets, Some(manager.id))?;
        self.take_terminals(&report.terminals)?;
        // In this order: the old session writes no more, then the new one's tokens are there, then somebody may use them.
        self.retire_session();
        self.keep_session(session.load().as_ref());
        self.connect(&connection)?;
        closed.for_good();
        Ok(report)
    }

    /// Signs in at the gateway again with what the till has. After a wrong password, or while the account is locked, nothing
    /// else does: the program does not repeat a rejected password by itself.
    ///
    /// # Errors
    /// When no manager is signed in, no account is set up, or the gateway refuses again.
    pub async fn sign_in_again(&self) -> Result<(), TillError> {
        self.require_manager()?;
        Ok(self.checkout()?.client().sign_in_again().await?)
    }

    /// Refuses a payment that was taken through another merchant's account: there, its transaction number may be
    /// somebody else's.
    pub(super) fn refuse_other_account(&self, payment: &Payment) -> Result<(), TillError> {
        let now = self.store.connection_settings()?.ok_or(TillError::NotSetUp)?;
        let periods = self.store.accounts()?;
        let then = periods
            .iter()
            .rev()
            .find(|period| period.since <= payment.created_at);
        match then {
            Some(then)
                if (&then.connection.gateway, &then.connection.merchant_id)
                    != (&now.gateway, &now.merchant_id) =>
            {
                Err(TillError::OtherAccount)
            }
            Some(_) | None => Ok(()),
        }
    }

    pub(crate) fn refuse_while_busy(&self) -> Result<(), TillError> {
        let open = self.account_blockers()?;
        if open.is_empty() {
            Ok(())
        } else {
            Err(TillError::AccountBusy(open))
        }
    }

    /// The secrets to use for an account: as typed, else the kept ones where they are this account's.
    fn secrets_for(
        &self,
        form: &AccountForm,
        before: &ConnectionSettings,
        after: &ConnectionSettings,
    ) -> Result<Secrets, TillError> {
        // A kept password is never sent to another address, nor as somebody else's.
        let same_login = (&before.gateway, &before.pos_id) == (&after.gateway, &after.pos_id);
        let same_merchant = (&before.gateway, &before.merchant_id) == (&after.gateway, &after.merchant_id);
        Ok(Secrets {
            password: self.secret(
                &form.password,
                same_login,
                SecretName::PosPassword,
                Needed::Password,
            )?,
            secret_key: self.secret(
                &form.secret_key,
                same_merchant,
                SecretName::SecretKey,
                Needed::SecretKey,
            )?,
        })
    }

    /// A secret in the keyring.
    pub(crate) fn kept_secret(&self, name: SecretName) -> Result<Option<SecretString>, TillError> {
        Ok(self.vault.get(name)?)
    }

    pub(super) fn secret(
        &self,
        entered: &Option<SecretString>,
        kept_is_theirs: bool,
        name: SecretName,
        what: Needed,
    ) -> Result<SecretString, TillError> {
        let kept = || {
            if kept_is_theirs {
                self.vault.get(name)
            } else {
                Ok(None)
            }
        };
        match typed(entered.as_ref()) {
            Some(secret) => Ok(secret),
            None => kept()?.ok_or(TillError::Needed(what)),
        }
    }

    pub(crate) fn client_of(
        &self,
        connection: &ConnectionSettings,
        secrets: &Secrets,
        limits: TimeLimits,
        tokens: Arc<impl TokenStore>,
    ) -> Result<Client, TillError> {
        let credentials = Credentials {
            pos_id: connection.pos_id.clone(),
            password: secrets.password.clone(),
            merchant_id: connection.merchant_id.clone(),
            secret_key: SecretKey::from(secrets.secret_key.clone()),
        };
        Client::builder(gateway(&connection.gateway)?, credentials)
            .limits(limits)
            .clock(Arc::clone(&self.clock))
            .tokens(tokens)
            .build()
            .map_err(|error| TillError::Client(error.to_string()))
    }

    pub(crate) fn examiner<'a>(
        &'a self,
        client: &'a Client,
        currency: crate::money::Currency,
    ) -> Examiner<'a> {
        Examiner {
            client,
            currency,
            clock: self.clock.as_ref(),
            entropy: self.entropy.as_ref(),
        }
    }

    /// Keeps an account that was checked: secrets, journal, settings, in this order. What fails leaves the old secrets.
    pub(super) fn keep_account(
        &self,
        connection: &ConnectionSettings,
        secrets: &Secrets,
        staff: Option<i64>,
    ) -> Result<(), TillError> {
        let before = self.store.connection_settings()?;
        let kept = (
            self.vault.get(SecretName::PosPassword)?,
            self.vault.get(SecretName::SecretKey)?,
        );
        let differs = |old: &Option<SecretString>, new: &SecretString| {
            old.as_ref()
                .is_none_or(|old| old.expose_secret() != new.expose_secret())
        };
        let body = json!({
            "did": if before.is_some() { "changed the account" } else { "set the till up" },
            "gateway": connection.gateway,
            "posId": connection.pos_id,
            "merchantId": connection.merchant_id,
            "newPassword": differs(&kept.0, &secrets.password),
            "newSecretKey": differs(&kept.1, &secrets.secret_key),
        });
        let now = self.clock.now();
        let entry = NewEntry {
            kind: EntryKind::Settings,
            at: now,
            staff,
            body,
        };
        let written = self.write_account(connection, secrets, before, now, &entry);
        if written.is_err() {
            self.put_back(SecretName::PosPassword, kept.0.as_ref());
            self.put_back(SecretName::SecretKey, kept.1.as_ref());
        }
        written
    }

    fn write_account(
        &self,
        connection: &ConnectionSettings,
        secrets: &Secrets,
        before: Option<ConnectionSettings>,
        now: Timestamp,
        entry: &NewEntry,
    ) -> Result<(), TillError> {
        self.vault.set(SecretName::PosPassword, &secrets.password)?;
        self.vault.set(SecretName::SecretKey, &secrets.secret_key)?;
        self.store.note(None, entry)?;
        if let Some(before) = before
            && before != *connection
        {
            let mut accounts = self.store.accounts()?;
            if accounts.is_empty() {
                accounts.push(AccountPeriod {
                    since: Timestamp::UNIX_EPOCH,
                    connection: before,
                });
            }
            accounts.push(AccountPeriod {
                since: now,
                connection: connection.clone(),
            });
            self.store.save_accounts(&accounts)?;
        }
        self.forget_session_of_another(connection)?;
        Ok(self.store.save_connection_settings(connection)?)
    }

    fn put_back(&self, name: SecretName, secret: Option<&SecretString>) {
        let put = match secret {
            Some(secret) => self.vault.set(name, secret),
            None => self.vault.delete(name),
        };
        if let Err(error) = put {
            let error: VaultError = error;
            log::error!("the keyring's {} could not be put back: {error}", name.name());
        }
    }

    /// Takes another account's terminals over; the chosen one stays where it is one of them, and an only one is chosen.
    fn take_terminals(&self, listed: &[cloudecr::Terminal]) -> Result<(), TillError> {
        self.store.save_terminals(listed, self.clock.now())?;
        let chosen = self.store.chosen_terminal()?;
        if listed
            .iter()
            .any(|terminal| Some(&terminal.terminal_id) == chosen.as_ref())
        {
            return Ok(());
        }
        match listed {
            [only] => Ok(self.store.choose_terminal(&only.terminal_id)?),
            _ => Ok(self.store.choose_no_terminal()?),
        }
    }
}
