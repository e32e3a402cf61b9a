//! Every fault that can be produced here, with every way to pay and both behaviours of getLast, held against the
//! acquirer's book: three zeros, and a table that is kept in `docs/faults.md`.

#[path = "faults/apart.rs"]
mod apart;
#[path = "faults/around.rs"]
mod around;
#[path = "faults/cell.rs"]
mod cell;
#[path = "faults/checks.rs"]
mod checks;
#[path = "faults/codes.rs"]
mod codes;
#[path = "faults/disk.rs"]
mod disk;
#[path = "faults/exchange.rs"]
mod exchange;
#[path = "faults/expected.rs"]
mod expected;
#[path = "faults/list.rs"]
mod list;
#[path = "faults/shop.rs"]
mod shop;
#[path = "faults/table.rs"]
mod table;
#[path = "faults/time.rs"]
mod time;

use checks::Seen;
use cloudecr_simulator::InquiryReference;
use expected::{Way, side};
use kaunter_tests::{Failure, Outcome};
use list::{Fault, Happens};
use std::sync::Arc;
use std::time::Duration;
use table::Row;
use tokio::sync::Semaphore;

const BEHAVIOURS: [InquiryReference; 2] = [InquiryReference::Original, InquiryReference::Inquiry];
/// How many cells are tried at once.
const AT_ONCE: usize = 24;
/// No cell takes this long.
const STUCK: Duration = Duration::from_secs(90);

/// One cell that was tried.
struct Tried {
    fault: usize,
    way: Way,
    reference: InquiryReference,
    seen: Option<Seen>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_fails_the_till_never_says_what_the_book_denies() -> Outcome {
    let faults = Arc::new(list::faults());
    let only = std::env::var("KAUNTER_FAULT").unwrap_or_default();
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut cells = Vec::new();
    for (place, fault) in faults
        .iter()
        .enumerate()
        .filter(|(_, fault)| fault.name.contains(&only))
    {
        for way in Way::ALL {
            for reference in BEHAVIOURS {
                let (faults, room) = (Arc::clone(&faults), Arc::clone(&room));
                // What waits for a locked database does nothing else, so it takes up no room.
                let idle = matches!(fault.happens, Happens::Disk(disk::Trouble::Locked, ..));
                cells.push(tokio::spawn(async move {
                    let _place = if idle {
                        None
                    } else {
                        Some(room.acquire_owned().await?)
                    };
                    let (there, fault_here) = (Arc::clone(&faults), &faults[place]);
                    let tried = apart::apart(move || async move {
                        Ok(tokio::time::timeout(STUCK, cell::run(&there[place], way, reference)).await)
                    })
                    .await?;
                    let named = |why: String| {
                        Failure::new(format!(
                            "{}, {}, {reference:?}: {why}",
                            fault_here.name,
                            way.name()
                        ))
                    };
                    let seen = match tried {
                        Ok(seen) => seen.map_err(|failure| named(failure.to_string()))?,
                        Err(_) => return Err(named("it never ended".to_owned())),
                    };
                    Ok(Tried {
                        fault: place,
                        way,
                        reference,
                        seen,
                    })
                }));
            }
        }
    }
    let coded = tokio::spawn(codes::rows());
    let (mut tried, mut wrong) = (Vec::new(), Vec::new());
    for cell in cells {
        match cell.await? {
            Ok(cell) => tried.push(cell),
            Err(failure) => wrong.push(failure.to_string()),
        }
    }
    wrong.extend(
        tried
            .iter()
            .flat_map(|tried| problems(&faults[tried.fault], tried)),
    );
    let mut rows = rows(&faults, tried);
    if only.is_empty() {
        let (coded, problems) = coded.await??;
        rows.extend(coded);
        wrong.extend(problems);
    }
    println!("{}", table::document(&rows));
    if rows.iter().any(|row| row.ended.contains(&None)) {
        println!("Some faults of the disk were left out: only root can mount a small disk.");
    }
    if !wrong.is_empty() {
        return Err(Failure::new(format!(
            "{} cells are wrong:\n{}",
            wrong.len(),
            wrong.join("\n")
        )));
    }
    if only.is_empty() {
        table::keep(&rows)
    } else {
        Ok(())
    }
}

/// What is wrong with a cell: a broken rule, or another end than it should have.
fn problems(fault: &Fault, tried: &Tried) -> Vec<String> {
    let Some(seen) = &tried.seen else {
        return Vec::new();
    };
    let (state, conflict) = seen.payment.as_ref().map_or(("not started", false), |payment| {
        (payment.state.name(), payment.conflict)
    });
    let mut found = seen.broken.clone();
    if !fault.expected.is(tried.way, tried.reference, state, conflict) {
        found.push(format!(
            "ended {state}{}, should have ended {}",
            if conflict { " in conflict" } else { "" },
            fault.expected.describe(tried.way)
        ));
    }
    let cell = format!("{}, {}, {:?}", fault.name, tried.way.name(), tried.reference);
    found.into_iter().map(|what| format!("{cell}: {what}")).collect()
}

fn rows(faults: &[Fault], tried: Vec<Tried>) -> Vec<Row> {
    let mut cells: Vec<(usize, Way, [Option<Seen>; 2])> = Vec::new();
    for one in tried {
        let same = cells
            .iter()
            .position(|(fault, way, _)| (*fault, *way) == (one.fault, one.way));
        let place = same.unwrap_or_else(|| {
            cells.push((one.fault, one.way, [None, None]));
            cells.len() - 1
        });
        cells[place].2[side(one.reference)] = one.seen;
    }
    cells
        .iter()
        .map(|(place, way, seen)| {
            let fault = &faults[*place];
            Row::of(fault.group, &fault.name, *way, fault.expected, seen)
        })
        .collect()
}
