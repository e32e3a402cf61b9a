//! Every screen at every size, light and dark: nothing sticks out, and axe finds nothing. The pictures in
//! `target/screens/` are there to be looked at beside the mock.

use kaunter_tests::{Desk, Keyring, Outcome, Simulator, Window, holding, steps};
use serde_json::json;
use steps::{MANAGER, OWNER};

/// Looks at what is shown now, at each size.
async fn look(window: &Window, theme: &str, screen: &str) -> Outcome {
    window.fits(screen, &theme.to_lowercase()).await
}

#[tokio::test]
async fn set_up_fits_and_is_accessible() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = simulator.credentials();
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    window.wait_for("button", "Start training").await?;
    look(&window, "Light", "set-up").await?;
    steps::fill_account(&window, account).await?;
    look(&window, "Light", "set-up-account").await?;
    window.fill("Secret key", "not the key").await?;
    window.click("button", "Next").await?;
    window.see("The secret key does not fit").await?;
    look(&window, "Light", "set-up-account-wrong").await?;
    window.fill("Secret key", &account.secret_key).await?;
    steps::pass_account(&window).await?;
    window.click("radio", holding(&account.terminals[0])).await?;
    look(&window, "Light", "set-up-terminal").await?;
    steps::pass_terminal(&window, account).await?;
    window
        .fill("Receipt header", "12 Jalan Ampang\n50450 Kuala Lumpur")
        .await?;
    window.fill("Store name", "Kedai Kopi Mei Ling").await?;
    look(&window, "Light", "set-up-store").await?;
    window.click("button", "Next").await?;
    window.fill("Manager’s name", OWNER.name).await?;
    window.fill("PIN", OWNER.pin).await?;
    look(&window, "Light", "set-up-manager").await?;
    window.click("button", "Open for business").await?;
    window.wait_for("heading", "Test sale").await?;
    look(&window, "Light", "test-sale").await?;
    window.click("button", holding("Charge RM 0.01")).await?;
    window.see("Approved").await?;
    look(&window, "Light", "test-sale-charged").await?;
    for theme in ["Dark", "Light"] {
        steps::go_to(&window, "Settings").await?;
        window.click("radio", theme).await?;
        look(&window, theme, "settings-live").await?;
        window.click("link", "Change account or password …").await?;
        window.fill("POS ID", "another").await?;
        look(&window, theme, "account").await?;
        steps::go_to(&window, "Settings").await?;
        window.click("link", "Test sale …").await?;
        window.wait_for("button", "Void it").await?;
        look(&window, theme, "test-sale-charged-later").await?;
    }
    window.close().await
}

#[tokio::test]
async fn every_screen_fits_and_is_accessible_in_light_and_dark() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    for theme in ["Light", "Dark"] {
        steps::go_to(&window, "Settings").await?;
        window.click("radio", theme).await?;
        look(&window, theme, "settings").await?;
        window.click("button", "Check the journal").await?;
        window.see("The journal is whole").await?;
        look(&window, theme, "settings-journal").await?;
        for screen in ["Unresolved", "Terminals", "Items", "Staff", "History", "Sell"] {
            steps::go_to(&window, screen).await?;
            look(&window, theme, &screen.to_lowercase()).await?;
        }
        steps::open_payment(&window, "RM 12.50").await?;
        look(&window, theme, "payment").await?;
        window.click("button", "Void").await?;
        window.wait_for("dialog", "Void this payment?").await?;
        look(&window, theme, "void").await?;
        window.press("Escape").await?;
        window.wait_gone("dialog", "Void this payment?").await?;
        steps::lock(&window).await?;
        look(&window, theme, "lock").await?;
        steps::unlock(&window, MANAGER).await?;
    }
    window.close().await
}

#[tokio::test]
async fn every_verdict_fits_and_is_accessible_in_light() -> Outcome {
    verdicts("Light").await
}

#[tokio::test]
async fn every_verdict_fits_and_is_accessible_in_dark() -> Outcome {
    verdicts("Dark").await
}

