//! A set-up step by step: each answer is checked when its step is left, and kept, so that it goes on where it was left.

use std::sync::Arc;

use cloudecr::{Client, TimeLimits};

use super::account::{AccountForm, Needed, Secrets};
use super::settings::valid_store;
use super::{Provision, StaffEntry, Till, TillError};
use crate::money::Currency;
use crate::setup::{CheckReport, CheckStep, Finding, Told, patience};
use crate::staff::{Member, Pin, Role};
use crate::store::{ConnectionSettings, SecretOf, SetupDraft, SetupStep, StoreError, StoreSettings, Thing};
use crate::vault::{SecretName, VaultTokens};

/// Minutes until a new till locks itself.
const LOCK_AFTER_MINUTES: u32 = 10;

impl Till {
    /// The answers so far.
    ///
    /// # Errors
    /// When the till is set up already, or the store fails.
    pub fn draft(&self) -> Result<SetupDraft, TillError> {
        if self.is_set_up()? {
            return Err(TillError::SetUpAlready);
        }
        Ok(self.store.draft()?)
    }

    /// Somebody sits down to it: from here on the program opens where it was left.
    ///
    /// # Errors
    /// As [`Self::draft`].
    pub fn begin_setup(&self) -> Result<SetupDraft, TillError> {
        let mut draft = self.draft()?;
        draft.step = Some(draft.step.unwrap_or(SetupStep::Account));
        self.store.save_draft(&draft)?;
        Ok(draft)
    }

    /// Somebody does something else first: the answers stay, the program opens elsewhere.
    ///
    /// # Errors
    /// As [`Self::draft`].
    pub fn pause_setup(&self) -> Result<(), TillError> {
        let mut draft = self.draft()?;
        draft.step = None;
        Ok(self.store.save_draft(&draft)?)
    }

    /// Checks the account live. What is right is kept at once: answers in the store, secrets in the keyring.
    ///
    /// # Errors
    /// When something is missing or malformed, or the keyring or the store fails. What the gateway says is in the report.
    pub async fn set_up_account(&self, form: &AccountForm, told: &Told) -> Result<CheckReport, TillError> {
        let mut draft = self.draft()?;
        let connection = form.connection()?;
        let password_of = secret_of(&connection, &connection.pos_id);
        let key_of = secret_of(&connection, &connection.merchant_id);
        let secrets = Secrets {
            password: self.secret(
                &form.password,
                draft.password_of == password_of,
                SecretName::PosPassword,
                Needed::Password,
            )?,
            secret_key: self.secret(
                &form.secret_key,
                draft.key_of == key_of,
                SecretName::SecretKey,
                Needed::SecretKey,
            )?,
        };
        self.end_other_session(&draft, &connection).await;
        // Whose the kept secrets are is forgotten before others take their places.
        draft.password_of = draft.password_of.filter(|of| Some(of) == password_of.as_ref());
        draft.key_of = draft.key_of.filter(|of| Some(of) == key_of.as_ref());
        draft.key_proven = false;
        draft.connection = Some(connection.clone());
        self.store.save_draft(&draft)?;
        let client = self.wizards_client(&connection, &secrets, self.limits)?;
        let report = self
            .examiner(&client, currency_of(&draft))
            .account(draft.terminal.as_deref(), told)
            .await;
        if matches!(report.finding(CheckStep::SignIn), Some(Finding::Ok(_))) {
            self.vault.set(SecretName::PosPassword, &secrets.password)?;
            draft.password_of = password_of;
        }
        match report.finding(CheckStep::Signature) {
            Some(Finding::Ok(_) | Finding::Unknown(_)) => {
                self.vault.set(SecretName::SecretKey, &secrets.secret_key)?;
                draft.key_of = key_of;
                draft.key_proven = matches!(report.finding(CheckStep::Signature), Some(Finding::Ok(_)));
            }
            Some(Finding::Open(_) | Finding::Failed(_) | Finding::Skipped) | None => {}
        }
        if report.first_problem().is_none() {
            draft.step = Some(SetupStep::Terminal);
            draft.terminal = choice(&report.terminals, draft.terminal.take());
        }
        self.store.save_draft(&draft)?;
        Ok(report)
    }

