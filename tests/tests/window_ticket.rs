//! The ticket in the real window: quantities and weights, discounts, tax, parking, another language in the middle of it.

use kaunter_tests::{Desk, Keyring, Outcome, Simulator, Window, holding, steps};
use steps::MANAGER;

/// What was charged, in order.
async fn charged(simulator: &Simulator) -> Outcome<Vec<String>> {
    let book = simulator.book().await?;
    Ok(book
        .into_iter()
        .filter(|entry| entry.status == "charged")
        .map(|entry| entry.amount)
        .collect())
}

async fn ring_up(window: &Window, digits: &str) -> Outcome {
    window.type_keys(digits).await?;
    window.press("Enter").await?;
    Ok(())
}

/// Takes off the selected line, or the whole ticket, once what it comes to was seen.
async fn discount(window: &Window, whole: bool, kind: &str, typed: &str, after: &str) -> Outcome {
    window.press("F3").await?;
    window.wait_for("dialog", "Discount").await?;
    if whole {
        window.click("radio", "Whole ticket").await?;
    }
    window.click("radio", kind).await?;
    window.fill(kind, typed).await?;
    window.see(after).await?;
    window.click("button", "Apply").await?;
    window.wait_gone("dialog", "Discount").await?;
    Ok(())
}

#[tokio::test]
async fn quantity_and_discounts_are_charged_as_they_are_shown() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    ring_up(&window, "1250").await?;
    window.press("F2").await?;
    window.wait_for("dialog", "How many? Open amount").await?;
    // The key replaces the quantity that stands there.
    window.click("button", "3").await?;
    window.see("RM 37.50").await?;
    window.click("button", "Set").await?;
    window.wait_for("button", "Quantity of Open amount: 3").await?;
    discount(&window, false, "Percent", "10", "RM 33.75").await?;
    window.see("Discount 10%: 37.50 − 3.75").await?;
    discount(&window, true, "Amount", "200", "RM 31.75").await?;
    window.see("Subtotal").await?;
    window.see("−2.00").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    assert_eq!(charged(&simulator).await?, ["31.75"]);
    window.close().await
}

#[tokio::test]
async fn what_is_sold_by_weight_is_weighed_before_it_is_rung_up() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Items").await?;
    window.click("button", "Add item").await?;
    window.fill("Name", "Durian").await?;
    window.fill("Price", "32.00").await?;
    window.choose("Sold", "by weight, per kg").await?;
    window.click("button", "Save").await?;
    window.wait_gone("dialog", "Add item").await?;
    steps::go_to(&window, "Sell").await?;
    // Not the durian that is sold out.
    window.click("button", holding("32.00 / kg")).await?;
    window.wait_for("dialog", "How much? Durian").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "How much? Durian").await?;
    // Nothing was weighed, so nothing is on the ticket.
    window.see("Type an amount or tap an item.").await?;
    window.click("button", holding("32.00 / kg")).await?;
    window.fill("Weight", "0.335").await?;
    window.see("RM 10.72").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Quantity of Durian: 0.335 kg").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.see("RM 10.72").await?;
    window.close().await
}

#[tokio::test]
async fn a_parked_ticket_survives_another_sale_a_sign_out_and_a_wiped_page() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    // Typed and not added yet: it goes along.
    window.type_keys("500").await?;
    window.press("F4").await?;
    window.fill("Park this ticket as", "Table 4").await?;
    window.click("button", "Park").await?;
    window.see("Parked tickets (1)").await?;
    window.type_keys("300").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    window.reload().await?;
    window.see("Parked tickets (1)").await?;
    // What stands at the counter is parked first, under the name that is given.
    ring_up(&window, "700").await?;
    window.press("F5").await?;
    window.fill("Park this ticket as", "Table 5").await?;
    window.click("button", "Recall Table 4").await?;
    window.wait_gone("dialog", "Parked tickets").await?;
    window.see("RM 5.00").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.press("Enter").await?;
    window.see("Parked tickets (1)").await?;
    window.press("F5").await?;
    window.click("button", "Recall Table 5").await?;
    window.wait_gone("dialog", "Parked tickets").await?;
    window.see("RM 7.00").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    assert_eq!(charged(&simulator).await?, ["3.00", "5.00", "7.00"]);
    // The last sale again, for the next in the queue.
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    window.press("Shift+F5").await?;
    window.see("RM 7.00").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    assert_eq!(charged(&simulator).await?, ["3.00", "5.00", "7.00", "7.00"]);
    window.close().await
}

