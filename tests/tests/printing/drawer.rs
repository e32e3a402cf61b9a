//! The drawer that is plugged into the printer: it opens once for each time that cash was taken, whatever the paper does.

use crate::shop::{Shop, manager};
use crate::squeezed;
use kaunter_tests::{Failure, Manner, Mark, Outcome, Printer};
use till::print::{PrintTrouble, PrintWhen, Printed};
use till::{
    Change, Decision, EntryKind, NewEntry, PaymentState, Reference, Rounding, Served, Taking, Tender,
};
use tokio::sync::broadcast::Receiver;

/// Takes so much of what is due in cash.
pub(crate) fn cash(shop: &Shop, due: &str, part: &str) -> Outcome<Tender> {
    let part = Some(part).filter(|part| *part != due);
    let typed = "";
    Ok(shop.till.take_cash(&Taking { typed, part, due }, None, false)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_opens_once_for_each_time_that_cash_was_taken() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    let address = printer.address();
    shop.set(&printer, |_| ())?;
    drop(printer);
    shop.till.add_amount("1000")?;
    let first = cash(&shop, "10.00", "4.00")?;
    let off = shop.till.serve_paper(&first.reference)?;
    assert_eq!(off.drawer, Some(Printed::No(PrintTrouble::NotReached)));

    // That it stayed shut for one leg is nothing to the next.
    let printer = Printer::start_at(&address, Manner::Well)?;
    let second = cash(&shop, "6.00", "5.00")?;
    let third = cash(&shop, "1.00", "1.00")?;
    for tender in [&second, &third] {
        let served = shop.till.serve_paper(&tender.reference)?;
        assert_eq!((served.drawer, served.receipt), (Some(Printed::Yes), None));
    }
    for tender in [first, second, third] {
        assert_eq!(shop.till.serve_paper(&tender.reference)?, Served::default());
    }
    assert_eq!(printer.sheets(), [[Mark::Kick], [Mark::Kick]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_opens_although_the_printer_cannot_print() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::NoPaper)?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;
    for (manner, trouble) in [
        (Manner::NoPaper, PrintTrouble::NoPaper),
        (Manner::CoverOpen, PrintTrouble::CoverOpen),
    ] {
        printer.behave(manner);
        shop.till.add_amount("1000")?;
        let tender = cash(&shop, "10.00", "10.00")?;
        let served = shop.till.serve_paper(&tender.reference)?;
        assert_eq!(served.drawer, Some(Printed::Sent), "{manner:?}");
        let receipt = served.receipt.map(|outcome| outcome.printed);
        assert_eq!(receipt, Some(Printed::No(trouble)), "{manner:?}");
        shop.till.new_sale().await?;
    }
    assert_eq!(printer.sheets(), [[Mark::Kick], [Mark::Kick]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_opens_the_drawer_once_and_its_receipt_shows_the_total_before_and_after_rounding() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;
    shop.till.set_rounding(Rounding::Cash)?;
    shop.till.add_amount("1003")?;
    let taking = Taking {
        typed: "",
        part: None,
        due: "10.03",
    };
    let tender = shop.till.take_cash(&taking, Some("20"), false)?;
    let outcome = shop.till.serve_paper(&tender.reference)?;
    assert_eq!(outcome.receipt.map(|outcome| outcome.printed), Some(Printed::Yes));
    assert_eq!(outcome.drawer, Some(Printed::Yes));
    let sheets = printer.sheets();
    assert_eq!(sheets[0], [Mark::Kick]);
    for row in [
        "TOTAL RM 10.03",
        "Rounding +0.02",
        "AFTER ROUNDING RM 10.05",
        "Cash 10.05",
        "Handed over 20.00",
        "Change 9.95",
    ] {
        let printed = sheets[1]
            .iter()
            .any(|mark| matches!(mark, Mark::Text { text, .. } if squeezed(text) == row));
        assert!(printed, "{row}: {:?}", sheets[1]);
    }
    // Whoever asks again by mistake opens and prints nothing.
    assert_eq!(shop.till.serve_paper(&tender.reference)?, Served::default());
    assert_eq!(printer.sheets().len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_opens_once_more_for_cash_that_is_taken_back() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |_| ())?;
    shop.till.add_amount("1000")?;
    for (due, part) in [("10.00", "4.00"), ("6.00", "5.00")] {
        let tender = cash(&shop, due, part)?;
        assert_eq!(
            shop.till.serve_paper(&tender.reference)?.drawer,
            Some(Printed::Yes)
        );
    }
    let ticket = shop.till.standing()?.ticket;
    let back = shop.till.take_back(ticket, None).await?;
    let tender = back.drawer.ok_or_else(|| Failure::new("the drawer is to open"))?;
    let served = shop.till.serve_paper(&tender)?;
    assert_eq!((served.drawer, served.receipt), (Some(Printed::Yes), None));
    assert_eq!(shop.till.serve_paper(&tender)?, Served::default());
    assert_eq!(printer.sheets(), [[Mark::Kick], [Mark::Kick], [Mark::Kick]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_opens_once_for_cash_that_is_handed_out_beside_a_purchase_by_card() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |_| ())?;
    shop.till.add_amount("1250")?;
    let declined = shop.cash_out("decline").await?;
    assert_eq!(shop.till.serve_paper(&declined.reference)?, Served::default());
    let approved = shop.cash_out("approve").await?;
    shop.till.roster().lock();
    let unattended = shop.till.serve_paper(&approved.reference)?;
    assert_eq!(unattended, Served::default(), "nobody is there");
    crate::shop::sign_in(&shop.till)?;
    let served = shop.till.serve_paper(&approved.reference)?;
    assert_eq!((served.drawer, served.receipt), (Some(Printed::Yes), None));
    assert_eq!(shop.till.serve_paper(&approved.reference)?, Served::default());
    assert_eq!(printer.sheets(), [[Mark::Kick]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cash_out_that_a_manager_decides_was_charged_is_served_as_an_approval() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;
    shop.till.add_amount("1250")?;
    let lost = shop.cash_out_answered("lost-before-charge").await?;
    assert_eq!(lost.state, PaymentState::Unknown);
    let mut changes = shop.till.checkout()?.changes();
    let (manager, pin) = manager(&shop.till)?;
    let decide = shop
        .till
        .decide(&lost.reference, (manager, &pin), true, "The slip says so");
    let decided = decide.await?;
    assert_eq!(decided.state, PaymentState::Overridden(Decision::Charged));
    assert_eq!(approvals(&mut changes), std::slice::from_ref(&lost.reference));
    let served = shop.till.serve_paper(&lost.reference)?;
    assert_eq!(served.drawer, Some(Printed::Yes));
    let receipt = served.receipt.map(|outcome| (outcome.printed, outcome.copy));
    assert_eq!(receipt, Some((Printed::Yes, 1)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_that_is_seen_to_later_is_not_another_approval() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let entry = NewEntry {
        kind: EntryKind::Conflict,
        at: jiff::Timestamp::now(),
        staff: None,
        body: serde_json::json!({ "finding": "another answer" }),
    };
    shop.till
        .store()
        .raise_conflict(&payment.reference, None, &entry)?;
    let mut changes = shop.till.checkout()?.changes();
    let (manager, pin) = manager(&shop.till)?;
    let settled = shop
        .till
        .settle_conflict(&payment.reference, (manager, &pin), "Seen to")
        .await?;
    assert_eq!((settled.state, settled.conflict), (PaymentState::Approved, false));
    assert_eq!(approvals(&mut changes), []);
    Ok(())
}

/// What was told to have just been paid, or voided.
fn approvals(changes: &mut Receiver<Change>) -> Vec<Reference> {
    let mut approved = Vec::new();
    while let Ok(change) = changes.try_recv() {
        approved.extend(change.approved.then_some(change.payment.reference));
    }
    approved
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_opens_once_for_the_cash_that_comes_back_with_the_void_of_a_cash_out() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;
    shop.till.add_amount("1250")?;
    let payment = shop.cash_out("approve").await?;
    let (manager, pin) = manager(&shop.till)?;
    let void = shop.till.void(&payment.reference, manager, &pin).await?;
    let void = shop.settled(&void).await?;
    assert_eq!(void.state, PaymentState::Approved);
    let served = shop.till.serve_paper(&void.reference)?;
    assert_eq!((served.drawer, served.receipt), (Some(Printed::Yes), None));
    assert_eq!(shop.till.serve_paper(&void.reference)?, Served::default());
    assert_eq!(printer.sheets(), [[Mark::Kick]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_stays_shut_where_rounding_leaves_nothing_to_hand_over() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |_| ())?;
    shop.till.set_rounding(Rounding::Cash)?;
    shop.till.add_amount("2")?;
    let tender = cash(&shop, "0.02", "0.02")?;
    assert!(tender.moved.is_zero());
    assert_eq!(shop.till.serve_paper(&tender.reference)?, Served::default());
    assert_eq!(printer.sheets().len(), 0);
    Ok(())
}
