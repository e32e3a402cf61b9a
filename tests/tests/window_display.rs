//! The customer's display: the ticket as it grows, what to do, the verdict, and nothing of the staff's.

use kaunter_tests::{DISPLAY_SIZES, Desk, Failure, Keyring, Outcome, Page, Window, holding, steps};
use steps::{CASHIER, MANAGER};

/// What its window is called.
const TITLE: &str = "Kaunter - customer display";

/// Training, with its manager signed in and the display open in a window.
async fn with_display(desk: &Desk) -> Outcome<Window> {
    let window = Window::open(desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    open_display(&window).await?;
    Ok(window)
}

async fn open_display(window: &Window) -> Outcome {
    steps::go_to(window, "Settings").await?;
    window.click("radio", holding("In a window")).await?;
    window.see("The customer display is on.").await?;
    // Turned to once, the counter has the keyboard: there is no window manager here that would see to it.
    window.turn_to(Page::Counter).await?;
    steps::go_to(window, "Sell").await
}

/// Looks at the display, and turns back to the counter.
async fn shows(window: &Window, words: &[&str]) -> Outcome {
    window.turn_to(Page::Customer).await?;
    for each in words {
        window.see(each).await?;
    }
    window.turn_to(Page::Counter).await
}

#[tokio::test]
async fn the_customer_sees_the_ticket_grow_what_to_do_and_the_verdict() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_display(&desk).await?;
    shows(&window, &["Warung Contoh", "Welcome"]).await?;
    window.click("button", "Open the terminal").await?;
    window.turn_to(Page::Terminal).await?;
    window.see("Start a payment on the till").await?;
    window.turn_to(Page::Counter).await?;
    window.click("button", holding("Nasi lemak ayam")).await?;
    shows(&window, &["Nasi lemak ayam", "RM 12.90", "Total"]).await?;
    window.click("button", holding("Teh tarik")).await?;
    window.click("button", holding("Teh tarik")).await?;
    shows(&window, &["Teh tarik", "2 × RM 2.80", "RM 18.50"]).await?;

    window.click("button", holding("Pay by card")).await?;
    shows(&window, &["Please tap, insert or swipe your card", "RM 18.50"]).await?;
    at_terminal(&window, "Tap card").await?;
    window.see("Approved").await?;
    shows(&window, &["Approved – thank you", "RM 18.50"]).await?;
    // The next customer does not wait for the thanks to the one before.
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    window.click("button", holding("Laksa")).await?;
    shows(&window, &["Laksa", "RM 10.50"]).await?;
    window.click("button", "Clear").await?;
    shows(&window, &["Welcome"]).await?;
    window.close().await
}

#[tokio::test]
async fn a_decline_asks_for_another_way_and_what_is_not_known_says_wait() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_display(&desk).await?;
    steps::customer_will(&window, "Decline: insufficient funds").await?;
    window.click("button", holding("Laksa")).await?;
    window.click("button", holding("Pay by card")).await?;
    window.see("Declined").await?;
    shows(
        &window,
        &["Declined – please try another way", "You were not charged."],
    )
    .await?;
    // What to pay comes back by itself, without a word of the bank's reason.
    shows(&window, &["Laksa", "Total"]).await?;
    window.click("button", "New sale").await?;
    window.wait_for("button", "Pay by card").await?;

    steps::customer_will(&window, "Answer lost, not charged").await?;
    window.click("button", holding("Laksa")).await?;
    window.click("button", holding("Show QR")).await?;
    window.click("button", "Touch ’n Go").await?;
    window.see("Do not hand over the goods yet").await?;
    shows(
        &window,
        &[
            "Please wait – we are checking",
            "Please do not pay again yet.",
            "RM 10.50",
        ],
    )
    .await?;
    // The next customer sees nothing of it.
    window.click("button", "Serve the next customer").await?;
    window.wait_for("button", "Pay by card").await?;
    shows(&window, &["Welcome"]).await?;
    window.close().await
}

