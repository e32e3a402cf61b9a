//! What the shop sells, in the real window: found, scanned, sold out, edited, imported. By accessible names alone.

use kaunter_tests::{Desk, Failure, Keyring, Outcome, Window, holding, steps};
use std::fs;
use std::path::{Path, PathBuf};
use steps::{CASHIER, MANAGER};

/// What is sold out on training's shelf.
const DURIAN: &str = "Durian musang king";

async fn search(window: &Window, text: &str) -> Outcome {
    let field = window.wait_for("searchbox", "Search items").await?;
    field.fill(text).await
}

/// Waits until the ticket has a line of this item, and nothing says that it was refused.
async fn is_on_the_ticket(window: &Window, item: &str) -> Outcome {
    window.wait_for("button", &format!("Remove {item}")).await?;
    Ok(())
}

#[tokio::test]
async fn an_item_is_found_by_its_words_its_letters_and_its_codes_without_a_mouse() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    window.wait_for("button", holding("Nasi lemak ayam")).await?;
    window.press("/").await?;
    window.wait_focus("searchbox", "Search items").await?;
    window.type_keys("kopi o").await?;
    window.wait_for("button", holding("Kopi-O")).await?;
    window.wait_gone("button", holding("Teh tarik")).await?;
    window.press("Enter").await?;
    is_on_the_ticket(&window, "Kopi-O").await?;
    for (typed, item) in [
        ("caramel creme", "Crème caramel"),
        ("咖啡", "怡保白咖啡"),
        ("கா", "காபி"),
        ("n03", "Laksa"),
        // As the package has it, and as a scanner set to thirteen digits types it.
        ("036000291452", "Air mineral 500 ml"),
    ] {
        search(&window, typed).await?;
        window.press("Enter").await?;
        is_on_the_ticket(&window, item).await?;
    }
    window.scan("0036000291452").await?;
    window.see("3.60").await?;
    // The arrows go over the tiles, and Enter adds the one they stand on.
    search(&window, "teh").await?;
    window.wait_for("button", holding("Teh o ais limau")).await?;
    window.wait_gone("button", holding("Roti telur")).await?;
    window.press("ArrowDown").await?;
    window.press("ArrowRight").await?;
    window.press("Enter").await?;
    let second = ["Teh tarik", "Teh o ais limau"];
    let (_, on) = window.focused().await?;
    let item = second
        .into_iter()
        .find(|name| on.contains(name))
        .ok_or_else(|| Failure::new(format!("the focus stands on {on:?}")))?;
    is_on_the_ticket(&window, item).await?;
    search(&window, "nothing like it").await?;
    window.see("Nothing fits “nothing like it”").await?;
    window.press("Escape").await?;
    window.wait_for("button", holding("Nasi lemak ayam")).await?;
    window.close().await
}

#[tokio::test]
async fn what_is_sold_out_is_not_sold_until_somebody_says_that_there_is_some_again() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, CASHIER).await?;
    window.click("button", holding(DURIAN)).await?;
    window.see(&format!("{DURIAN} is sold out.")).await?;
    window.press("Escape").await?;
    window.see_no_more(&format!("{DURIAN} is sold out.")).await?;
    // By its code as well, typed or scanned.
    search(&window, "f02").await?;
    window.press("Enter").await?;
    window.see(&format!("{DURIAN} is sold out.")).await?;
    window.scan("f02").await?;
    window
        .see(&format!("{DURIAN} is marked as sold out. It was not added."))
        .await?;
    assert!(
        window
            .find("button", &format!("Remove {DURIAN}"))
            .await?
            .is_none(),
        "it was sold all the same"
    );
    window.press("Escape").await?;
    window.wait_for("button", holding("Laksa")).await?;
    window.open_menu("button", holding(DURIAN)).await?;
    window.wait_for("dialog", DURIAN).await?;
    window.is_accessible("item menu").await?;
    window.click("button", "Available again").await?;
    window.wait_gone("dialog", DURIAN).await?;
    window.click("button", holding(DURIAN)).await?;
    is_on_the_ticket(&window, DURIAN).await?;
    window.open_menu("button", holding(DURIAN)).await?;
    window.click("button", "Mark as sold out").await?;
    window.wait_for("button", holding("Sold out")).await?;
    window.close().await
}

