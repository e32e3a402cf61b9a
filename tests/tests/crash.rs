//! A till that is killed at any moment: the acquirer's book never shows what the till denies, and what it cannot know
//! it finds out by itself wherever the terminal can tell.
//!
//! `KAUNTER_CRASHES` sets how often a till is killed, `KAUNTER_CRASH_SEED` the dice (the scripts and the moments; what
//! the two sides make of them depends on the machine as well).

#[path = "crash/lane.rs"]
mod lane;
#[path = "crash/tally.rs"]
mod tally;

use cloudecr_simulator::{Config, InquiryReference, PosAccount, Simulator, SystemClock, TerminalSetup};
use kaunter_tests::{Dice, Failure, Outcome};
use lane::{GENERATIONS, Lane, terminals_of};
use std::sync::Arc;
use std::time::Duration;
use tally::Tally;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// How many tills are killed at the same time, for each behaviour of getLast. Each waits most of its time.
const LANES: u64 = 16;
/// How often a till is killed, altogether.
const KILLS: u64 = 1_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_that_is_killed_at_any_moment_never_denies_a_charge_and_never_charges_twice() -> Outcome {
    let seed = Dice::seed("KAUNTER_CRASH_SEED");
    let given = std::env::var("KAUNTER_CRASHES");
    let kills = given.ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    say(&format!("KAUNTER_CRASH_SEED={seed}"))?;
    let mut dice = Dice::new(seed);
    let behaviours = [
        ("the original's reference", InquiryReference::Original),
        ("the question's own reference", InquiryReference::Inquiry),
    ];
    let mut running = JoinSet::new();
    for (name, get_last_reference) in behaviours {
        let (simulator, address) = gateway(get_last_reference).await?;
        for number in 0..LANES {
            let lane = Lane {
                number,
                simulator: simulator.clone(),
                address: address.clone(),
                dice: Dice::new(dice.throw()),
                kills: kills.div_ceil(LANES * 2),
            };
            running.spawn(async move { (name, lane.run().await) });
        }
    }
    let mut tallies = behaviours.map(|(name, _)| (name, Tally::default()));
    while let Some(ended) = running.join_next().await {
        let (name, tally) = ended?;
        let tally = tally?;
        if let Some((_, sum)) = tallies.iter_mut().find(|(known, _)| *known == name) {
            sum.add(tally);
        }
    }
    for (name, tally) in &tallies {
        say(&format!("getLast with {name}: {tally}"))?;
    }
    let wrong: Vec<String> = tallies.into_iter().flat_map(|(_, tally)| tally.wrong).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("seed {seed}:\n  {}", wrong.join("\n  "))))
}

/// A gateway of this behaviour with the terminals of all lanes, and its address.
async fn gateway(get_last_reference: InquiryReference) -> Outcome<(Simulator, String)> {
    let ids = (0..LANES)
        .flat_map(|lane| (0..GENERATIONS).flat_map(move |generation| terminals_of(lane, generation)));
    let terminals = ids.map(|id| TerminalSetup {
        id,
        is_vt: true,
        printer: false,
        bound_to: None,
    });
    let account = |lane: u64| PosAccount {
        pos_id: lane::account_of(lane),
        password: lane::PASSWORD.to_owned(),
    };
    let config = Config {
        get_last_reference,
        terminals: terminals.collect(),
        accounts: (0..LANES).map(account).collect(),
        customer_delay: Duration::from_millis(3),
        ..Config::default()
    };
    let simulator = Simulator::new(config, Arc::new(SystemClock));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = format!("http://{}", listener.local_addr()?);
    tokio::spawn(cloudecr_simulator::serve(listener, simulator.clone()));
    Ok((simulator, address))
}

/// Prints past the capture of passing tests: the figures are for whoever reads the run.
fn say(line: &str) -> Outcome {
    use std::io::Write;
    Ok(writeln!(std::io::stderr(), "{line}")?)
}
