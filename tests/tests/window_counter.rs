//! The counter as a cashier has it under the hands: keys, fingers, eyes. By accessible names alone.

use std::cell::RefCell;

use kaunter_tests::{Desk, Failure, Keyring, Layout, Outcome, Window, holding, steps};
use serde_json::json;
use steps::{CASHIER, MANAGER};

/// A code that no item has.
const UNKNOWN: &str = "4006381333931";

#[tokio::test]
async fn a_list_without_anything_says_so_and_what_to_do() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "History").await?;
    window.fits("history-none", "light").await?;
    window.click("button", "Show all payments").await?;
    window.see("No payments yet").await?;
    window
        .lies_well("history for the first time", &[Layout::Focus])
        .await?;
    window.fits("history-first", "light").await?;
    let search = window.wait_for("searchbox", "Search history").await?;
    search.fill("4711").await?;
    window.see("Nothing found").await?;
    window.click("button", "Show all payments").await?;
    window.click("button", "Go to Sell").await?;
    window.wait_for("button", "Pay by card").await?;
    window.lies_well("sell from history", &[Layout::Focus]).await?;
    window.close().await
}

#[tokio::test]
async fn a_till_never_locks_itself_only_where_that_was_chosen() -> Outcome {
    const AFTER: &str = "Lock when nobody has touched the till for";
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Settings").await?;
    let after = window.wait_for("textbox", AFTER).await?;
    for wrong in ["0", "601"] {
        after.fill(wrong).await?;
        window.click("button", "Save").await?;
        window.see("That is no time to lock after.").await?;
        window.wait_focus("textbox", AFTER).await?;
    }
    // Emptied: nothing is no time either, and does not mean never.
    after.fill("5").await?;
    window.press("Backspace").await?;
    window.click("button", "Save").await?;
    window.see("That is no time to lock after.").await?;
    after.fill("20").await?;
    window.click("button", "Save").await?;
    window.see("Saved").await?;
    window.see_no_more("That is no time to lock after.").await?;
    window.click("checkbox", "Never lock by itself").await?;
    window.fits("settings-never-locks", "light").await?;
    window.click("button", "Save").await?;
    // Beside the button, where it went with the click; what was announced before still stands.
    let saved = "return document.querySelector('kaunter-settings [data-saved]').textContent || null;";
    window.ask_until("the word that it is saved", saved).await?;
    window.reload().await?;
    let never = window.wait_for("checkbox", "Never lock by itself").await?;
    assert!(never.is_checked().await?, "it was not kept");
    window.close().await
}

#[tokio::test]
async fn a_key_that_was_changed_works_shows_and_cannot_be_anothers() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("button", "Change keys …").await?;
    window.wait_for("dialog", "Keys").await?;
    window.click("button", "Pay by card F9").await?;
    for (key, why) in [
        ("F10", "This key is taken already: The terminal shows a QR code."),
        ("5", "Amounts, words and barcodes are made of this key."),
        ("Backspace", "This key does the same at every till."),
        ("Control+v", "This is for copying, pasting or closing"),
        ("Alt+F4", "The system keeps this key for itself"),
    ] {
        window.press(key).await?;
        window.see(why).await?;
    }
    window
        .lies_well("key choice", &[Layout::Text, Layout::Targets, Layout::Focus])
        .await?;
    window.is_accessible("key choice").await?;
    window.press("F1").await?;
    window.wait_for("button", "Pay by card F1").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Keys").await?;
    window.wait_focus("button", "Change keys …").await?;

    steps::go_to(&window, "Sell").await?;
    let shown = "return document.querySelector('[data-pay=bankCard] kbd').textContent;";
    assert_eq!(
        window.ask(shown).await?,
        json!("F1"),
        "the payment key shows its new key"
    );
    window.type_keys("500").await?;
    window.press("F9").await?;
    window.press("?").await?;
    window.wait_for("dialog", "Keys").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Keys").await?;
    // A payment would have taken the screen at once, and would stand there yet.
    let keys = window.names("button").await?;
    assert!(
        keys.iter().any(|key| key == "Pay by card"),
        "the old key still pays: {keys:?}"
    );
    window.press("F1").await?;
    window.see("Approved").await?;
    window.reload().await?;
    steps::go_to(&window, "Settings").await?;
    window.click("button", "Change keys …").await?;
    window.wait_for("button", "Pay by card F1").await?;
    window.click("button", "All as they started").await?;
    window.wait_for("button", "Pay by card F9").await?;
    window.close().await
}

#[tokio::test]
async fn sounds_are_set_and_tried_and_a_till_without_a_loudspeaker_sells_on() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Settings").await?;
    for sound in ["Approved", "Declined", "Attention", "Scanned", "Not scanned"] {
        window.click("button", sound).await?;
    }
    window.click("checkbox", "Sounds").await?;
    window.see("Saved").await?;
    window.reload().await?;
    let sounds = window.wait_for("checkbox", "Sounds").await?;
    assert!(!sounds.is_checked().await?);
    steps::go_to(&window, "Sell").await?;
    window.type_keys("500").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.close().await
}

