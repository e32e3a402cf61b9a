//! Cash-out, a note for the slip, and another slip, in the real window: what the cashier sees, and what the acquirer has.

use kaunter_tests::{Desk, Keyring, Outcome, Simulator, Window, holding, steps};
use serde_json::json;
use steps::OWNER;

const CASH_OUT: &str = "Card with cash-out";
const REPRINT: &str = "Reprint on the terminal";

/// A live till whose manager is signed in, with cash-out offered.
async fn shop_with_cash_out(desk: &Desk, simulator: &Simulator) -> Outcome<Window> {
    let window = Window::open(desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    assert!(
        window.find("button", CASH_OUT).await?.is_none(),
        "cash-out is offered before the merchant has said so"
    );
    steps::go_to(&window, "Settings").await?;
    window
        .click("checkbox", "Offer cash-out on cards (MyDebit)")
        .await?;
    // Its limits push the button down.
    window.wait_for("textbox", "Most cash per payment").await?;
    window.click("button", "Save payments").await?;
    window.see("Saved").await?;
    steps::go_to(&window, "Sell").await?;
    window.wait_for("button", holding(CASH_OUT)).await?;
    Ok(window)
}

/// Rings up 12.50 and asks for 50 in cash beside it.
async fn charge_with_cash(window: &Window) -> Outcome {
    window.type_keys("1250").await?;
    window.press("F8").await?;
    window.wait_for("dialog", "How much cash?").await?;
    window.click("button", "RM 50.00").await?;
    window.press("Enter").await
}

#[tokio::test]
async fn a_cash_out_shows_purchase_and_cash_apart_and_says_when_to_hand_over() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = shop_with_cash_out(&desk, &simulator).await?;

    window.type_keys("1250").await?;
    window.press("F8").await?;
    window.wait_for("dialog", "How much cash?").await?;
    window.fill("Cash-out", "75").await?;
    window.press("Enter").await?;
    window.see("So much cash is not handed back here.").await?;
    assert!(simulator.book().await?.is_empty());
    window.press("Escape").await?;
    window.wait_gone("dialog", "How much cash?").await?;
    window.press("Escape").await?;

    charge_with_cash(&window).await?;
    window.see("Approved").await?;
    window.see("Hand over RM 50.00 in cash").await?;
    window.see("RM 12.50").await?;
    assert!(
        !window.text().await?.contains("62.50"),
        "purchase and cash were added"
    );
    let book = simulator.book().await?;
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(
        (
            book[0].trans_type.as_str(),
            book[0].amount.as_str(),
            book[0].status.as_str()
        ),
        ("cashOut", "12.50", "charged")
    );
    window.see("Press Enter for the next sale").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;

    steps::open_payment(&window, "RM 12.50").await?;
    window.see("with cash-out of RM 50.00").await?;
    window.click("button", "Void").await?;
    window.wait_for("dialog", "Void this payment?").await?;
    window.see("Take it back from the customer first.").await?;
    steps::approve(&window, OWNER.pin).await?;
    window
        .see("The purchase of RM 12.50 and the cash-out of RM 50.00 go back to the card.")
        .await?;
    assert_eq!(simulator.book().await?[0].status, "voided");
    window.close().await
}

#[tokio::test]
async fn a_declined_cash_out_hands_over_no_cash() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = shop_with_cash_out(&desk, &simulator).await?;
    simulator
        .script(&simulator.credentials().terminals[0], &json!("decline"))
        .await?;
    charge_with_cash(&window).await?;
    window.see("Declined").await?;
    window.see("Hand over no cash.").await?;
    window.click("button", "Charge again").await?;
    window.see("Hand over RM 50.00 in cash").await?;
    let book = simulator.book().await?;
    let charged: Vec<_> = book.iter().filter(|row| row.status == "charged").collect();
    assert_eq!(charged.len(), 1, "{book:?}");
    assert_eq!(charged[0].trans_type, "cashOut");
    window.close().await
}

#[tokio::test]
async fn a_lost_cash_out_holds_goods_and_cash_until_it_is_found_out() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = shop_with_cash_out(&desk, &simulator).await?;
    let terminal = &simulator.credentials().terminals[0];
    simulator.script(terminal, &json!("lost-after-charge")).await?;
    // The first question proves nothing, so that there is something to read.
    simulator.inquiry_script(terminal, &json!(["offline"])).await?;
    charge_with_cash(&window).await?;
    window
        .wait_for("heading", "Do not hand over the goods or cash yet")
        .await?;
    assert!(!window.text().await?.contains("Hand over RM"));
    window.see("Hand over RM 50.00 in cash").await?;
    assert_eq!(simulator.book().await?.len(), 1);
    window.close().await
}

