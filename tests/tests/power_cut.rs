//! The power goes at any write: whatever prefix of the log reached the disk, and however far a checkpoint had come, the
//! database opens, is whole, and never has an answer without its payment, nor forgets what it had committed.

use kaunter_tests::{Counter, Dice, Failure, Outcome, all_payments, copy_of_data};
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;
use till::{JournalKey, PaymentState, Store};
use tokio::sync::oneshot;

const DATABASE: &str = "kaunter.sqlite3";
const LOG: &str = "kaunter.sqlite3-wal";
/// What a disk writes at once, at least.
const SECTOR: usize = 512;
/// SQLite's file format: the log's header, and in front of each page of 4096 bytes the frame's.
const LOG_HEADER: usize = 32;
const FRAME: usize = 24 + 4096;

/// How many ends of a sector are tried inside each frame.
const SECTORS_TRIED: usize = 3;

/// What a till did on one data folder.
struct Past {
    /// The database and the log as the running till had them.
    folder: TempDir,
    /// How long the log was when a state had certainly been committed.
    committed: Vec<(usize, String, PaymentState)>,
}

/// Sales, a decline, a lost one and a void; what was committed when.
async fn business(counter: &Counter) -> Outcome<Past> {
    let log = counter.store.folder().join(LOG);
    let mut changes = counter.checkout.changes();
    let committed = Arc::new(Mutex::new(Vec::new()));
    let (stop, mut stopped) = oneshot::channel::<()>();
    let notes = Arc::clone(&committed);
    let notary = tokio::spawn(async move {
        loop {
            let change = tokio::select! {
                biased;
                change = changes.recv() => change,
                _ = &mut stopped => return Ok::<(), Failure>(()),
            }?;
            // Told after its commit, so the log is at least as long as that needs.
            let length = usize::try_from(fs::metadata(&log)?.len())?;
            let note = (length, change.payment.reference.to_string(), change.payment.state);
            notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
        }
    });
    let sale = counter.checkout.charge(counter.charge("12.50")?).await?;
    counter.settled(&sale.reference).await?;
    counter.script("decline")?;
    let declined = counter
        .checkout
        .charge(counter.charge_of(&counter.ticket("4.20")?)?)
        .await?;
    counter.settled(&declined.reference).await?;
    counter.script("lost-after-charge")?;
    let lost = counter.checkout.charge(counter.charge("7.00")?).await?;
    counter.settled(&lost.reference).await?;
    let void = counter.checkout.void(&sale.reference, None, None).await?;
    counter.settled(&void.reference).await?;
    // The copy comes after the last commit and before anything is closed, so that the log still holds it all.
    let folder = copy_of_data(counter.store.folder())?;
    drop(stop);
    notary.await??;
    let committed = committed.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(Past { folder, committed })
}

fn open(folder: &Path) -> Outcome<Store> {
    let store = Store::open(folder)?;
    store.seal_with(JournalKey::new([1; 64]));
    Ok(store)
}

/// What is left after a cut: a folder with this database and this log.
fn after_the_cut(database: &[u8], log: &[u8]) -> Outcome<TempDir> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join(DATABASE), database)?;
    fs::write(folder.path().join(LOG), log)?;
    Ok(folder)
}

/// Opens what a cut left and looks through it. How many journal entries it has, and the states of the payments.
fn look(folder: &Path, when: &str) -> Outcome<(i64, HashMap<String, PaymentState>)> {
    let wrong = |what: String| Failure::new(format!("{when}: {what}"));
    let store = open(folder).map_err(|error| wrong(format!("{error:?}")))?;
    // Every row in the state that its entries say, every entry's payment there, and no entry altered or missing.
    let (entries, _) = store
        .verify_journal()?
        .map_err(|fault| wrong(fault.to_string()))?;
    let payments = all_payments(&store).map_err(|error| wrong(format!("{error:?}")))?;
    let mut receipts: Vec<i64> = payments.iter().filter_map(|payment| payment.receipt).collect();
    receipts.sort_unstable();
    if !receipts.iter().copied().eq((1..).take(receipts.len())) {
        return Err(wrong(format!("receipts {receipts:?}")));
    }
    for payment in &payments {
        if payment.state != PaymentState::Prepared && payment.sent_at.is_none() {
            return Err(wrong(format!("{} has no moment of sending", payment.reference)));
        }
        let has_receipt = matches!(payment.state, PaymentState::Approved | PaymentState::Voided);
        if has_receipt != payment.receipt.is_some() {
            return Err(wrong(format!(
                "{} is {} with receipt {:?}",
                payment.reference, payment.state, payment.receipt
            )));
        }
    }
    let states = payments
        .into_iter()
        .map(|payment| (payment.reference.to_string(), payment.state));
    Ok((entries, states.collect()))
}

/// How far a payment has come, so that "at least" has a meaning.
const fn progress(state: PaymentState) -> u8 {
    match state {
        PaymentState::Prepared => 0,
        PaymentState::Sent => 1,
        PaymentState::Unknown | PaymentState::Pending => 2,
        PaymentState::Approved
        | PaymentState::Declined
        | PaymentState::NotCharged
        | PaymentState::Overridden(_) => 3,
        PaymentState::Voided => 4,
    }
}

