//! What Kaunter's window costs beside a blank Tauri window, both as they are shipped, taking turns on the same machine:
//! the start, the memory, a key until its line is painted, the bundle. And the search over fifty thousand items.
//!
//! `KAUNTER_BENCH_STARTS` and `KAUNTER_BENCH_KEYS` set how often. Exit status 1: a target is missed.

mod figures;
mod keys;
mod program;
mod search;
mod start;

use std::io::Write;
use std::process::ExitCode;

use figures::{Row, median, percentile};
use kaunter_tests::Outcome;
use program::{Which, bundle_size};

/// How often each window is started.
const STARTS: usize = 11;
/// How many lines are keyed in.
const KEYS: usize = 60;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("bench-window: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Outcome<bool> {
    let setting = |name: &str, usual| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(usual)
    };
    let mut rows = starts(setting("KAUNTER_BENCH_STARTS", STARTS)).await?;
    rows.extend(keys(setting("KAUNTER_BENCH_KEYS", KEYS)).await?);
    rows.push(
        Row::new("bundle (.deb), KiB", bundle_size(Which::Kaunter)? / 1024)
            .beside(bundle_size(Which::Blank)? / 1024),
    );
    rows.extend(search::measure()?);
    report(&rows)
}

/// Starts and memory, the two programs in turn.
async fn starts(rounds: usize) -> Outcome<Vec<Row>> {
    let mut kaunter = start::Starts::default();
    let mut blank = start::Starts::default();
    let shop = start::Shop::open().await?;
    for round in 0..rounds {
        eprintln!("start {} of {rounds} …", round + 1);
        kaunter.add(shop.start(Which::Kaunter).await?);
        blank.add(shop.start(Which::Blank).await?);
    }
    Ok(vec![
        Row::new("start to the lock screen, ms", median(&kaunter.painted) / 1000)
            .beside(median(&blank.painted) / 1000),
        Row::new("PIN to Sell ready, ms", median(&kaunter.unlocked) / 1000),
        Row::new(
            "start to Sell ready, PIN typed at once, ms",
            median(&kaunter.ready()) / 1000,
        )
        .beside(median(&blank.painted) / 1000)
        .at_most(125),
        Row::new("memory with Sell open, MiB", median(&kaunter.memory) / 1024)
            .beside(median(&blank.memory) / 1024)
            .at_most(130),
    ])
}

async fn keys(count: usize) -> Outcome<Vec<Row>> {
    let kaunter = keys::measure(Which::Kaunter, count).await?;
    let blank = keys::measure(Which::Blank, count).await?;
    let frame = median(&kaunter.frames);
    eprintln!("a frame takes {} µs here", frame);
    Ok(vec![
        Row::new("key to painted line p50, µs", median(&kaunter.painted)).beside(median(&blank.painted)),
        Row::new("key to painted line p99, µs", percentile(&kaunter.painted, 99))
            .beside(percentile(&blank.painted, 99)),
        Row::new(
            "key to painted line p50, µs, beside a frame",
            median(&kaunter.painted),
        )
        .beside(frame)
        .at_most(200),
        Row::new(
            "key to painted amount p50, µs, beside a frame",
            median(&kaunter.echoed),
        )
        .beside(frame)
        .at_most(200),
    ])
}

fn report(rows: &[Row]) -> Outcome<bool> {
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{:<48}{:>10}{:>10}{:>8}  target",
        "", "Kaunter", "beside", "ratio"
    )?;
    for row in rows {
        writeln!(out, "{row}")?;
    }
    let good = rows.iter().all(Row::is_good);
    writeln!(
        out,
        "{}",
        if good {
            "within the targets"
        } else {
            "a target is missed"
        }
    )?;
    Ok(good)
}