    /// The account's terminals, as the gateway lists them now.
    ///
    /// # Errors
    /// When the gateway cannot be asked.
    pub async fn set_up_terminals(&self) -> Result<Vec<cloudecr::Terminal>, TillError> {
        Ok(self.drafts_client()?.terminals().await?)
    }

    /// Takes the terminal of this till, or none for now. Where the key is not proven yet, this terminal is asked.
    ///
    /// # Errors
    /// When the gateway does not list it, the name does not fit, or the gateway cannot be asked.
    pub async fn set_up_terminal(&self, id: Option<&str>, name: &str) -> Result<Finding, TillError> {
        let mut draft = self.draft()?;
        let name = super::entered(name, super::terminals::TERMINAL_NAME_LIMIT)?;
        let client = self.drafts_client()?;
        let listed = client.terminals().await?;
        if let Some(id) = id
            && !listed.iter().any(|terminal| terminal.terminal_id == id)
        {
            return Err(StoreError::Missing(Thing::Terminal).into());
        }
        let finding = match id {
            Some(id) if !draft.key_proven => {
                self.examiner(&client, currency_of(&draft))
                    .key(&listed, Some(id))
                    .await
            }
            Some(_) | None => Finding::Ok(String::new()),
        };
        if matches!(finding, Finding::Failed(_)) {
            return Ok(finding);
        }
        draft.key_proven |= id.is_some() && matches!(finding, Finding::Ok(_));
        draft.terminal = id.map(str::to_owned);
        draft.terminal_name = name;
        draft.step = Some(SetupStep::Store);
        self.store.save_draft(&draft)?;
        Ok(finding)
    }

    /// Takes the store's name, receipt header and currency; in another currency the wallets are asked for again.
    ///
    /// # Errors
    /// When a text does not fit, or the gateway does not know the currency.
    pub async fn set_up_store(
        &self,
        name: &str,
        header: &[String],
        currency: &str,
    ) -> Result<Finding, TillError> {
        let mut draft = self.draft()?;
        let store = valid_store(&StoreSettings {
            name: name.to_owned(),
            header: header.to_vec(),
            currency: currency.to_owned(),
            lock_after_minutes: LOCK_AFTER_MINUTES,
        })?;
        let finding = if currency_of(&draft).code() == store.currency {
            Finding::Ok(String::new())
        } else {
            let client = self.drafts_client()?;
            let currency = store.currency.parse().map_err(|_| TillError::NotSetUp)?;
            self.examiner(&client, currency).wallets().await.1
        };
        if matches!(finding, Finding::Failed(_)) {
            return Ok(finding);
        }
        draft.store_name = store.name;
        draft.header = store.header;
        draft.currency = store.currency;
        draft.step = Some(SetupStep::Manager);
        self.store.save_draft(&draft)?;
        Ok(finding)
    }

