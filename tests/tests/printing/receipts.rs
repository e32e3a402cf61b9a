//! What stands on a receipt.

use crate::drawer::cash;
use crate::shop::Shop;
use crate::squeezed;
use kaunter_tests::Outcome;
use till::{Payment, PaymentState, Reference, Rounding};

/// The rows of the receipt that this stands on.
fn rows(shop: &Shop, of: &Reference) -> Outcome<Vec<String>> {
    let rows = shop.till.receipt_rows(&shop.till.receipt_of(of)?, 1)?;
    Ok(rows.iter().map(|row| squeezed(&row.plain(48))).collect())
}

/// That these rows stand on it, in this order.
#[track_caller]
fn in_order(printed: &[String], expected: &[&str]) {
    let mut left = printed.iter();
    for row in expected {
        assert!(
            left.any(|printed| printed == row),
            "{row} is not in order on {printed:#?}"
        );
    }
}

async fn cash_out(shop: &Shop) -> Outcome<Payment> {
    let payment = shop.cash_out("approve").await?;
    assert_eq!(payment.state, PaymentState::Approved);
    Ok(payment)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cash_out_keeps_its_cash_on_the_receipt_beside_a_part_that_was_paid_in_cash() -> Outcome {
    let shop = Shop::open().await?;
    shop.till.add_amount("1000")?;
    cash(&shop, "10.00", "4.00")?;
    let payment = cash_out(&shop).await?;
    in_order(
        &rows(&shop, &payment.reference)?,
        &[
            "TOTAL RM 10.00",
            "Cash 4.00",
            "PURCHASE RM 6.00",
            "CASH-OUT RM 10.00",
        ],
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cash_out_keeps_its_cash_on_the_receipt_beside_a_part_that_was_taken_back() -> Outcome {
    let shop = Shop::open().await?;
    shop.till.add_amount("1000")?;
    cash(&shop, "10.00", "4.00")?;
    shop.till.take_back(shop.till.standing()?.ticket, None).await?;
    let payment = cash_out(&shop).await?;
    in_order(
        &rows(&shop, &payment.reference)?,
        &[
            "TOTAL RM 10.00",
            "Cash 4.00",
            "TAKEN BACK -4.00",
            "PURCHASE RM 10.00",
            "CASH-OUT RM 10.00",
        ],
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cash_out_of_a_rounded_total_shows_how_it_was_rounded() -> Outcome {
    let shop = Shop::open().await?;
    shop.till.set_rounding(Rounding::All)?;
    shop.till.add_amount("1003")?;
    let payment = cash_out(&shop).await?;
    in_order(
        &rows(&shop, &payment.reference)?,
        &[
            "TOTAL RM 10.03",
            "Rounding +0.02",
            "AFTER ROUNDING RM 10.05",
            "PURCHASE RM 10.05",
            "CASH-OUT RM 10.00",
        ],
    );
    Ok(())
}
