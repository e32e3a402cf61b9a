//! A till set up without a window: a file that is right in itself is checked against the gateway, and only then written.

mod file;

use std::sync::Arc;

use cloudecr::{CallError, MemoryTokens, TokenStore};
use secrecy::ExposeSecret;

pub use file::{FILE_LIMIT, Mistake, ProvisionFile};

use crate::setup::{CheckReport, CheckStep, Finding, Problem, patience};
use crate::till::{Provision, Secrets, Till, TillError};
use crate::vault::SecretName;

/// The gateway's code for a POS account that is signed in elsewhere.
const SIGNED_IN_ELSEWHERE: u32 = 40314;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolledOut {
    /// Whether the till was set up before.
    pub before: bool,
    /// The people who were added; those who were there keep their PINs.
    pub added: Vec<String>,
    /// What could not be checked, in words.
    pub warnings: Vec<String>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum RollOutError {
    /// The till refused, or its keyring or store failed.
    #[error(transparent)]
    Till(#[from] TillError),
    /// The gateway says that the account is not right.
    #[error("{step}: {what}")]
    Refused {
        /// The field of the file that is at fault.
        step: &'static str,
        /// What is wrong and what to do.
        what: String,
    },
    /// A till with a history sells in the currency of its history.
    #[error("store.currency: this till has sold in {0} so far, and stays with it; write \"{0}\"")]
    Currency(String),
}

impl Till {
    /// Sets the till up, or brings one that is set up in line with the file: account, store and terminal as written,
    /// people added that are missing. History and existing PINs stay as they are. The account is checked live first; a
    /// gateway that cannot be reached is a warning.
    ///
    /// # Errors
    /// When the gateway refuses the account or does not know the terminal, when the account would change while payments
    /// are not settled, or when the keyring or the store fails before the first change.
    pub async fn roll_out(&self, file: ProvisionFile) -> Result<RolledOut, RollOutError> {
        let before = self.store().connection_settings().map_err(TillError::from)?;
        if let Some(store) = self.store().store_settings().map_err(TillError::from)?
            && store.currency != file.store.currency
        {
            return Err(RollOutError::Currency(store.currency));
        }
        let secrets = Secrets {
            password: file.password.clone(),
            secret_key: file.secret_key.clone(),
        };
        let changes = before.as_ref() != Some(&file.connection) || self.secrets_differ(&secrets)?;
        if before.is_some() && changes {
            self.refuse_while_busy()?;
        }
        let same = before.as_ref() == Some(&file.connection);
        if same {
            // Its own open session would keep the check out (40314).
            self.end_kept_session().await;
        }
        let (report, session) = self.check_file(&file, &secrets).await?;
        let warnings = judge(&report, &file.terminal)?;
        if !same {
            self.end_kept_session().await;
        }
        let added = self.write_file(file, &secrets, report, before.is_some())?;
        // Tokens that are not this account's are forgotten: no other gateway may see them.
        if session.is_some() || !same {
            self.keep_session(session.as_ref());
        }
        Ok(RolledOut {
            before: before.is_some(),
            added,
            warnings,
        })
    }

    /// Whether the keyring has other secrets than these.
    fn secrets_differ(&self, secrets: &Secrets) -> Result<bool, TillError> {
        let differs = |name, new: &secrecy::SecretString| {
            let kept = self.kept_secret(name)?;
            Ok::<_, TillError>(kept.is_none_or(|kept| kept.expose_secret() != new.expose_secret()))
        };
        Ok(differs(SecretName::PosPassword, &secrets.password)?
            || differs(SecretName::SecretKey, &secrets.secret_key)?)
    }

    async fn end_kept_session(&self) {
        if let Ok(checkout) = self.checkout()
            && let Err(error) = checkout.client().sign_out().await
        {
            log::info!("the till's session could not be ended: {error}");
        }
    }

    async fn check_file(
        &self,
        file: &ProvisionFile,
        secrets: &Secrets,
    ) -> Result<(CheckReport, Option<cloudecr::TokenPair>), TillError> {
        let tokens = Arc::new(MemoryTokens::default());
        let client = self.client_of(
            &file.connection,
            secrets,
            patience(self.limits()),
            Arc::clone(&tokens),
        )?;
        let currency = file.store.currency.parse().map_err(|_| TillError::NotSetUp)?;
        let report = self
            .examiner(&client, currency)
            .account(Some(&file.terminal), &|_, _| {})
            .await;
        if judge(&report, &file.terminal).is_err() {
            // Nothing of this is kept, so nobody could end that session later.
            let _ = client.sign_out().await;
        }
        Ok((report, tokens.load()))
    }

    fn write_file(
        &self,
        file: ProvisionFile,
        secrets: &Secrets,
        report: CheckReport,
        before: bool,
    ) -> Result<Vec<String>, TillError> {
        let names = file.staff.iter().map(|entry| entry.name.clone()).collect();
        let name = self.store().terminal_label(&file.terminal)?;
        let name = if name == file.terminal {
            String::new()
        } else {
            name
        };
        let provision = Provision {
            connection: file.connection,
            password: secrets.password.clone(),
            secret_key: secrets.secret_key.clone(),
            store: file.store,
            staff: file.staff,
            terminals: report.terminals,
            terminal: Some((file.terminal, name)),
        };
        if before {
            self.provision_again(&provision)
        } else {
            self.provision(&provision)?;
            Ok(names)
        }
    }
}

/// What the check says of the file: warnings where it could not be told, an error where something is wrong.
fn judge(report: &CheckReport, terminal: &str) -> Result<Vec<String>, RollOutError> {
    let mut warnings = Vec::new();
    for (step, finding) in &report.steps {
        match finding {
            Finding::Failed(problem) if is_no_answer(problem) => {
                warnings.push(format!(
                    "{} could not be checked: {}",
                    name(*step),
                    words(problem)
                ));
            }
            Finding::Failed(problem) => {
                return Err(RollOutError::Refused {
                    step: field(*step, problem),
                    what: words(problem),
                });
            }
            Finding::Unknown(said) => warnings.push(format!(
                "the secret key could not be checked, because the terminal did not answer{}; the first sale will show it",
                if said.is_empty() {
                    String::new()
                } else {
                    format!(" ({said})")
                }
            )),
            Finding::Ok(_) | Finding::Open(_) | Finding::Skipped => {}
        }
    }
    let listed = matches!(
        report.finding(CheckStep::Terminals),
        Some(Finding::Ok(_) | Finding::Open(_))
    );
    if listed && !report.terminals.iter().any(|one| one.terminal_id == terminal) {
        let ids: Vec<&str> = report
            .terminals
            .iter()
            .map(|terminal| terminal.terminal_id.as_str())
            .collect();
        let what = if ids.is_empty() {
            "this account has no terminal yet; bind it first".to_owned()
        } else {
            format!(
                "this account has no such terminal; it has {}. Write one of them, or bind it first",
                ids.join(", ")
            )
        };
        return Err(RollOutError::Refused {
            step: "terminal",
            what,
        });
    }
    Ok(warnings)
}

/// Whether a problem says nothing of the account: no answer, a tired gateway, or a session that is open elsewhere,
/// which is told only to those who have the right password.
fn is_no_answer(problem: &Problem) -> bool {
    match problem {
        Problem::Call(
            CallError::Unreachable { .. } | CallError::TimedOut | CallError::RateLimited { .. },
        ) => true,
        Problem::Call(CallError::Rejected { http, code, .. }) => {
            *http >= 500 || *code == Some(SIGNED_IN_ELSEWHERE)
        }
        Problem::Call(
            CallError::Unreadable { .. } | CallError::TooLarge | CallError::UnusablePicture { .. },
        )
        | Problem::NoTerminals
        | Problem::WrongSecretKey
        | Problem::WrongMerchantId
        | Problem::ClockWrong => false,
    }
}

fn words(problem: &Problem) -> String {
    match problem {
        Problem::Call(error) => error.to_string(),
        Problem::NoTerminals => "this account has no terminal yet; bind it first".to_owned(),
        Problem::WrongSecretKey => "it is not this merchant's; copy it again from the Fiuu portal".to_owned(),
        Problem::WrongMerchantId => {
            "the gateway does not know it; check it against what Fiuu gave you".to_owned()
        }
        Problem::ClockWrong => {
            "this computer's clock is wrong; set date, time and time zone, then try again".to_owned()
        }
    }
}

/// What a step checks, for people.
const fn name(step: CheckStep) -> &'static str {
    match step {
        CheckStep::SignIn => "the account",
        CheckStep::Terminals => "the terminal",
        CheckStep::Channels => "the list of wallets",
        CheckStep::Signature => "the secret key",
    }
}

/// The field of the file that a step's problem is about.
const fn field(step: CheckStep, problem: &Problem) -> &'static str {
    match problem {
        Problem::WrongSecretKey => "secretKey",
        Problem::WrongMerchantId => "merchantId",
        Problem::ClockWrong => "the clock",
        Problem::NoTerminals => "terminal",
        Problem::Call(
            CallError::Unreadable { .. } | CallError::TooLarge | CallError::UnusablePicture { .. },
        ) => "gateway",
        Problem::Call(
            CallError::Rejected { .. }
            | CallError::Unreachable { .. }
            | CallError::TimedOut
            | CallError::RateLimited { .. },
        ) => match step {
            CheckStep::SignIn => "posId, password",
            CheckStep::Terminals => "terminal",
            CheckStep::Channels => "store.currency",
            CheckStep::Signature => "secretKey",
        },
    }
}
