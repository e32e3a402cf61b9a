//! The till's library against the simulator over real HTTP and a real database: what a payment may and may not do.

use kaunter_tests::{Counter, Outcome};
use till::{CheckoutError, PaymentState, SafeReason, StoreError, safe_to_charge_again};

#[tokio::test]
async fn a_hundred_charges_of_one_ticket_at_once_charge_once() -> Outcome {
    let counter = Counter::open().await?;
    let ticket = counter.ticket("12.50")?;
    let attempts = (0..100).map(|_| {
        let (checkout, charge) = (counter.checkout.clone(), counter.charge_of(&ticket));
        tokio::spawn(async move {
            checkout
                .charge(charge?)
                .await
                .map_err(kaunter_tests::Failure::from)
        })
    });
    let mut started = Vec::new();
    for attempt in attempts.collect::<Vec<_>>() {
        started.extend(attempt.await?.ok());
    }
    assert_eq!(started.len(), 1, "exactly one of a hundred may start");
    let payment = counter.settled(&started[0].reference).await?;
    assert_eq!(payment.state, PaymentState::Approved);
    let book = counter.simulator.book();
    assert_eq!(book.len(), 1, "{book:?}");
    Ok(())
}

#[tokio::test]
async fn a_held_terminal_takes_no_other_payment_and_another_terminal_goes_on() -> Outcome {
    let counter = Counter::open().await?;
    counter.script("lost-before-charge")?;
    let first = counter.checkout.charge(counter.charge("5.00")?).await?;
    counter.wait_for(&first.reference, PaymentState::Unknown).await?;
    let second = counter.checkout.charge(counter.charge("6.00")?).await;
    assert!(
        matches!(&second, Err(CheckoutError::Store(StoreError::TerminalHeld(holder))) if *holder == first.reference),
        "{second:?}"
    );
    let elsewhere = till::Charge {
        terminal: "VT-0002".to_owned(),
        ..counter.charge("6.00")?
    };
    let third = counter.checkout.charge(elsewhere).await?;
    assert_eq!(
        counter.settled(&third.reference).await?.state,
        PaymentState::Approved
    );
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_is_unknown_and_is_never_charged_again() -> Outcome {
    let counter = Counter::open().await?;
    counter.script("lost-after-charge")?;
    let mut changes = counter.checkout.changes();
    let payment = counter.checkout.charge(counter.charge("7.00")?).await?;
    let mut states = Vec::new();
    while states.last() != Some(&PaymentState::Approved) {
        let change = changes.recv().await?;
        assert!(
            change.payment.state == PaymentState::Prepared || !safe_to_charge_again(&change.payment).safe
        );
        states.push(change.payment.state);
    }
    states.dedup();
    assert_eq!(
        states,
        [
            PaymentState::Prepared,
            PaymentState::Sent,
            PaymentState::Unknown,
            PaymentState::Approved
        ]
    );
    let book = counter.simulator.book();
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(book[0].reference_id, payment.reference.as_str());
    Ok(())
}

#[tokio::test]
async fn a_no_that_may_be_a_yes_is_asked_about_before_charging_again_is_safe() -> Outcome {
    let counter = Counter::open().await?;
    counter.script("cancel")?;
    let mut changes = counter.checkout.changes();
    counter.checkout.charge(counter.charge("3.00")?).await?;
    let mut reasons = Vec::new();
    loop {
        let change = changes.recv().await?;
        reasons.push(safe_to_charge_again(&change.payment).reason);
        if change.payment.state.is_final() {
            break;
        }
    }
    reasons.dedup();
    assert_eq!(
        reasons,
        [
            SafeReason::InFlight,
            SafeReason::BeingChecked,
            SafeReason::Declined
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_void_gives_the_money_back_once_and_marks_its_original() -> Outcome {
    let counter = Counter::open().await?;
    let ticket = counter.ticket("12.50")?;
    let sale = counter.checkout.charge(counter.charge_of(&ticket)?).await?;
    let sale = counter.settled(&sale.reference).await?;
    let void = counter.checkout.void(&sale.reference, None, None).await?;
    assert_eq!(
        counter.settled(&void.reference).await?.state,
        PaymentState::Approved
    );
    assert_eq!(
        counter.checkout.payment(&sale.reference).await?.state,
        PaymentState::Voided
    );
    let again = counter.checkout.void(&sale.reference, None, None).await;
    assert!(matches!(again, Err(CheckoutError::AlreadyVoided)), "{again:?}");
    let book = counter.simulator.book();
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(serde_json::to_value(&book[0])?["status"], "voided");
    Ok(())
}

#[tokio::test]
async fn a_void_whose_answer_is_lost_keeps_its_original_in_doubt_until_it_is_found_out() -> Outcome {
    let counter = Counter::open().await?;
    let sale = counter.checkout.charge(counter.charge("8.00")?).await?;
    let sale = counter.settled(&sale.reference).await?;
    counter.script("lost-after-charge")?;
    let void = counter.checkout.void(&sale.reference, None, None).await?;
    counter.wait_for(&void.reference, PaymentState::Unknown).await?;
    let original = counter.checkout.payment(&sale.reference).await?;
    assert_eq!(safe_to_charge_again(&original).reason, SafeReason::VoidInDoubt);
    let second = counter.checkout.void(&sale.reference, None, None).await;
    assert!(matches!(second, Err(CheckoutError::VoidInDoubt)), "{second:?}");
    assert_eq!(
        counter.settled(&void.reference).await?.state,
        PaymentState::Approved
    );
    assert_eq!(
        counter.checkout.payment(&sale.reference).await?.state,
        PaymentState::Voided
    );
    Ok(())
}

#[tokio::test]
async fn a_declined_void_leaves_its_original_charged_and_can_be_tried_again() -> Outcome {
    let counter = Counter::open().await?;
    let sale = counter.checkout.charge(counter.charge("8.00")?).await?;
    counter.settled(&sale.reference).await?;
    counter.script("decline")?;
    let void = counter.checkout.void(&sale.reference, None, None).await?;
    assert_eq!(
        counter.settled(&void.reference).await?.state,
        PaymentState::Declined
    );
    assert_eq!(
        counter.checkout.payment(&sale.reference).await?.state,
        PaymentState::Approved
    );
    let void = counter.checkout.void(&sale.reference, None, None).await?;
    assert_eq!(
        counter.settled(&void.reference).await?.state,
        PaymentState::Approved
    );
    Ok(())
}

#[tokio::test]
async fn a_pending_wallet_frees_the_terminal_and_settles_by_itself() -> Outcome {
    let counter = Counter::open().await?;
    counter.script("pending-approve")?;
    let sale = counter.checkout.charge(counter.wallet("9.00")?).await?;
    counter.wait_for(&sale.reference, PaymentState::Pending).await?;
    let next = counter.checkout.charge(counter.charge("1.00")?).await?;
    assert_eq!(
        counter.settled(&next.reference).await?.state,
        PaymentState::Approved
    );
    assert_eq!(
        counter.settled(&sale.reference).await?.state,
        PaymentState::Approved
    );
    Ok(())
}

#[tokio::test]
async fn receipt_numbers_ascend_without_gaps_whatever_is_declined_between() -> Outcome {
    let counter = Counter::open().await?;
    let mut numbers = Vec::new();
    for script in ["approve", "decline", "offline", "approve", "cancel", "approve"] {
        counter.script(script)?;
        let sale = counter.checkout.charge(counter.charge("2.00")?).await?;
        numbers.extend(counter.settled(&sale.reference).await?.receipt);
    }
    assert_eq!(numbers, [1, 2, 3]);
    Ok(())
}

#[tokio::test]
async fn a_till_that_was_killed_sends_nothing_again_and_finds_out() -> Outcome {
    let counter = Counter::open().await?;
    counter.script("stall-after-charge")?;
    let sale = counter.checkout.charge(counter.charge("4.00")?).await?;
    counter.wait_for(&sale.reference, PaymentState::Sent).await?;
    counter.charged(1).await?;
    let counter = counter.killed_and_restarted()?;
    counter.checkout.recover().await?;
    assert_eq!(
        counter.settled(&sale.reference).await?.state,
        PaymentState::Approved
    );
    assert_eq!(counter.simulator.book().len(), 1);
    assert!(counter.store.verify_journal()?.is_ok());
    Ok(())
}

#[tokio::test]
async fn an_unsent_payment_is_never_sent_later() -> Outcome {
    let counter = Counter::open().await?;
    let prepared = counter.store.prepare(&counter.new_payment("4.00")?)?;
    let counter = counter.killed_and_restarted()?;
    counter.checkout.recover().await?;
    assert_eq!(
        counter.checkout.payment(&prepared.reference).await?.state,
        PaymentState::NotCharged
    );
    assert!(counter.simulator.book().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_cash_out_is_charged_on_a_card_and_never_on_a_wallet() -> Outcome {
    let counter = Counter::open().await?;
    let cash = counter.charge("20.00")?.amount;
    let by_wallet = till::Charge {
        cash: Some(cash),
        ..counter.wallet("9.00")?
    };
    let refused = counter.checkout.charge(by_wallet).await;
    assert!(
        matches!(refused, Err(CheckoutError::CashNeedsCard)),
        "{refused:?}"
    );
    let by_card = till::Charge {
        cash: Some(cash),
        ..counter.charge("9.00")?
    };
    let payment = counter.checkout.charge(by_card).await?;
    let payment = counter.settled(&payment.reference).await?;
    assert_eq!(
        (payment.state, payment.kind),
        (PaymentState::Approved, till::Kind::CashOut)
    );
    assert_eq!(payment.cash, Some(cash));
    Ok(())
}

#[tokio::test]
async fn a_void_that_was_pending_and_then_refused_leaves_the_way_free_for_the_next() -> Outcome {
    let counter = Counter::open().await?;
    let sale = counter.checkout.charge(counter.charge("8.00")?).await?;
    counter.settled(&sale.reference).await?;
    for (script, ends) in [
        ("pending-decline", PaymentState::Declined),
        ("approve", PaymentState::Approved),
    ] {
        counter.script(script)?;
        let void = counter.checkout.void(&sale.reference, None, None).await?;
        assert_eq!(counter.settled(&void.reference).await?.state, ends);
    }
    Ok(())
}
