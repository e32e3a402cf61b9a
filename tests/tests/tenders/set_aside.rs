//! Tickets that were set aside with a payment in question: whatever becomes of it, their customer can still pay.

use crate::shop::{Shop, refused};
use cloudecr::PaymentMethod;
use kaunter_tests::Outcome;
use till::{PaymentState, StoreError, TenderRefused, TillError};

#[tokio::test]
async fn a_ticket_waits_with_the_parked_ones_once_its_payment_took_no_money() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    till.add_amount("700")?;
    till.add_amount("300")?;
    let bought = till.ticket()?;
    shop.office.script("lost-before-charge")?;
    let lost = shop.card("", "10.00").await?;
    assert_eq!(lost.state, PaymentState::Unknown);
    till.set_aside()?;
    // While nobody knows, nobody takes anything for it.
    assert!(till.parked()?.is_empty());
    assert!(!till.sale_around(bought.id)?.can_resume);
    assert!(matches!(
        till.recall(bought.id, None),
        Err(TillError::Store(StoreError::Missing(_)))
    ));

    let pin = Shop::pin()?;
    till.decide(&lost.reference, (shop.manager, &pin), false, "No slip came")
        .await?;
    let waiting = till.parked()?;
    assert_eq!(
        waiting
            .iter()
            .map(|parked| (parked.id, parked.name.as_str(), parked.total.to_string()))
            .collect::<Vec<_>>(),
        [(bought.id, "", "10.00".to_owned())]
    );
    assert!(till.sale_around(bought.id)?.can_resume);
    let again = till.charge_again(&lost.reference, None, None).await;
    assert_eq!(refused(again), Some(TenderRefused::NotCurrent));

    // What the next customer has not paid stays; what they have paid makes room.
    till.add_amount("250")?;
    assert!(matches!(
        till.resume_ticket(bought.id),
        Err(TillError::Store(StoreError::TicketInTheWay))
    ));
    shop.cash("", None, None)?;
    assert_eq!(till.resume_ticket(bought.id)?.lines, bought.lines);
    assert!(till.parked()?.is_empty());
    assert_eq!(shop.card("", "10.00").await?.state, PaymentState::Approved);
    assert!(till.standing()?.is_paid());
    assert_eq!(shop.charged()?, ["10.00"]);
    shop.all_is_well()
}

#[tokio::test]
async fn a_payment_that_is_refused_just_before_it_is_set_aside_loses_no_ticket() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    till.add_amount("1250")?;
    let bought = till.ticket()?;
    shop.office.script("decline")?;
    let declined = till.pay(PaymentMethod::BankCard, None, "", false).await?;
    assert_eq!(shop.answered(&declined).await?.state, PaymentState::Declined);
    till.set_aside()?;
    let waiting = till.parked()?;
    assert_eq!(waiting.len(), 1);
    assert_eq!(till.recall(waiting[0].id, None)?.lines, bought.lines);
    shop.cash("", None, None)?;
    assert!(till.standing()?.is_paid());
    shop.all_is_well()
}

#[tokio::test]
async fn one_that_was_charged_after_all_waits_for_nobody() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.office.script("lost-after-charge")?;
    let lost = shop.card("1000", "10.00").await?;
    let ticket = till.standing()?.ticket;
    till.set_aside()?;
    let found = till.checkout()?.check_status(&lost.reference).await?;
    assert_eq!(found.state, PaymentState::Approved);
    assert!(till.parked()?.is_empty());
    assert!(!till.sale_around(ticket)?.can_resume);
    assert_eq!(
        refused(till.resume_ticket(ticket)),
        Some(TenderRefused::NotPartlyPaid)
    );
    shop.all_is_well()
}
