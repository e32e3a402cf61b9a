//! Terminals in the real window: a new one is bound and appears by itself, the list of IDs, what a terminal did last, and
//! the wallets with their logos and reasons.

use kaunter_tests::{Desk, Failure, Keyring, Outcome, Simulator, Window, steps};
use steps::{CASHIER, MANAGER};

/// The key that the window shows, as a person reads it off.
async fn shown_key(window: &Window) -> Outcome<String> {
    window.see("Works for another 2 d 23:59").await?;
    let text = window.text().await?;
    let mut lines = text.lines().skip_while(|line| *line != "Key to type").skip(1);
    let key = lines.find(|line| !line.is_empty());
    key.map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("no key is shown:\n{text}")))
}

#[tokio::test]
async fn a_terminal_that_was_given_the_key_appears_by_itself() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    steps::go_to(&window, "Terminals").await?;
    window.click("button", "Add a terminal").await?;
    window
        .wait_for("img", "QR code to scan with the terminal")
        .await?;
    window.see("Waiting for the terminal").await?;
    let key = shown_key(&window).await?;
    simulator.bind("VT-0004", Some(&key)).await?;
    // Nobody presses anything.
    window.see("VT-0004 is bound to this till now.").await?;
    window.wait_for("heading", "VT-0004").await?;
    window.click("button", "Show it").await?;
    let (role, name) = window.focused().await?;
    assert_eq!((role.as_str(), name.as_str()), ("textbox", "Name at this store"));
    window.click("button", "Close").await?;
    window.see_no_more(&key).await?;
    window.close().await
}

#[tokio::test]
async fn an_id_that_stands_twice_is_refused_beside_its_field_and_nothing_is_sent() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    steps::go_to(&window, "Terminals").await?;
    window.click("button", "Add a terminal").await?;
    window.click("radio", "By its ID").await?;
    window.fill("ID 1", "VT-0004").await?;
    window.fill("ID 2", "vt-0004").await?;
    window.see("Like VT-0004, but for capital letters.").await?;
    window.fill("ID 3", "VT-0004").await?;
    window.see("This ID is on the list already.").await?;
    window.click("button", "Replace the list").await?;
    assert!(simulator.bind("VT-0004", None).await.is_err(), "nothing was sent");
    window.click("button", "Remove ID 3").await?;
    window.click("button", "Remove ID 2").await?;
    window.see_no_more("This ID is on the list already.").await?;
    window.click("button", "Replace the list").await?;
    window.see("The list is saved").await?;
    simulator.bind("VT-0004", None).await?;
    window.see("VT-0004 is bound to this till now.").await?;
    window.close().await
}

#[tokio::test]
async fn a_trainee_sees_a_terminal_being_bound_and_a_cashier_is_not_offered_it() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    steps::go_to(&window, "Terminals").await?;
    window.wait_for("button", "Refresh").await?;
    assert!(window.find("button", "Add a terminal").await?.is_none());
    steps::lock(&window).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Terminals").await?;
    window.click("button", "Add a terminal").await?;
    shown_key(&window).await?;
    window.click("button", "Let a virtual terminal scan it").await?;
    window.see("VT-0004 is bound to this till now.").await?;
    window.close().await
}

#[tokio::test]
async fn a_terminals_last_transaction_leads_to_the_payment() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    steps::go_to(&window, "Terminals").await?;
    window.click("button", "Last transaction: Counter 1").await?;
    window.see("This terminal knows of no transaction.").await?;
    window.click("button", "Close").await?;
    steps::go_to(&window, "Sell").await?;
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    steps::go_to(&window, "Terminals").await?;
    window.click("button", "Last transaction: Counter 1").await?;
    window.see("It is a payment of this till:").await?;
    window.see("RM 12.50").await?;
    window.click("link", "Payment 0001").await?;
    window.wait_for("heading", "RM 12.50").await?;
    window.close().await
}

#[tokio::test]
async fn a_wallet_that_is_switched_off_says_so_and_numbers_choose_among_the_others() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    window.type_keys("640").await?;
    window.press("F10").await?;
    window.wait_for("button", "Touch ’n Go").await?;
    window.see("WeChat Pay").await?;
    window
        .see("Switched off for this store. Ask Fiuu to activate it.")
        .await?;
    assert!(window.find("button", "WeChat Pay").await?.is_none());
    window.press("2").await?;
    window.see("Approved").await?;
    steps::open_payment(&window, "RM 6.40").await?;
    window.see("Touch ’n Go").await?;
    window.close().await
}

#[tokio::test]
async fn every_part_fits_and_is_accessible_in_light() -> Outcome {
    parts("Light").await
}

#[tokio::test]
async fn every_part_fits_and_is_accessible_in_dark() -> Outcome {
    parts("Dark").await
}

async fn parts(theme: &str) -> Outcome {
    let manner = theme.to_lowercase();
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", theme).await?;
    steps::go_to(&window, "Sell").await?;
    window.type_keys("1250").await?;
    window.press("F10").await?;
    window.wait_for("button", "Touch ’n Go").await?;
    window.see("WeChat Pay").await?;
    window.fits("wallets", &manner).await?;
    window.press("2").await?;
    window.see("Approved").await?;
    steps::go_to(&window, "Terminals").await?;
    window.click("button", "Last transaction: Counter 1").await?;
    window.see("It is a payment of this till:").await?;
    window.fits("last-transaction", &manner).await?;
    window.click("button", "Close").await?;
    window.click("button", "Add a terminal").await?;
    shown_key(&window).await?;
    window.fits("bind", &manner).await?;
    window.click("radio", "By its ID").await?;
    window.fill("ID 1", "VT-0004").await?;
    window.fill("ID 2", "vt-0004").await?;
    window.fill("ID 3", "VT-0004").await?;
    window.see("This ID is on the list already.").await?;
    window.fits("prebind", &manner).await?;
    window.click("radio", "QR code or key").await?;
    window.click("button", "Let a virtual terminal scan it").await?;
    window.see("VT-0004 is bound to this till now.").await?;
    window.fits("bind-came", &manner).await?;
    window.click("button", "Show it").await?;
    window.fits("terminals-new", &manner).await?;
    window.close().await
}