#[tokio::test]
async fn a_whole_day_needs_no_mouse_and_the_focus_is_never_lost() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    let focus = async |place: &str| window.lies_well(place, &[Layout::Focus]).await;
    window.wait_for("button", CASHIER.name).await?;
    steps::tab_to(&window, "button", CASHIER.name).await?;
    window.press("Enter").await?;
    window.wait_for("textbox", "PIN").await?;
    window.type_keys(CASHIER.pin).await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    focus("sell after unlocking").await?;

    // A card.
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    focus("an approved card").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    focus("sell after a card").await?;
    // A QR code with a wallet, chosen by its number.
    window.type_keys("730").await?;
    window.press("F10").await?;
    window.wait_for("button", "Touch ’n Go").await?;
    focus("the wallets").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Which wallet?").await?;
    focus("sell after the wallets").await?;
    window.press("F10").await?;
    window.wait_for("button", "Touch ’n Go").await?;
    window.type_keys("2").await?;
    window.see("Approved").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    // All the keys, and back.
    window.press("?").await?;
    window.wait_for("dialog", "Keys").await?;
    focus("the keys").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Keys").await?;
    focus("sell after the keys").await?;

    // Found again, and voided with a manager's PIN.
    steps::tab_to(&window, "link", "History").await?;
    window.press("Enter").await?;
    window.wait_for("link", holding("RM 12.50")).await?;
    focus("history").await?;
    window.press("ArrowDown").await?;
    window.wait_for("heading", "RM 7.30").await?;
    window.press("ArrowDown").await?;
    window.wait_for("heading", "RM 12.50").await?;
    focus("a payment").await?;
    steps::tab_to(&window, "button", "Void").await?;
    window.press("Enter").await?;
    window.wait_for("dialog", "Void this payment?").await?;
    focus("the void").await?;
    window.type_keys(MANAGER.pin).await?;
    window.press("Enter").await?;
    window.see("Voided").await?;
    focus("a voided payment").await?;

    for screen in ["Unresolved", "Terminals", "Sell"] {
        steps::tab_to(&window, "link", screen).await?;
        window.press("Enter").await?;
        window.wait_for("heading", screen).await?;
        focus(screen).await?;
    }
    window.press("Control+l").await?;
    window.wait_for("button", CASHIER.name).await?;
    focus("the lock screen").await?;
    window.close().await
}

#[tokio::test]
async fn a_till_that_cannot_be_opened_says_why_and_opens_once_it_can() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let first = Window::open(&desk, &["--training"]).await?;
    first.wait_for("button", CASHIER.name).await?;
    let second = Window::open(&desk, &["--training"]).await?;
    second.see("Kaunter is open already on this data").await?;
    second.fits("lock-problem", "light").await?;
    second.click("button", "Try again").await?;
    second.see("Kaunter is open already on this data").await?;
    first.close().await?;
    second.wait_for("button", CASHIER.name).await?;
    second
        .lies_well("the lock screen, at last", &[Layout::Focus])
        .await?;
    second.close().await
}

#[tokio::test]
async fn every_dialog_and_every_word_about_a_scan_fits_and_is_accessible() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    let close = async |dialog: &str| {
        window.lies_well(dialog, &[Layout::Focus]).await?;
        window.press("Escape").await?;
        window.wait_gone("dialog", dialog).await?;
        window
            .lies_well(&format!("after {dialog}"), &[Layout::Focus])
            .await
    };
    window.press("?").await?;
    window.wait_for("dialog", "Keys").await?;
    window.fits("keys", "light").await?;
    close("Keys").await?;
    window.type_keys("1250").await?;
    window.press("F10").await?;
    window.wait_for("button", "Touch ’n Go").await?;
    window.fits("wallets", "light").await?;
    close("Which wallet?").await?;
    window.press("F6").await?;
    window.wait_for("dialog", "On this sale").await?;
    window.fits("note", "light").await?;
    close("On this sale").await?;
    window.scan(UNKNOWN).await?;
    window.see(&format!("No item has the code {UNKNOWN}")).await?;
    window.fits("scan-not-found", "light").await?;
    steps::go_to(&window, "Staff").await?;
    window.click("button", "Add person").await?;
    window.wait_for("dialog", "Add person").await?;
    window.fits("staff-add", "light").await?;
    close("Add person").await?;
    steps::go_to(&window, "Settings").await?;
    window.click("button", "Change keys …").await?;
    window.wait_for("dialog", "Keys").await?;
    window.fits("key-choice", "light").await?;
    close("Keys").await?;
    window.close().await
}

#[tokio::test]
async fn at_twice_the_size_everything_can_be_reached_and_nothing_lies_over_another() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    window.resize(1366, 768).await?;
    window.wait_for("button", MANAGER.name).await?;
    window.zoom_in(5, 683).await?;
    let found = RefCell::new(Vec::new());
    // All of it is told at once.
    let look = async |screen: &str| {
        let name = format!("zoomed-{screen}");
        if let Err(failure) = window.look_at(&name, &[Layout::Text, Layout::Reach]).await {
            found.borrow_mut().push(failure.to_string());
        }
    };
    look("lock").await;
    steps::tab_to(&window, "button", MANAGER.name).await?;
    window.press("Enter").await?;
    window.wait_for("textbox", "PIN").await?;
    look("pin").await;
    window.type_keys(MANAGER.pin).await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    window.type_keys("1250").await?;
    window.press("Enter").await?;
    window.see("Open amount").await?;
    look("sell").await;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.press("Shift").await?;
    look("pay").await;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    for screen in ["History", "Unresolved", "Terminals", "Items", "Staff", "Settings"] {
        steps::tab_to(&window, "link", screen).await?;
        window.press("Enter").await?;
        window.wait_for("heading", screen).await?;
        look(&screen.to_lowercase()).await;
    }
    window.close().await?;
    let found = found.into_inner();
    if found.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(found.join("\n")))
    }
}
