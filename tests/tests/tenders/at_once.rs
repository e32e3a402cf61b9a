//! Two calls at once, and views that are old by the time that somebody acts on them: nothing is rung up or taken twice, and
//! what was refused leaves nothing behind.

use crate::shop::{Shop, refused};
use cloudecr::PaymentMethod;
use kaunter_tests::Outcome;
use std::sync::{Arc, Barrier};
use till::{
    Currency, EntryKind, NewEntry, Rounding, Store, StoreError, Taking, TenderRefused, TicketStatus,
    TillError,
};

const CALLS: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_takes_of_what_is_typed_ring_it_up_once() -> Outcome {
    let shop = Arc::new(Shop::open().await?);
    let start = Arc::new(Barrier::new(CALLS));
    let calls: Vec<_> = (0..CALLS)
        .map(|number| {
            let (shop, start) = (Arc::clone(&shop), Arc::clone(&start));
            let runtime = tokio::runtime::Handle::current();
            tokio::task::spawn_blocking(move || {
                let part = (number % 2 == 0).then_some("4.00");
                let taking = Taking {
                    typed: "1000",
                    part,
                    due: "10.00",
                };
                let till = &shop.office.till;
                start.wait();
                if number % 3 == 0 {
                    let charge = till.pay_as_seen(PaymentMethod::BankCard, None, None, &taking, true);
                    runtime.block_on(charge).ok().map(Some)
                } else {
                    till.take_cash(&taking, None, false).ok().map(|_| None)
                }
            })
        })
        .collect();
    let mut taken = 0;
    for call in calls {
        if let Some(payment) = call.await? {
            taken += 1;
            if let Some(payment) = payment {
                shop.answered(&payment).await?;
            }
        }
    }
    assert_eq!(taken, 1);
    let standing = shop.office.till.standing()?;
    assert_eq!(
        (standing.total.to_string(), standing.taken().count()),
        ("10.00".to_owned(), 1)
    );
    shop.all_is_well()
}

#[tokio::test]
async fn a_charge_of_another_amount_than_somebody_saw_is_refused_and_nothing_is_rung_up() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.office.manager()?;
    till.set_rounding(Rounding::All)?;
    // What Sell shows, and what a key charges, is the rounded total.
    assert_eq!(till.due_with("1003")?.to_string(), "10.05");
    let old = Taking {
        typed: "1003",
        part: None,
        due: "10.03",
    };
    let charge = till
        .pay_as_seen(PaymentMethod::BankCard, None, None, &old, false)
        .await;
    assert!(matches!(refused(charge), Some(TenderRefused::DueChanged(_))));
    assert!(till.ticket()?.lines.is_empty());
    assert!(shop.charged()?.is_empty());
    let now = Taking { due: "10.05", ..old };
    let charge = till
        .pay_as_seen(PaymentMethod::BankCard, None, None, &now, false)
        .await?;
    assert_eq!(shop.answered(&charge).await?.amount.to_string(), "10.05");
    assert_eq!(till.ticket()?.payable()?.to_string(), "10.05");
    assert!(till.standing()?.is_paid());
    till.new_sale().await?;
    let card = shop.by_hand("1003", None, "F99136", true)?;
    assert_eq!(card.amount.to_string(), "10.05");
    assert!(till.standing()?.is_paid());
    shop.all_is_well()
}

#[tokio::test]
async fn a_charge_that_no_terminal_takes_leaves_nothing_on_the_ticket() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    // The checkout refuses it, after everything that the till looks at.
    let charge = till.pay(PaymentMethod::QrCustScan, None, "1000", false).await;
    assert!(matches!(charge, Err(TillError::Checkout(_))), "{charge:?}");
    assert!(till.ticket()?.lines.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_ticket_is_closed_only_when_nothing_of_it_is_open_and_takes_nothing_after() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let close = || {
        let now = jiff::Timestamp::now();
        till.store()
            .leave_ticket(Currency::Myr, TicketStatus::Closed, 1, now)
    };
    shop.cash("1000", Some("4.00"), None)?;
    assert!(matches!(
        close(),
        Err(StoreError::Tender(TenderRefused::PartlyPaid))
    ));
    shop.office.script("lost-after-charge")?;
    let lost = shop.card("", "6.00").await?;
    assert!(matches!(close(), Err(StoreError::TicketTaken(_))));
    till.checkout()?.check_status(&lost.reference).await?;
    let ticket = till.standing()?.ticket;
    close()?;
    let other = till.add_amount("300")?.id;
    close()?;
    for closed in [ticket, other] {
        let charge = till::Charge {
            ticket: Some(closed),
            terminal: lost.terminal.clone(),
            amount: till::Amount::from_minor(300, Currency::Myr)?,
            cash: None,
            method: PaymentMethod::BankCard,
            channel: None,
            extras: till::Extras::default(),
            staff: None,
        };
        let charge = till.checkout()?.charge(charge).await;
        assert_eq!(
            refused(charge.map_err(TillError::from)),
            Some(TenderRefused::NotCurrent)
        );
    }
    assert_eq!(shop.charged()?, ["6.00"]);
    shop.all_is_well()
}

#[test]
fn how_totals_are_rounded_is_not_set_without_its_entry_in_the_journal() -> Outcome {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let entry = NewEntry {
        kind: EntryKind::Settings,
        at: jiff::Timestamp::now(),
        staff: None,
        body: serde_json::json!({}),
    };
    // Without its key the journal takes no entry.
    assert!(matches!(
        store.set_rounding(Rounding::All, &entry),
        Err(StoreError::NotSealed)
    ));
    assert_eq!(store.rounding(Currency::Myr)?, Rounding::Cash);
    Ok(())
}
