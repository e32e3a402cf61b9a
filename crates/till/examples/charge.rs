//! The smallest program on the library: settles what an earlier run left, charges once, finds out by itself, and says
//! every state change as a line of JSON.
//!
//! ```text
//! cargo run -p till --example charge -- --data-dir D --gateway URL --terminal ID --amount 12.50 [--method bankCard] [--channel NAME]
//! cargo run -p till --example charge -- --data-dir D --gateway URL --recover
//! ```
//!
//! Credentials come from `KAUNTER_POS_ID`, `KAUNTER_PASSWORD`, `KAUNTER_MERCHANT_ID` and `KAUNTER_SECRET_KEY`; tokens are
//! kept in memory only. Exit status: 0 final, 2 still open, 3 the terminal is held, 1 anything else.

use std::collections::HashSet;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use cloudecr::{Client, Credentials, Gateway, PaymentMethod, SecretKey, SystemClock};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::SecretString;
use serde_json::json;
use sha2::Sha512;
use till::{
    Amount, Change, Charge, Checkout, CheckoutError, CheckoutParts, Currency, InquiryTimes, JournalKey,
    Payment, PaymentState, Reference, Store, StoreError, SystemEntropy, safe_to_charge_again,
};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::Instant;

/// How long to find out before giving up for this run.
const PATIENCE: Duration = Duration::from_secs(150);

struct Arguments {
    data_dir: PathBuf,
    gateway: Gateway,
    charge: Option<Charge>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(code) => code,
        Err(error) => {
            let (status, code) = match error.downcast_ref::<CheckoutError>() {
                Some(CheckoutError::Store(StoreError::TerminalHeld(_))) => (3, "terminal_held"),
                Some(_) => (1, "not_started"),
                None => (1, "failed"),
            };
            print(&json!({ "error": { "code": code, "message": error.to_string() } }));
            ExitCode::from(status)
        }
    }
}

async fn run() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = arguments()?;
    let secret_key = variable("KAUNTER_SECRET_KEY")?;
    let store = Arc::new(Store::open(&arguments.data_dir)?);
    store.seal_with(journal_key(&secret_key)?);
    let credentials = Credentials {
        pos_id: variable("KAUNTER_POS_ID")?,
        password: SecretString::from(variable("KAUNTER_PASSWORD")?),
        merchant_id: variable("KAUNTER_MERCHANT_ID")?,
        secret_key: SecretKey::from_string(secret_key),
    };
    let client = Client::builder(arguments.gateway, credentials).build()?;
    let checkout = Checkout::new(CheckoutParts {
        store: Arc::clone(&store),
        client: client.clone(),
        currency: Currency::Myr,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        times: InquiryTimes::default(),
        commit_retry: Duration::from_secs(1),
        wall_limit: Duration::from_secs(85),
        wall_look: Duration::from_secs(1),
    });
    let outcome = settle_and_charge(&checkout, &store, arguments.charge).await;
    // A session that nobody resumes would keep the next run out (40314); failing to end it changes nothing here.
    let _ = client.sign_out().await;
    outcome
}

async fn settle_and_charge(
    checkout: &Checkout,
    store: &Store,
    charge: Option<Charge>,
) -> Result<ExitCode, Box<dyn Error>> {
    let until = Instant::now() + PATIENCE;
    let mut changes = checkout.changes();
    checkout.recover().await?;
    let left: HashSet<Reference> = store
        .in_question()?
        .into_iter()
        // Before a charge only what holds its terminal is waited for; a pending wallet does not.
        .filter(|payment| {
            charge.as_ref().is_none_or(|charge| {
                payment.state == PaymentState::Unknown && payment.terminal == charge.terminal
            })
        })
        .map(|payment| payment.reference)
        .collect();
    let settled = follow(&mut changes, left, until).await?;
    let Some(charge) = charge else {
        return Ok(status(settled));
    };
    let payment = checkout.charge(charge).await?;
    let settled = follow(&mut changes, HashSet::from([payment.reference]), until).await?;
    Ok(status(settled))
}

fn status(settled: bool) -> ExitCode {
    if settled {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    }
}

/// Prints every change until all of `open` are final and saved, or the patience ends; says whether they are.
async fn follow(
    changes: &mut Receiver<Change>,
    mut open: HashSet<Reference>,
    until: Instant,
) -> Result<bool, Box<dyn Error>> {
    // What happened before is in the channel already, so nothing is missed by starting to read here.
    let mut shown = None;
    while !open.is_empty() {
        match tokio::time::timeout_at(until, changes.recv()).await {
            Ok(Ok(Change { payment, saved, .. })) => {
                let state = (
                    payment.reference.clone(),
                    payment.state,
                    safe_to_charge_again(&payment).safe,
                );
                if shown.as_ref() != Some(&state) {
                    say(&payment);
                    shown = Some(state);
                }
                if saved && payment.state.is_final() {
                    open.remove(&payment.reference);
                }
            }
            Ok(Err(RecvError::Lagged(_))) => {}
            Ok(Err(error @ RecvError::Closed)) => return Err(error.into()),
            Err(_) => return Ok(false),
        }
    }
    Ok(true)
}

fn say(payment: &Payment) {
    print(&json!({
        "reference": payment.reference.as_str(),
        "state": payment.state.name(),
        "safeToChargeAgain": safe_to_charge_again(payment).safe,
    }));
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let (mut data_dir, mut gateway, mut terminal, mut amount, mut channel) = (None, None, None, None, None);
    let mut method = PaymentMethod::BankCard;
    let mut recover = false;
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        if name == "--recover" {
            recover = true;
            continue;
        }
        let value = given.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--data-dir" => data_dir = Some(PathBuf::from(value)),
            "--gateway" => gateway = Some(Gateway::at(&value)?),
            "--terminal" => terminal = Some(value),
            "--amount" => amount = Some(Amount::parse_decimal(&value, Currency::Myr)?.positive()?),
            "--method" => method = value.parse()?,
            "--channel" => channel = Some(value),
            other => return Err(format!("{other} is not an option of this program").into()),
        }
    }
    let charge = match (recover, terminal, amount) {
        (true, _, None) => None,
        (false, Some(terminal), Some(amount)) => Some(Charge {
            ticket: None,
            terminal,
            amount,
            cash: None,
            extras: till::Extras::default(),
            method,
            channel,
            staff: None,
        }),
        _ => return Err("give --terminal and --amount to charge, or --recover to settle only".into()),
    };
    Ok(Arguments {
        data_dir: data_dir.ok_or("--data-dir is needed: the folder for the local database")?,
        gateway: gateway.ok_or("--gateway is needed: the address of the gateway or the simulator")?,
        charge,
    })
}

fn variable(name: &str) -> Result<String, Box<dyn Error>> {
    std::env::var(name).map_err(|_| format!("set the environment variable {name}").into())
}

/// A key for the journal that is the same in every run, without a keyring.
fn journal_key(secret_key: &str) -> Result<JournalKey, Box<dyn Error>> {
    let mut mac = Hmac::<Sha512>::new_from_slice(secret_key.as_bytes())?;
    mac.update(b"the journal of examples/charge");
    Ok(JournalKey::new(mac.finalize().into_bytes().into()))
}

fn print(line: &serde_json::Value) {
    let mut out = std::io::stdout().lock();
    // Nobody reads any more: there is nobody left to tell.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
