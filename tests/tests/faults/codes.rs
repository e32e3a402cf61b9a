//! Every code of the three tables, each met by every way to pay: it ends as its table says.

use super::BEHAVIOURS;
use super::apart::apart;
use super::disk::Folder;
use super::expected::{Class, Way, side};
use super::shop::{Host, Patience, Shop, found_out, sale};
use super::table::Row;
use cloudecr::codes::{self, ChannelKind, Money, ResponseMoney};
use cloudecr_simulator::{EntryStatus, InquiryReference};
use kaunter_tests::{Failure, Outcome};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use till::{Amount, Charge, Currency, HandDecision, Payment, PaymentState, Role, safe_to_charge_again};

const GROUP: &str = "Every code of the tables";
/// Rounds of questions after which an open payment stays open; enough for the proof of absence.
const ROUNDS: usize = 12;

/// Some codes of one table that should end alike.
struct Sort {
    name: String,
    steps: Vec<(String, Value)>,
    charged: bool,
    class: Class,
}

/// How the payments of a sort ended, with how many each.
type Ends = BTreeMap<String, usize>;

/// The rows of all codes, and what is wrong with them.
///
/// # Errors
/// When a payment could not be made at all.
pub(crate) async fn rows() -> Outcome<(Vec<Row>, Vec<String>)> {
    let mut tasks = Vec::new();
    for way in Way::ALL {
        for reference in BEHAVIOURS {
            tasks.push((way, reference, tokio::spawn(apart(move || all(way, reference)))));
        }
    }
    let (mut rows, mut wrong) = (BTreeMap::new(), Vec::new());
    for (at, (way, reference, task)) in tasks.into_iter().enumerate() {
        let (ends, problems) = task.await??;
        let named = |why| format!("{}, {reference:?}: {why}", way.name());
        wrong.extend(problems.into_iter().map(named));
        for (place, (sort, ends)) in sorts(way).into_iter().zip(ends).enumerate() {
            let row = rows.entry((place, at / BEHAVIOURS.len())).or_insert_with(|| Row {
                group: GROUP,
                fault: format!("{} ({})", sort.name, sort.steps.len()),
                way,
                expected: sort.class.state(way).to_owned(),
                book: way.book(sort.charged).to_owned(),
                ended: [None, None],
            });
            let ends: Vec<String> = ends
                .iter()
                .map(|(end, count)| format!("{count} × {end}"))
                .collect();
            row.ended[side(reference)] = Some(ends.join(", "));
        }
    }
    Ok((rows.into_values().collect(), wrong))
}

fn sorts(way: Way) -> Vec<Sort> {
    let (mut sorts, mut of_voids) = (Vec::new(), Vec::new());
    for (money, name) in [
        (Money::NotActedOn, "errors that come before the terminal"),
        (Money::Declined, "errors that are a definite no"),
        (Money::Check, "errors that are a no to be asked about"),
        (Money::Unknown, "errors that leave it open"),
        (Money::NotApplicable, "errors that do not belong to a payment"),
    ] {
        let charges: &[bool] = match money {
            Money::NotActedOn | Money::Declined => &[false],
            Money::Check | Money::Unknown | Money::NotApplicable => &[false, true],
        };
        for &charged in charges {
            let listed = codes::errors().iter().filter(|row| row.money == money);
            let (may_be_voided, others): (Vec<u32>, Vec<u32>) = listed
                .map(|row| row.code)
                .partition(|code| way == Way::Void && [40029, 40410].contains(code));
            let class = match (money, charged) {
                (_, true) => Class::Approved,
                (Money::NotActedOn, _) => Class::NotCharged,
                (Money::Declined | Money::Check, _) => Class::Declined,
                (Money::Unknown | Money::NotApplicable, _) => Class::Absent,
            };
            let sort = |codes: Vec<u32>, class, more| {
                let steps = codes
                    .into_iter()
                    .map(|code| (code.to_string(), refusal(code, charged)));
                Sort {
                    name: format!("{name}{more}, {}", way.book(charged)),
                    steps: steps.collect(),
                    charged,
                    class,
                }
            };
            sorts.push(sort(others, class, ""));
            if !may_be_voided.is_empty() {
                of_voids.push(sort(may_be_voided, Class::Declined, ", perhaps voided already"));
            }
        }
    }
    let table = if way.is_wallet() {
        ChannelKind::Wallet
    } else {
        ChannelKind::Card
    };
    for (money, name) in [
        (ResponseMoney::Declined, "responses that are a definite no"),
        (ResponseMoney::Check, "responses that are a no to be asked about"),
    ] {
        let listed = codes::responses(table).iter().filter(|row| row.money == money);
        let step = |code: &str| json!({"outcome": "decline", "responseCode": code});
        sorts.push(Sort {
            name: format!("{name}, {}", way.book(false)),
            steps: listed.map(|row| (row.code.to_owned(), step(row.code))).collect(),
            charged: false,
            class: Class::Declined,
        });
    }
    // At the end, so that the sorts that all ways have stand at the same places.
    sorts.append(&mut of_voids);
    sorts
}

