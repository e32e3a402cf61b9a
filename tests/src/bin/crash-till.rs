//! A till that is there to be killed: it settles what an earlier run left, then sells and voids on every terminal it
//! was given until somebody ends it, and says what its cashier would see as lines of JSON.
//!
//! ```text
//! crash-till --data-dir D --gateway URL --seed N --terminal ID [--terminal ID …] [--recover]
//! ```
//!
//! Credentials come from the environment, as for the `charge` example. It prints `{"ready":true}` when nothing is in
//! question. With `--recover` it ends there, status 0. Status 2: a payment that it cannot settle by itself.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use cloudecr::{Client, Credentials, Gateway, PaymentMethod, SecretKey, SystemClock, TimeLimits};
use kaunter_tests::{Dice, all_payments};
use secrecy::SecretString;
use serde_json::json;
use till::{
    Amount, Change, Charge, Checkout, CheckoutParts, Currency, InquiryTimes, JournalKey, Kind, Payment,
    PaymentState, Reference, Store, SystemEntropy, TicketStatus, safe_to_charge_again,
};
use tokio::sync::Mutex;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// How long finding out may take before it is a case for a person: well past the times below, also on a machine with
/// many such tills.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often one ticket is charged again after a no.
const TRIES: u32 = 3;
/// Nobody is signed in here.
const NOBODY: i64 = 0;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

struct Arguments {
    data_dir: PathBuf,
    gateway: Gateway,
    terminals: Vec<String>,
    seed: u64,
    recover: bool,
}

/// What every terminal's loop works with.
#[derive(Clone)]
struct Shop {
    checkout: Checkout,
    store: Arc<Store>,
    /// The next customer's ticket is opened by one loop at a time.
    counter: Arc<Mutex<()>>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        Err(error) => {
            say(&json!({ "error": error.to_string() }));
            ExitCode::FAILURE
        }
    }
}

/// Whether everything is settled; comes back only with `--recover`, or when something is not.
async fn run() -> Outcome<bool> {
    let arguments = arguments()?;
    let shop = open(&arguments)?;
    let mut changes = shop.checkout.changes();
    shop.checkout.recover().await?;
    for left in shop.store.in_question()? {
        if !is_settled(&shop, &mut changes, &left.reference).await? {
            return Ok(false);
        }
    }
    for terminal in &arguments.terminals {
        shop.checkout.learn_terminal(terminal).await?;
    }
    say(&json!({ "ready": true }));
    if arguments.recover {
        return Ok(true);
    }
    let mut loops = JoinSet::new();
    for (number, terminal) in (0_u64..).zip(arguments.terminals) {
        let dice = Dice::new(arguments.seed.wrapping_add(number));
        loops.spawn(sell(shop.clone(), terminal, dice));
    }
    // A loop ends only with what it cannot settle.
    match loops.join_next().await {
        Some(ended) => ended?.map(|()| false),
        None => Ok(true),
    }
}

fn open(arguments: &Arguments) -> Outcome<Shop> {
    let store = Arc::new(Store::open(&arguments.data_dir)?);
    store.seal_with(JournalKey::new([1; 64]));
    let credentials = Credentials {
        pos_id: std::env::var("KAUNTER_POS_ID")?,
        password: SecretString::from(std::env::var("KAUNTER_PASSWORD")?),
        merchant_id: std::env::var("KAUNTER_MERCHANT_ID")?,
        secret_key: SecretKey::from_string(std::env::var("KAUNTER_SECRET_KEY")?),
    };
    let limits = TimeLimits {
        transfer: Duration::from_millis(800),
        ..TimeLimits::default()
    };
    let client = Client::builder(arguments.gateway.clone(), credentials)
        .limits(limits)
        .request_limit(usize::MAX)
        .build()?;
    let checkout = Checkout::new(CheckoutParts {
        store: Arc::clone(&store),
        client,
        currency: Currency::Myr,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        // The design's timetable, with its proportions kept where they matter: a terminal has finished, and the
        // client has given up, well before its silence counts as proof.
        times: InquiryTimes {
            first: vec![Duration::from_millis(50); 4],
            after_sending: Vec::new(),
            then: Duration::from_millis(150),
            absent_after: Duration::from_millis(1_500),
            absent_apart: Duration::from_millis(300),
            watch: Duration::from_secs(2),
        },
        commit_retry: Duration::from_millis(10),
        wall_limit: Duration::from_secs(5),
        wall_look: Duration::from_millis(100),
    });
    Ok(Shop {
        checkout,
        store,
        counter: Arc::new(Mutex::new(())),
    })
}

