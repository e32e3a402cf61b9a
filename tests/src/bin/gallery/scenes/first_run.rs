//! Set-up, from the first start to the test sale.

use kaunter_tests::{Desk, Keyring, Outcome, Simulator, holding, steps};

use crate::album::Album;
use crate::walk::Walk;

pub(crate) async fn show(album: &mut Album) -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = simulator.credentials();
    let desk = Desk::new(Keyring::Unlocked)?;
    let walk = Walk::open(&desk, &[], album).await?;
    walk.see("setup.welcome").await?;
    album.take(&walk.window, "set-up-1-welcome").await?;
    walk.click_on("button", "setup.live").await?;
    album.take(&walk.window, "set-up-2-account-empty").await?;
    walk.click_on("radio", "setup.other").await?;
    walk.fill("setup.address", &account.listening).await?;
    walk.fill("setup.pos_id", &account.pos_id).await?;
    walk.fill("setup.password", &account.password).await?;
    walk.fill("setup.merchant_id", &account.merchant_id).await?;
    walk.fill("setup.secret_key", "not the key").await?;
    walk.click("button", "setup.next").await?;
    walk.wait_for("button", "setup.next").await?;
    walk.window.wait_for("alert", holding("")).await?;
    album.take(&walk.window, "set-up-3-account-wrong").await?;
    walk.fill("setup.secret_key", &account.secret_key).await?;
    walk.click("button", "setup.next").await?;
    walk.see("setup.title.terminal").await?;
    let terminal = account.terminals.first().map_or("", String::as_str);
    walk.window.click("radio", holding(terminal)).await?;
    album.take(&walk.window, "set-up-4-terminal").await?;
    walk.click("button", "setup.next").await?;
    walk.wait_for("textbox", "settings.store_name").await?;
    walk.fill("settings.store_name", "Kedai Kopi Mei Ling").await?;
    walk.fill("settings.header", "12 Jalan Ampang\n50450 Kuala Lumpur")
        .await?;
    album.take(&walk.window, "set-up-5-store").await?;
    walk.click("button", "setup.next").await?;
    walk.fill("setup.manager_name", steps::OWNER.name).await?;
    walk.fill("pin", steps::OWNER.pin).await?;
    album.take(&walk.window, "set-up-6-manager").await?;
    walk.click("button", "setup.go_live").await?;
    walk.wait_for("heading", "screen.first-sale").await?;
    album.take(&walk.window, "set-up-7-test-sale").await?;
    walk.window.close().await
}
