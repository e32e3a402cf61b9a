//! A scanner that types, wherever the focus is: on the ticket, and nowhere else. By accessible names alone.

use kaunter_tests::{Desk, Keyring, Layout, Outcome, Window, steps};
use steps::{CASHIER, MANAGER};

/// A code that no item has.
const UNKNOWN: &str = "4006381333931";
/// Of the sample shelf, at 1.80; and the number that the same bottle has in another country.
const WATER: (&str, &str, &str) = ("9556001234561", "036000291452", "Air mineral 500 ml");
/// Of the sample shelf, at 5.90.
const CARAMEL: (&str, &str) = ("9556001234578", "Crème caramel");

#[tokio::test]
async fn scan_scan_one_more_and_a_card_needs_no_other_touch() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    window.scan(WATER.0).await?;
    window.scan(CARAMEL.0).await?;
    window.scan(&format!("]C101{:0>14}", WATER.1)).await?;
    // 1.80 and 5.90 and 1.80.
    window.see("RM 9.50").await?;
    window
        .click("button", format!("One {} more", CARAMEL.1).as_str())
        .await?;
    window.see("RM 15.40").await?;
    // The focus stands on a key of the ticket, which a scanner's Enter would press.
    window.scan(WATER.0).await?;
    window.see("RM 17.20").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.see("RM 17.20").await?;
    // The next customer's first item begins the next sale.
    window.scan(CARAMEL.0).await?;
    window.wait_for("button", "Pay by card").await?;
    window.see("RM 5.90").await?;
    // From another screen it is on the ticket as well, and that is said.
    steps::go_to(&window, "History").await?;
    window.scan(WATER.0).await?;
    window.see(&format!("{} is on the ticket.", WATER.2)).await?;
    window.fits("scan-elsewhere", "light").await?;
    window.click("link", "To the ticket").await?;
    window.see("RM 7.70").await?;
    window.close().await
}

#[tokio::test]
async fn an_unknown_code_becomes_an_item_with_a_few_keys() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    window.scan(UNKNOWN).await?;
    window.click("link", "Add as an item").await?;
    window.wait_for("dialog", "Add item").await?;
    window.see(UNKNOWN).await?;
    window.fill("Name", "Pen").await?;
    window.fill("Price", "2.40").await?;
    // The field for barcodes is where a scan belongs.
    let barcodes = window.wait_for("textbox", "Barcodes").await?;
    barcodes.click().await?;
    window.scan("4006381333948").await?;
    window.wait_for("button", "Remove barcode 4006381333948").await?;
    window.click("button", "Save").await?;
    window.wait_gone("dialog", "Add item").await?;
    for code in [UNKNOWN, "4006381333948"] {
        steps::go_to(&window, "Sell").await?;
        window.scan(code).await?;
    }
    window.see("RM 4.80").await?;
    window.close().await
}

#[tokio::test]
async fn a_scan_leaves_nothing_in_a_pin_a_dialog_or_an_amount() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    // On a tile, it presses nobody's; in the PIN, it is no PIN.
    window.wait_for("button", CASHIER.name).await?;
    window.scan(UNKNOWN).await?;
    assert!(
        window.find("textbox", "PIN").await?.is_none(),
        "a scan chose somebody"
    );
    window.click("button", CASHIER.name).await?;
    let pin = window.wait_for("textbox", "PIN").await?;
    window.type_keys("11").await?;
    window.scan(UNKNOWN).await?;
    assert_eq!(pin.value().await?, "11");
    window.type_keys("11").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;

    // In an amount, what was typed before stands as it was, and nothing is added or paid.
    window.type_keys("12").await?;
    window.scan(UNKNOWN).await?;
    window.see(&format!("No item has the code {UNKNOWN}")).await?;
    window.see("RM 0.12").await?;
    assert!(
        !window.text().await?.contains("Open amount"),
        "the amount was added"
    );
    // With a plus, a slash and a question mark in it, which are keys of the till.
    window.scan("AB+12/34?X").await?;
    window.see("No item has the code AB+12/34?X").await?;
    window.see("RM 0.12").await?;
    assert!(window.find("dialog", "Keys").await?.is_none());
    window.press("Escape").await?;
    window.see_no_more("No item has the code").await?;

    // In the search, the words before it come back.
    let search = window.wait_for("searchbox", "Search items").await?;
    search.fill("teh").await?;
    window.scan(UNKNOWN).await?;
    window.see(&format!("No item has the code {UNKNOWN}")).await?;
    assert_eq!(search.value().await?, "teh");
    window.press("Escape").await?;

    // A dialog's choices are no scanner's: number 4 of the wallets would have paid.
    window.press("F10").await?;
    window.wait_for("dialog", "Which wallet?").await?;
    window.wait_for("button", "Touch ’n Go").await?;
    window.scan("4123456789012").await?;
    window.wait_for("dialog", "Which wallet?").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Which wallet?").await?;
    window.see("RM 0.12").await?;
    window.press("?").await?;
    window.wait_for("dialog", "Keys").await?;
    window.scan(UNKNOWN).await?;
    window.wait_for("dialog", "Keys").await?;
    window.close().await
}

#[tokio::test]
async fn a_scan_into_an_approval_leaves_no_digit_and_approves_nothing() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    window.type_keys("500").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    steps::open_payment(&window, "RM 5.00").await?;
    window.click("button", "Void").await?;
    window.wait_for("dialog", "Void this payment?").await?;
    let pin = window.wait_for("textbox", "PIN").await?;
    // The manager's own PIN, as a barcode.
    window.scan(MANAGER.pin).await?;
    window.wait_for("dialog", "Void this payment?").await?;
    assert_eq!(pin.value().await?, "");
    steps::approve(&window, MANAGER.pin).await?;
    window.see("goes back to the customer").await?;
    window.close().await
}

#[tokio::test]
async fn keys_that_were_quick_but_a_persons_do_what_they_say_in_their_order() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    // Faster than any hand, but without an Enter it is no scan: the plus adds, and what comes after it is the next amount.
    window.burst("12+34").await?;
    window.see("+ RM 0.34 typed, charged together").await?;
    window.see("RM 0.46").await?;
    window.press("Escape").await?;
    window.burst("/kopi").await?;
    window.wait_focus("searchbox", "Search items").await?;
    let search = window.wait_for("searchbox", "Search items").await?;
    assert_eq!(search.value().await?, "kopi");
    window.press("Escape").await?;
    // The line that had the focus goes, and the focus does not go with it.
    steps::tab_to(&window, "button", "Remove Open amount").await?;
    window.press("Enter").await?;
    window.wait_gone("button", "Remove Open amount").await?;
    window
        .lies_well("sell without the line", &[Layout::Focus])
        .await?;
    window.close().await
}

#[tokio::test]
async fn while_a_payment_is_open_a_scan_is_refused_in_words() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    steps::customer_will(&window, "Answer lost, not charged").await?;
    window.type_keys("500").await?;
    // By a wallet, because a card that was not charged is proven so after a while.
    window.press("F11").await?;
    window.see("Do not hand over the goods yet").await?;
    window.scan(UNKNOWN).await?;
    window.see(&format!("Not added: {UNKNOWN}.")).await?;
    window.see("Do not hand over the goods yet").await?;
    window.close().await
}
