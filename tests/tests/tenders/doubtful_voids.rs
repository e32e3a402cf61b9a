//! A void that a manager decided did not go through, and that proves to have gone through after all: nothing is taken, and
//! nothing given back a second time, before somebody has seen to it, nor after.

use crate::returns::{everything, give_back, sold};
use crate::shop::{Shop, taken_elsewhere};
use kaunter_tests::{Failure, Outcome};
use till::{Payment, PaymentState, RefundWay, ReturnRefused, Returned, StoreError, TillError};

/// The void's answer is lost, a manager says that it did not go through, and the terminal tells otherwise.
async fn proves_voided(shop: &Shop, void: &Payment) -> Outcome<Payment> {
    let till = &shop.office.till;
    let pin = Shop::pin()?;
    till.decide(&void.reference, (shop.manager, &pin), false, "No slip came")
        .await?;
    till.last_transaction(&void.terminal).await?;
    let void = till.checkout()?.payment(&void.reference).await?;
    assert!(void.conflict, "the terminal's record is conclusive");
    Ok(void)
}

#[tokio::test]
async fn a_leg_whose_void_proves_to_have_gone_through_is_not_counted_as_paid() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let card = shop.card("10000", "60.00").await?;
    shop.office.script("lost-after-charge")?;
    let pin = Shop::pin()?;
    let void = till.void(&card.reference, shop.manager, &pin).await?;
    assert_eq!(shop.answered(&void).await?.state, PaymentState::Unknown);
    let void = proves_voided(&shop, &void).await?;
    assert!(shop.charged()?.is_empty());
    // Nobody knows any more whether those 60 are here, so the other 40 are not taken.
    assert!(taken_elsewhere(&shop.cash("", None, None)));
    let charge = till.pay(cloudecr::PaymentMethod::BankCard, None, "", true).await;
    assert!(taken_elsewhere(&charge));
    let again = till.void(&card.reference, shop.manager, &pin).await;
    assert!(matches!(again, Err(TillError::Checkout(_))), "{again:?}");

    till.settle_conflict(&void.reference, (shop.manager, &pin), "The slip says voided")
        .await?;
    let card = till.checkout()?.payment(&card.reference).await?;
    assert_eq!(card.state, PaymentState::Voided);
    assert_eq!(till.standing()?.due.to_string(), "100.00");
    assert_eq!(shop.cash("", None, None)?.amount.to_string(), "100.00");
    shop.all_is_well()
}

#[tokio::test]
async fn a_return_whose_void_proves_to_have_gone_through_is_not_given_back_in_cash() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let (payment, ticket) = sold(&shop).await?;
    let all = everything(till, ticket)?;
    shop.office.script("lost-after-charge")?;
    let Returned::Voiding(void) = give_back(&shop, ticket, &all, RefundWay::Void).await? else {
        return Err(Failure::new("no void began"));
    };
    assert_eq!(shop.answered(&void).await?.state, PaymentState::Unknown);
    let void = proves_voided(&shop, &void).await?;
    let meanwhile = give_back(&shop, ticket, &all, RefundWay::Cash).await;
    assert!(taken_elsewhere(&meanwhile));

    let pin = Shop::pin()?;
    till.settle_conflict(&void.reference, (shop.manager, &pin), "The slip says voided")
        .await?;
    let after = give_back(&shop, ticket, &all, RefundWay::Cash).await;
    assert!(
        matches!(
            after,
            Err(TillError::Store(StoreError::Return(ReturnRefused::NotPaid)))
        ),
        "{after:?}"
    );
    let payment = till.checkout()?.payment(&payment.reference).await?;
    assert_eq!(payment.state, PaymentState::Voided);
    assert!(!till.sale_around(ticket)?.can_return);
    assert!(shop.charged()?.is_empty());
    shop.all_is_well()
}
