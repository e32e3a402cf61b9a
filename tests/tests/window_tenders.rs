//! Cash, splits, a card by hand and a return in the real window, by accessible names alone; and how their screens look.

use kaunter_tests::{Desk, Keyring, Outcome, Simulator, Window, holding, steps};
use serde_json::json;
use steps::{CASHIER, MANAGER, OWNER};

#[tokio::test]
async fn cash_with_change_needs_no_mouse_and_the_next_sale_begins_with_enter() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;

    window.type_keys("1003").await?;
    window.press("F12").await?;
    window.wait_for("dialog", "Cash").await?;
    window.see("RM 10.05").await?;
    window.see("Rounded from RM 10.03").await?;
    window.type_keys("20").await?;
    window.see("RM 9.95").await?;
    presses_twice(&window, "kaunter-pay [data-change]").await?;
    window.press("Enter").await?;
    window.see("Change RM 9.95").await?;
    window.wait_for("heading", "Paid").await?;
    is_pressed_twice(&window).await?;
    // The second press has left the change where it can be read; one that is meant goes on.
    window.see("Press Enter for the next sale").await?;
    window.see("Change RM 9.95").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    assert!(
        simulator.book().await?.is_empty(),
        "cash is nothing of the acquirer’s"
    );

    // Exactly as much, by the quick note; too little is refused.
    window.type_keys("500").await?;
    window.press("F12").await?;
    window.wait_for("dialog", "Cash").await?;
    window.fill("Handed over", "2").await?;
    window.click("button", "Take cash").await?;
    window.see("That is not enough cash").await?;
    window.click("button", "Exact").await?;
    window.click("button", "Take cash").await?;
    window.wait_for("heading", "Paid").await?;
    steps::go_to(&window, "History").await?;
    window.click("button", "Cash").await?;
    window.click("link", holding("RM 5.00")).await?;
    window.wait_for("heading", "RM 5.00").await?;
    window.see("Receipt 0002").await?;
    window.close().await
}

#[tokio::test]
async fn a_way_to_pay_that_is_touched_right_after_an_item_is_for_that_item() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    window.wait_for("button", holding("Laksa")).await?;
    for (way, dialog) in [("[data-split]", "Split the payment"), ("[data-cash]", "Cash")] {
        // Both in one turn of the page: the item cannot be on the ticket yet.
        window
            .ask(&format!(
                "[...document.querySelectorAll('.item-tile')].find((tile) => tile.textContent.includes('Laksa')).click();
                 document.querySelector('kaunter-sell {way}').click();"
            ))
            .await?;
        window.wait_for("dialog", dialog).await?;
        window.press("Escape").await?;
        window.wait_gone("dialog", dialog).await?;
    }
    window.see("21.00").await?;
    window.close().await
}

#[tokio::test]
async fn a_sale_is_split_over_cash_and_qr_and_each_is_taken_once() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;

    window.type_keys("1000").await?;
    window.press("F7").await?;
    window.wait_for("dialog", "Split the payment").await?;
    window.click("button", "Half").await?;
    window.click("button", holding("Cash")).await?;
    window.wait_for("dialog", "Cash").await?;
    window.press("Enter").await?;
    window.see("Still due RM 5.00").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Take back").await?;
    window.press("F11").await?;
    window.see("Approved").await?;
    window.see("RM 5.00").await?;
    window.wait_for("button", holding("New sale")).await?;
    let book = simulator.book().await?;
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(
        (book[0].amount.as_str(), book[0].status.as_str()),
        ("5.00", "charged")
    );
    window.close().await
}

#[tokio::test]
async fn a_declined_part_leaves_the_rest_and_another_wallet_pays_it() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;

    window.type_keys("2003").await?;
    half_in_cash(&window).await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    simulator
        .script(&simulator.credentials().terminals[0], &json!("decline"))
        .await?;
    window.press("F10").await?;
    window.click("button", "Touch ’n Go").await?;
    window.see("Declined").await?;
    // The other wallet is asked for what was still due, not for the whole again.
    window.press("F10").await?;
    window.click("button", "GrabPay").await?;
    window.see("Approved").await?;
    let book = simulator.book().await?;
    let charged = book.iter().filter(|entry| entry.status == "charged");
    let charged: Vec<&str> = charged.map(|entry| entry.amount.as_str()).collect();
    assert_eq!(charged, ["10.03"]);
    assert_eq!(book.len(), 2, "one was declined, one went through");
    window.close().await
}

#[tokio::test]
async fn a_way_that_is_touched_on_the_heels_of_a_share_takes_the_share_and_not_the_whole() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = typed(&desk, "Light").await?;
    window.press("F7").await?;
    window.wait_for("dialog", "Split the payment").await?;
    // Both in one turn of the page: the shell cannot have answered the first.
    window
        .ask(
            "document.querySelector('dialog.split .cash-choices button').click();
            document.querySelector('dialog.split [data-way=cash]').click();",
        )
        .await?;
    window.wait_for("dialog", "Cash").await?;
    window.see("Part to pay in cash").await?;
    window.see("RM 10.00").await?;
    window.type_keys("10").await?;
    window.press("Enter").await?;
    window.see("Still due RM 10.03").await?;
    window.close().await
}

