//! A payment in each of its states.

use kaunter_tests::{Desk, Keyring, Outcome, holding, steps};

use crate::album::Album;
use crate::walk::Walk;

pub(crate) async fn show(album: &mut Album) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let walk = Walk::training(&desk, album, steps::MANAGER).await?;
    walk.keys("1250").await?;
    walk.press("F10").await?;
    walk.wait_for("dialog", "wallets.title").await?;
    album.take(&walk.window, "pay-01-wallets").await?;
    walk.press("Escape").await?;
    walk.press("F9").await?;
    walk.see("state.approved").await?;
    album.take(&walk.window, "pay-02-approved").await?;
    walk.next_sale().await?;
    declined(&walk, album).await?;
    unknown(&walk, album).await?;
    pending(&walk, album).await?;
    waiting(&walk, album).await?;
    // A terminal that is waiting ends when its window does.
    walk.window.kill().await
}

async fn declined(walk: &Walk, album: &mut Album) -> Outcome {
    walk.customer_will("Decline: insufficient funds").await?;
    walk.keys("880").await?;
    walk.press("F9").await?;
    walk.see("state.declined").await?;
    album.take(&walk.window, "pay-03-declined").await?;
    walk.click("button", "action.charge_again").await?;
    walk.see("state.approved").await?;
    walk.next_sale().await
}

async fn unknown(walk: &Walk, album: &mut Album) -> Outcome {
    walk.customer_will("Answer lost, charged").await?;
    walk.keys("2990").await?;
    walk.press("F9").await?;
    walk.see("open.hold_goods").await?;
    album.take(&walk.window, "pay-04-unknown").await?;
    walk.see("state.approved").await?;
    walk.next_sale().await
}

async fn pending(walk: &Walk, album: &mut Album) -> Outcome {
    walk.customer_will("Wallet pending, then declined").await?;
    walk.keys("410").await?;
    walk.press("F10").await?;
    walk.window.click("button", holding("Touch ’n Go")).await?;
    walk.see("open.hold_goods").await?;
    album.take(&walk.window, "pay-05-pending").await?;
    walk.click("button", "action.set_aside").await?;
    walk.wait_for("button", "pay.card").await
}

async fn waiting(walk: &Walk, album: &mut Album) -> Outcome {
    walk.customer_will("Answer never comes, not charged").await?;
    walk.keys("1990").await?;
    walk.press("F9").await?;
    walk.see("wait.card").await?;
    album.take(&walk.window, "pay-06-waiting-card").await
}
