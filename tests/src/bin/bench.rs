//! What the till itself costs a sale: from the call to the request on the wire, and from the answer to the verdict
//! committed – beside a bare POST of such a request to the same gateway, and beside bare fsyncs in the same folder. An
//! empty store and one with a million payments take turns, so that a busy machine is equally busy for both.
//!
//! `KAUNTER_BENCH_PAYMENTS` and `KAUNTER_BENCH_ROUNDS` set how many payments and rounds. Exit status 1: a target is
//! missed.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cloudecr::{Client, Clock, Gateway, Order, PaymentMethod, SystemClock, WireAmount};
use cloudecr_simulator::{Config, Simulator};
use kaunter_tests::{Failure, Outcome};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tempfile::TempDir;
use till::{
    Amount, Charge, Checkout, CheckoutParts, Currency, InquiryTimes, JournalKey, PaymentState, Reference,
    Store, SystemEntropy,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The payments in the full store.
const PAYMENTS: i64 = 1_000_000;
/// Sales that are measured on each store.
const ROUNDS: usize = 300;
/// Rounds before that, so that everything is loaded.
const WARM_UP: usize = 20;
/// The fsyncs that the invariants need: prepared, sent, answered.
const COMMITS: u32 = 3;
/// What a sale may cost besides those, and besides a bare request.
const ALLOWED: Duration = Duration::from_millis(1);

/// When the wire between till and gateway last carried something.
#[derive(Default)]
struct Wire {
    request: Option<Instant>,
    answer: Option<Instant>,
}

type Seen = Arc<Mutex<Wire>>;

/// A till on a folder of its own.
struct Shop {
    checkout: Checkout,
    client: Client,
    terminal: &'static str,
    folder: TempDir,
}

/// What each round took.
#[derive(Default)]
struct Times {
    empty: Vec<Duration>,
    full: Vec<Duration>,
    bare: Vec<Duration>,
    fsync: Vec<Duration>,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Outcome<bool> {
    let setting = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<usize>().ok())
    };
    let rounds = setting("KAUNTER_BENCH_ROUNDS").unwrap_or(ROUNDS);
    let payments = setting("KAUNTER_BENCH_PAYMENTS").map_or(Ok(PAYMENTS), i64::try_from)?;
    let simulator = Simulator::new(Config::default(), Arc::new(SystemClock));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let gateway = listener.local_addr()?;
    tokio::spawn(cloudecr_simulator::serve(listener, simulator.clone()));
    let seen = Seen::default();
    let front = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = format!("http://{}", front.local_addr()?);
    tokio::spawn(watch(front, gateway, Arc::clone(&seen)));

    let empty = open(&simulator, &address, "VT-0001", 0)?;
    eprintln!("writing {payments} payments …");
    let began = Instant::now();
    let full = open(&simulator, &address, "VT-0002", payments)?;
    eprintln!("written in {} s", began.elapsed().as_secs());
    let bare = Bare::sign_in(&simulator, &address).await?;
    // How much one of the till's commits writes: what the first sale made the log longer by.
    let log = empty.folder.path().join("kaunter.sqlite3-wal");
    let before = std::fs::metadata(&log)?.len();
    sale(&empty, &seen).await?;
    let written = usize::try_from(std::fs::metadata(&log)?.len().saturating_sub(before))?;
    let commit = vec![7; written.checked_div(usize::try_from(COMMITS)?).unwrap_or(0)];
    let mut times = Times::default();
    for round in 0..rounds + WARM_UP {
        let one = [
            sale(&empty, &seen).await?,
            sale(&full, &seen).await?,
            bare.post(&empty.client, &seen).await?,
            fsync(empty.folder.path(), &commit)?,
        ];
        if round >= WARM_UP {
            let [empty, full, bare, fsync] = one;
            times.empty.push(empty);
            times.full.push(full);
            times.bare.push(bare);
            times.fsync.push(fsync);
        }
    }
    eprintln!("a commit of the till writes {} bytes", commit.len());
    report(times, payments)
}

