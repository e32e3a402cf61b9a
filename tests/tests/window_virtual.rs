//! Training's virtual terminal: the trainee is the customer, and the fault.

use kaunter_tests::{DISPLAY_SIZES, Desk, Keyring, Outcome, Page, Window, holding, steps};
use steps::{CASHIER, MANAGER};

/// Training, with somebody signed in and the terminal's window open behind the counter's.
async fn with_terminal(desk: &Desk, who: steps::Staff) -> Outcome<Window> {
    let window = Window::open(desk, &["--training"]).await?;
    steps::unlock(&window, who).await?;
    window.click("button", "Open the terminal").await?;
    window.turn_to(Page::Terminal).await?;
    window.wait_for("heading", "You are the customer").await?;
    window.see("Start a payment on the till").await?;
    window.turn_to(Page::Counter).await?;
    Ok(window)
}

/// Rings an item up and sends it to the terminal.
async fn sell(window: &Window, item: &str, button: &str) -> Outcome {
    window.click("button", holding(item)).await?;
    window.click("button", holding(button)).await
}

/// Presses a button at the terminal once it can be pressed, and turns back to the counter.
async fn at_terminal(window: &Window, button: &str) -> Outcome {
    window.turn_to(Page::Terminal).await?;
    window.see("The terminal waits for you").await?;
    window.click("button", button).await?;
    window.turn_to(Page::Counter).await
}

async fn next_sale(window: &Window) -> Outcome {
    window.click("button", "New sale").await?;
    window.wait_for("button", "Pay by card").await?;
    Ok(())
}

#[tokio::test]
async fn nothing_is_approved_until_the_trainee_taps_and_a_pin_is_only_looked_at() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_terminal(&desk, CASHIER).await?;
    sell(&window, "Laksa", "Pay by card").await?;
    window.see("Waiting for the customer’s card").await?;
    window.turn_to(Page::Terminal).await?;
    window.see("RM 10.50").await?;
    window.see("Tap, insert or swipe card").await?;
    window.click("button", "Tap card").await?;
    // The slip.
    window.see("************1111").await?;
    window.turn_to(Page::Counter).await?;
    window.see("Approved").await?;
    next_sale(&window).await?;

    sell(&window, "Teh tarik", "Pay by card").await?;
    at_terminal(&window, "Insert card").await?;
    window.turn_to(Page::Terminal).await?;
    window.see("Enter PIN").await?;
    for key in ["1", "2", "3", "9"] {
        window.click("button", key).await?;
    }
    window.click("button", "Green key").await?;
    window.see("************6789").await?;
    window.turn_to(Page::Counter).await?;
    window.see("Approved").await?;
    window.close().await
}

#[tokio::test]
async fn the_trainee_declines_and_cancels() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_terminal(&desk, CASHIER).await?;
    sell(&window, "Laksa", "Pay by card").await?;
    window.turn_to(Page::Terminal).await?;
    window.see("The terminal waits for you").await?;
    window.choose("Why it is declined", "Wrong PIN").await?;
    at_terminal(&window, "Decline").await?;
    window.see("Declined").await?;
    window.see("The PIN was wrong").await?;
    window.click("button", "Charge again").await?;
    at_terminal(&window, "Cancel").await?;
    // The till asks once more before it believes a cancellation.
    window.see("Safe to charge again").await?;
    window.close().await
}

#[tokio::test]
async fn the_trainee_loses_the_answer_and_the_till_finds_it_out() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_terminal(&desk, CASHIER).await?;
    sell(&window, "Laksa", "Pay by card").await?;
    at_terminal(&window, "Lose the answer, charged").await?;
    window
        .see("Outcome unknown. Do not hand over the goods yet.")
        .await?;
    window.turn_to(Page::Terminal).await?;
    window.see("************").await?;
    window.turn_to(Page::Counter).await?;
    window.see("Approved. RM 10.50.").await?;
    window.close().await
}