#[tokio::test]
async fn nothing_of_the_staffs_is_shown_and_nothing_can_be_asked_for() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_display(&desk).await?;
    window.click("button", holding("Laksa")).await?;
    window.click("button", holding("Pay by card")).await?;
    window.see("Approved").await?;
    window.turn_to(Page::Customer).await?;
    window.see("Approved – thank you").await?;
    let source = window.source().await?;
    for name in [
        MANAGER.name,
        CASHIER.name,
        "Counter 1",
        "VT-0001",
        "Receipt",
        "Settings",
    ] {
        assert!(!source.contains(name), "the customer is shown {name}:\n{source}");
    }
    for role in ["link", "button", "textbox", "navigation"] {
        assert_eq!(window.names(role).await?, Vec::<String>::new(), "{role}");
    }
    for command in [
        "app_state",
        "ticket",
        "history",
        "pay",
        "lock",
        "display",
        "plugin:event|listen",
        "plugin:event|emit",
    ] {
        window.is_refused(command).await?;
    }
    window.turn_to(Page::Counter).await?;
    window.is_refused("customer_view").await?;
    window.press("Enter").await?;
    steps::open_payment(&window, "RM 10.50").await?;
    let detail = window.text().await?;
    let reference = detail
        .split_whitespace()
        .find(|word| word.len() == 20 && word.chars().all(|letter| letter.is_ascii_alphanumeric()))
        .ok_or_else(|| Failure::new("the counter shows no reference"))?;
    assert!(!source.contains(reference), "the customer is shown the reference");
    window.close().await
}

#[tokio::test]
async fn a_locked_till_shows_only_its_name_and_the_display_comes_back_with_the_next_start() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_display(&desk).await?;
    window.click("button", holding("Laksa")).await?;
    shows(&window, &["Laksa"]).await?;
    steps::lock(&window).await?;
    window.turn_to(Page::Customer).await?;
    window.see("Welcome").await?;
    window.see_no_more("Laksa").await?;
    // Somebody closes it by hand: the counter says so, and one click brings it back.
    window.turn_to(Page::Counter).await?;
    desk.close_window(TITLE)?;
    steps::unlock(&window, CASHIER).await?;
    window
        .click("button", holding("Open the customer display"))
        .await?;
    shows(&window, &["Laksa"]).await?;
    window
        .wait_gone("button", holding("Open the customer display"))
        .await?;
    window.close().await?;

    let window = Window::open(&desk, &["--training"]).await?;
    window.wait_for("button", CASHIER.name).await?;
    shows(&window, &["Warung Contoh", "Welcome"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", "Off").await?;
    window.wait_closed(Page::Customer).await?;
    window.close().await
}

#[tokio::test]
async fn it_speaks_the_tills_language_until_it_gets_its_own() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_display(&desk).await?;
    window.click("button", holding("Laksa")).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", "Bahasa Malaysia").await?;
    shows(&window, &["Jumlah"]).await?;
    window.click("radio", "English").await?;
    window.wait_for("heading", "Settings").await?;
    shows(&window, &["Total"]).await?;
    window.choose("Language on the display", "简体中文").await?;
    shows(&window, &["合计"]).await?;
    window.click("radio", "Bahasa Malaysia").await?;
    window.wait_for("heading", "Tetapan").await?;
    shows(&window, &["合计"]).await?;
    window.close().await
}

#[tokio::test]
async fn every_scene_fits_and_is_accessible_in_light_and_dark() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_display(&desk).await?;
    // At an attended terminal there is time to look.
    window.click("button", "Open the terminal").await?;
    window.turn_to(Page::Terminal).await?;
    window.see("Start a payment on the till").await?;
    window.turn_to(Page::Counter).await?;
    for (theme, language, manner) in [
        ("Light", "English", "light"),
        ("Dark", "Bahasa Malaysia", "dark-ms"),
        ("Light", "简体中文", "light-zh"),
    ] {
        scenes(&window, theme, language, manner).await?;
    }
    window.close().await
}