/// Passes everything on between till and gateway, and notes when a transfer's first byte came and its answer left.
async fn watch(front: TcpListener, gateway: std::net::SocketAddr, seen: Seen) -> Outcome {
    loop {
        let (till, _) = front.accept().await?;
        let upstream = TcpStream::connect(gateway).await?;
        till.set_nodelay(true)?;
        upstream.set_nodelay(true)?;
        let (mut from_till, mut to_till) = till.into_split();
        let (mut from_gateway, mut to_gateway) = upstream.into_split();
        let (there, back) = (Arc::clone(&seen), Arc::clone(&seen));
        tokio::spawn(async move {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(length @ 1..) = from_till.read(&mut buffer).await {
                let now = Instant::now();
                lock(&there).request.get_or_insert(now);
                if to_gateway
                    .write_all(buffer.get(..length).unwrap_or_default())
                    .await
                    .is_err()
                {
                    return;
                }
            }
            let _ = to_gateway.shutdown().await;
        });
        tokio::spawn(async move {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(length @ 1..) = from_gateway.read(&mut buffer).await {
                lock(&back).answer = Some(Instant::now());
                if to_till
                    .write_all(buffer.get(..length).unwrap_or_default())
                    .await
                    .is_err()
                {
                    return;
                }
            }
            let _ = to_till.shutdown().await;
        });
    }
}

fn lock(seen: &Seen) -> std::sync::MutexGuard<'_, Wire> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open(simulator: &Simulator, address: &str, terminal: &'static str, payments: i64) -> Outcome<Shop> {
    // Beside the build's own files: a folder for temporary ones may lie in memory, where an fsync is free.
    let here = std::env::current_exe()?;
    let folder = tempfile::tempdir_in(here.parent().unwrap_or(Path::new(".")))?;
    let store = Arc::new(Store::open(folder.path())?);
    store.seal_with(JournalKey::new([1; 64]));
    store.fill(payments, terminal, SystemClock.now(), &SystemEntropy)?;
    let client = Client::builder(Gateway::at(address)?, simulator.credentials()).build()?;
    let checkout = Checkout::new(CheckoutParts {
        store,
        client: client.clone(),
        currency: Currency::Myr,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        times: InquiryTimes::default(),
        commit_retry: Duration::from_secs(1),
        wall_limit: Duration::from_secs(85),
        wall_look: Duration::from_secs(1),
    });
    Ok(Shop {
        checkout,
        client,
        terminal,
        folder,
    })
}

/// The time of one exchange that the wire and the gateway had no part in.
fn own(began: Instant, ended: Instant, seen: &Seen) -> Outcome<Duration> {
    let wire = std::mem::take(&mut *lock(seen));
    let (Some(request), Some(answer)) = (wire.request, wire.answer) else {
        return Err(Failure::new("nothing was seen on the wire"));
    };
    Ok(request.saturating_duration_since(began) + ended.saturating_duration_since(answer))
}

/// One sale, from the call until its approval is committed and told.
async fn sale(shop: &Shop, seen: &Seen) -> Outcome<Duration> {
    let mut changes = shop.checkout.changes();
    // A session is there before a customer is.
    shop.client.ready().await?;
    let _ = std::mem::take(&mut *lock(seen));
    let charge = Charge {
        ticket: None,
        terminal: shop.terminal.to_owned(),
        cash: None,
        extras: till::Extras::default(),
        amount: Amount::from_minor(1_250, Currency::Myr)?,
        method: PaymentMethod::BankCard,
        channel: None,
        staff: None,
    };
    let began = Instant::now();
    shop.checkout.charge(charge).await?;
    loop {
        let change = changes.recv().await?;
        if change.payment.state.is_final() && change.saved {
            let ended = Instant::now();
            if change.payment.state != PaymentState::Approved {
                return Err(Failure::new(format!("a sale was {}", change.payment.state)));
            }
            return own(began, ended, seen);
        }
    }
}

/// The same request without a till.
struct Bare {
    http: reqwest::Client,
    address: String,
    token: String,
}

