//! A store that refuses a step of a print: what is known is said, and what is not printed counts as no copy.

use crate::drawer::cash;
use crate::shop::Shop;
use kaunter_tests::{Manner, Outcome, Printer};
use till::print::{PrintTrouble, PrintWhen, Printed};

/// From now on the database refuses to do this, as a full disk would.
fn refuse(shop: &Shop, what: &str) -> Outcome {
    at_the_database(
        shop,
        &format!(
            "CREATE TRIGGER in_the_way BEFORE {what} BEGIN SELECT RAISE(ABORT, 'it is in the way'); END;"
        ),
    )
}

fn refuse_nothing(shop: &Shop) -> Outcome {
    at_the_database(shop, "DROP TRIGGER in_the_way;")
}

fn at_the_database(shop: &Shop, sql: &str) -> Outcome {
    let database = shop.folder.path().join("kaunter.sqlite3");
    rusqlite::Connection::open(database)?.execute_batch(sql)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_printed_is_said_although_it_could_not_be_saved() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let of = shop.of(&payment)?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |_| ())?;
    refuse(
        &shop,
        "UPDATE ON print_job WHEN NEW.state NOT IN ('prepared', 'sent')",
    )?;
    let outcome = shop.till.print_receipt(&of)?;
    assert_eq!((outcome.printed, outcome.copy), (Printed::Yes, 1));
    // What is not known to have ended may have been printed, so the next is a copy.
    assert_eq!(shop.till.print_receipt(&of)?.copy, 2);
    assert_eq!(printer.sheets().len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_before_its_first_byte_was_not_printed_and_is_no_copy() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let of = shop.of(&payment)?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |_| ())?;
    let last = || -> Outcome<_> { Ok(shop.till.last_print(&of)?.map(|job| (job.copy, job.state))) };
    let stopped = till::PrintState::Ended(Printed::No(PrintTrouble::Stopped));

    shop.till.store().save_receipt_logo(Some(b"no picture"))?;
    assert!(shop.till.print_receipt(&of).is_err());
    assert_eq!(last()?, Some((1, stopped)));
    shop.till.store().save_receipt_logo(None)?;

    refuse(&shop, "UPDATE ON print_job WHEN NEW.state = 'sent'")?;
    assert!(shop.till.print_receipt(&of).is_err());
    assert_eq!(last()?, Some((1, stopped)));
    assert_eq!(printer.sheets().len(), 0);
    refuse_nothing(&shop)?;
    assert_eq!(shop.till.print_receipt(&of)?.copy, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drawer_that_cannot_be_opened_keeps_no_receipt_back() -> Outcome {
    let shop = Shop::open().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;
    refuse(&shop, "INSERT ON print_job WHEN NEW.what = 'drawer'")?;
    shop.till.add_amount("1000")?;
    let tender = cash(&shop, "10.00", "10.00")?;
    let served = shop.till.serve_paper(&tender.reference)?;
    assert_eq!(served.drawer, Some(Printed::No(PrintTrouble::Stopped)));
    let receipt = served.receipt.map(|outcome| outcome.printed);
    assert_eq!(receipt, Some(Printed::Yes));
    Ok(())
}