#[tokio::test]
async fn a_card_by_hand_takes_a_managers_pin_and_is_unverified_everywhere() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    window.type_keys("1000").await?;
    window.press("F7").await?;
    window.wait_for("dialog", "Split the payment").await?;
    window.click("button", "Card by hand").await?;
    window.wait_for("dialog", "Record a card taken by hand?").await?;
    window.fill("Approval code or slip number", "F99136").await?;
    steps::approve(&window, CASHIER.pin).await?;
    window.see("Wrong PIN").await?;
    steps::approve(&window, MANAGER.pin).await?;
    window.wait_for("heading", "Unverified").await?;
    window.see("Press Enter for the next sale").await?;
    window.press("Enter").await?;
    steps::go_to(&window, "History").await?;
    window.click("button", "By hand").await?;
    window.click("link", holding("Unverified")).await?;
    window.see("F99136").await?;
    window.see("has not seen this payment").await?;
    window.close().await
}

#[tokio::test]
async fn goods_come_back_for_cash_after_a_managers_pin() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;

    window.type_keys("1003").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.press("Enter").await?;
    steps::open_payment(&window, "RM 10.03").await?;
    window.click("button", "Return").await?;
    window.wait_for("dialog", "Return from receipt 0001").await?;
    window.click("button", "Everything").await?;
    window.see("RM 10.03").await?;
    window.click("radio", holding("Cash")).await?;
    window.see("RM 10.05").await?;
    window.click("button", "Next").await?;
    window.wait_for("dialog", "Approve this return?").await?;
    window.fill("Reason", "Torn").await?;
    steps::approve(&window, OWNER.pin).await?;
    window.see("Hand over RM 10.05 in cash").await?;
    window.click("button", "Done").await?;
    window.click("button", "Returns").await?;
    window.click("link", holding("Given back")).await?;
    window.see("Receipt 0002").await?;
    let book = simulator.book().await?;
    assert_eq!(
        book[0].status, "charged",
        "the card’s money stays: it went back in cash"
    );
    window.close().await
}

#[tokio::test]
async fn an_enter_pressed_twice_does_not_say_that_cash_was_handed_back() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = typed(&desk, "Light").await?;
    half_in_cash(&window).await?;
    window.press("Enter").await?;
    window.click("button", "Take back").await?;
    window.wait_for("dialog", "Take back what was paid?").await?;
    window.press("Tab").await?;
    window.wait_focus("button", "Take back").await?;
    window.press("Enter").await?;
    window.wait_for("dialog", "To hand over").await?;
    window.press("Enter").await?;
    window.wait_for("dialog", "To hand over").await?;
    window.see("Hand back RM 10.00 in cash").await?;
    window.wait_focus("heading", "To hand over").await?;
    window.press("Tab").await?;
    window.press("Enter").await?;
    window.wait_gone("dialog", "To hand over").await?;
    window.close().await
}

#[tokio::test]
async fn what_is_left_to_hand_over_does_not_come_up_over_the_lock_screen() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = typed(&desk, "Light").await?;
    for _ in 0..2 {
        half_in_cash(&window).await?;
        window.press("Enter").await?;
        window.click("button", "Take back").await?;
        window.wait_for("dialog", "Take back what was paid?").await?;
        window.click("button", "Take back").await?;
        window.wait_for("dialog", "To hand over").await?;
        window.press("Escape").await?;
        window.wait_gone("dialog", "To hand over").await?;
        window.click("button", "New sale").await?;
        window.wait_gone("button", "New sale").await?;
        window.type_keys("2003").await?;
    }
    steps::lock(&window).await?;
    steps::sign_in(&window, CASHIER).await?;
    window.wait_for("dialog", "Receipt 0001").await?;
    // No hand reaches the lock behind a dialog; the till locks itself like this when nobody is there.
    window
        .ask_later(
            "const [done] = arguments;
            import('/models/till.js').then(({ session }) => session.lock()).then(() => done(true), (error) => done(String(error)));",
        )
        .await?;
    // Behind a dialog no tile would be found.
    window.wait_for("button", CASHIER.name).await?;
    steps::sign_in(&window, MANAGER).await?;
    window.wait_for("dialog", "Receipt 0001").await?;
    window.click("button", "Done").await?;
    window.wait_for("dialog", "Receipt 0002").await?;
    window.click("button", "Done").await?;
    window.wait_gone("dialog", "Receipt 0002").await?;
    window.wait_for("button", "Pay by card").await?;
    window.close().await
}

