//! One cell of the table: one fault, one way to pay, one behaviour of getLast – and what came of it.

use super::checks::{Before, Checks, Seen};
use super::disk::{Disk, Folder, Trouble};
use super::expected::Way;
use super::list::{Commit, Fault, Happens};
use super::shop::{Host, Patience, ROUNDS, Shop, TERMINAL, found_out, next, sale};
use cloudecr_simulator::InquiryReference;
use kaunter_tests::{Failure, Outcome};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use till::{Checkout, CheckoutError, Payment, PaymentState, StoreError};

/// How long the computer is suspended, in seconds.
const SUSPENDED: i64 = 600;
/// How long before the fault the terminal's last transaction was, in seconds.
const LATER: i64 = 60;

/// Tries a fault. Nothing where this machine cannot produce it.
///
/// # Errors
/// When something else than the fault goes wrong.
pub(crate) async fn run(fault: &Fault, way: Way, reference: InquiryReference) -> Outcome<Option<Seen>> {
    let mut host = Host::open(reference).await?;
    let patience = match &fault.happens {
        Happens::Script(_, patience) => *patience,
        Happens::Suspended(_) => Patience {
            transfer: Duration::from_secs(3),
            ..Patience::LONG
        },
        _ => Patience::LONG,
    };
    let folder = match &fault.happens {
        Happens::Disk(Trouble::Full, ..) => match Folder::small()? {
            Some(folder) => folder,
            None => return Ok(None),
        },
        _ => Folder::ordinary()?,
    };
    let shop = Shop::open(&host, 0, patience, folder)?;
    match &fault.happens {
        Happens::TillClock(seconds, _) => shop.clock.set_ahead(*seconds),
        Happens::GatewayClock(seconds, _) => host.simulator.set_clock_offset(*seconds),
        _ => {}
    }
    let before = Before::of(&shop, way).await?;
    // What was before was a minute before: terminals write down seconds, and no two payments share one.
    host.clock.go_by(LATER);
    shop.clock.go_by(LATER);
    let checks = Checks::begin(&shop, &host.simulator, way, before);
    let payment = happen(&fault.happens, &checks, &mut host, &shop).await?;
    let mut seen = checks.end(payment).await?;
    if let Happens::Turns(_) = fault.happens {
        seen = turned(&checks, &host, &shop, seen).await?;
    } else {
        checks.again(&host, &mut seen).await?;
    }
    checks.journal(&mut seen)?;
    Ok(Some(seen))
}

async fn happen(
    happens: &Happens,
    checks: &Checks<'_>,
    host: &mut Host,
    shop: &Shop,
) -> Outcome<Option<Payment>> {
    let step = match happens {
        Happens::Script(step, _)
        | Happens::Questions(step, _)
        | Happens::Turns(step)
        | Happens::TillClock(_, step)
        | Happens::GatewayClock(_, step)
        | Happens::Suspended(step)
        | Happens::OtherTill(step)
        | Happens::Disk(_, _, step) => step,
        Happens::Refused
        | Happens::Nameless
        | Happens::NoTls
        | Happens::SessionEnded
        | Happens::Restarted
        | Happens::TillSet(_)
        | Happens::GatewaySet(_) => &json!([]),
    };
    host.script(step)?;
    let payment = match happens {
        Happens::Script(..) | Happens::Turns(_) | Happens::TillClock(..) | Happens::GatewayClock(..) => {
            plainly(checks, &shop.checkout).await?
        }
        Happens::Questions(_, questions) => {
            host.questions(questions)?;
            plainly(checks, &shop.checkout).await?
        }
        Happens::Refused => {
            host.close().await;
            let payment = plainly(checks, &shop.checkout).await;
            host.reopen().await?;
            payment?
        }
        Happens::Nameless => plainly(checks, &shop.by_way_of("https://kaunter.invalid")?).await?,
        Happens::NoTls => plainly(checks, &shop.by_way_of(&host.address("https"))?).await?,
        Happens::SessionEnded => {
            host.simulator.end_sessions(None);
            plainly(checks, &shop.checkout).await?
        }
        Happens::Restarted => {
            host.simulator.restart();
            plainly(checks, &shop.checkout).await?
        }
        Happens::TillSet(seconds) => {
            shop.clock.go_by(*seconds);
            plainly(checks, &shop.checkout).await?
        }
        Happens::GatewaySet(seconds) => {
            host.simulator.set_clock_offset(*seconds);
            plainly(checks, &shop.checkout).await?
        }
        Happens::Suspended(step) => suspended(checks, shop, step).await?,
        Happens::OtherTill(_) => beside_another(checks, host, shop).await?,
        Happens::Disk(trouble, commit, _) => {
            let disk = Disk::of(&shop.folder, *trouble);
            return on_a_bad_disk(checks, shop, &disk, *commit).await;
        }
    };
    Ok(Some(payment))
}

