//! The live check of a gateway account, step by step, before anything of it is saved.

use std::time::Duration;

use cloudecr::{CallError, Channel, Client, Clock, Order, Reply, Terminal, TimeLimits};

use crate::entropy::Entropy;
use crate::money::Currency;
use crate::reference::Reference;

/// Codes by which the gateway says that our signature is wrong.
const SIGNATURE: [u32; 2] = [40026, 40320];
/// Codes that come before, or instead of, the check of a signature, so that they say nothing of the key.
const MERCHANT: u32 = 40022;
const CLOCK: u32 = 40027;

/// The longest POS ID, in characters (the protocol's table of fields).
pub(crate) const POS_ID_LIMIT: usize = 24;
/// The longest merchant ID, in characters.
pub(crate) const MERCHANT_ID_LIMIT: usize = 100;
/// How long a terminal is waited for that is asked for the check of the key.
const TERMINAL_PATIENCE: Duration = Duration::from_secs(20);

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
    /// It could not be told, and need not stop anybody; with what the gateway said.
    Unknown(String),
    /// Not as it should be, and can be put right later.
    Open(Problem),
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
            Finding::Ok(_) | Finding::Unknown(_) | Finding::Open(_) | Finding::Skipped => None,
        })
    }

    /// What became of a step.
    #[must_use]
    pub fn finding(&self, wanted: CheckStep) -> Option<&Finding> {
        let found = self.steps.iter().find(|(step, _)| *step == wanted);
        found.map(|(_, finding)| finding)
    }
}

/// Hears of each step as it ends.
pub type Told = dyn Fn(CheckStep, &Finding) + Send + Sync;

/// What an account is checked with.
pub(crate) struct Examiner<'a> {
    /// The account's client. Its session is left open, for whoever goes on with it.
    pub(crate) client: &'a Client,
    /// What the shop sells in.
    pub(crate) currency: Currency,
    /// The time of day.
    pub(crate) clock: &'a dyn Clock,
    /// For the reference of the question to a terminal.
    pub(crate) entropy: &'a dyn Entropy,
}

/// How long a check waits.
pub(crate) fn patience(limits: TimeLimits) -> TimeLimits {
    TimeLimits {
        transfer: limits.transfer.min(TERMINAL_PATIENCE),
        ..limits
    }
}

impl Examiner<'_> {
    /// Signs in afresh, lists terminals and wallets, and asks a terminal for its last transaction, which needs the right
    /// key and moves no money: the wanted one, else a connected one.
    pub(crate) async fn account(&self, wanted: Option<&str>, told: &Told) -> CheckReport {
        let mut report = CheckReport {
            steps: Vec::new(),
            terminals: Vec::new(),
            channels: Vec::new(),
        };
        let mut note = |step, finding: Finding| {
            told(step, &finding);
            report.steps.push((step, finding));
        };
        if let Err(error) = self.client.sign_in().await {
            note(CheckStep::SignIn, Finding::Failed(Problem::Call(error)));
            for step in [CheckStep::Terminals, CheckStep::Channels, CheckStep::Signature] {
                note(step, Finding::Skipped);
            }
            return report;
        }
        note(CheckStep::SignIn, Finding::Ok(String::new()));
        let (terminals, finding) = match self.client.terminals().await {
            Ok(terminals) if terminals.is_empty() => (terminals, Finding::Open(Problem::NoTerminals)),
            Ok(terminals) => {
                let count = terminals.len().to_string();
                (terminals, Finding::Ok(count))
            }
            Err(error) => (Vec::new(), Finding::Failed(Problem::Call(error))),
        };
        note(CheckStep::Terminals, finding);
        let (channels, finding) = self.wallets().await;
        note(CheckStep::Channels, finding);
        let signature = self.key(&terminals, wanted).await;
        note(CheckStep::Signature, signature);
        CheckReport {
            terminals,
            channels,
            ..report
        }
    }

    /// The wallets of the currency.
    pub(crate) async fn wallets(&self) -> (Vec<Channel>, Finding) {
        match self.client.channels(self.currency.code()).await {
            Ok(channels) => {
                let active = channels.iter().filter(|channel| channel.active).count();
                (channels, Finding::Ok(active.to_string()))
            }
            Err(error) => (Vec::new(), Finding::Failed(Problem::Call(error))),
        }
    }

    /// Merchant ID and secret key, by a terminal's answer.
    pub(crate) async fn key(&self, terminals: &[Terminal], wanted: Option<&str>) -> Finding {
        signature(self.client, terminals, wanted, self.clock, self.entropy).await
    }
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
        return Finding::Unknown(String::new());
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
