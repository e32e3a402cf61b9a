//! Cash, splits, a card taken by hand, goods that come back.

use kaunter_tests::{Desk, Keyring, Outcome, holding, steps};
use serde_json::json;

use crate::album::Album;
use crate::walk::Walk;

pub(crate) async fn show(album: &mut Album) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let walk = Walk::training(&desk, album, steps::MANAGER).await?;
    cash(&walk, album).await?;
    split(&walk, album).await?;
    returns(&walk, album).await?;
    walk.window.close().await
}

async fn cash(walk: &Walk, album: &mut Album) -> Outcome {
    walk.keys("1003").await?;
    walk.press("F12").await?;
    walk.wait_for("dialog", "tender.cash").await?;
    walk.keys("20").await?;
    walk.window.see("9.95").await?;
    album.take(&walk.window, "tender-1-cash").await?;
    walk.press("Enter").await?;
    walk.wait_for("heading", "taken.paid").await?;
    album.take(&walk.window, "tender-2-change").await?;
    walk.see("pay.next_by_enter").await?;
    walk.next_sale().await
}

async fn split(walk: &Walk, album: &mut Album) -> Outcome {
    walk.keys("4000").await?;
    walk.press("F7").await?;
    walk.wait_for("dialog", "split.title").await?;
    walk.click("button", "split.half").await?;
    album.take(&walk.window, "tender-3-split").await?;
    walk.click_on("button", "tender.cash").await?;
    walk.wait_for("dialog", "tender.cash").await?;
    walk.press("Enter").await?;
    walk.wait_for("heading", "taken.part").await?;
    album.take(&walk.window, "tender-4-part-paid").await?;
    walk.press("Enter").await?;
    walk.wait_for("button", "standing.take_back").await?;
    album.take(&walk.window, "tender-5-rest-due").await?;
    walk.press("F7").await?;
    walk.wait_for("dialog", "split.title").await?;
    walk.click("button", "tender.by_hand").await?;
    walk.wait_for("dialog", "byhand.title").await?;
    album.take(&walk.window, "tender-6-card-by-hand").await?;
    walk.fill("byhand.number", "F99136").await?;
    walk.fill("pin", steps::MANAGER.pin).await?;
    walk.press("Enter").await?;
    walk.wait_for("heading", "tender.state.unverified").await?;
    album.take(&walk.window, "tender-7-unverified").await?;
    walk.see("pay.next_by_enter").await?;
    walk.next_sale().await
}

async fn returns(walk: &Walk, album: &mut Album) -> Outcome {
    for item in ["Nasi lemak ayam", "Laksa", "Laksa"] {
        walk.window.click("button", holding(item)).await?;
    }
    walk.window.see("33.90").await?;
    walk.press("F9").await?;
    walk.see("state.approved").await?;
    walk.next_sale().await?;
    walk.go_to("history").await?;
    walk.window.click("link", holding("33.90")).await?;
    walk.click("button", "return.action").await?;
    let title = walk.words("return.title", json!({ "number": "0003" })).await?;
    walk.window.wait_for("dialog", &title).await?;
    walk.click("button", "return.everything").await?;
    album.take(&walk.window, "tender-8-return").await?;
    walk.press("Escape").await
}
