//! Payments that nobody knows the outcome of, in the real window: who may settle them, how, and what is said meanwhile.

use kaunter_tests::{Desk, Keyring, Outcome, Simulator, Window, holding, steps};
use serde_json::json;
use steps::{CASHIER, MANAGER, OWNER};

/// A training till on which a card sale of this amount was lost before the bank was asked. Its terminal did nothing
/// before, so nothing can prove that the card was not charged.
async fn lost(desk: &Desk, staff: steps::Staff, keys: &str) -> Outcome<Window> {
    let window = Window::open(desk, &["--training"]).await?;
    steps::unlock(&window, staff).await?;
    steps::customer_will(&window, "Answer lost, not charged").await?;
    window.type_keys(keys).await?;
    window.press("F9").await?;
    window
        .wait_for("heading", "Do not hand over the goods yet")
        .await?;
    window.click("button", "Serve the next customer").await?;
    window.wait_for("button", "Pay by card").await?;
    Ok(window)
}

#[tokio::test]
async fn what_nothing_proves_a_manager_decides_with_a_reason_and_a_cashier_cannot() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = lost(&desk, CASHIER, "900").await?;
    steps::go_to(&window, "Unresolved").await?;
    window.wait_for("heading", "RM 9.00").await?;
    window.see("Outcome unknown").await?;
    window.see("Not safe to charge again").await?;
    window.see("Open for").await?;

    window.click("button", "Manager decides …").await?;
    window.wait_for("dialog", "Was the customer charged?").await?;
    steps::approve(&window, MANAGER.pin).await?;
    window.see("Choose one.").await?;
    window.see("Say why").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Was the customer charged?").await?;

    steps::fill_decision(&window, "Not charged", "No slip and no message").await?;
    steps::approve(&window, CASHIER.pin).await?;
    window.see("Wrong PIN").await?;
    steps::approve(&window, MANAGER.pin).await?;
    window.see("Nothing is unresolved").await?;
    window.wait_gone("heading", "RM 9.00").await?;
    window.wait_for("button", holding(CASHIER.name)).await?;

    // Its customer has still to pay: the ticket waits where tickets wait.
    steps::go_to(&window, "Sell").await?;
    window.click("button", "Parked tickets (1)").await?;
    window.click("button", "Recall Ticket 0001").await?;
    window.wait_gone("dialog", "Parked tickets").await?;
    window.see("RM 9.00").await?;

    steps::open_payment(&window, "RM 9.00").await?;
    window.see("Decided by hand").await?;
    window.see("No slip and no message").await?;
    window.close().await
}

#[tokio::test]
async fn a_manager_decides_while_the_gateway_is_still_being_asked() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    let terminal = &simulator.credentials().terminals[0];
    let lost = json!({"lose": {"at": "terminal-to-acquirer", "how": "reset"}});
    simulator.script(terminal, &lost).await?;
    let silent = json!({"lose": {"at": "gateway-to-pos", "how": "stall"}});
    simulator
        .inquiry_script(terminal, &json!(vec![silent; 20]))
        .await?;
    window.type_keys("900").await?;
    window.press("F9").await?;
    window
        .wait_for("heading", "Do not hand over the goods yet")
        .await?;
    steps::go_to(&window, "Unresolved").await?;
    window.click("button", "Check status").await?;
    let asks = "return document.querySelector('[data-action=check_status][aria-busy=true]') && true;";
    window.ask_until("the gateway to be asked", asks).await?;
    steps::fill_decision(&window, "Not charged", "No slip and no message").await?;
    steps::approve(&window, OWNER.pin).await?;
    window.see("Nothing is unresolved").await?;
    window.close().await
}

#[tokio::test]
async fn the_same_amount_again_is_charged_only_for_another_customer_and_once() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = lost(&desk, MANAGER, "900").await?;
    steps::go_to(&window, "Terminals").await?;
    window.click("button", holding("Use this terminal")).await?;
    steps::go_to(&window, "Sell").await?;
    window.type_keys("900").await?;
    window.press("F9").await?;
    let question = "A payment of RM 9.00 is not settled yet. Is this another customer?";
    window.wait_for("dialog", question).await?;
    window.click("button", "Go back").await?;
    window.wait_for("heading", "Unresolved").await?;
    window.wait_for("heading", "RM 9.00").await?;

    steps::go_to(&window, "Sell").await?;
    window.press("F9").await?;
    window.wait_for("dialog", question).await?;
    window.click("button", "Charge").await?;
    // What was typed went on the ticket the first time; it must not be on it twice.
    window.see("Approved. RM 9.00.").await?;
    window.close().await
}

#[tokio::test]
async fn cash_of_the_same_amount_is_taken_only_from_another_customer() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = lost(&desk, MANAGER, "900").await?;
    window.type_keys("900").await?;
    window.press("F12").await?;
    let question = "A payment of RM 9.00 is not settled yet. Is this another customer?";
    window.wait_for("dialog", question).await?;
    // Asked before anybody counts cash.
    window.press("Escape").await?;
    window.wait_gone("dialog", question).await?;
    assert!(window.find("dialog", "Cash").await?.is_none());
    window.press("F12").await?;
    window.wait_for("dialog", question).await?;
    window.click("button", "Take cash").await?;
    window.wait_for("dialog", "Cash").await?;
    window.click("button", "Take cash").await?;
    window.wait_for("heading", "Paid").await?;
    window.close().await
}

#[tokio::test]
async fn a_wallets_customer_is_told_by_the_last_four_digits() -> Outcome {
    let simulator = Simulator::start(&["--get-last-reference", "inquiry"])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    let terminal = &simulator.credentials().terminals[0];
    simulator.script(terminal, &json!("lost-after-charge")).await?;
    // Neither the reference nor the metadata says whose transaction it is.
    let nameless =
        json!({"lose": {"at": "gateway-to-pos", "how": {"change": {"transData": {"metadata": null}}}}});
    simulator
        .inquiry_script(terminal, &json!(vec![nameless; 20]))
        .await?;
    window.type_keys("640").await?;
    window.press("F10").await?;
    window.click("button", "Touch ’n Go").await?;
    window
        .wait_for("heading", "Is this the customer’s payment?")
        .await?;
    let number = simulator.book().await?[0].trans_id.clone();
    let digits = &number[number.len() - 4..];
    let wrong = if digits == "0000" { "1111" } else { "0000" };
    window
        .fill("Last four digits of the transaction number", wrong)
        .await?;
    window.click("button", "Yes, this is theirs").await?;
    window
        .see("These are not the last four digits of that transaction.")
        .await?;
    window
        .fill("Last four digits of the transaction number", digits)
        .await?;
    window.click("button", "Yes, this is theirs").await?;
    window.see("Approved. RM 6.40.").await?;
    window.close().await
}

#[tokio::test]
async fn a_conflict_is_told_on_every_screen_until_the_charge_is_voided() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    let terminal = &simulator.credentials().terminals[0];
    let another_amount = json!({"lose": {"at": "gateway-to-pos", "how": "other-amount"}});
    simulator.script(terminal, &another_amount).await?;
    window.type_keys("310").await?;
    window.press("F9").await?;

    let banner = "A payment needs a manager: two answers about RM 3.10 contradict each other.";
    window.see(banner).await?;
    steps::go_to(&window, "Terminals").await?;
    window.see(banner).await?;
    window.click("link", "Look at it").await?;
    window.wait_for("heading", "RM 3.10").await?;
    steps::approve_void(&window, OWNER.pin).await?;
    window.see_no_more(banner).await?;
    assert_eq!(simulator.book().await?[0].status, "voided");
    window.close().await
}