/// A manager at a till in training, in a theme, with an amount typed.
async fn typed(desk: &Desk, theme: &str) -> Outcome<Window> {
    let window = Window::open(desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", theme).await?;
    window.click("link", "Sell").await?;
    window.wait_for("button", "Pay by card").await?;
    window.type_keys("2003").await?;
    Ok(window)
}

/// Takes the half of it in cash, up to the verdict.
async fn half_in_cash(window: &Window) -> Outcome {
    window.press("F7").await?;
    window.wait_for("dialog", "Split the payment").await?;
    window.click("button", "Half").await?;
    window.click("button", holding("Cash")).await?;
    window.wait_for("dialog", "Cash").await?;
    window.type_keys("20").await?;
    window.press("Enter").await?;
    window.see("Still due RM 10.03").await?;
    window.see("Press Enter to take the rest").await
}

/// Makes the page press Enter once more in the very moment in which an element comes up.
async fn presses_twice(window: &Window, element: &str) -> Outcome {
    let script = format!(
        "new MutationObserver((_changes, watch) => {{
            if (!document.querySelector('{element}')) return;
            watch.disconnect();
            const place = document.activeElement ?? document.body;
            place.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }}));
            document.documentElement.dataset.twice = 'yes';
        }}).observe(document.body, {{ childList: true, subtree: true }});"
    );
    window.ask(&script).await?;
    Ok(())
}

async fn is_pressed_twice(window: &Window) -> Outcome {
    let script = "return document.documentElement.dataset.twice ?? null;";
    window.ask_until("Enter to be pressed twice", script).await?;
    Ok(())
}

#[tokio::test]
async fn what_asks_for_a_part_fits_at_every_size() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = typed(&desk, "Light").await?;
    window.press("F12").await?;
    window.wait_for("dialog", "Cash").await?;
    window.type_keys("50").await?;
    window.see("RM 29.95").await?;
    window.fits("cash", "light").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Cash").await?;
    window.press("F7").await?;
    window.wait_for("dialog", "Split the payment").await?;
    window.fits("split", "light").await?;
    window.click("button", "Half").await?;
    window.click("button", "Card by hand").await?;
    window.wait_for("dialog", "Record a card taken by hand?").await?;
    window.fits("by-hand", "light").await?;
    window.close().await
}

#[tokio::test]
async fn a_ticket_that_is_partly_paid_and_its_way_back_fit_in_the_dark() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = typed(&desk, "Dark").await?;
    half_in_cash(&window).await?;
    window.fits("part-taken", "dark").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Take back").await?;
    window.fits("sell-partly-paid", "dark").await?;
    window.click("button", "Take back").await?;
    window.wait_for("dialog", "Take back what was paid?").await?;
    window.fits("take-back", "dark").await?;
    window.click("button", "Take back").await?;
    window.wait_for("dialog", "To hand over").await?;
    window.see("Hand back RM 10.00 in cash").await?;
    window.kill().await?;

    // Whoever opens the till next is asked, until somebody says that the customer has it.
    let window = Window::open(&desk, &["--training"]).await?;
    for answer in ["Not yet", "Done"] {
        steps::sign_in(&window, CASHIER).await?;
        window.wait_for("dialog", "Receipt 0001").await?;
        window.see("Hand back RM 10.00 in cash").await?;
        window.see("Nobody has said that this is done").await?;
        window.fits("left-open", "dark").await?;
        window.click("button", answer).await?;
        window.wait_gone("dialog", "Receipt 0001").await?;
        steps::lock(&window).await?;
    }
    steps::unlock(&window, CASHIER).await?;
    window.see("Everything was taken back").await?;
    assert!(
        window.find("dialog", "Receipt 0001").await?.is_none(),
        "it is asked for once"
    );
    window.click("button", "New sale").await?;
    window.wait_gone("button", "New sale").await?;
    window.close().await
}

#[tokio::test]
async fn a_cash_sale_in_history_and_its_return_fit() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = typed(&desk, "Light").await?;
    window.press("F12").await?;
    window.wait_for("dialog", "Cash").await?;
    window.type_keys("50").await?;
    window.press("Enter").await?;
    window.wait_for("heading", "Paid").await?;
    window.fits("cash-taken", "light").await?;
    window.see("Press Enter for the next sale").await?;
    window.press("Enter").await?;
    steps::go_to(&window, "History").await?;
    window.click("button", "Cash").await?;
    window.click("link", holding("Paid")).await?;
    window.wait_for("button", "Return").await?;
    window.fits("history-cash", "light").await?;
    window.click("button", "Return").await?;
    window.wait_for("dialog", holding("Return from receipt")).await?;
    window.click("button", "Everything").await?;
    window.see("Rounded from").await?;
    window.fits("return", "light").await?;
    window.close().await
}

#[tokio::test]
async fn a_split_fits_in_malay() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = typed(&desk, "Light").await?;
    half_in_cash(&window).await?;
    window.press("Enter").await?;
    window.wait_for("button", "Take back").await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", "Bahasa Malaysia").await?;
    window.click("link", "Jual").await?;
    window.wait_for("button", "Pulangkan bayaran").await?;
    window.fits("sell-partly-paid", "malay").await?;
    window.press("F7").await?;
    window.wait_for("dialog", "Bahagikan bayaran").await?;
    window.fits("split", "malay").await?;
    window.close().await
}
