//! A ticket that is paid in part, of which a payment cannot be voided: all of it comes back for what was paid, once.

use crate::returns::{done, everything, give_back, refused as refused_return};
use crate::shop::{Shop, refused};
use kaunter_tests::Outcome;
use till::{Payment, PaymentState, RefundWay, ReturnRefused, TenderRefused};

/// A leg that only a manager's word stands for, so that there is no transaction which a void could name.
async fn on_somebodys_word(shop: &Shop, typed: &str, part: &str) -> Outcome<Payment> {
    shop.office.script("lost-before-charge")?;
    let lost = shop.card(typed, part).await?;
    let pin = Shop::pin()?;
    let till = &shop.office.till;
    Ok(till
        .decide(&lost.reference, (shop.manager, &pin), true, "The bank says so")
        .await?)
}

#[tokio::test]
async fn what_was_paid_beside_a_leg_that_cannot_be_voided_goes_back_by_a_return_of_all() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    for typed in ["1000", "2000"] {
        till.add_amount(typed)?;
    }
    shop.cash("", Some("5.00"), None)?;
    on_somebodys_word(&shop, "", "10.00").await?;
    let standing = till.standing()?;
    let ticket = standing.ticket;
    assert!(till.is_stuck(&standing)? && till.sale_around(ticket)?.can_return);

    let all = everything(till, ticket)?;
    let a_part = give_back(&shop, ticket, &all[..1], RefundWay::Cash).await;
    assert_eq!(refused_return(a_part), ReturnRefused::OnlyWhole);
    let record = done(&shop, ticket, &all, RefundWay::Cash).await?;
    assert_eq!(record.amount.to_string(), "15.00");
    let of_each: Vec<_> = record.lines.iter().map(|line| line.gives.to_string()).collect();
    assert_eq!(of_each, ["5.00", "10.00"]);

    assert_eq!(
        refused(shop.cash("", None, None)),
        TenderRefused::Returned.into(),
        "nothing more is taken"
    );
    let pin = Shop::pin()?;
    let back = till.take_back(ticket, Some((shop.manager, &pin))).await;
    assert_eq!(refused(back), TenderRefused::Returned.into(), "nor given back");
    let again = give_back(&shop, ticket, &all, RefundWay::Portal).await;
    assert_eq!(refused_return(again), ReturnRefused::MoreThanBought);
    assert!(!till.sale_around(ticket)?.can_return);
    till.new_sale().await?;
    shop.all_is_well()
}

#[tokio::test]
async fn a_leg_whose_void_is_refused_is_recorded_as_refunded_in_the_portal() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let card = shop.card("3000", "10.01").await?;
    let ticket = till.standing()?.ticket;
    let all = everything(till, ticket)?;
    let early = give_back(&shop, ticket, &all, RefundWay::Portal).await;
    assert_eq!(
        refused_return(early),
        ReturnRefused::NotPaid,
        "it can be taken back"
    );

    shop.office.script("decline")?;
    let pin = Shop::pin()?;
    let back = till.take_back(ticket, Some((shop.manager, &pin))).await?;
    let void = back
        .void
        .ok_or_else(|| kaunter_tests::Failure::new("no void began"))?;
    shop.answered(&void).await?;
    // A void's no is asked about once before it is believed.
    let void = till.checkout()?.check_status(&void.reference).await?;
    assert_eq!(void.state, PaymentState::Declined);
    assert!(till.is_stuck(&till.standing()?)?);

    let record = done(&shop, ticket, &all, RefundWay::Portal).await?;
    assert_eq!(record.amount.to_string(), "10.01", "a portal pays to the sen");
    let void = till.void(&card.reference, shop.manager, &pin).await;
    assert_eq!(refused_return(void), ReturnRefused::ReturnedAlready);
    assert_eq!(
        shop.charged()?,
        ["10.01"],
        "the acquirer knows nothing of the portal"
    );
    till.new_sale().await?;
    assert!(till.parked()?.is_empty(), "it waits for nobody");
    shop.all_is_well()
}
