//! Taking a split back: nothing is handed back where not all of it can be, and cash that was handed back is always told.

use crate::shop::Shop;
use cloudecr::PaymentMethod;
use jiff::Timestamp;
use kaunter_tests::{Failure, Outcome};
use std::sync::Arc;
use till::{
    CheckoutError, Extras, Kind, Leg, NewPayment, PaymentState, Reference, Standing, StoreError,
    SystemEntropy, TenderRefused, TillError,
};

fn cash_stands(standing: &Standing) -> bool {
    standing.taken().any(|leg| matches!(leg, Leg::Tender(_)))
}

#[tokio::test]
async fn a_leg_that_cannot_be_voided_keeps_the_cash_where_it_is() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.cash("3000", Some("10.00"), None)?;
    // Nobody but the manager knows of this charge, so there is no transaction that a void could name.
    shop.office.script("lost-before-charge")?;
    let lost = shop.card("", "10.00").await?;
    let pin = Shop::pin()?;
    till.decide(&lost.reference, (shop.manager, &pin), true, "The bank says so")
        .await?;
    let ticket = till.standing()?.ticket;
    let back = till.take_back(ticket, Some((shop.manager, &pin))).await;
    assert!(
        matches!(
            back,
            Err(TillError::Store(StoreError::Tender(TenderRefused::NotVoidable)))
        ),
        "{back:?}"
    );
    assert_eq!(
        till.standing()?.paid.to_string(),
        "20.00",
        "nothing was handed back"
    );
    shop.all_is_well()
}

#[tokio::test]
async fn a_terminal_that_is_held_keeps_the_cash_where_it_is() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.cash("3000", Some("10.00"), None)?;
    shop.card("", "10.00").await?;
    let ticket = till.standing()?.ticket;
    till.set_aside()?;
    shop.office.script("lost-before-charge")?;
    let lost = till.pay(PaymentMethod::BankCard, None, "500", false).await?;
    assert_eq!(shop.answered(&lost).await?.state, PaymentState::Unknown);
    let pin = Shop::pin()?;
    let back = till.take_back(ticket, Some((shop.manager, &pin))).await;
    assert!(
        matches!(
            back,
            Err(TillError::Checkout(CheckoutError::Store(
                StoreError::TerminalHeld(_)
            )))
        ),
        "{back:?}"
    );
    assert_eq!(till.store().standing(ticket)?.paid.to_string(), "20.00");
    shop.all_is_well()
}

/// Something that takes the terminal just as the cash has been handed back, so that the void cannot begin any more.
fn in_between(terminal: &str, amount: till::Amount) -> Outcome<NewPayment> {
    let at = Timestamp::now();
    Ok(NewPayment {
        reference: Reference::new(at, &SystemEntropy)?,
        ticket: None,
        kind: Kind::Sale,
        original: None,
        terminal: terminal.to_owned(),
        method: PaymentMethod::BankCard,
        channel: None,
        amount,
        cash: None,
        extras: Extras::default(),
        staff: None,
        approved_by: None,
        at,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cash_that_was_handed_back_is_told_whatever_becomes_of_the_void() -> Outcome {
    let shop = Arc::new(Shop::open().await?);
    let till = &shop.office.till;
    for _ in 0..6 {
        shop.cash("3000", Some("10.00"), None)?;
        let card = shop.card("", "10.00").await?;
        let ticket = till.standing()?.ticket;
        let other = in_between(&card.terminal, card.amount)?;
        let watching = Arc::clone(&shop);
        let taken = tokio::task::spawn_blocking(move || {
            let store = watching.office.till.store();
            while cash_stands(&store.standing(ticket)?) {
                std::thread::yield_now();
            }
            Ok::<_, StoreError>(store.prepare(&other).is_ok())
        });
        let pin = Shop::pin()?;
        let back = till.take_back(ticket, Some((shop.manager, &pin))).await?;
        assert_eq!(back.cash.to_string(), "10.00");
        let taken = taken.await??;
        assert_ne!(back.void.is_some(), back.not_voided.is_some(), "{back:?}");
        assert!(
            taken || back.not_voided.is_none(),
            "nothing was in the way: {back:?}"
        );
        // What was never sent never will be. It may also have come late, to a terminal whose void was already over.
        if taken {
            till.store().recover(Timestamp::now())?;
        }
        // The card goes back in the next try, and the cash does not come with it again.
        if back.void.is_none() {
            let again = till.take_back(ticket, Some((shop.manager, &pin))).await?;
            assert!(again.cash.is_zero(), "cash is handed back once");
            again.void.ok_or_else(|| Failure::new("no void began"))?;
        }
        shop.stands(ticket, |standing| standing.taken().next().is_none())
            .await?;
        till.new_sale().await?;
    }
    assert!(shop.charged()?.is_empty());
    shop.all_is_well()
}
