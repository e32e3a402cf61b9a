//! Receipts on paper in the real window: a printer is set up, a sale is printed, the plug is pulled, and the window says how it is.

use kaunter_tests::{Desk, Keyring, Manner, Mark, Outcome, Printer, Simulator, Window, steps};

fn says(sheet: &[Mark], words: &str) -> bool {
    sheet
        .iter()
        .any(|mark| matches!(mark, Mark::Text { text, .. } if text.contains(words)))
}

/// Sets a network printer up in Settings.
async fn set_up(window: &Window, printer: &Printer) -> Outcome {
    steps::go_to(window, "Settings").await?;
    window.choose("Printer", "On the network").await?;
    window.fill("Printer’s address", &printer.address()).await?;
    window.choose("Paper", "58 mm").await?;
    window.click("button", "Save receipts and printer").await?;
    window.see("Saved").await
}

#[tokio::test]
async fn a_printer_is_set_up_tested_and_prints_and_a_pulled_plug_is_said_and_printed_over_by_nobody()
-> Outcome {
    let simulator = Simulator::start(&[])?;
    let printer = Printer::start(Manner::Well)?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;

    steps::go_to(&window, "Settings").await?;
    window.choose("Printer", "On the network").await?;
    window.fill("Printer’s address", "192.168.1").await?;
    window.click("button", "Save receipts and printer").await?;
    window.see("That cannot be a printer’s address").await?;
    set_up(&window, &printer).await?;
    window.click("button", "Test print").await?;
    window.see("The test page was printed.").await?;
    let sheets = printer.sheets();
    assert!(says(&sheets[0], "TEST PRINT"), "{:?}", sheets[0]);
    for theme in ["Dark", "Light"] {
        window.click("radio", theme).await?;
        window.fits("settings-printing", &theme.to_lowercase()).await?;
    }

    steps::go_to(&window, "Sell").await?;
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.click("button", "Print receipt").await?;
    window.see("The receipt was printed.").await?;
    assert!(
        says(&printer.sheets()[1], "RM 12.50"),
        "{:?}",
        printer.sheets()[1]
    );

    // Somebody pulls the plug in the middle of a duplicate.
    printer.behave(Manner::Unplugged { after: 200 });
    window.click("button", "Print a duplicate").await?;
    window.see("The receipt may have been printed.").await?;
    window.see("The connection to the printer broke.").await?;
    window.fits("pay-perhaps-printed", "light").await?;
    assert_eq!(printer.sheets().len(), 3);
    printer.behave(Manner::Well);
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    assert_eq!(printer.sheets().len(), 3, "nothing is printed again by itself");

    // It is still said in History, and a duplicate is marked as one.
    steps::go_to(&window, "History").await?;
    steps::open_payment(&window, "RM 12.50").await?;
    window.see("The receipt may have been printed").await?;
    window.click("button", "Print a duplicate").await?;
    window.see("A duplicate was printed and marked.").await?;
    let sheets = printer.sheets();
    assert!(says(&sheets[3], "DUPLICATE 3"), "{:?}", sheets[3]);
    window.click("button", "Save PDF").await?;
    window.see("The receipt was saved as").await?;
    window.fits("history-printed", "light").await?;
    window.close().await
}

#[tokio::test]
async fn a_sale_prints_by_itself_once_and_a_printer_that_is_off_holds_nothing_up() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let printer = Printer::start(Manner::Well)?;
    let address = printer.address();
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    set_up(&window, &printer).await?;
    window.choose("Print a receipt", "After each sale").await?;
    window
        .click("checkbox", "A cash drawer is plugged into it, to open for cash")
        .await?;
    window.click("button", "Save receipts and printer").await?;
    // Beside the button, where it went with the click; what was announced before still stands.
    let saved = "return document.querySelector('kaunter-printing [data-saved]').textContent || null;";
    window.ask_until("the word that it is saved", saved).await?;

    steps::go_to(&window, "Sell").await?;
    window.type_keys("500").await?;
    window.press("F12").await?;
    window.wait_for("dialog", "Cash").await?;
    window.press("Enter").await?;
    window.see("The receipt was printed.").await?;
    let sheets = printer.sheets_after(2)?;
    assert_eq!(sheets[0], [Mark::Kick]);
    assert!(
        says(&sheets[1], "TOTAL") && says(&sheets[1], "Cash"),
        "{:?}",
        sheets[1]
    );
    assert_eq!(sheets.len(), 2);

    // Off: the sale goes on, and the window says so.
    drop(printer);
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    window.type_keys("700").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.see("The receipt was not printed.").await?;
    let printer = Printer::start_at(&address, Manner::Well)?;
    window.click("button", "Try again").await?;
    window.see("The receipt was printed.").await?;
    let sheets = printer.sheets();
    assert_eq!(sheets.len(), 1);
    assert!(!says(&sheets[0], "DUPLICATE"), "{:?}", sheets[0]);
    window.close().await
}