    /// Takes the first manager, opens the till for business, and signs the manager in.
    ///
    /// # Errors
    /// When a step before is not done, the name does not fit, or the keyring or the store fails.
    pub async fn set_up_manager(&self, name: &str, pin: &Pin) -> Result<Member, TillError> {
        let mut draft = self.draft()?;
        draft.manager_name = super::needed(name, crate::staff::NAME_LIMIT)?;
        self.store.save_draft(&draft)?;
        let connection = draft.connection.clone().ok_or(TillError::NotSetUp)?;
        let secrets = self.drafts_secrets(&draft, &connection)?;
        // A list that cannot be had now is fetched when the till opens; the terminal was on it when it was chosen.
        let terminals = match self.drafts_client()?.terminals().await {
            Ok(terminals) => terminals,
            Err(error) => {
                log::warn!("the terminals could not be listed at the end of the set-up: {error}");
                Vec::new()
            }
        };
        self.provision(&Provision {
            connection,
            password: secrets.password,
            secret_key: secrets.secret_key,
            store: StoreSettings {
                name: draft.store_name.clone(),
                header: draft.header.clone(),
                currency: currency_of(&draft).code().to_owned(),
                lock_after_minutes: LOCK_AFTER_MINUTES,
            },
            staff: vec![StaffEntry {
                name: draft.manager_name.clone(),
                role: Role::Manager,
                pin: pin.clone(),
            }],
            terminals,
            terminal: draft
                .terminal
                .clone()
                .map(|terminal| (terminal, draft.terminal_name.clone())),
        })?;
        self.store.save_draft(&SetupDraft::default())?;
        let manager = self
            .roster
            .everybody()?
            .into_iter()
            .find(|member| member.role == Role::Manager && member.name == draft.manager_name)
            .ok_or(StoreError::Missing(Thing::Staff))?;
        Ok(self.roster.unlock(manager.id, pin)?)
    }

    /// The client of the account that was checked, with the session that the check left open.
    fn drafts_client(&self) -> Result<Client, TillError> {
        let draft = self.draft()?;
        let connection = draft.connection.clone().ok_or(TillError::NotSetUp)?;
        let secrets = self.drafts_secrets(&draft, &connection)?;
        self.wizards_client(&connection, &secrets, self.limits)
    }

    fn wizards_client(
        &self,
        connection: &ConnectionSettings,
        secrets: &Secrets,
        limits: TimeLimits,
    ) -> Result<Client, TillError> {
        // Kept in the keyring at once: a set-up that is killed must not leave a session that nobody can resume (40314).
        let tokens = Arc::new(VaultTokens::new(Arc::clone(&self.vault)));
        self.client_of(connection, secrets, patience(limits), tokens)
    }

    fn drafts_secrets(
        &self,
        draft: &SetupDraft,
        connection: &ConnectionSettings,
    ) -> Result<Secrets, TillError> {
        let (password_of, key_of) = (
            secret_of(connection, &connection.pos_id),
            secret_of(connection, &connection.merchant_id),
        );
        Ok(Secrets {
            password: self.secret(
                &None,
                draft.password_of == password_of,
                SecretName::PosPassword,
                Needed::Password,
            )?,
            secret_key: self.secret(
                &None,
                draft.key_of == key_of,
                SecretName::SecretKey,
                Needed::SecretKey,
            )?,
        })
    }

    /// Ends the session of the account that was entered before, and forgets its tokens: they are not the next one's.
    async fn end_other_session(&self, draft: &SetupDraft, next: &ConnectionSettings) {
        let Some(before) = &draft.connection else { return };
        if (&before.gateway, &before.pos_id) == (&next.gateway, &next.pos_id) {
            return;
        }
        if let Ok(secrets) = self.drafts_secrets(draft, before)
            && let Ok(client) = self.wizards_client(before, &secrets, self.limits)
            && let Err(error) = client.sign_out().await
        {
            log::info!("the session of the account entered before could not be ended: {error}");
        }
        self.keep_session(None);
    }
}

fn secret_of(connection: &ConnectionSettings, owner: &str) -> Option<SecretOf> {
    Some(SecretOf {
        gateway: connection.gateway.clone(),
        owner: owner.to_owned(),
    })
}

fn currency_of(draft: &SetupDraft) -> Currency {
    draft.currency.parse().unwrap_or(Currency::Myr)
}

/// The terminal that stays chosen; an only one needs no choice.
fn choice(listed: &[cloudecr::Terminal], before: Option<String>) -> Option<String> {
    match listed {
        [only] => Some(only.terminal_id.clone()),
        several => before.filter(|id| several.iter().any(|terminal| terminal.terminal_id == *id)),
    }
}
