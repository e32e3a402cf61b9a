//! The test sale is a payment like any other: charged once, never again by itself.

use super::till_at::{Gateway, Machine, pin, sell, set_up, until};
use kaunter_tests::Outcome;
use till::{PaymentState, StoreError, TillError};

#[tokio::test]
async fn a_test_sale_is_charged_once_and_voided() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    let manager = set_up(&till, &gateway).await?;
    let sale = sell(&till, PaymentState::Approved).await?;
    // Not a second one while the first stands.
    assert!(matches!(
        till.begin_test_sale("0.01").await,
        Err(TillError::NotSafeToCharge)
    ));
    till.void(&sale.reference, manager.id, &pin()?).await?;
    until(&till, &sale.reference, |payment| {
        payment.state == PaymentState::Voided
    })
    .await?;
    let shown = till.test_sale().await?;
    assert_eq!(shown.sale.unwrap().state, PaymentState::Voided);
    assert_eq!(shown.void.unwrap().state, PaymentState::Approved);
    let book = gateway.simulator.book();
    assert_eq!(book.len(), 1, "{book:?}");
    Ok(())
}

#[tokio::test]
async fn two_presses_begin_one_test_sale() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    set_up(&till, &gateway).await?;
    let (one, two) = tokio::join!(till.begin_test_sale("0.01"), till.begin_test_sale("0.01"));
    let began: Vec<_> = [one, two].into_iter().flatten().collect();
    assert_eq!(began.len(), 1);
    until(&till, &began[0].reference, |payment| {
        payment.state == PaymentState::Approved
    })
    .await?;
    assert_eq!(gateway.charged(), 1);
    Ok(())
}

#[tokio::test]
async fn a_lost_test_sale_is_unknown_and_is_never_charged_again() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    set_up(&till, &gateway).await?;
    gateway.script("lost-after-charge")?;
    gateway.hush()?;
    let lost = sell(&till, PaymentState::Unknown).await?;
    assert!(matches!(
        till.begin_test_sale("0.01").await,
        Err(TillError::NotSafeToCharge)
    ));
    assert_eq!(till.unresolved()?, [till.store().payment(&lost.reference)?]);
    assert_eq!(gateway.charged(), 1);
    Ok(())
}

#[tokio::test]
async fn a_declined_test_sale_may_be_tried_again_with_a_little_more() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    set_up(&till, &gateway).await?;
    gateway.script("decline")?;
    sell(&till, PaymentState::Declined).await?;
    let again = till.begin_test_sale("1.00").await?;
    until(&till, &again.reference, |payment| {
        payment.state == PaymentState::Approved
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn only_the_small_amounts_are_taken_and_only_on_a_free_terminal() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    set_up(&till, &gateway).await?;
    for amount in ["0.02", "1.01", "100.00"] {
        assert!(matches!(
            till.begin_test_sale(amount).await,
            Err(TillError::TestAmount)
        ));
    }
    gateway.script("lost-after-charge")?;
    gateway.hush()?;
    let sale = till
        .pay(cloudecr::PaymentMethod::BankCard, None, "500", false)
        .await?;
    until(&till, &sale.reference, |payment| {
        payment.state == PaymentState::Unknown
    })
    .await?;
    assert!(matches!(
        till.begin_test_sale("0.01").await,
        Err(TillError::Store(StoreError::TerminalHeld(_)))
    ));
    Ok(())
}
