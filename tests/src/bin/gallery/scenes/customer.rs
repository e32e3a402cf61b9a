//! What the customer sees: the display, and training's virtual terminal.

use kaunter_tests::{Desk, Keyring, Outcome, Page, holding, steps};

use crate::album::Album;
use crate::walk::Walk;

pub(crate) async fn show(album: &mut Album) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let walk = Walk::training(&desk, album, steps::MANAGER).await?;
    walk.go_to("settings").await?;
    walk.click_on("radio", "display.window").await?;
    walk.see("display.standing.shown").await?;
    walk.window.turn_to(Page::Counter).await?;
    walk.go_to("sell").await?;
    display(&walk, album, "customer.welcome", "display-1-welcome").await?;
    for item in ["Nasi lemak ayam", "Teh tarik", "Teh tarik"] {
        walk.window.click("button", holding(item)).await?;
    }
    walk.window.see("18.50").await?;
    display(&walk, album, "customer.total", "display-2-ticket").await?;
    terminal(&walk, album).await?;
    walk.keys("1005").await?;
    walk.press("F12").await?;
    walk.wait_for("dialog", "tender.cash").await?;
    walk.keys("20").await?;
    walk.press("Enter").await?;
    walk.wait_for("heading", "taken.paid").await?;
    display(&walk, album, "customer.thanks", "display-6-change").await?;
    walk.window.close().await
}

/// Looks at the display once it says this, and turns back to the counter.
async fn display(walk: &Walk, album: &mut Album, says: &str, scene: &str) -> Outcome {
    let words = walk.say(says).await?;
    walk.window.turn_to(Page::Customer).await?;
    walk.window.see(&words).await?;
    album.take_display(&walk.window, scene).await?;
    walk.window.turn_to(Page::Counter).await
}

/// With the virtual terminal open it waits for its customer, and so does the display.
async fn terminal(walk: &Walk, album: &mut Album) -> Outcome {
    let (tap, decline) = (walk.say("vt.tap").await?, walk.say("vt.decline").await?);
    walk.click("button", "vt.open").await?;
    walk.window.turn_to(Page::Terminal).await?;
    album.take_display(&walk.window, "terminal-window-1-idle").await?;
    walk.window.turn_to(Page::Counter).await?;
    walk.click_on("button", "pay.card").await?;
    walk.see("wait.card").await?;
    display(walk, album, "customer.tap", "display-3-card").await?;
    walk.window.turn_to(Page::Terminal).await?;
    walk.window.wait_for("button", &decline).await?;
    album.take_display(&walk.window, "terminal-window-2-asks").await?;
    walk.window.click("button", &decline).await?;
    walk.window.turn_to(Page::Counter).await?;
    walk.see("state.declined").await?;
    display(walk, album, "customer.declined", "display-4-declined").await?;
    walk.click("button", "action.charge_again").await?;
    walk.see("wait.card").await?;
    walk.window.turn_to(Page::Terminal).await?;
    walk.window.click("button", &tap).await?;
    walk.window.turn_to(Page::Counter).await?;
    walk.see("state.approved").await?;
    display(walk, album, "customer.approved", "display-5-approved").await?;
    walk.window.turn_to(Page::Terminal).await?;
    album.take_display(&walk.window, "terminal-window-3-slip").await?;
    walk.window.turn_to(Page::Counter).await?;
    walk.press("Enter").await?;
    walk.wait_for("button", "pay.card").await
}
