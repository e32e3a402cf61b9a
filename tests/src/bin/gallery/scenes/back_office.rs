//! What a manager sets.

use kaunter_tests::{Desk, Keyring, Outcome, steps};

use crate::album::Album;
use crate::walk::Walk;

pub(crate) async fn show(album: &mut Album) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let walk = Walk::training(&desk, album, steps::MANAGER).await?;
    for screen in ["terminals", "staff"] {
        walk.go_to(screen).await?;
        album.take(&walk.window, &format!("{screen}-1")).await?;
    }
    walk.go_to("terminals").await?;
    walk.click("button", "bind.add").await?;
    walk.see("bind.waiting").await?;
    album.take(&walk.window, "terminals-2-bind").await?;
    walk.go_to("staff").await?;
    walk.click("button", "staff.add").await?;
    walk.wait_for("dialog", "staff.add").await?;
    album.take(&walk.window, "staff-2-new").await?;
    walk.press("Escape").await?;
    walk.window.close().await
}
