//! The lock and the counter, up to the payment.

use kaunter_tests::{Desk, Keyring, Outcome, holding, steps};
use serde_json::json;

use crate::album::Album;
use crate::walk::Walk;

pub(crate) async fn show(album: &mut Album) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let walk = Walk::open(&desk, &["--training"], album).await?;
    walk.window.wait_for("button", steps::CASHIER.name).await?;
    album.take(&walk.window, "lock-1-who").await?;
    walk.window.click("button", steps::CASHIER.name).await?;
    walk.wait_for("textbox", "pin").await?;
    album.take(&walk.window, "lock-2-pin").await?;
    walk.keys("9999").await?;
    walk.press("Enter").await?;
    let refused = walk.say("error.wrong_pin").await?;
    walk.window
        .see(refused.lines().next().unwrap_or_default())
        .await?;
    album.take(&walk.window, "lock-3-wrong-pin").await?;
    walk.keys(steps::CASHIER.pin).await?;
    walk.press("Enter").await?;
    walk.wait_for("button", "pay.card").await?;
    album.take(&walk.window, "sell-1-empty").await?;
    walk.keys("1250").await?;
    album.take(&walk.window, "sell-2-amount").await?;
    walk.press("Enter").await?;
    for item in ["Nasi lemak ayam", "Teh tarik", "Teh tarik", "Roti telur"] {
        walk.window.click("button", holding(item)).await?;
    }
    walk.window.see("34.50").await?;
    album.take(&walk.window, "sell-3-ticket").await?;
    ticket(&walk, album).await?;
    walk.press("/").await?;
    walk.keys("zzz").await?;
    let nothing = walk.words("shelf.none_found", json!({ "text": "zzz" })).await?;
    walk.window.see(&nothing).await?;
    album.take(&walk.window, "sell-7-nothing-found").await?;
    walk.press("Escape").await?;
    walk.press("F6").await?;
    walk.wait_for("dialog", "extras.title").await?;
    album.take(&walk.window, "sell-8-note").await?;
    walk.press("Escape").await?;
    walk.press("?").await?;
    walk.wait_for("dialog", "keys.title").await?;
    album.take(&walk.window, "sell-9-keys").await?;
    walk.press("Escape").await?;
    walk.window.close().await
}

/// Quantity, discount, parking.
async fn ticket(walk: &Walk, album: &mut Album) -> Outcome {
    walk.press("F2").await?;
    let title = walk
        .words("ticket.quantity_title", json!({ "name": "Roti telur" }))
        .await?;
    walk.window.wait_for("dialog", &title).await?;
    album.take(&walk.window, "sell-4-quantity").await?;
    walk.press("Escape").await?;
    walk.press("F3").await?;
    walk.wait_for("dialog", "discount.title").await?;
    walk.click("radio", "discount.percent").await?;
    walk.fill("discount.percent", "10").await?;
    album.take(&walk.window, "sell-5-discount").await?;
    walk.click("button", "discount.apply").await?;
    let title = walk.words("discount.title", json!({})).await?;
    walk.window.wait_gone("dialog", &title).await?;
    walk.press("F4").await?;
    walk.wait_for("dialog", "park.title").await?;
    album.take(&walk.window, "sell-6-park").await?;
    walk.press("Escape").await
}
