//! The drawer that is plugged into the printer: it opens once for each time that cash was taken, whatever the paper does.

use crate::shop::Shop;
use crate::squeezed;
use kaunter_tests::{Failure, Manner, Mark, Outcome, Printer};
use till::print::{PrintTrouble, PrintWhen, Printed};
use till::{Rounding, Served, Taking, Tender};

/// Takes so much of what is due in cash.
pub(crate) fn cash(shop: &Shop, due: &str, part: &str) -> Outcome<Tender> {
    let part = Some(part).filter(|part| *part != due);
    let typed = "";
    Ok(shop.till.take_cash(&Taking { typed, part, due }, None, false)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_opens_once_for_each_time_that_cash_was_taken() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    let address = printer.address();
    shop.set(&printer, |_| ())?;
    drop(printer);
    shop.till.add_amount("1000")?;
    let first = cash(&shop, "10.00", "4.00")?;
    let off = shop.till.serve_paper(&first.reference)?;
    assert_eq!(off.drawer, Some(Printed::No(PrintTrouble::NotReached)));

    // That it stayed shut for one leg is nothing to the next.
    let printer = Printer::start_at(&address, Manner::Well)?;
    let second = cash(&shop, "6.00", "5.00")?;
    let third = cash(&shop, "1.00", "1.00")?;
    for tender in [&second, &third] {
        let served = shop.till.serve_paper(&tender.reference)?;
        assert_eq!((served.drawer, served.receipt), (Some(Printed::Yes), None));
    }
    for tender in [first, second, third] {
        assert_eq!(shop.till.serve_paper(&tender.reference)?, Served::default());
    }
    assert_eq!(printer.sheets(), [[Mark::Kick], [Mark::Kick]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_opens_although_the_printer_cannot_print() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::NoPaper)?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;
    for (manner, trouble) in [
        (Manner::NoPaper, PrintTrouble::NoPaper),
        (Manner::CoverOpen, PrintTrouble::CoverOpen),
    ] {
        printer.behave(manner);
        shop.till.add_amount("1000")?;
        let tender = cash(&shop, "10.00", "10.00")?;
        let served = shop.till.serve_paper(&tender.reference)?;
        assert_eq!(served.drawer, Some(Printed::Sent), "{manner:?}");
        let receipt = served.receipt.map(|outcome| outcome.printed);
        assert_eq!(receipt, Some(Printed::No(trouble)), "{manner:?}");
        shop.till.new_sale().await?;
    }
    assert_eq!(printer.sheets(), [[Mark::Kick], [Mark::Kick]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_opens_the_drawer_once_and_its_receipt_shows_the_total_before_and_after_rounding() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;
    shop.till.set_rounding(Rounding::Cash)?;
    shop.till.add_amount("1003")?;
    let taking = Taking {
        typed: "",
        part: None,
        due: "10.03",
    };
    let tender = shop.till.take_cash(&taking, Some("20"), false)?;
    let outcome = shop.till.serve_paper(&tender.reference)?;
    assert_eq!(outcome.receipt.map(|outcome| outcome.printed), Some(Printed::Yes));
    assert_eq!(outcome.drawer, Some(Printed::Yes));
    let sheets = printer.sheets();
    assert_eq!(sheets[0], [Mark::Kick]);
    for row in [
        "TOTAL RM 10.03",
        "Rounding +0.02",
        "AFTER ROUNDING RM 10.05",
        "Cash 10.05",
        "Handed over 20.00",
        "Change 9.95",
    ] {
        let printed = sheets[1]
            .iter()
            .any(|mark| matches!(mark, Mark::Text { text, .. } if squeezed(text) == row));
        assert!(printed, "{row}: {:?}", sheets[1]);
    }
    // Whoever asks again by mistake opens and prints nothing.
    assert_eq!(shop.till.serve_paper(&tender.reference)?, Served::default());
    assert_eq!(printer.sheets().len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_opens_once_more_for_cash_that_is_taken_back() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |_| ())?;
    shop.till.add_amount("1000")?;
    for (due, part) in [("10.00", "4.00"), ("6.00", "5.00")] {
        let tender = cash(&shop, due, part)?;
        assert_eq!(
            shop.till.serve_paper(&tender.reference)?.drawer,
            Some(Printed::Yes)
        );
    }
    let ticket = shop.till.standing()?.ticket;
    let back = shop.till.take_back(ticket, None).await?;
    let tender = back.drawer.ok_or_else(|| Failure::new("the drawer is to open"))?;
    let served = shop.till.serve_paper(&tender)?;
    assert_eq!((served.drawer, served.receipt), (Some(Printed::Yes), None));
    assert_eq!(shop.till.serve_paper(&tender)?, Served::default());
    assert_eq!(printer.sheets(), [[Mark::Kick], [Mark::Kick], [Mark::Kick]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_opens_once_for_cash_that_is_handed_out_beside_a_purchase_by_card() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |_| ())?;
    shop.till.add_amount("1250")?;
    let declined = shop.cash_out("decline").await?;
    assert_eq!(shop.till.serve_paper(&declined.reference)?, Served::default());
    let approved = shop.cash_out("approve").await?;
    shop.till.roster().lock();
    let unattended = shop.till.serve_paper(&approved.reference)?;
    assert_eq!(unattended, Served::default(), "nobody is there");
    crate::shop::sign_in(&shop.till)?;
    let served = shop.till.serve_paper(&approved.reference)?;
    assert_eq!((served.drawer, served.receipt), (Some(Printed::Yes), None));
    assert_eq!(shop.till.serve_paper(&approved.reference)?, Served::default());
    assert_eq!(printer.sheets(), [[Mark::Kick]]);
    Ok(())
}
