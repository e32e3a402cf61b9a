//! A void that a manager decided did not go through, and that proves to have gone through after all: nothing is taken, and
//! nothing given back a second time, before somebody has seen to it, nor after.

use crate::returns::{everything, give_back, sold};
use crate::shop::{Shop, refused, taken_elsewhere};
use kaunter_tests::{Failure, Outcome};
use till::{Payment, PaymentState, RefundWay, ReturnRefused, Returned, StoreError, TenderRefused, TillError};

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
    let around = till.sale_around(ticket)?;
    assert!(
        around
            .returns
            .iter()
            .all(|back| back.undone_at.is_some() && !back.found_given_back)
    );

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
    let around = till.sale_around(ticket)?;
    assert!(!around.can_return);
    // Nobody reads "not returned" of what the customer has.
    assert!(
        around.returns.iter().all(|back| back.found_given_back),
        "{:?}",
        around.returns
    );
    assert!(shop.charged()?.is_empty());
    shop.all_is_well()
}

#[tokio::test]
async fn what_came_back_in_cash_is_not_taken_back_as_well() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let card = shop.card("10000", "60.00").await?;
    shop.cash("", None, None)?;
    let ticket = till.standing()?.ticket;
    shop.office.script("lost-after-charge")?;
    let pin = Shop::pin()?;
    let void = till.void(&card.reference, shop.manager, &pin).await?;
    assert_eq!(shop.answered(&void).await?.state, PaymentState::Unknown);
    till.decide(&void.reference, (shop.manager, &pin), false, "No slip came")
        .await?;
    // As far as anybody knew, the 60 were still here.
    let all = everything(till, ticket)?;
    give_back(&shop, ticket, &all, RefundWay::Cash).await?;
    till.last_transaction(&void.terminal).await?;
    till.settle_conflict(&void.reference, (shop.manager, &pin), "The slip says voided")
        .await?;

    let standing = till.standing()?;
    assert_eq!(standing.due.to_string(), "60.00");
    assert!(!standing.is_partly_paid());
    let again = till.take_back(ticket, Some((shop.manager, &pin))).await;
    assert_eq!(refused(again), Some(TenderRefused::Returned));
    assert_eq!(refused(shop.cash("", None, None)), Some(TenderRefused::Returned));
    // Nothing is left to do on it.
    till.new_sale().await?;
    shop.all_is_well()
}

#[tokio::test]
async fn a_charge_that_comes_to_light_after_a_return_is_voided_all_the_same() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    till.add_amount("400")?;
    till.add_amount("600")?;
    shop.office.script("lost-after-charge")?;
    let lost = shop.card("", "10.00").await?;
    let ticket = till.standing()?.ticket;
    let pin = Shop::pin()?;
    till.decide(&lost.reference, (shop.manager, &pin), false, "No slip came")
        .await?;
    shop.cash("", None, None)?;
    till.new_sale().await?;
    let one = everything(till, ticket)?.into_iter().take(1).collect::<Vec<_>>();
    give_back(&shop, ticket, &one, RefundWay::Cash).await?;

    till.last_transaction(&lost.terminal).await?;
    assert!(till.checkout()?.payment(&lost.reference).await?.conflict);
    assert_eq!(shop.charged()?, ["10.00"], "the customer paid twice");
    let void = till.void(&lost.reference, shop.manager, &pin).await?;
    assert_eq!(shop.answered(&void).await?.state, PaymentState::Approved);
    assert!(shop.charged()?.is_empty());
    assert!(!till.checkout()?.payment(&lost.reference).await?.conflict);
    // The sale stands as it was paid, and the rest of it can still come back.
    let rest = everything(till, ticket)?.into_iter().skip(1).collect::<Vec<_>>();
    give_back(&shop, ticket, &rest, RefundWay::Cash).await?;
    shop.all_is_well()
}