#[tokio::test]
async fn a_wallets_qr_is_on_the_terminal_and_an_unplugged_one_is_not_charged() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_terminal(&desk, CASHIER).await?;
    sell(&window, "Laksa", "Show QR").await?;
    window.click("button", "Touch ’n Go").await?;
    window.turn_to(Page::Terminal).await?;
    window.wait_for("img", "QR code to pay").await?;
    window.see("Scan to pay · Touch ’n Go").await?;
    window.click("button", "Pay with the app").await?;
    window.turn_to(Page::Counter).await?;
    window.see("Approved").await?;
    next_sale(&window).await?;

    window.turn_to(Page::Terminal).await?;
    window.click("button", "Unplug").await?;
    window.see("No network").await?;
    window.turn_to(Page::Counter).await?;
    sell(&window, "Teh tarik", "Pay by card").await?;
    window.see("Not charged").await?;
    window.turn_to(Page::Terminal).await?;
    window.click("button", "Plug in").await?;
    window.see_no_more("No network").await?;
    window.turn_to(Page::Counter).await?;
    window.click("button", "Charge again").await?;
    at_terminal(&window, "Tap card").await?;
    window.see("Approved").await?;
    window.close().await
}

#[tokio::test]
async fn a_script_still_comes_before_the_trainee() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_terminal(&desk, CASHIER).await?;
    steps::customer_will(&window, "Decline: insufficient funds").await?;
    sell(&window, "Laksa", "Pay by card").await?;
    window.see("Declined").await?;
    window.click("button", "Charge again").await?;
    window.see("Waiting for the customer’s card").await?;
    at_terminal(&window, "Tap card").await?;
    window.see("Approved").await?;
    window.close().await
}

#[tokio::test]
async fn who_closes_the_window_walks_away_and_then_the_terminal_approves_by_itself() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_terminal(&desk, CASHIER).await?;
    sell(&window, "Laksa", "Pay by card").await?;
    // Whoever walks away before the terminal has it leaves nothing to be cancelled.
    window.turn_to(Page::Terminal).await?;
    window.see("The terminal waits for you").await?;
    window.turn_to(Page::Counter).await?;
    desk.close_window("VT-0001")?;
    // Cancelled at the terminal, which the till asks about once more before it believes it.
    window.see("Safe to charge again").await?;
    window.click("button", "Charge again").await?;
    window.see("Approved").await?;
    window.close().await
}

#[tokio::test]
async fn a_terminals_window_may_do_nothing_but_its_own() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_terminal(&desk, CASHIER).await?;
    for command in ["at_terminal", "virtual_terminal"] {
        window.is_refused(command).await?;
    }
    window.turn_to(Page::Terminal).await?;
    for command in [
        "app_state",
        "pay",
        "history",
        "customer_view",
        "open_terminal",
        "plugin:event|listen",
    ] {
        window.is_refused(command).await?;
    }
    window.turn_to(Page::Counter).await?;
    window.close().await
}

#[tokio::test]
async fn the_terminal_fits_and_is_accessible_in_light_and_dark() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_terminal(&desk, MANAGER).await?;
    for (theme, language, manner) in [
        ("Light", "English", "light"),
        ("Dark", "Bahasa Malaysia", "dark-ms"),
        ("Light", "简体中文", "light-zh"),
    ] {
        look(&window, "idle", manner).await?;
        // In English, since the buttons are pressed by their names.
        sell(&window, "Laksa", "Pay by card").await?;
        window.see("Waiting for the customer’s card").await?;
        speak(&window, theme, language).await?;
        look(&window, "card", manner).await?;
        back(&window).await?;
        at_terminal(&window, "Tap card").await?;
        window.see("Approved").await?;
        speak(&window, theme, language).await?;
        look(&window, "approved", manner).await?;
        back(&window).await?;
        window.click("link", "Sell").await?;
        next_sale(&window).await?;
        sell(&window, "Laksa", "Show QR").await?;
        window.click("button", "Touch ’n Go").await?;
        window.see("Waiting for the customer to scan").await?;
        speak(&window, theme, language).await?;
        look(&window, "qr", manner).await?;
        back(&window).await?;
        at_terminal(&window, "Decline").await?;
        window.click("link", "Sell").await?;
        window.see("Declined").await?;
        next_sale(&window).await?;
    }
    window.close().await
}

async fn look(window: &Window, screen: &str, manner: &str) -> Outcome {
    window.turn_to(Page::Terminal).await?;
    window
        .fits_at(&DISPLAY_SIZES, &format!("terminal-{screen}"), manner)
        .await?;
    window.turn_to(Page::Counter).await
}

/// Sets theme and language; Settings stays open.
async fn speak(window: &Window, theme: &str, language: &str) -> Outcome {
    steps::go_to(window, "Settings").await?;
    window.click("radio", theme).await?;
    window.click("radio", language).await
}

async fn back(window: &Window) -> Outcome {
    window.click("radio", "English").await?;
    window.wait_for("heading", "Settings").await?;
    window.click("link", "Sell").await
}