#[tokio::test]
async fn an_item_gets_two_barcodes_and_a_picture_and_is_sold_by_either() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Items").await?;
    window.click("button", "Add item").await?;
    window.wait_for("dialog", "Add item").await?;
    window.fill("Name", "Sambal ikan bilis").await?;
    window.fill("Price", "7.90").await?;
    window.fill("Code (SKU)", "r01").await?;
    let field = window.wait_for("textbox", "Barcodes").await?;
    field.click().await?;
    window.scan("9556001999996").await?;
    window.scan("9556001999989").await?;
    window.wait_for("button", "Remove barcode 9556001999989").await?;
    window
        .pick_file("Choose a picture", &root().join("icons/128x128.png"))
        .await?;
    window.wait_for("img", "Picture").await?;
    window.click("button", "Save").await?;
    window
        .see("Another item has this code. “Nasi lemak” has it.")
        .await?;
    window.fill("Code (SKU)", "X99").await?;
    window.click("button", "Save").await?;
    window.wait_gone("dialog", "Add item").await?;
    let search_items = window.wait_for("searchbox", "Search items").await?;
    search_items.fill("ikan samb").await?;
    window.click("button", holding("Sambal ikan bilis")).await?;
    window.wait_for("button", "Remove barcode 9556001999996").await?;
    window.press("Escape").await?;
    steps::go_to(&window, "Sell").await?;
    for code in ["9556001999996", "9556001999989"] {
        window.scan(code).await?;
    }
    window.see("RM 15.80").await?;
    window.close().await
}

#[tokio::test]
async fn an_item_that_is_edited_twice_on_sell_keeps_what_was_changed_first() -> Outcome {
    const LAKSA: &str = "Laksa";
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    // None of these shows on the tile.
    edit_on_sell(&window, LAKSA).await?;
    window.fill("Code (SKU)", "x77").await?;
    window
        .wait_for("textbox", "Barcodes")
        .await?
        .fill("9556001999962")
        .await?;
    window.click("button", "Save").await?;
    window.wait_gone("dialog", "Edit item").await?;
    let has_it = "return [...document.querySelectorAll('.item-tile')].some((tile) => tile.dataset.key.includes('x77')) || null;";
    window.ask_until("the shelf to have the new code", has_it).await?;
    edit_on_sell(&window, LAKSA).await?;
    window.wait_for("button", "Remove barcode 9556001999962").await?;
    window.fill("Price", "12.40").await?;
    window.click("button", "Save").await?;
    window.wait_gone("dialog", "Edit item").await?;
    window.scan("9556001999962").await?;
    is_on_the_ticket(&window, LAKSA).await?;
    window.scan("x77").await?;
    window.see("24.80").await?;
    window.close().await
}

/// Opens the editor of an item by its tile.
async fn edit_on_sell(window: &Window, item: &str) -> Outcome {
    window.open_menu("button", holding(item)).await?;
    window.wait_for("dialog", item).await?;
    window.click("button", "Edit item").await?;
    window.wait_for("dialog", "Edit item").await?;
    Ok(())
}

#[tokio::test]
async fn a_file_is_imported_whole_once_every_row_is_right_and_what_is_exported_can_be_imported() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Items").await?;
    window.click("button", "Import …").await?;
    window.wait_for("dialog", "Import items from a file").await?;
    let bad = written(
        &desk,
        "bad.csv",
        "Nama;Harga;Kod;Pembekal\nPulut hitam;4,50;P1;Ali\nCendol;free;P2;Ali\nNasi lemak;6.80;R01;Ali\nRojak;5;P1;Ali\n",
    )?;
    window.pick_file("Choose a file", &bad).await?;
    window.see("Rows to mend: 2").await?;
    for words in [
        "“free” is not a price. Write it like 6.50.",
        "Line 2 has this code already",
        "These columns are not read: Pembekal.",
        "Pulut hitam",
    ] {
        window.see(words).await?;
    }
    window.is_accessible("import with mistakes").await?;
    assert!(
        window.find("button", holding("Import 2")).await?.is_none(),
        "a file with mistakes can be imported"
    );
    window.click("button", "Save the file for mending").await?;
    window.see("Mend them there").await?;
    let mend = saved(&desk, "kaunter-items-to-mend")?;
    let text = fs::read_to_string(&mend)?;
    assert!(text.contains("“free” is not a price"), "{text}");
    assert!(text.contains("Cendol") && text.contains("Pulut"), "{text}");

    let mended = written(
        &desk,
        "good.csv",
        "Nama;Harga;Kod;Kod bar\nPulut hitam;4,50;P1;9556007000017\nCendol;4.00;P2;\nNasi lemak;6.80;R01;\n",
    )?;
    window.pick_file("Choose a file", &mended).await?;
    window.click("button", "Import 3 items").await?;
    window.see("Imported: 2 new, 1 changed, 0 as before.").await?;
    window.wait_gone("dialog", "Import items from a file").await?;
    window.see("Cendol").await?;
    window.see("RM 6.80").await?;

    window.click("button", "Export").await?;
    window.see("Saved: ").await?;
    let exported = saved(&desk, "kaunter-items-2")?;
    window.click("button", "Import …").await?;
    window.pick_file("Choose a file", &exported).await?;
    window
        .see("Everything in the file is on the shelf already.")
        .await?;
    window.press("Escape").await?;
    steps::go_to(&window, "Sell").await?;
    window.scan("9556007000017").await?;
    is_on_the_ticket(&window, "Pulut hitam").await?;
    window.close().await
}