/// Turns to the display and looks at it at every size, once it shows these words.
async fn look(window: &Window, words: &str, screen: &str, manner: &str) -> Outcome {
    window.turn_to(Page::Customer).await?;
    window.see(words).await?;
    window
        .fits_at(&DISPLAY_SIZES, &format!("display-{screen}"), manner)
        .await?;
    window.turn_to(Page::Counter).await
}

/// Presses a button at the terminal, and turns back to the counter.
async fn at_terminal(window: &Window, button: &str) -> Outcome {
    window.turn_to(Page::Terminal).await?;
    window.see("The terminal waits for you").await?;
    window.click("button", button).await?;
    window.turn_to(Page::Counter).await
}

async fn scenes(window: &Window, theme: &str, language: &str, manner: &str) -> Outcome {
    let said = |english, malay, chinese| match language {
        "English" => english,
        "简体中文" => chinese,
        _ => malay,
    };
    steps::go_to(window, "Settings").await?;
    window.click("radio", theme).await?;
    window.choose("Language on the display", language).await?;
    steps::go_to(window, "Sell").await?;
    look(
        window,
        said("Welcome", "Selamat datang", "欢迎光临"),
        "idle",
        manner,
    )
    .await?;
    for item in [
        "Nasi lemak ayam",
        "Teh tarik",
        "Teh tarik",
        "Laksa",
        "Satay ayam (10)",
    ] {
        window.click("button", holding(item)).await?;
    }
    look(window, "RM 43.00", "ticket", manner).await?;
    for item in [
        "Mee goreng mamak",
        "Char kuey teow",
        "Roti canai",
        "Roti telur",
        "Kopi-O",
        "Milo ais",
        "Kuih lapis",
    ] {
        window.click("button", holding(item)).await?;
    }
    look(window, "RM 74.50", "ticket-long", manner).await?;
    window.click("button", holding("Pay by card")).await?;
    let tap = said("Please tap", "Sila sentuh", "请感应");
    look(window, tap, "tap", manner).await?;
    at_terminal(window, "Tap card").await?;
    window.see("Approved").await?;
    // Somebody is there, so that the verdict stays while the display is looked at.
    window.press("Shift").await?;
    let approved = said("Approved – thank you", "Diluluskan", "付款成功");
    look(window, approved, "approved", manner).await?;
    window.click("button", "New sale").await?;
    window.wait_for("button", "Pay by card").await?;
    window.click("button", holding("Laksa")).await?;
    window.click("button", holding("Show QR")).await?;
    window.click("button", "Touch ’n Go").await?;
    let scan = said("Scan the QR", "Imbas kod QR", "请扫描终端");
    look(window, scan, "show-qr", manner).await?;
    at_terminal(window, "Decline").await?;
    let declined = said("Declined – please", "Ditolak", "付款未成功");
    look(window, declined, "declined", manner).await?;
    window.click("button", "New sale").await?;
    window.wait_for("button", "Pay by card").await?;
    Ok(())
}

#[tokio::test]
async fn cash_shows_the_change_to_come_back() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_display(&desk).await?;
    window.click("button", holding("Laksa")).await?;
    window.click("button", holding("Cash")).await?;
    window.wait_for("dialog", "Cash").await?;
    window.fill("Handed over", "50").await?;
    window.click("button", "Take cash").await?;
    shows(&window, &["Thank you", "Your change RM 39.50"]).await?;
    window.close().await
}

#[tokio::test]
async fn a_part_in_cash_shows_the_change_to_come_back_too() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = with_display(&desk).await?;
    window.click("button", holding("Laksa")).await?;
    window.press("F7").await?;
    window.wait_for("dialog", "Split the payment").await?;
    window.click("button", "Half").await?;
    window.click("button", holding("Cash")).await?;
    window.wait_for("dialog", "Cash").await?;
    window.fill("Handed over", "50").await?;
    window.click("button", "Take cash").await?;
    shows(&window, &["Thank you", "RM 5.25", "Your change RM 44.75"]).await?;
    window.close().await
}
