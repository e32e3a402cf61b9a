//! What was: the history, a payment in detail, what is unresolved.

use kaunter_tests::{Desk, Keyring, Outcome, holding, steps};

use crate::album::Album;
use crate::walk::Walk;

pub(crate) async fn show(album: &mut Album) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let walk = Walk::training(&desk, album, steps::MANAGER).await?;
    walk.go_to("history").await?;
    walk.see("history.none").await?;
    album.take(&walk.window, "history-1-empty").await?;
    walk.go_to("unresolved").await?;
    walk.see("unresolved.none").await?;
    album.take(&walk.window, "unresolved-1-empty").await?;
    walk.go_to("sell").await?;
    for amount in ["1250", "880", "2990", "310", "4550"] {
        walk.keys(amount).await?;
        walk.press("F9").await?;
        walk.see("state.approved").await?;
        walk.next_sale().await?;
    }
    walk.go_to("history").await?;
    walk.window.wait_for("link", holding("12.50")).await?;
    album.take(&walk.window, "history-2-list").await?;
    walk.window.click("link", holding("12.50")).await?;
    walk.see("detail.timeline").await?;
    album.take(&walk.window, "history-3-payment").await?;
    walk.click("button", "action.void").await?;
    walk.wait_for("dialog", "void.title").await?;
    album.take(&walk.window, "history-4-void").await?;
    walk.keys(steps::MANAGER.pin).await?;
    walk.press("Enter").await?;
    walk.see("state.voided").await?;
    album.take(&walk.window, "history-5-voided").await?;
    unresolved(&walk, album).await?;
    walk.window.close().await
}

/// By a wallet, because a card that was lost without a charge is found out.
async fn unresolved(walk: &Walk, album: &mut Album) -> Outcome {
    walk.customer_will("Answer lost, not charged").await?;
    walk.keys("770").await?;
    walk.press("F10").await?;
    walk.window.click("button", holding("Touch ’n Go")).await?;
    walk.see("open.hold_goods").await?;
    walk.click("button", "action.set_aside").await?;
    walk.wait_for("button", "pay.card").await?;
    walk.go_to("unresolved").await?;
    walk.wait_for("button", "action.decide").await?;
    album.take(&walk.window, "unresolved-2-one").await?;
    walk.click("button", "action.decide").await?;
    walk.wait_for("dialog", "decide.title").await?;
    album.take(&walk.window, "unresolved-3-decide").await?;
    walk.press("Escape").await
}
