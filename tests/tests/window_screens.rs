//! Every screen at every size, light and dark: nothing sticks out, and axe finds nothing. The pictures in
//! `target/screens/` are there to be looked at beside the mock.

use kaunter_tests::{Desk, Failure, Keyring, Outcome, Window, steps};
use std::path::Path;
use steps::MANAGER;

const SIZES: [(u32, u32); 3] = [(1024, 768), (1366, 768), (1920, 1080)];

/// Looks at what is shown now, at each size.
async fn look(window: &Window, theme: &str, screen: &str) -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screens");
    for (width, height) in SIZES {
        window.resize(width, height).await?;
        let picture = folder.join(format!("{screen}-{width}x{height}-{}.png", theme.to_lowercase()));
        window.screenshot(&picture).await?;
        if window.overflows().await? {
            return Err(Failure::new(format!(
                "{screen} is wider than {width} pixels; see {}",
                picture.display()
            )));
        }
        window
            .is_accessible(&format!("{screen} at {width}×{height}, {theme}"))
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn set_up_fits_and_is_accessible() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    window.wait_for("button", "Start training").await?;
    look(&window, "Light", "set-up").await?;
    window.click("button", "Set up for real payments").await?;
    window.wait_for("button", "Check the account").await?;
    look(&window, "Light", "set-up-live").await?;
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
        for screen in ["Terminals", "Items", "Staff", "History", "Sell"] {
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
    // Last, because a payment that nobody knows the outcome of holds the terminal.
    steps::customer_will(&window, "Answer lost, not charged").await?;
    window.type_keys("100").await?;
    window.press("F9").await?;
    window.see("Do not hand over the goods yet").await?;
    look(&window, theme, "pay-unknown").await?;
    window.close().await
}
