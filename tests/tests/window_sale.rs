//! The main job in the real window: ring up, pay on a terminal, find the receipt, void. By accessible names alone.

use kaunter_tests::{Desk, Keyring, Outcome, Simulator, Window, holding, steps};
use serde_json::json;
use steps::{CASHIER, MANAGER, OWNER};

#[tokio::test]
async fn a_sale_is_charged_once_kept_and_voided_and_the_book_agrees() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;

    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.see("RM 12.50").await?;
    let book = simulator.book().await?;
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(
        (book[0].amount.as_str(), book[0].status.as_str()),
        ("12.50", "charged")
    );
    assert_eq!(
        Some(&book[0].terminal_id),
        simulator.credentials().terminals.first()
    );

    steps::open_payment(&window, "RM 12.50").await?;
    window.see(&book[0].reference_id).await?;
    window.see("Counter 1").await?;
    steps::approve_void(&window, OWNER.pin).await?;
    window.see("Voided").await?;
    window.see("RM 12.50 goes back to the customer.").await?;
    let after = simulator.book().await?;
    assert_eq!(after.len(), 1, "a void adds no charge: {after:?}");
    assert_eq!(
        (&after[0].reference_id, after[0].status.as_str()),
        (&book[0].reference_id, "voided")
    );
    window.close().await
}

#[tokio::test]
async fn a_decline_charges_nothing_and_keeps_the_ticket() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;

    simulator
        .script(&simulator.credentials().terminals[0], &json!("decline"))
        .await?;
    window.type_keys("880").await?;
    window.press("F9").await?;
    window.see("Declined").await?;
    window.see("Safe to charge again").await?;
    window.click("button", "Charge again").await?;
    window.see("Approved").await?;
    let charged = simulator
        .book()
        .await?
        .into_iter()
        .filter(|entry| entry.status == "charged")
        .count();
    assert_eq!(charged, 1);
    window.close().await
}

#[tokio::test]
async fn a_lost_answer_holds_the_goods_until_it_is_found_out_and_charges_once() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;

    let terminal = &simulator.credentials().terminals[0];
    simulator.script(terminal, &json!("lost-after-charge")).await?;
    // The first question proves nothing, so that there is a time line to see grow.
    simulator
        .inquiry_script(terminal, &json!([{"outcome": "offline", "delayMs": 8_000}]))
        .await?;
    window.type_keys("700").await?;
    window.press("F9").await?;
    window
        .wait_for("heading", "Do not hand over the goods yet")
        .await?;
    // Only the live regions say these sentences in one piece, so a screen reader has heard them.
    window
        .see("Outcome unknown. Do not hand over the goods yet.")
        .await?;
    assert!(!window.text().await?.contains("No proof"));
    window.see("No proof").await?;
    window.see("Approved. RM 7.00.").await?;
    let book = simulator.book().await?;
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(
        (book[0].amount.as_str(), book[0].status.as_str()),
        ("7.00", "charged")
    );
    window.close().await
}

#[tokio::test]
async fn a_verdict_that_comes_on_another_screen_is_told_there_and_leads_back_in_light() -> Outcome {
    elsewhere("Light").await
}

#[tokio::test]
async fn a_verdict_that_comes_on_another_screen_is_told_there_and_leads_back_in_dark() -> Outcome {
    elsewhere("Dark").await
}

async fn elsewhere(theme: &str) -> Outcome {
    let manner = theme.to_lowercase();
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", theme).await?;
    steps::go_to(&window, "Sell").await?;
    let script = json!([{"outcome": "decline", "delayMs": 10_000}, {"delayMs": 10_000}]);
    simulator
        .script(&simulator.credentials().terminals[0], &script)
        .await?;
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Waiting for the customer’s card").await?;
    steps::go_to(&window, "History").await?;
    window.wait_for("link", "To the payment").await?;
    window.see("Declined. RM 12.50.").await?;
    window.fits("verdict-declined-elsewhere", &manner).await?;
    window.click("button", "Close").await?;
    window.wait_gone("link", "To the payment").await?;

    window.click("link", "Sell").await?;
    window.click("button", "Charge again").await?;
    window.see("Waiting for the customer’s card").await?;
    steps::go_to(&window, "Terminals").await?;
    window.wait_for("link", "To the payment").await?;
    window.see("Approved. RM 12.50.").await?;
    window.fits("verdict-approved-elsewhere", &manner).await?;
    window.click("link", "To the payment").await?;
    window.wait_for("heading", "Approved").await?;
    window.wait_gone("link", "To the payment").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    let book = simulator.book().await?;
    let charged = book.iter().filter(|row| row.status == "charged").count();
    assert_eq!(charged, 1, "{book:?}");
    window.close().await
}