async fn plainly(checks: &Checks<'_>, checkout: &Checkout) -> Outcome<Payment> {
    let mut changes = checkout.changes();
    let started = checks.start(checkout).await?;
    found_out(checkout, &mut changes, &started.reference, ROUNDS).await
}

async fn suspended(checks: &Checks<'_>, shop: &Shop, step: &Value) -> Outcome<Payment> {
    let mut changes = shop.checkout.changes();
    let started = checks.start(&shop.checkout).await?;
    next(&mut changes, &started.reference, |change| {
        change.payment.state == PaymentState::Sent
    })
    .await?;
    if step["lose"]["at"] == "gateway-to-pos" {
        checks.moved_by(&started).await;
    }
    shop.clock.go_by(SUSPENDED);
    found_out(&shop.checkout, &mut changes, &started.reference, ROUNDS).await
}

async fn beside_another(checks: &Checks<'_>, host: &Host, shop: &Shop) -> Outcome<Payment> {
    let other = Shop::open(host, 1, Patience::LONG, Folder::ordinary()?)?;
    host.questions(&json!(vec!["offline"; 200]))?;
    let mut changes = shop.checkout.changes();
    let started = checks.start(&shop.checkout).await?;
    next(&mut changes, &started.reference, |change| {
        change.payment.state == PaymentState::Unknown
    })
    .await?;
    let mut theirs = other.checkout.changes();
    let sold = other.checkout.charge(sale("12.50", None)?).await?;
    let sold = found_out(&other.checkout, &mut theirs, &sold.reference, ROUNDS).await?;
    if sold.state != PaymentState::Approved {
        return Err(Failure::new(format!("the other till's sale is {}", sold.state)));
    }
    host.questions(&json!([]))?;
    let mut changes = shop.checkout.changes();
    found_out(&shop.checkout, &mut changes, &started.reference, ROUNDS).await
}

/// The clock is looked at twice before the payment is prepared, once before it is committed as sent, and once more
/// before its request can have left.
async fn on_a_bad_disk(
    checks: &Checks<'_>,
    shop: &Shop,
    disk: &Disk,
    commit: Commit,
) -> Outcome<Option<Payment>> {
    let mut changes = shop.checkout.changes();
    let begin = || {
        let disk = disk.clone();
        move || disk.begin()
    };
    match commit {
        Commit::Prepared => disk.begin(),
        Commit::Sent => shop.clock.at_look(3, begin()),
        Commit::Answer => shop.clock.at_look(4, begin()),
        Commit::Evidence => {
            // A round of questions looks at the clock as it asks, as it writes its entry, and as it learns from the answer.
            let store = Arc::clone(&shop.store);
            let is_unknown = move || {
                let open = store.in_question();
                open.is_ok_and(|open| open.iter().any(|payment| payment.state == PaymentState::Unknown))
            };
            shop.clock.at_look_since(is_unknown, 1, begin());
            let ended = disk.clone();
            shop.clock.at_look(3, move || drop(ended.end()));
        }
    }
    let started = match checks.try_start(&shop.checkout).await {
        Ok(started) => started,
        Err(CheckoutError::Store(StoreError::Busy | StoreError::Full)) if commit == Commit::Prepared => {
            disk.end()?;
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    if commit != Commit::Evidence {
        let shown = next(&mut changes, &started.reference, |change| !change.saved)
            .await?
            .payment
            .state;
        let right = match commit {
            Commit::Sent => PaymentState::NotCharged,
            Commit::Prepared | Commit::Answer | Commit::Evidence => PaymentState::Unknown,
        };
        if shown != right {
            checks.broken(format!("shown as {shown} while it could not be saved"));
        }
        disk.end()?;
    }
    let payment = found_out(&shop.checkout, &mut changes, &started.reference, ROUNDS).await?;
    disk.end()?;
    if shop.clock.has_traps() {
        return Err(Failure::new("the disk's trouble never came"));
    }
    Ok(Some(payment))
}

/// The acquirer changes its mind, and the next question to the terminal (about a sale whose request is lost) shows it.
async fn turned(checks: &Checks<'_>, host: &Host, shop: &Shop, seen: Seen) -> Outcome<Seen> {
    host.simulator.turn_now(TERMINAL)?;
    host.script(&json!({"lose": {"at": "pos-to-gateway", "how": "reset"}}))?;
    let mut changes = shop.checkout.changes();
    let asking = shop.checkout.charge(sale("2.00", None)?).await?;
    found_out(&shop.checkout, &mut changes, &asking.reference, 4).await?;
    checks.after_turning(seen).await
}
