//! Set-up, the account, its live check, and the test sale.

use serde::{Deserialize, Serialize};
use till::{CheckFinding, CheckTold, SetupDraft, SetupStep};
use ts_rs::TS;

use super::{HistoryRow, PaymentView, TerminalView};
use crate::error::CommandError;

/// Which gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Gateway {
    Production,
    FiuuSandbox,
    /// The address beside it.
    Other,
}

/// Whether a sale moves real money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RealMoney {
    Yes,
    /// Nobody here can tell.
    Maybe,
    No,
}

/// A merchant's account, as entered. An empty secret is the one that is kept.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountForm {
    pub(crate) gateway: Gateway,
    pub(crate) address: String,
    pub(crate) pos_id: String,
    pub(crate) password: String,
    pub(crate) merchant_id: String,
    pub(crate) secret_key: String,
}

/// The account without its secrets.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountFacts {
    pub(crate) gateway: Gateway,
    /// Of another gateway; else empty.
    pub(crate) address: String,
    pub(crate) pos_id: String,
    pub(crate) merchant_id: String,
    /// The keyring has this account's password.
    pub(crate) password_kept: bool,
    pub(crate) secret_key_kept: bool,
}

/// Where a set-up goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WizardStep {
    Account,
    Terminal,
    Store,
    Manager,
}

/// A set-up that is not finished: its answers, none of them secret.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SetupView {
    /// None: somebody chose to do something else first.
    pub(crate) step: Option<WizardStep>,
    pub(crate) account: AccountFacts,
    pub(crate) terminal_id: Option<String>,
    pub(crate) terminal_name: String,
    pub(crate) store_name: String,
    pub(crate) header: Vec<String>,
    pub(crate) currency: String,
    /// Those that can be sold in.
    pub(crate) currencies: Vec<String>,
    pub(crate) manager_name: String,
}

/// The store, as entered.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoreForm {
    pub(crate) name: String,
    pub(crate) header: Vec<String>,
    pub(crate) currency: String,
}

/// The account in Settings, and what keeps it from being changed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountView {
    pub(crate) facts: AccountFacts,
    /// Payments that are not settled, oldest first.
    pub(crate) blockers: Vec<HistoryRow>,
}

/// Where the test sale stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TestSaleView {
    /// Those that can be charged, the smallest first.
    pub(crate) amounts: Vec<String>,
    pub(crate) currency: String,
    pub(crate) real_money: RealMoney,
    /// What people call the terminal; none while none is chosen.
    pub(crate) terminal: Option<String>,
    pub(crate) sale: Option<PaymentView>,
    pub(crate) void: Option<PaymentView>,
}

/// A step of the live check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    SignIn,
    Terminals,
    Channels,
    Signature,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StepResult {
    Ok,
    Failed,
    Skipped,
    Unknown,
}

/// One step and its result.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct CheckStep {
    pub(crate) step: Step,
    pub(crate) result: StepResult,
    pub(crate) error: Option<CommandError>,
    /// How many were found, or what the gateway said.
    pub(crate) detail: String,
}

/// The live check's report.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct CheckReport {
    pub(crate) steps: Vec<CheckStep>,
    pub(crate) terminals: Vec<TerminalView>,
    /// Nothing stands in the way.
    pub(crate) passed: bool,
}

impl From<AccountForm> for till::AccountForm {
    fn from(form: AccountForm) -> Self {
        let secret = |text: String| (!text.is_empty()).then(|| text.into());
        Self {
            gateway: match form.gateway {
                Gateway::Production => "production".to_owned(),
                Gateway::FiuuSandbox => "fiuu-sandbox".to_owned(),
                Gateway::Other => form.address,
            },
            pos_id: form.pos_id,
            password: secret(form.password),
            merchant_id: form.merchant_id,
            secret_key: secret(form.secret_key),
        }
    }
}