async fn verdicts(theme: &str) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", theme).await?;
    steps::customer_will(&window, "Decline: insufficient funds").await?;
    window.type_keys("100").await?;
    window.press("F9").await?;
    window.see("Declined").await?;
    look(&window, theme, "pay-declined").await?;
    window.click("button", "New sale").await?;
    window.wait_for("button", "Pay by card").await?;
    // Last, because a payment that nobody knows the outcome of holds the terminal. By a wallet, because a card that was
    // not charged is proven so after a while.
    steps::customer_will(&window, "Answer lost, not charged").await?;
    window.type_keys("100").await?;
    window.press("F11").await?;
    window.see("Do not hand over the goods yet").await?;
    look(&window, theme, "pay-unknown").await?;
    window.click("button", "Manager decides …").await?;
    window.wait_for("dialog", "Was the customer charged?").await?;
    steps::approve(&window, MANAGER.pin).await?;
    window.see("Say why").await?;
    look(&window, theme, "decide").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Was the customer charged?").await?;
    window.click("button", "Serve the next customer").await?;
    window.wait_for("button", "Pay by card").await?;
    steps::go_to(&window, "Unresolved").await?;
    look(&window, theme, "unresolved-one").await?;
    steps::go_to(&window, "Terminals").await?;
    window.click("button", holding("Use this terminal")).await?;
    steps::go_to(&window, "Sell").await?;
    window.type_keys("100").await?;
    window.press("F9").await?;
    window.see("Is this another customer?").await?;
    look(&window, theme, "same-amount").await?;
    window.close().await
}

#[tokio::test]
async fn what_only_people_can_settle_fits_and_is_accessible_in_light() -> Outcome {
    questions("Light").await
}

#[tokio::test]
async fn what_only_people_can_settle_fits_and_is_accessible_in_dark() -> Outcome {
    questions("Dark").await
}

/// A candidate on Pay and on Unresolved, then a conflict with its banner.
async fn questions(theme: &str) -> Outcome {
    let simulator = Simulator::start(&["--get-last-reference", "inquiry"])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", theme).await?;
    let terminal = &simulator.credentials().terminals[0];
    let nameless =
        json!({"lose": {"at": "gateway-to-pos", "how": {"change": {"transData": {"metadata": null}}}}});
    simulator.script(terminal, &json!("lost-after-charge")).await?;
    simulator
        .inquiry_script(terminal, &json!(vec![nameless; 20]))
        .await?;
    steps::go_to(&window, "Sell").await?;
    window.type_keys("1250").await?;
    window.press("F10").await?;
    window.click("button", "Touch ’n Go").await?;
    window
        .wait_for("textbox", "Last four digits of the transaction number")
        .await?;
    look(&window, theme, "pay-candidate").await?;
    steps::go_to(&window, "Unresolved").await?;
    look(&window, theme, "unresolved-candidate").await?;
    steps::fill_decision(&window, "Not charged", "The customer’s app shows nothing").await?;
    steps::approve(&window, OWNER.pin).await?;
    window.see("Nothing is unresolved").await?;
    simulator.inquiry_script(terminal, &json!(["approve"])).await?;
    let another_amount = json!({"lose": {"at": "gateway-to-pos", "how": "other-amount"}});
    simulator.script(terminal, &another_amount).await?;
    window.click("link", "Sell").await?;
    window.click("button", "New sale").await?;
    window.wait_for("button", "Pay by card").await?;
    window.type_keys("310").await?;
    window.press("F9").await?;
    window.see("A payment needs a manager").await?;
    look(&window, theme, "pay-conflict").await?;
    window.click("link", "Look at it").await?;
    window.wait_for("button", "Settle the conflict …").await?;
    look(&window, theme, "unresolved-conflict").await?;
    window.click("button", "Settle the conflict …").await?;
    window.wait_for("dialog", "Settle this conflict?").await?;
    look(&window, theme, "settle").await?;
    window.close().await
}
