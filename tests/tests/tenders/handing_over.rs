//! What was given back is the customer's from its commit on: a till that stops before somebody hands it over asks again.

use crate::returns::{everything, give_back, sold};
use crate::shop::Shop;
use kaunter_tests::{Office, Outcome};
use till::{HandOver, RefundWay, TillError};

/// The same shop after its program was killed and started again.
fn restarted(shop: Shop) -> Outcome<Shop> {
    let Shop { office, manager } = shop;
    let office: Office = office.restarted_offline()?;
    office.cashier()?;
    Ok(Shop { office, manager })
}

/// What is asked for: the receipt, the cash, and the slips.
fn told(open: &[HandOver]) -> Vec<String> {
    open.iter()
        .map(|one| {
            let slips = one.by_hand.iter().filter_map(|slip| slip.proof.clone());
            let mut words = vec![format!("{:?}", one.receipt), one.cash.to_string()];
            words.extend(slips);
            words.join(" ")
        })
        .collect()
}

#[tokio::test]
async fn what_was_taken_back_is_asked_for_after_a_restart_until_somebody_has_handed_it_over() -> Outcome {
    let shop = Shop::open().await?;
    shop.cash("3000", Some("10.00"), None)?;
    shop.cash("", Some("4.00"), None)?;
    shop.by_hand("", Some("6.00"), "A1B2C3", true)?;
    let ticket = shop.office.till.standing()?.ticket;
    assert_eq!(shop.office.till.to_hand_over()?, [], "nothing was given back yet");
    let pin = Shop::pin()?;
    shop.office
        .till
        .take_back(ticket, Some((shop.manager, &pin)))
        .await?;

    let shop = restarted(shop)?;
    let till = &shop.office.till;
    let open = till.to_hand_over()?;
    assert_eq!(told(&open), ["Some(1) 14.00 A1B2C3"]);
    assert!(!open[0].is_return);
    till.handed_over(ticket)?;
    assert_eq!(till.to_hand_over()?, []);
    let shop = restarted(shop)?;
    assert_eq!(shop.office.till.to_hand_over()?, [], "it is asked for once");
    shop.all_is_well()
}

#[tokio::test]
async fn cash_for_goods_that_came_back_is_asked_for_and_a_refund_through_the_portal_is_not() -> Outcome {
    let shop = Shop::open().await?;
    let (_, first) = sold(&shop).await?;
    let (_, second) = sold(&shop).await?;
    let lines = everything(&shop.office.till, first)?;
    give_back(&shop, first, &lines, RefundWay::Cash).await?;
    let lines = everything(&shop.office.till, second)?;
    give_back(&shop, second, &lines, RefundWay::Portal).await?;

    let shop = restarted(shop)?;
    let till = &shop.office.till;
    let open = till.to_hand_over()?;
    assert_eq!(told(&open), ["Some(3) 10.05"]);
    assert!(open[0].is_return);
    till.handed_over(first)?;
    assert_eq!(
        till.to_hand_over()?.len(),
        1,
        "the ticket that was bought is another one"
    );
    till.handed_over(open[0].ticket)?;
    assert_eq!(till.to_hand_over()?, []);
    shop.all_is_well()
}

#[tokio::test]
async fn nobody_who_is_not_signed_in_says_that_something_is_handed_over() -> Outcome {
    let shop = Shop::open().await?;
    shop.cash("3000", Some("10.00"), None)?;
    let till = &shop.office.till;
    let ticket = till.standing()?.ticket;
    till.take_back(ticket, None).await?;
    till.roster().lock();
    assert!(matches!(till.handed_over(ticket), Err(TillError::Staff(_))));
    assert!(matches!(till.to_hand_over(), Err(TillError::Staff(_))));
    shop.office.cashier()?;
    assert_eq!(till.to_hand_over()?.len(), 1);
    shop.all_is_well()
}