#[tokio::test]
async fn a_note_costs_a_plain_sale_no_key_and_stands_on_the_payment() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    window.press("F6").await?;
    window.wait_for("dialog", "On this sale").await?;
    window.fill("Note", &"x".repeat(129)).await?;
    window.press("Enter").await?;
    window.see("This note cannot be printed.").await?;
    window.fill("Note", "Table 4, less ice").await?;
    window.press("Enter").await?;
    window.wait_gone("dialog", "On this sale").await?;
    window.see("Note: Table 4, less ice").await?;
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    assert!(
        !window.text().await?.contains("Table 4"),
        "the note stayed for the next customer"
    );
    steps::open_payment(&window, "RM 12.50").await?;
    window.see("Note: Table 4, less ice").await?;
    window.close().await
}

#[tokio::test]
async fn a_slip_is_printed_again_where_there_is_a_printer_and_said_not_to_be_where_there_is_none() -> Outcome
{
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.press("Enter").await?;
    steps::open_payment(&window, "RM 12.50").await?;
    window.click("button", REPRINT).await?;
    window
        .see("No slip was printed. This terminal has no printer")
        .await?;
    window.see("The payment is as it was; show the receipt").await?;
    window.wait_for("button", "Void").await?;

    steps::go_to(&window, "Terminals").await?;
    window
        .click("button", holding("Use this terminal: TM-0003"))
        .await?;
    steps::go_to(&window, "Sell").await?;
    window.type_keys("300").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.press("Enter").await?;
    steps::open_payment(&window, "RM 3.00").await?;
    window.click("button", REPRINT).await?;
    window.see("The terminal printed the slip.").await?;
    window.see("The slip was printed once more").await?;
    assert_eq!(simulator.book().await?.len(), 2, "a slip is no charge");
    window.close().await
}

#[tokio::test]
async fn what_transfers_show_fits_and_is_accessible_in_light() -> Outcome {
    looks("Light").await
}

#[tokio::test]
async fn what_transfers_show_fits_and_is_accessible_in_dark() -> Outcome {
    looks("Dark").await
}

async fn looks(theme: &str) -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = shop_with_cash_out(&desk, &simulator).await?;
    let terminal = &simulator.credentials().terminals[0];
    steps::go_to(&window, "Settings").await?;
    window.click("radio", theme).await?;
    window
        .click("checkbox", "Choose the product at the counter")
        .await?;
    window
        .click("checkbox", "Enter a promotion at the counter")
        .await?;
    window.click("button", "Save payments").await?;
    window.see("Saved").await?;
    window.fits("settings-payments", &theme.to_lowercase()).await?;
    steps::go_to(&window, "Sell").await?;
    window.press("F6").await?;
    window.wait_for("dialog", "On this sale").await?;
    window
        .fill("Note", "Table 4 – less ice, the cake for ten candles")
        .await?;
    window.choose("Product", "3").await?;
    window.fill("Promotion", "P1").await?;
    window.fits("sale-extras", &theme.to_lowercase()).await?;
    window.click("button", "Save").await?;
    window.wait_gone("dialog", "On this sale").await?;
    window.type_keys("1250").await?;
    window.fits("sell-extras", &theme.to_lowercase()).await?;
    window.press("F8").await?;
    window.wait_for("dialog", "How much cash?").await?;
    window.fill("Cash-out", "75").await?;
    window.press("Enter").await?;
    window.see("So much cash").await?;
    window.fits("cash-out", &theme.to_lowercase()).await?;
    window.click("button", "RM 50.00").await?;
    simulator
        .script(terminal, &json!([{"delayMs": 15_000}, "decline"]))
        .await?;
    window.click("button", "Charge the card").await?;
    window.see("Waiting for the customer’s card").await?;
    window.fits("pay-cash-waiting", &theme.to_lowercase()).await?;
    window.see("Hand over RM 50.00 in cash").await?;
    window.fits("pay-cash-approved", &theme.to_lowercase()).await?;
    window.see("Press Enter for the next sale").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    steps::open_payment(&window, "RM 12.50").await?;
    window.click("button", REPRINT).await?;
    window.see("No slip was printed.").await?;
    window.fits("payment-cash-reprint", &theme.to_lowercase()).await?;
    window.click("button", "Void").await?;
    window.wait_for("dialog", "Void this payment?").await?;
    window.fits("void-cash", &theme.to_lowercase()).await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Void this payment?").await?;
    steps::go_to(&window, "Sell").await?;
    charge_with_cash(&window).await?;
    window.see("Hand over no cash.").await?;
    window.fits("pay-cash-declined", &theme.to_lowercase()).await?;
    window.click("button", "New sale").await?;
    window.wait_for("button", "Pay by card").await?;
    simulator.script(terminal, &json!("lost-after-charge")).await?;
    simulator
        .inquiry_script(terminal, &json!(vec!["offline"; 40]))
        .await?;
    charge_with_cash(&window).await?;
    window
        .wait_for("heading", "Do not hand over the goods or cash yet")
        .await?;
    window.fits("pay-cash-unknown", &theme.to_lowercase()).await?;
    window.click("button", "Serve the next customer").await?;
    steps::go_to(&window, "Unresolved").await?;
    window.fits("unresolved-cash", &theme.to_lowercase()).await?;
    window.close().await
}