#[tokio::test]
async fn a_reload_and_a_double_key_still_charge_once() -> Outcome {
    let simulator = Simulator::start(&["--customer-delay-ms", "5000"])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;

    window.type_keys("430").await?;
    window.press("F9").await?;
    window.press("F9").await?;
    // Committed, which "Waiting" alone is not.
    window.see("Reference ").await?;
    window.reload().await?;
    window.see("Approved").await?;
    let book = simulator.book().await?;
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(
        (book[0].amount.as_str(), book[0].status.as_str()),
        ("4.30", "charged")
    );
    window.close().await
}

#[tokio::test]
async fn a_cashiers_pin_does_not_void() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    window.type_keys("500").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    steps::open_payment(&window, "RM 5.00").await?;
    steps::approve_void(&window, CASHIER.pin).await?;
    window.see("Wrong PIN").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Void this payment?").await?;
    // The payment still offers its void, and the manager's PIN does what the cashier's could not; the till stays the
    // cashier's.
    steps::approve_void(&window, MANAGER.pin).await?;
    window.see("goes back to the customer").await?;
    window.wait_for("button", holding(CASHIER.name)).await?;
    assert!(
        window.find("link", "Settings").await?.is_none(),
        "approving a void changed who is signed in"
    );
    window.close().await
}

#[tokio::test]
async fn a_whole_sale_and_its_void_need_no_mouse() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    window.wait_for("button", CASHIER.name).await?;
    steps::tab_to(&window, "button", CASHIER.name).await?;
    window.press("Enter").await?;
    window.wait_for("textbox", "PIN").await?;
    window.type_keys(CASHIER.pin).await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;

    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;

    steps::tab_to(&window, "link", "History").await?;
    window.press("Enter").await?;
    let row = window.wait_for("link", holding("RM 12.50")).await?;
    let name = window
        .names("link")
        .await?
        .into_iter()
        .find(|name| name.contains("RM 12.50"))
        .unwrap();
    drop(row);
    steps::tab_to(&window, "link", &name).await?;
    window.press("Enter").await?;
    window.wait_for("button", "Void").await?;
    steps::tab_to(&window, "button", "Void").await?;
    window.press("Enter").await?;
    window.wait_for("dialog", "Void this payment?").await?;
    window.type_keys(MANAGER.pin).await?;
    window.press("Enter").await?;
    window.see("Voided").await?;
    window.close().await
}

#[tokio::test]
async fn a_wallet_is_picked_by_its_number_and_the_amount_stays() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    // The first list comes from the gateway, the second is in hand: the number must reach neither's amount.
    for amount in ["7.30", "8.40"] {
        window.type_keys(&amount.replace('.', "")).await?;
        window.press("F10").await?;
        window.wait_for("dialog", "Which wallet?").await?;
        window.wait_for("button", "Touch ’n Go").await?;
        window.type_keys("2").await?;
        window.see("Approved").await?;
        window.see(&format!("RM {amount}")).await?;
        window.press("Enter").await?;
        window.wait_for("button", "Pay by card").await?;
    }
    let charged: Vec<String> = simulator
        .book()
        .await?
        .into_iter()
        .map(|entry| entry.amount)
        .collect();
    assert_eq!(charged, ["7.30", "8.40"]);
    window.close().await
}

#[tokio::test]
async fn history_is_still_there_after_a_power_cut() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    window.type_keys("2345").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.kill().await?;

    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    steps::open_payment(&window, "RM 23.45").await?;
    window.see("Approved").await?;
    window.close().await
}