/// Sells and voids on one terminal, for good; comes back when a payment cannot be settled.
async fn sell(shop: Shop, terminal: String, mut dice: Dice) -> Outcome<()> {
    let mut changes = shop.checkout.changes();
    loop {
        let settled = match charged_before(&shop, &terminal, &mut dice)? {
            Some(sale) => {
                let void = shop.checkout.void(&sale.reference, None, None).await?;
                is_settled(&shop, &mut changes, &void.reference).await?
            }
            None => serve(&shop, &terminal, &mut changes, &mut dice).await?,
        };
        if !settled {
            return Ok(());
        }
    }
}

/// In one of three rounds a sale that can be voided, if there is one.
fn charged_before(shop: &Shop, terminal: &str, dice: &mut Dice) -> Outcome<Option<Payment>> {
    if dice.below(3) > 0 {
        return Ok(None);
    }
    let mut sales = all_payments(&shop.store).map_err(|failure| failure.to_string())?;
    sales.retain(|sale| {
        sale.kind == Kind::Sale
            && sale.state == PaymentState::Approved
            && !sale.void_in_doubt
            && sale.terminal == terminal
    });
    Ok(dice.one_of(&sales).cloned())
}

/// One customer: charged until they have paid, were told no too often, or it is not known.
async fn serve(
    shop: &Shop,
    terminal: &str,
    changes: &mut Receiver<Change>,
    dice: &mut Dice,
) -> Outcome<bool> {
    let minor = i64::try_from(dice.below(9_000))?.saturating_add(100);
    let amount = Amount::from_minor(minor, Currency::Myr)?;
    let wallet = dice.below(12) == 0;
    let ticket = {
        let _alone = shop.counter.lock().await;
        let now = jiff::Timestamp::now();
        shop.store
            .leave_ticket(Currency::Myr, TicketStatus::Aside, NOBODY, now)?;
        shop.store
            .add_line(Currency::Myr, &till::NewLine::open(amount), true, now)?
    };
    for _ in 0..TRIES {
        let charge = Charge {
            ticket: Some(ticket.id),
            terminal: terminal.to_owned(),
            cash: None,
            extras: till::Extras::default(),
            amount,
            method: if wallet {
                PaymentMethod::QrCustScan
            } else {
                PaymentMethod::BankCard
            },
            channel: wallet.then(|| "tng".to_owned()),
            staff: None,
        };
        let sale = shop.checkout.charge(charge).await?;
        if !is_settled(shop, changes, &sale.reference).await? {
            return Ok(false);
        }
        let sale = shop.checkout.payment(&sale.reference).await?;
        if !safe_to_charge_again(&sale).safe {
            break;
        }
    }
    Ok(true)
}

/// Says every change until a payment is final and saved; whether it became so.
async fn is_settled(shop: &Shop, changes: &mut Receiver<Change>, reference: &Reference) -> Outcome<bool> {
    let until = Instant::now() + PATIENCE;
    loop {
        // Asked after listening began, so that no change falls between.
        let payment = shop.checkout.payment(reference).await?;
        say(&json!({
            "reference": reference.as_str(),
            "kind": payment.kind.name(),
            "state": payment.state.name(),
        }));
        if payment.state.is_final() && shop.checkout.is_saved(reference) {
            return Ok(true);
        }
        loop {
            match tokio::time::timeout_at(until, changes.recv()).await {
                Ok(Ok(change)) if change.payment.reference != *reference => {}
                Ok(Ok(_) | Err(RecvError::Lagged(_))) => break,
                Ok(Err(error @ RecvError::Closed)) => return Err(error.into()),
                Err(_) => {
                    say(&json!({ "stuck": reference.as_str() }));
                    return Ok(false);
                }
            }
        }
    }
}

fn arguments() -> Outcome<Arguments> {
    let (mut data_dir, mut gateway, mut seed) = (None, None, 0);
    let (mut terminals, mut recover) = (Vec::new(), false);
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
            "--terminal" => terminals.push(value),
            "--seed" => seed = value.parse()?,
            other => return Err(format!("{other} is not an option of this program").into()),
        }
    }
    Ok(Arguments {
        data_dir: data_dir.ok_or("--data-dir is needed")?,
        gateway: gateway.ok_or("--gateway is needed")?,
        terminals,
        seed,
        recover,
    })
}

fn say(line: &serde_json::Value) {
    let mut out = std::io::stdout().lock();
    // Nobody reads any more: there is nobody left to tell.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
