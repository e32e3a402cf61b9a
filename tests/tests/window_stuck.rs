//! A ticket that is paid in part and cannot be taken back, in the real window: what is said of it, and its way back.

use kaunter_tests::{Desk, Keyring, Outcome, Window, holding, steps};
use steps::MANAGER;

#[tokio::test]
async fn what_was_paid_by_a_payment_that_cannot_be_voided_goes_back_by_a_return_of_all() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    // Only a manager's word will stand for this payment: there is nothing that a void could name.
    steps::customer_will(&window, "Answer lost, not charged").await?;
    window.type_keys("2000").await?;
    window.press("F7").await?;
    window.wait_for("dialog", "Split the payment").await?;
    window.click("button", "Half").await?;
    window.click("button", "Pay by card").await?;
    window
        .wait_for("heading", "Do not hand over the goods yet")
        .await?;
    steps::go_to(&window, "Unresolved").await?;
    steps::fill_decision(&window, "Charged", "The bank says so").await?;
    steps::approve(&window, MANAGER.pin).await?;
    window.see("Nothing is unresolved").await?;

    window.click("link", "Sell").await?;
    window.click("button", holding("Take the rest")).await?;
    window
        .see("A payment cannot be voided. Choose Return in History")
        .await?;
    window.fits("sell-stuck", "light").await?;
    window.click("button", "Take back").await?;
    window.wait_for("dialog", "Take back what was paid?").await?;
    steps::approve(&window, MANAGER.pin).await?;
    window.see("nothing was taken back").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Take back what was paid?").await?;

    steps::open_payment(&window, "RM 10.00").await?;
    window.click("button", "Return").await?;
    window.wait_for("dialog", holding("Return from receipt")).await?;
    window.see("This sale was paid only in part").await?;
    window.click("radio", holding("merchant portal")).await?;
    window.fill("The portal’s reference", "RF-2026-0042").await?;
    window.fits("return-of-a-part", "light").await?;
    window.click("button", "Next").await?;
    window.wait_for("dialog", "Approve this return?").await?;
    window.fill("Reason", "Left without the goods").await?;
    steps::approve(&window, MANAGER.pin).await?;
    window.see("Recorded: RM 10.00 was refunded").await?;
    window.click("button", "Done").await?;

    steps::go_to(&window, "Sell").await?;
    window.see("This sale was returned. Begin the next one.").await?;
    window.click("button", "New sale").await?;
    window.wait_gone("button", "New sale").await?;
    window.close().await
}
