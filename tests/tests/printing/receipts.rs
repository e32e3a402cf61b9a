//! What stands on a receipt, and which print of it is the first.

use crate::drawer::cash;
use crate::says;
use crate::shop::Shop;
use crate::squeezed;
use kaunter_tests::{Failure, Manner, Outcome, Printer};
use till::print::{PrintTrouble, PrintWhen, Printed};
use till::{Payment, PaymentState, Reference, Rounding, TillError};

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

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_that_is_paid_in_part_is_not_printed_and_its_first_receipt_prints_by_itself() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;
    shop.till.add_amount("1000")?;
    let part = cash(&shop, "10.00", "4.00")?;
    let of = shop.till.receipt_of(&part.reference)?;
    let too_soon = || {
        let refused = shop.till.print_receipt(&of);
        assert!(matches!(refused, Err(TillError::ReceiptTooSoon)), "{refused:?}");
    };
    too_soon();
    let around = shop.till.tender_detail(&part.reference)?.sale;
    assert!(around.receipt_waits);
    // Nor is it where all of it was taken back, and is about to be taken again.
    shop.till.take_back(around.standing.ticket, None).await?;
    too_soon();
    let all = cash(&shop, "10.00", "10.00")?;
    let served = shop.till.serve_paper(&all.reference)?;
    let first = served
        .receipt
        .ok_or_else(|| Failure::new("no receipt was printed"))?;
    assert_eq!((first.printed, first.copy), (Printed::Yes, 1));
    let sheets = printer.sheets();
    assert!(!sheets.iter().any(|sheet| says(sheet, "DUPLICATE")), "{sheets:?}");
    assert!(!shop.till.tender_detail(&all.reference)?.sale.receipt_waits);
    assert_eq!(shop.till.print_receipt(&of)?.copy, 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_for_good_can_be_printed() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |_| ())?;
    shop.till.add_amount("1000")?;
    let part = cash(&shop, "10.00", "4.00")?;
    shop.till.take_back(shop.till.standing()?.ticket, None).await?;
    shop.till.new_sale().await?;
    let of = shop.till.receipt_of(&part.reference)?;
    assert_eq!(shop.till.print_receipt(&of)?.printed, Printed::Yes);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_print_of_which_not_a_byte_left_keeps_no_receipt_back_that_prints_by_itself() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let of = shop.of(&payment)?;
    let printer = Printer::start(Manner::NoPaper)?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;
    let failed = shop.till.print_receipt(&of)?;
    assert_eq!(failed.printed, Printed::No(PrintTrouble::NoPaper));
    printer.behave(Manner::Well);
    let printed = shop.till.print_by_itself(&of)?;
    assert_eq!(
        printed.map(|outcome| (outcome.printed, outcome.copy)),
        Some((Printed::Yes, 1))
    );
    assert_eq!(shop.till.print_by_itself(&of)?, None);
    Ok(())
}
