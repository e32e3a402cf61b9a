//! Settings, part by part: the screen is longer than any window.

use kaunter_tests::{Desk, Keyring, Outcome, steps};

use crate::album::Album;
use crate::walk::Walk;

/// The parts, by the keys of their headings.
const PARTS: [(&str, &str); 6] = [
    ("settings-2-printing", "print.title"),
    ("settings-3-tax", "tax.title"),
    ("settings-4-rounding", "rounding.title"),
    ("settings-5-display", "display.title"),
    ("settings-6-keys", "counter.title"),
    ("settings-7-log", "log.title"),
];

pub(crate) async fn show(album: &mut Album) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let walk = Walk::training(&desk, album, steps::MANAGER).await?;
    walk.go_to("settings").await?;
    album.take(&walk.window, "settings-1").await?;
    for (scene, key) in PARTS {
        let heading = walk.say(key).await?;
        walk.window.wait_for("heading", &heading).await?;
        album.take_part(&walk.window, scene, &heading).await?;
    }
    walk.window.close().await
}