/// A refusal with a code. One that blames the token has the request sent once more, so it comes twice.
fn refusal(code: u32, charged: bool) -> Value {
    let at = if charged {
        "gateway-to-pos"
    } else {
        "pos-to-gateway"
    };
    let step = json!({"lose": {"at": at, "how": {"error": {"code": code}}}});
    if (40120..=40124).contains(&code) {
        json!([step, step])
    } else {
        step
    }
}

/// A sale of some time ago: one that is voided in its own second cannot be told from its void by every gateway.
async fn earlier_sale(host: &Host, shop: &Shop) -> Outcome<Payment> {
    const AGO: i64 = 60;
    let sale = charge(shop, sale("3.00", None)?).await?;
    host.clock.go_by(AGO);
    shop.clock.go_by(AGO);
    Ok(sale)
}

async fn all(way: Way, reference: InquiryReference) -> Outcome<(Vec<Ends>, Vec<String>)> {
    let host = Host::open(reference).await?;
    let shop = Shop::open(&host, 0, Patience::LONG, Folder::ordinary()?)?;
    let manager = shop.store.add_staff("Farid", Role::Manager, "")?;
    let mut original = earlier_sale(&host, &shop).await?;
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    for sort in sorts(way) {
        let mut ends = Ends::new();
        for (code, step) in &sort.steps {
            host.script(step)?;
            let payment = if way == Way::Void {
                if shop.checkout.payment(&original.reference).await?.state == PaymentState::Voided {
                    host.script(&json!([]))?;
                    original = earlier_sale(&host, &shop).await?;
                    host.script(step)?;
                }
                let mut changes = shop.checkout.changes();
                let void = shop.checkout.void(&original.reference, None, None).await?;
                found_out(&shop.checkout, &mut changes, &void.reference, ROUNDS).await?
            } else {
                charge(&shop, ordinary(way)?).await?
            };
            let moved = moved(&host, &payment);
            let safe = match way {
                Way::Void => shop.checkout.payment(&original.reference).await?,
                Way::Card | Way::CustomerScans | Way::MerchantScans | Way::CashOut => payment.clone(),
            };
            let safe = safe_to_charge_again(&safe).safe;
            let state = payment.state.name();
            if state != sort.class.state(way) || payment.conflict || moved != sort.charged {
                let book = way.book(moved);
                wrong.push(format!(
                    "code {code}: {state}, the book says {book}: {}",
                    sort.name
                ));
            }
            // Safe is wrong where a charge stands: of this payment, or for a void of its sale.
            if safe && (moved != (way == Way::Void)) {
                wrong.push(format!("code {code}: called safe, and a charge stands"));
            }
            *ends
                .entry(format!("{state}; {}", if safe { "safe" } else { "not safe" }))
                .or_default() += 1;
            decided(&shop, &payment, moved, manager).await?;
        }
        all.push(ends);
    }
    Ok((all, wrong))
}

fn ordinary(way: Way) -> Outcome<Charge> {
    Ok(Charge {
        cash: Some(Amount::from_minor(500, Currency::Myr)?).filter(|_| way == Way::CashOut),
        method: way.method(),
        channel: Some("tng".to_owned()).filter(|_| way == Way::CustomerScans),
        ..sale("3.00", None)?
    })
}

async fn charge(shop: &Shop, charge: Charge) -> Outcome<Payment> {
    let mut changes = shop.checkout.changes();
    let started = shop.checkout.charge(charge).await?;
    found_out(&shop.checkout, &mut changes, &started.reference, ROUNDS).await
}

fn moved(host: &Host, payment: &Payment) -> bool {
    let (named, wanted) = match &payment.original {
        Some(original) => (original, EntryStatus::Voided),
        None => (&payment.reference, EntryStatus::Charged),
    };
    let book = host.simulator.book();
    book.iter()
        .any(|entry| entry.reference_id == named.as_str() && entry.status == wanted)
}

/// Somebody who can look into the book decides what stayed open, so that the terminal is free for the next code.
async fn decided(shop: &Shop, payment: &Payment, charged: bool, manager: i64) -> Outcome {
    if payment.state.is_final() {
        return Ok(());
    }
    let decision = HandDecision::Manager {
        charged,
        manager,
        reason: "As the book says".to_owned(),
    };
    let payment = shop.checkout.decide(&payment.reference, decision).await?;
    if payment.state.is_final() {
        Ok(())
    } else {
        Err(Failure::new("the decision did not settle it"))
    }
}