#[tokio::test]
async fn tax_is_shown_and_charged_and_a_language_is_switched_in_the_middle_of_a_ticket() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    charge_tax(&window, "Tax is added", "SST 8%").await?;
    steps::go_to(&window, "Sell").await?;
    window.type_keys("1000").await?;
    // What paying now would charge has its tax before the amount is a line.
    window.see("RM 10.80").await?;
    window.press("Enter").await?;
    window.see("SST 8%").await?;
    window.see("\n0.80").await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", "Bahasa Malaysia").await?;
    window.click("link", "Jual").await?;
    window.see("Jumlah kecil").await?;
    window.see("RM 10.80").await?;
    window.press("F9").await?;
    window.see("Diluluskan").await?;
    assert_eq!(charged(&simulator).await?, ["10.80"]);
    window.close().await
}

/// Switches tax on, as a manager.
async fn charge_tax(window: &Window, prices: &str, usual: &str) -> Outcome {
    steps::go_to(window, "Settings").await?;
    window.click("checkbox", "This shop charges tax").await?;
    window.fill("SST number", "W10-1808-32000123").await?;
    window.click("radio", prices).await?;
    window
        .choose("Tax of open amounts, and of items without a class", usual)
        .await?;
    window.click("button", "Save tax settings").await?;
    window.see("Saved").await?;
    Ok(())
}

#[tokio::test]
async fn a_long_ticket_with_discounts_and_two_taxes_has_room_in_every_size_and_language() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    charge_tax(&window, "Tax is added", "SST 8%").await?;
    window.fits("settings-tax", "light").await?;
    steps::go_to(&window, "Sell").await?;
    for at in 0..9 {
        ring_up(&window, &format!("1{at}50")).await?;
    }
    charge_tax_again(&window).await?;
    steps::go_to(&window, "Sell").await?;
    for item in ["Nasi lemak ayam", "Char kuey teow", "Teh o ais limau"] {
        window.click("button", holding(item)).await?;
        window
            .wait_for("button", holding(&format!("Quantity of {item}")))
            .await?;
    }
    discount(&window, false, "Percent", "10", "RM 2.88").await?;
    discount(&window, true, "Percent", "5", "−RM 7.80").await?;
    window.fits("ticket-full", "light").await?;
    window.press("F3").await?;
    window.wait_for("dialog", "Discount").await?;
    window.fits("ticket-discount", "light").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Discount").await?;
    window.press("F2").await?;
    window.wait_for("dialog", holding("How many?")).await?;
    window.fits("ticket-quantity", "light").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", holding("How many?")).await?;
    window.press("F4").await?;
    window.fill("Park this ticket as", "Kak Long, red scarf").await?;
    window.click("button", "Park").await?;
    window.see("Parked tickets (1)").await?;
    window.fits("ticket-empty-parked", "light").await?;
    ring_up(&window, "500").await?;
    window.press("F4").await?;
    window.wait_for("dialog", "Parked tickets").await?;
    window.fits("ticket-parked", "light").await?;
    window.click("button", "Recall Kak Long, red scarf").await?;
    window.wait_gone("dialog", "Parked tickets").await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", "Dark").await?;
    steps::go_to(&window, "Sell").await?;
    window.fits("ticket-full", "dark").await?;
    steps::go_to(&window, "Settings").await?;
    window.click("radio", "Bahasa Malaysia").await?;
    window.click("link", "Jual").await?;
    window.see("Jumlah kecil").await?;
    window.fits("ticket-full", "ms-dark").await?;
    window.press("F3").await?;
    window.wait_for("dialog", "Diskaun").await?;
    window.fits("ticket-discount", "ms-dark").await?;
    window.close().await
}

/// Another usual class, so that the ticket has lines of two rates.
async fn charge_tax_again(window: &Window) -> Outcome {
    steps::go_to(window, "Settings").await?;
    window
        .choose("Tax of open amounts, and of items without a class", "SST 6%")
        .await?;
    window.click("button", "Save tax settings").await?;
    window.see("Saved").await?;
    Ok(())
}