#[tokio::test]
async fn items_and_the_shelf_fit_and_are_accessible_in_light_and_dark_and_in_malay() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    let bad = written(
        &desk,
        "bad.csv",
        "Name,Price,Code,Category,Barcodes,Supplier\nPulut hitam,4.50,P1,Snacks,9556007000017,Ali\nCendol,free,P2,Snacks,9.55601E+12,Ali\nRojak,5,P1,Snacks,,Ali\n",
    )?;
    for theme in ["Light", "Dark"] {
        steps::go_to(&window, "Settings").await?;
        window.click("radio", theme).await?;
        let manner = theme.to_lowercase();
        steps::go_to(&window, "Items").await?;
        window.click("button", holding("Air mineral 500 ml")).await?;
        window.wait_for("dialog", "Edit item").await?;
        window
            .pick_file("Choose a picture", &root().join("icons/128x128.png"))
            .await?;
        window.wait_for("img", "Picture").await?;
        window.fits("item-editor", &manner).await?;
        window.click("button", "Save").await?;
        window.wait_gone("dialog", "Edit item").await?;
        window.fits("items-list", &manner).await?;
        window.click("button", "Import …").await?;
        window.pick_file("Choose a file", &bad).await?;
        window.see("Rows to mend").await?;
        window.fits("items-import", &manner).await?;
        window.press("Escape").await?;
        window.wait_gone("dialog", "Import items from a file").await?;
        steps::go_to(&window, "Sell").await?;
        search(&window, "a").await?;
        window.wait_for("button", holding("Air mineral 500 ml")).await?;
        window.fits("sell-search", &manner).await?;
        window.open_menu("button", holding("Air mineral 500 ml")).await?;
        window.fits("item-menu", &manner).await?;
        window.press("Escape").await?;
        search(&window, "zzz").await?;
        window.see("Nothing fits").await?;
        window.fits("sell-nothing-found", &manner).await?;
    }
    steps::go_to(&window, "Settings").await?;
    window.click("radio", "Bahasa Malaysia").await?;
    window.click("link", "Barang").await?;
    window.click("button", "Import …").await?;
    window.pick_file("Pilih fail", &bad).await?;
    window.see("Perlu dibetulkan dahulu").await?;
    window.fits("items-import", "malay").await?;
    window.press("Escape").await?;
    window.click("button", holding("Air mineral 500 ml")).await?;
    window.wait_for("dialog", "Ubah barang").await?;
    window.fits("item-editor", "malay").await?;
    window.press("Escape").await?;
    window.fits("items-list", "malay").await?;
    window.click("link", "Jual").await?;
    window.wait_for("button", holding("Air mineral 500 ml")).await?;
    window.fits("sell-shelf", "malay").await?;
    window.close().await
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn written(desk: &Desk, name: &str, text: &str) -> Outcome<PathBuf> {
    let path = desk.home().join(name);
    fs::write(&path, text)?;
    Ok(path)
}

/// The newest file below the desk whose name begins so.
fn saved(desk: &Desk, name: &str) -> Outcome<PathBuf> {
    let mut folders = vec![desk.home().to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .file_name()
                .is_some_and(|file| file.to_string_lossy().starts_with(name))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
        .pop()
        .ok_or_else(|| Failure::new(format!("no file begins with {name}")))
}
