//! The live check of a gateway account, step by step, before anything of it is saved.

use std::sync::Arc;

use cloudecr::{
    CallError, Channel, Client, Clock, Credentials, MemoryTokens, Order, Reply, SecretKey, Terminal,
    TimeLimits,
};
use secrecy::SecretString;

use crate::entropy::Entropy;
use crate::money::Currency;
use crate::reference::Reference;
use crate::till::{TillError, gateway};

/// Codes by which the gateway says that our signature is wrong.
const SIGNATURE: [u32; 2] = [40026, 40320];
/// Codes that come before, or instead of, the check of a signature, so that they say nothing of the key.
const MERCHANT: u32 = 40022;
const CLOCK: u32 = 40027;

/// An account to check.
pub struct CheckForm {
    /// `production`, `fiuu-sandbox`, or an address.
    pub gateway: String,
    /// The POS account.
    pub pos_id: String,
    /// Its password.
    pub password: SecretString,
    /// The merchant.
    pub merchant_id: String,
    /// The merchant's key for signatures.
    pub secret_key: SecretString,
    /// What the shop sells in.
    pub currency: Currency,
    /// The terminal that is asked for the check of the key; the first connected one without it.
    pub terminal: Option<String>,
}

/// One step of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckStep {
    /// POS ID and password.
    SignIn,
    /// Terminals of the account.
    Terminals,
    /// Wallets in the currency.
    Channels,
    /// Merchant ID and secret key, by a question that moves no money.
    Signature,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The gateway said no, or could not be asked.
    Call(CallError),
    /// No terminal is bound to this account.
    NoTerminals,
    /// The secret key is not the merchant's.
    WrongSecretKey,
    /// The merchant ID is not this account's.
    WrongMerchantId,
    /// This computer's clock is wrong.
    ClockWrong,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// As it should be; with a few words, such as how many were found.
    Ok(String),
    /// It could not be told, and need not stop anybody.
    Unknown(String),
    /// Wrong.
    Failed(Problem),
    /// Not tried, since an earlier step failed.
    Skipped,
}

/// The check's result.
#[derive(Debug, Clone)]
pub struct CheckReport {
    /// Every step, in order.
    pub steps: Vec<(CheckStep, Finding)>,
    /// The account's terminals.
    pub terminals: Vec<Terminal>,
    /// The wallets of the currency.
    pub channels: Vec<Channel>,
}

impl CheckReport {
    /// The first thing that stands in the way of taking payments.
    #[must_use]
    pub fn first_problem(&self) -> Option<&Problem> {
        self.steps.iter().find_map(|(_, finding)| match finding {
            Finding::Failed(problem) => Some(problem),
            Finding::Ok(_) | Finding::Unknown(_) | Finding::Skipped => None,
        })
    }

    /// Whether nothing stands in the way of taking payments.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.steps
            .iter()
            .all(|(_, finding)| matches!(finding, Finding::Ok(_) | Finding::Unknown(_)))
    }
}

/// Checks an account: signs in, lists terminals and wallets, and asks a terminal for its last transaction, which needs
/// the right key and moves no money. Signs out again, so that the till itself can sign in.
///
/// # Errors
/// When the address cannot be a gateway's. What the gateway says is in the report.
pub async fn check(
    form: CheckForm,
    limits: TimeLimits,
    clock: Arc<dyn Clock>,
    entropy: &dyn Entropy,
) -> Result<CheckReport, TillError> {
    let credentials = Credentials {
        pos_id: form.pos_id.trim().to_owned(),
        password: form.password,
        merchant_id: form.merchant_id.trim().to_owned(),
        secret_key: SecretKey::from(form.secret_key),
    };
    let client = Client::builder(gateway(form.gateway.trim())?, credentials)
        .limits(limits)
        .clock(Arc::clone(&clock))
        .tokens(Arc::new(MemoryTokens::default()))
        .build()
        .map_err(|error| TillError::Client(error.to_string()))?;
    let mut report = CheckReport {
        steps: Vec::new(),
        terminals: Vec::new(),
        channels: Vec::new(),
    };
    if let Err(error) = client.sign_in().await {
        let rest = [CheckStep::Terminals, CheckStep::Channels, CheckStep::Signature];
        report
            .steps
            .push((CheckStep::SignIn, Finding::Failed(Problem::Call(error))));
        report.steps.extend(rest.map(|step| (step, Finding::Skipped)));
        return Ok(report);
    }
    report.steps.push((CheckStep::SignIn, Finding::Ok(String::new())));
    let terminals = match client.terminals().await {
        Ok(terminals) if terminals.is_empty() => Finding::Failed(Problem::NoTerminals),
        Ok(terminals) => {
            report.terminals = terminals;
            Finding::Ok(report.terminals.len().to_string())
        }
        Err(error) => Finding::Failed(Problem::Call(error)),
    };
    report.steps.push((CheckStep::Terminals, terminals));
    let channels = match client.channels(form.currency.code()).await {
        Ok(channels) => {
            report.channels = channels;
            Finding::Ok(
                report
                    .channels
                    .iter()
                    .filter(|channel| channel.active)
                    .count()
                    .to_string(),
            )
        }
        Err(error) => Finding::Failed(Problem::Call(error)),
    };
    report.steps.push((CheckStep::Channels, channels));
    let signature = signature(
        &client,
        &report.terminals,
        form.terminal.as_deref(),
        clock.as_ref(),
        entropy,
    )
    .await;
    report.steps.push((CheckStep::Signature, signature));
    // Another session of the account would keep the till out (40314). If this fails, signing in says so.
    let _ = client.sign_out().await;
    Ok(report)
}

async fn signature(
    client: &Client,
    terminals: &[Terminal],
    wanted: Option<&str>,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
) -> Finding {
    let connected = || {
        terminals
            .iter()
            .find(|terminal| terminal.connected)
            .or_else(|| terminals.first())
    };
    let terminal = terminals
        .iter()
        .find(|terminal| Some(terminal.terminal_id.as_str()) == wanted)
        .or_else(connected);
    let Some(terminal) = terminal else {
        return Finding::Skipped;
    };
    let now = clock.now();
    let prepared = Reference::new(now, entropy)
        .map_err(|error| error.to_string())
        .and_then(|reference| {
            client
                .prepare(reference.as_str(), &terminal.terminal_id, &Order::GetLast, now)
                .map_err(|error| error.to_string())
        });
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(why) => return Finding::Unknown(why),
    };
    match client.transfer(&prepared).await.reply {
        Reply::Verified(_) => Finding::Ok(String::new()),
        Reply::Unverified(_) => Finding::Failed(Problem::WrongSecretKey),
        Reply::Refused(refusal) => match refusal.code {
            Some(code) if SIGNATURE.contains(&code) => Finding::Failed(Problem::WrongSecretKey),
            Some(MERCHANT) => Finding::Failed(Problem::WrongMerchantId),
            Some(CLOCK) => Finding::Failed(Problem::ClockWrong),
            // It looked for a transaction, so it took the request for genuine.
            Some(40410) => Finding::Ok(String::new()),
            Some(_) | None => Finding::Unknown(refusal.message),
        },
        Reply::NotSent(not_sent) => Finding::Unknown(not_sent.detail),
        Reply::Lost(lost) => Finding::Unknown(lost.detail),
    }
}
