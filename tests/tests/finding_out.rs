//! Finding out: what the till makes of a payment whose answer was lost, with either way a gateway answers getLast.

use cloudecr_simulator::{Config, InquiryReference, Script};
use kaunter_tests::{Counter, Outcome};
use std::time::Duration;
use till::{CheckoutError, HandDecision, PaymentState, SafeReason, safe_to_charge_again};

/// Both behaviours of getLast: the original's reference, or the inquiry's own.
async fn counters() -> Outcome<Vec<Counter>> {
    let mut counters = Vec::new();
    for get_last_reference in [InquiryReference::Original, InquiryReference::Inquiry] {
        counters.push(
            Counter::open_with(Config {
                get_last_reference,
                ..Config::default()
            })
            .await?,
        );
    }
    Ok(counters)
}

#[tokio::test]
async fn a_charge_whose_answer_was_lost_is_found_whichever_way_the_gateway_answers() -> Outcome {
    for counter in counters().await? {
        counter.script("lost-after-charge")?;
        let sale = counter.checkout.charge(counter.charge("7.00")?).await?;
        assert_eq!(
            counter.settled(&sale.reference).await?.state,
            PaymentState::Approved
        );
        assert_eq!(counter.simulator.book().len(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_card_that_was_not_charged_is_proven_by_the_transaction_from_before() -> Outcome {
    for counter in counters().await? {
        let before = counter.checkout.charge(counter.charge("1.00")?).await?;
        counter.settled(&before.reference).await?;
        counter.script("lost-before-charge")?;
        let sale = counter.checkout.charge(counter.charge("7.00")?).await?;
        let sale = counter.settled(&sale.reference).await?;
        assert_eq!(sale.state, PaymentState::NotCharged);
        assert!(safe_to_charge_again(&sale).safe);
        assert_eq!(counter.simulator.book().len(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn without_a_transaction_from_before_nothing_proves_absence_and_a_manager_decides() -> Outcome {
    let counter = Counter::open().await?;
    counter.script("lost-before-charge")?;
    let sale = counter.checkout.charge(counter.charge("7.00")?).await?;
    counter.wait_for(&sale.reference, PaymentState::Unknown).await?;
    for _ in 0..3 {
        assert_eq!(
            counter.checkout.check_status(&sale.reference).await?.state,
            PaymentState::Unknown
        );
    }
    let decided = counter
        .checkout
        .decide(
            &sale.reference,
            HandDecision::Manager {
                charged: false,
                manager: counter.manager()?,
                reason: "No slip, no SMS".to_owned(),
            },
        )
        .await?;
    assert_eq!(
        safe_to_charge_again(&decided).reason,
        SafeReason::DecidedNotCharged
    );
    assert_eq!(decided.reason.as_deref(), Some("No slip, no SMS"));
    assert!(counter.store.verify_journal()?.is_ok());
    Ok(())
}

#[tokio::test]
async fn a_decision_that_later_evidence_contradicts_is_a_conflict_with_the_void_at_hand() -> Outcome {
    let counter = Counter::open().await?;
    counter.script("stall-after-charge")?;
    let sale = counter.checkout.charge(counter.charge("7.00")?).await?;
    counter.charged(1).await?;
    // Decided in another window, on what a killed till knew, before anything was asked.
    let counter = counter.killed_and_restarted()?;
    counter.store.recover(jiff::Timestamp::now())?;
    let decision = HandDecision::Manager {
        charged: false,
        manager: counter.manager()?,
        reason: "The customer says so".to_owned(),
    };
    counter.checkout.decide(&sale.reference, decision).await?;
    let sale = counter.in_conflict(&sale.reference).await?;
    assert_eq!(safe_to_charge_again(&sale).reason, SafeReason::Conflict);
    let void = counter.checkout.void(&sale.reference, None, None).await?;
    assert_eq!(
        counter.settled(&void.reference).await?.state,
        PaymentState::Approved
    );
    let sale = counter.checkout.payment(&sale.reference).await?;
    assert!(!sale.conflict);
    assert!(safe_to_charge_again(&sale).safe);
    assert_eq!(
        serde_json::to_value(&counter.simulator.book()[0])?["status"],
        "voided"
    );
    Ok(())
}

#[tokio::test]
async fn a_wallet_that_leaves_no_trace_is_still_unknown() -> Outcome {
    let counter = Counter::open().await?;
    let before = counter.checkout.charge(counter.charge("1.00")?).await?;
    counter.settled(&before.reference).await?;
    counter.script("lost-before-charge")?;
    let sale = counter.checkout.charge(counter.wallet("9.00")?).await?;
    counter.wait_for(&sale.reference, PaymentState::Unknown).await?;
    for _ in 0..5 {
        assert_eq!(
            counter.checkout.check_status(&sale.reference).await?.state,
            PaymentState::Unknown
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_void_that_never_arrived_is_proven_not_done_and_can_be_tried_again() -> Outcome {
    for counter in counters().await? {
        let sale = counter.checkout.charge(counter.charge("8.00")?).await?;
        counter.settled(&sale.reference).await?;
        // A void within the second of its sale could not be told apart from it by a terminal that names neither.
        counter.pass(Duration::from_secs(3));
        counter.script("lost-before-charge")?;
        let void = counter.checkout.void(&sale.reference, None, None).await?;
        assert_eq!(
            counter.settled(&void.reference).await?.state,
            PaymentState::NotCharged
        );
        let again = counter.checkout.void(&sale.reference, None, None).await?;
        assert_eq!(
            counter.settled(&again.reference).await?.state,
            PaymentState::Approved
        );
        assert_eq!(
            counter.checkout.payment(&sale.reference).await?.state,
            PaymentState::Voided
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_void_that_a_manager_decides_went_through_voids_its_sale() -> Outcome {
    let counter = Counter::open().await?;
    let sale = counter.checkout.charge(counter.charge("8.00")?).await?;
    counter.settled(&sale.reference).await?;
    // Nothing answers any more, so nothing but a person can settle it.
    let mute = Script::from_json(&serde_json::json!(vec!["offline"; 200]))?;
    counter.simulator.set_inquiry_script(&sale.terminal, mute)?;
    counter.script("lost-after-charge")?;
    let void = counter.checkout.void(&sale.reference, None, None).await?;
    counter.wait_for(&void.reference, PaymentState::Unknown).await?;
    let decision = HandDecision::Manager {
        charged: true,
        manager: counter.manager()?,
        reason: "The terminal's slip says so".to_owned(),
    };
    counter.checkout.decide(&void.reference, decision).await?;
    let sale = counter.checkout.payment(&sale.reference).await?;
    assert_eq!(sale.state, PaymentState::Voided);
    assert!(counter.store.verify_journal()?.is_ok());
    Ok(())
}

#[tokio::test]
async fn a_settled_payment_takes_no_decision() -> Outcome {
    let counter = Counter::open().await?;
    let sale = counter.checkout.charge(counter.charge("8.00")?).await?;
    counter.settled(&sale.reference).await?;
    let decision = HandDecision::Manager {
        charged: false,
        manager: counter.manager()?,
        reason: "A mistake".to_owned(),
    };
    let decided = counter.checkout.decide(&sale.reference, decision).await;
    assert!(
        matches!(decided, Err(CheckoutError::Store(till::StoreError::Illegal(_)))),
        "{decided:?}"
    );
    Ok(())
}