/// Prefixes of a past's log: at each frame's end, and inside each at ends of sectors and at a byte that the dice choose.
fn cut_everywhere(past: &Past, dice: &mut Dice) -> Outcome<usize> {
    let database = fs::read(past.folder.path().join(DATABASE))?;
    let log = fs::read(past.folder.path().join(LOG))?;
    let ends: Vec<usize> = (0..)
        .map(|frame| LOG_HEADER + frame * FRAME)
        .take_while(|end| *end <= log.len())
        .collect();
    let sectors = u64::try_from(FRAME / SECTOR + 1)?;
    let mut before = 0;
    let mut cuts = 0;
    for end in ends {
        let mut lengths = vec![end, end + usize::try_from(dice.below(u64::try_from(FRAME)?))?];
        for _ in 0..SECTORS_TRIED {
            lengths.push(end + usize::try_from(dice.below(sectors))? * SECTOR);
        }
        lengths.retain(|length| *length <= log.len());
        lengths.sort_unstable();
        for length in lengths {
            let folder = after_the_cut(&database, log.get(..length).unwrap_or(&log))?;
            let when = format!("the log cut at byte {length} of {}", log.len());
            let (entries, states) = look(folder.path(), &when)?;
            if entries < before {
                return Err(Failure::new(format!(
                    "{when}: {entries} entries, and with less of it there were {before}"
                )));
            }
            before = entries;
            for (_, reference, state) in past.committed.iter().filter(|(written, ..)| *written <= length) {
                let kept = states
                    .get(reference)
                    .is_some_and(|now| progress(*now) >= progress(*state));
                if !kept {
                    let now = states.get(reference);
                    return Err(Failure::new(format!(
                        "{when}: {reference} was {state}, and is {now:?}"
                    )));
                }
            }
            cuts += 1;
        }
    }
    Ok(cuts)
}

/// Sectors of the last frames that never reached the disk although later ones did.
fn holes(past: &Past, dice: &mut Dice) -> Outcome {
    let database = fs::read(past.folder.path().join(DATABASE))?;
    let log = fs::read(past.folder.path().join(LOG))?;
    for _ in 0..40 {
        let mut torn = log.clone();
        let tail = u64::try_from(FRAME * 4)?;
        let from = (log.len() - usize::try_from(dice.below(tail))?) / SECTOR * SECTOR;
        let until = (from + SECTOR).min(log.len());
        torn[from..until].fill(0);
        let folder = after_the_cut(&database, &torn)?;
        look(folder.path(), &format!("the log without bytes {from} to {until}"))?;
    }
    Ok(())
}

/// The power goes while the log is copied into the database: any of its sectors may be new, in any order, and the log is
/// still there. All must be as it was.
fn cut_the_checkpoint(past: &Past, dice: &mut Dice) -> Outcome {
    let old = fs::read(past.folder.path().join(DATABASE))?;
    let log = fs::read(past.folder.path().join(LOG))?;
    let whole = after_the_cut(&old, &log)?;
    let expected = look(whole.path(), "before the checkpoint")?;
    // Closing the last connection made the checkpoint.
    let new = fs::read(whole.path().join(DATABASE))?;
    if whole.path().join(LOG).exists() || new == old {
        return Err(Failure::new("closing the store made no checkpoint"));
    }
    let sectors = new.len().div_ceil(SECTOR);
    for round in 0..60 {
        let mut torn = old.clone();
        let reached = usize::try_from(dice.below(u64::try_from(sectors)? + 1))?;
        for sector in 0..sectors {
            // In order up to a point, as usual, or here and there, as a disk with a cache of its own may do it.
            let written = if round % 2 == 0 {
                sector < reached
            } else {
                dice.below(2) == 0
            };
            let (from, until) = (sector * SECTOR, ((sector + 1) * SECTOR).min(new.len()));
            if written {
                torn.resize(torn.len().max(until), 0);
                torn[from..until].copy_from_slice(&new[from..until]);
            }
        }
        let folder = after_the_cut(&torn, &log)?;
        let found = look(
            folder.path(),
            &format!("a checkpoint cut at sector {reached} of {sectors}"),
        )?;
        if found != expected {
            return Err(Failure::new(format!(
                "a cut checkpoint changed {expected:?} to {found:?}"
            )));
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_power_cut_at_any_write_leaves_a_whole_database_and_no_answer_without_its_payment() -> Outcome {
    let seed = Dice::seed("KAUNTER_POWER_SEED");
    println!("KAUNTER_POWER_SEED={seed}");
    let mut dice = Dice::new(seed);
    let first = Counter::open().await?;
    let fresh = business(&first).await?;
    let second = first.closed_and_restarted()?;
    let later = business(&second).await?;
    for past in [&fresh, &later] {
        let cuts = cut_everywhere(past, &mut dice)?;
        holes(past, &mut dice)?;
        cut_the_checkpoint(past, &mut dice)?;
        println!("{cuts} cuts of the log");
    }
    Ok(())
}