impl Bare {
    async fn sign_in(simulator: &Simulator, address: &str) -> Outcome<Self> {
        let who = simulator.credentials();
        // A connection of its own for each request, as the till does it.
        let http = reqwest::Client::builder()
            .no_proxy()
            .pool_max_idle_per_host(0)
            .build()?;
        let login = json!({ "posId": who.pos_id, "password": who.password.expose_secret() });
        let answer: Value = http
            .post(format!("{address}/auth/login"))
            .json(&login)
            .send()
            .await?
            .json()
            .await?;
        let token = answer["access"]["token"]
            .as_str()
            .ok_or_else(|| Failure::new(format!("the gateway gave no token: {answer}")))?;
        Ok(Self {
            http,
            address: address.to_owned(),
            token: token.to_owned(),
        })
    }

    async fn post(&self, client: &Client, seen: &Seen) -> Outcome<Duration> {
        let now = SystemClock.now();
        let reference = Reference::new(now, &SystemEntropy)?;
        let order = Order::Sale {
            amount: WireAmount::from_hundredths(1_250)?,
            method: PaymentMethod::BankCard,
            channel: None,
            extras: cloudecr::Extras {
                metadata: Some(reference.to_string()),
                ..cloudecr::Extras::default()
            },
        };
        let prepared = client.prepare(reference.as_str(), "TM-0003", &order, now)?;
        let request = self
            .http
            .post(format!("{}/api/transfer", self.address))
            .bearer_auth(&self.token)
            .header("content-type", "application/json")
            .body(prepared.body().to_owned());
        let _ = std::mem::take(&mut *lock(seen));
        let began = Instant::now();
        let answer = request.send().await?.text().await?;
        let ended = Instant::now();
        if !answer.contains("\"00\"") {
            return Err(Failure::new(format!("a bare request was answered: {answer}")));
        }
        own(began, ended, seen)
    }
}

/// What a commit cannot do without: as many bytes as one of the till's appended, and on the disk.
fn fsync(folder: &Path, bytes: &[u8]) -> Outcome<Duration> {
    let mut file = File::options()
        .create(true)
        .append(true)
        .open(folder.join("fsync"))?;
    let began = Instant::now();
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(began.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// `one` in hundredths of `other`, as a ratio.
fn ratio(one: Duration, other: Duration) -> String {
    let hundredths = (one.as_micros() * 100)
        .checked_div(other.as_micros())
        .unwrap_or(0);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn report(times: Times, payments: i64) -> Outcome<bool> {
    let rounds = times.bare.len();
    let bare = median(times.bare);
    let fsyncs = median(times.fsync) * COMMITS;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "median of {rounds} rounds, the wire and the gateway left out"
    )?;
    writeln!(
        out,
        "{:<34}{:>10}{:>14}{:>16}{:>14}",
        "", "µs", "of bare POST", "of 3 fsyncs", "besides both"
    )?;
    let mut good = true;
    let mut costs = Vec::new();
    for (name, all) in [
        ("a sale, empty store".to_owned(), times.empty),
        (format!("a sale, {payments} payments"), times.full),
    ] {
        let cost = median(all);
        let besides = cost.saturating_sub(bare + fsyncs);
        good &= besides <= ALLOWED;
        costs.push(cost);
        writeln!(
            out,
            "{name:<34}{:>10}{:>14}{:>16}{:>11} µs",
            cost.as_micros(),
            ratio(cost, bare),
            ratio(cost, fsyncs),
            besides.as_micros()
        )?;
    }
    writeln!(out, "{:<34}{:>10}", "a bare POST", bare.as_micros())?;
    writeln!(out, "{:<34}{:>10}", "3 bare fsyncs", fsyncs.as_micros())?;
    // A tenth is what two medians of the same thing differ by here.
    if let [empty, full] = costs[..] {
        let slower = full > empty + empty / 10;
        good &= !slower;
        writeln!(
            out,
            "full beside empty: {}{}",
            ratio(full, empty),
            if slower { ", slower" } else { "" }
        )?;
    }
    writeln!(
        out,
        "{}",
        if good {
            "within the target"
        } else {
            "the target is missed"
        }
    )?;
    Ok(good)
}
