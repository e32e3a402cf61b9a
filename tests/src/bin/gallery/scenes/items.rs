//! The shelf: listed, edited, imported.

use std::fs;

use kaunter_tests::{Desk, Keyring, Outcome, holding, steps};

use crate::album::Album;
use crate::walk::Walk;

/// A file with everything that can be read.
const GOOD: &str = "Code,Name,Price,Category,Barcodes
d01,Teh tarik kaw,3.20,Drinks,9556001000017
d90,怡保白咖啡冰,5.50,Drinks,
s90,Cucur udang,4.00,Snacks,9556001000024|9556001000031
";
/// One with rows to mend.
const BAD: &str = "Code,Name,Price,Category
d91,Sirap bandung,three,Drinks
,,2.00,Drinks
d92,Barli,2.50,Drinks
d92,Barli ais,2.80,Drinks
";

pub(crate) async fn show(album: &mut Album) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let walk = Walk::training(&desk, album, steps::MANAGER).await?;
    walk.go_to("items").await?;
    walk.window.wait_for("button", holding("Nasi lemak ayam")).await?;
    album.take(&walk.window, "items-1-list").await?;
    walk.window.click("button", holding("Nasi lemak ayam")).await?;
    walk.wait_for("dialog", "items.edit").await?;
    album.take(&walk.window, "items-2-edit").await?;
    walk.press("Escape").await?;
    for (text, name, begin, scene, says) in [
        (
            GOOD,
            "items.csv",
            Some("items-3-import-begin"),
            "items-4-import",
            "import.first_rows",
        ),
        (BAD, "rows.csv", None, "items-5-import-to-mend", "import.to_mend"),
    ] {
        let file = desk.home().join(name);
        fs::write(&file, text)?;
        walk.click("button", "import.open").await?;
        walk.wait_for("dialog", "import.title").await?;
        if let Some(begin) = begin {
            album.take(&walk.window, begin).await?;
        }
        let choose = walk.say("import.choose").await?;
        walk.window.pick_file(&choose, &file).await?;
        walk.see(says).await?;
        album.take(&walk.window, scene).await?;
        walk.press("Escape").await?;
    }
    walk.window.close().await
}
