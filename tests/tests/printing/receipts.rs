//! What stands on a receipt, and which print of it is the first.

use crate::drawer::cash;
use crate::says;
use crate::shop::{Shop, item, manager};
use crate::squeezed;
use kaunter_tests::{Failure, Manner, Outcome, Printer};
use till::print::{PrintTrouble, PrintWhen, Printed};
use till::{Payment, PaymentState, Reference, RefundWay, ReturnAsked, Rounding, TaxSettings, TillError};

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

#[tokio::test(flavor = "multi_thread")]
async fn a_return_in_cash_shows_how_it_was_rounded_as_a_sale_does() -> Outcome {
    let shop = Shop::open().await?;
    shop.till.set_rounding(Rounding::Cash)?;
    shop.till.add_amount("1003")?;
    cash(&shop, "10.03", "10.03")?;
    let standing = shop.till.standing()?;
    shop.till.new_sale().await?;
    let lines: Vec<(i64, String)> = shop
        .till
        .store()
        .ticket(standing.ticket)?
        .lines
        .iter()
        .map(|line| (line.id, "1".to_owned()))
        .collect();
    let asked = ReturnAsked {
        ticket: standing.ticket,
        lines: &lines,
        amount: "10.03",
        seen: None,
        way: RefundWay::Cash,
        portal: "",
        reason: "Torn",
    };
    let (manager, pin) = manager(&shop.till)?;
    let returned = shop.till.return_goods(&asked, (manager, &pin)).await?;
    let refund = returned
        .refund()
        .ok_or_else(|| Failure::new("nothing was given back"))?;
    in_order(
        &rows(&shop, refund)?,
        &[
            "RETURN",
            "REFUND RM 10.03",
            "Rounding +0.02",
            "AFTER ROUNDING RM 10.05",
            "Cash 10.05",
        ],
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tax_of_classes_with_several_names_is_called_a_tax() -> Outcome {
    let shop = Shop::open().await?;
    let (settings, _) = shop.till.tax()?;
    shop.till.save_tax_settings(&TaxSettings {
        enabled: true,
        included: true,
        ..settings
    })?;
    shop.till.save_tax_class(None, "Service tax", "6")?;
    let (_, classes) = shop.till.tax()?;
    for class in classes.iter().filter(|class| class.rate.to_string() == "6") {
        let sold = shop.till.save_item(&item(&class.name, "10.00", Some(class.id)))?;
        shop.till.add_item(sold.id, None)?;
    }
    let tender = cash(&shop, "20.00", "20.00")?;
    in_order(
        &rows(&shop, &tender.reference)?,
        &["Tax 6% included 1.13", "TOTAL RM 20.00"],
    );
    Ok(())
}
