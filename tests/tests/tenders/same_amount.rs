//! Cash of the amount of a payment that nobody knows the outcome of: perhaps its very customer, who came back.

use crate::shop::Shop;
use cloudecr::PaymentMethod;
use kaunter_tests::Outcome;
use till::{PaymentState, Taking, TillError};

#[tokio::test]
async fn cash_is_not_taken_from_the_customer_of_a_lost_answer_without_a_question() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.office.script("lost-after-charge")?;
    let lost = till.pay(PaymentMethod::BankCard, None, "1000", false).await?;
    assert_eq!(shop.answered(&lost).await?.state, PaymentState::Unknown);
    till.set_aside()?;
    assert_eq!(
        till.cash_offer("1000", None)?.same_amount_open,
        Some(lost.reference.clone())
    );
    assert_eq!(till.cash_offer("1500", None)?.same_amount_open, None);
    // A part of another sale is the same money in the same hand.
    let part = till.cash_offer("1500", Some("10.00"))?;
    assert_eq!(part.same_amount_open, Some(lost.reference.clone()));
    let refused = shop.cash("1000", None, Some("20"));
    assert!(
        matches!(&refused, Err(TillError::SameAmountOpen(open)) if *open == lost.reference),
        "{refused:?}"
    );
    assert!(
        till.ticket()?.lines.is_empty(),
        "what was refused is not on the ticket"
    );
    let taking = Taking {
        typed: "1000",
        part: None,
        due: "10.00",
    };
    let taken = till.take_cash(&taking, Some("20"), true)?;
    assert_eq!(
        taken.change().map(|change| change.to_string()).as_deref(),
        Some("10.00")
    );
    shop.all_is_well()
}