impl AccountFacts {
    /// Of an account whose secrets are kept, or of one that is only being entered.
    pub(crate) fn new(
        connection: Option<&till::ConnectionSettings>,
        password_kept: bool,
        secret_key_kept: bool,
    ) -> Self {
        let name = connection.map_or("production", |connection| connection.gateway.as_str());
        let gateway = match name {
            "production" => Gateway::Production,
            "fiuu-sandbox" => Gateway::FiuuSandbox,
            _ => Gateway::Other,
        };
        Self {
            gateway,
            address: if gateway == Gateway::Other {
                name.to_owned()
            } else {
                String::new()
            },
            pos_id: connection.map_or_else(String::new, |connection| connection.pos_id.clone()),
            merchant_id: connection.map_or_else(String::new, |connection| connection.merchant_id.clone()),
            password_kept,
            secret_key_kept,
        }
    }
}

impl From<SetupDraft> for SetupView {
    fn from(draft: SetupDraft) -> Self {
        let connection = draft.connection.as_ref();
        let kept = |of: &Option<till::SecretOf>, owner: Option<&str>| {
            of.as_ref().is_some_and(|of| {
                Some(of.owner.as_str()) == owner
                    && connection.is_some_and(|connection| connection.gateway == of.gateway)
            })
        };
        let password = kept(
            &draft.password_of,
            connection.map(|connection| connection.pos_id.as_str()),
        );
        let key = kept(
            &draft.key_of,
            connection.map(|connection| connection.merchant_id.as_str()),
        );
        Self {
            step: draft.step.map(Into::into),
            account: AccountFacts::new(connection, password, key),
            terminal_id: draft.terminal,
            terminal_name: draft.terminal_name,
            store_name: draft.store_name,
            header: draft.header,
            currency: if draft.currency.is_empty() {
                till::Currency::Myr.code().to_owned()
            } else {
                draft.currency
            },
            currencies: till::Currency::ALL
                .iter()
                .map(|currency| currency.code().to_owned())
                .collect(),
            manager_name: draft.manager_name,
        }
    }
}

impl From<SetupStep> for WizardStep {
    fn from(step: SetupStep) -> Self {
        match step {
            SetupStep::Account => Self::Account,
            SetupStep::Terminal => Self::Terminal,
            SetupStep::Store => Self::Store,
            SetupStep::Manager => Self::Manager,
        }
    }
}

impl From<till::CheckReport> for CheckReport {
    fn from(report: till::CheckReport) -> Self {
        Self {
            passed: report.first_problem().is_none(),
            terminals: report.terminals.iter().map(TerminalView::from).collect(),
            steps: report
                .steps
                .iter()
                .map(|(step, finding)| CheckStep::new(*step, finding))
                .collect(),
        }
    }
}

impl CheckStep {
    /// A step as it ended.
    pub(crate) fn new(step: till::CheckStep, finding: &CheckFinding) -> Self {
        let step = match step {
            till::CheckStep::SignIn => Step::SignIn,
            till::CheckStep::Terminals => Step::Terminals,
            till::CheckStep::Channels => Step::Channels,
            till::CheckStep::Signature => Step::Signature,
        };
        let (result, error, detail) = match finding {
            CheckFinding::Ok(detail) => (StepResult::Ok, None, detail.clone()),
            CheckFinding::Unknown(detail) => (StepResult::Unknown, None, detail.clone()),
            CheckFinding::Open(problem) => (StepResult::Unknown, Some(problem.clone().into()), String::new()),
            CheckFinding::Failed(problem) => {
                (StepResult::Failed, Some(problem.clone().into()), String::new())
            }
            CheckFinding::Skipped => (StepResult::Skipped, None, String::new()),
        };
        Self {
            step,
            result,
            error,
            detail,
        }
    }

    /// Tells each step as it ends.
    pub(crate) fn telling(tell: impl Fn(Self) + Send + Sync + 'static) -> Box<CheckTold> {
        Box::new(move |step, finding| tell(Self::new(step, finding)))
    }
}

/// Whether a sale through this gateway moves real money.
pub(crate) fn real_money(gateway: &str) -> RealMoney {
    match gateway {
        "production" => RealMoney::Yes,
        address if cloudecr::Gateway::at(address).is_ok_and(|gateway| gateway.is_loopback()) => RealMoney::No,
        _ => RealMoney::Maybe,
    }
}
