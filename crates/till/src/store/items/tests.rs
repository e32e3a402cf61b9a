//! Codes, barcodes, files and what becomes of them in the index, on a real database.

mod searching;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::items::sheet::{Fate, PlannedRow};
use crate::items::{ItemQuery, Scan, Scanned};
use crate::money::{Amount, Unit};
use crate::store::JournalKey;

fn open() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.seal_with(JournalKey::new([1; 64]));
    (folder, store)
}

fn facts(name: &str) -> ItemFacts {
    ItemFacts {
        name: name.to_owned(),
        price: Amount::from_minor(250, Currency::Myr).unwrap(),
        category: String::new(),
        code: None,
        barcodes: Vec::new(),
        tax_class: None,
        unit: Unit::Each,
        sold_out: false,
    }
}

fn coded(name: &str, code: &str, barcodes: &[&str]) -> ItemFacts {
    ItemFacts {
        code: Some(code.to_owned()),
        barcodes: barcodes
            .iter()
            .map(|code| Barcode::parse(code).unwrap())
            .collect(),
        ..facts(name)
    }
}

fn keep(store: &Store, facts: &ItemFacts) -> Result<i64, StoreError> {
    store.save_item(None, facts, &PictureChange::Keep, Timestamp::UNIX_EPOCH)
}

fn find(store: &Store, text: &str) -> Vec<String> {
    found(store, text, None)
}

fn found(store: &Store, text: &str, category: Option<&str>) -> Vec<String> {
    let query = ItemQuery {
        text: text.to_owned(),
        category: category.map(str::to_owned),
        offset: 0,
        limit: 50,
    };
    let page = store.find_items(&query, Currency::Myr).unwrap();
    page.items.into_iter().map(|item| item.facts.name).collect()
}

#[test]
fn a_code_and_a_barcode_lead_to_one_item_until_it_is_removed() {
    let (_folder, store) = open();
    let teh = coded("Teh", "T-1", &["036000291452"]);
    let id = keep(&store, &teh).unwrap();
    assert!(matches!(
        keep(&store, &coded("Kopi", "t-1", &[])),
        Err(StoreError::CodeTaken { by, .. }) if by == "Teh"
    ));
    assert!(matches!(
        keep(&store, &coded("Kopi", "K", &["0036000291452"])),
        Err(StoreError::BarcodeTaken { by, .. }) if by == "Teh"
    ));
    assert_eq!(
        find(&store, "kopi"),
        Vec::<String>::new(),
        "a refused item left something behind"
    );
    assert_eq!(store.item(id, Currency::Myr).unwrap().facts, teh);
    store.remove_item(id).unwrap();
    assert_eq!(find(&store, "teh"), Vec::<String>::new());
    keep(&store, &teh).unwrap();
}

#[test]
fn a_changed_item_is_found_by_what_it_is_called_now() {
    let (_folder, store) = open();
    let id = keep(&store, &coded("Teh", "T", &["9556001234561"])).unwrap();
    let png = vec![1, 2, 3];
    store
        .save_item(
            Some(id),
            &facts("Milo"),
            &PictureChange::New(png.clone()),
            Timestamp::UNIX_EPOCH,
        )
        .unwrap();
    for gone in ["teh", "T", "9556001234561"] {
        assert_eq!(find(&store, gone), Vec::<String>::new(), "{gone}");
    }
    assert_eq!(find(&store, "milo"), ["Milo"]);
    assert_eq!(store.item_pictures(&[id, 99]).unwrap(), [(id, png.clone())]);
    let first = store.item(id, Currency::Myr).unwrap().picture;
    store
        .save_item(
            Some(id),
            &facts("Milo"),
            &PictureChange::New(png),
            Timestamp::UNIX_EPOCH,
        )
        .unwrap();
    assert_ne!(store.item(id, Currency::Myr).unwrap().picture, first);
    store
        .save_item(
            Some(id),
            &facts("Milo"),
            &PictureChange::Remove,
            Timestamp::UNIX_EPOCH,
        )
        .unwrap();
    assert_eq!(store.item(id, Currency::Myr).unwrap().picture, None);
}

#[test]
fn a_scan_puts_the_item_on_the_ticket_unless_nothing_of_it_is_left() {
    let (_folder, store) = open();
    let rules = store.tax_rules().unwrap();
    let scan = |code: &str| {
        let at = Timestamp::UNIX_EPOCH;
        store
            .scan(Currency::Myr, &Scanned::read(code), &rules, at)
            .unwrap()
    };
    let id = keep(&store, &coded("Teh", "T-1", &["036000291452"])).unwrap();
    for code in ["0036000291452\r", "036000291452", "t-1"] {
        let (scan, _) = scan(code);
        assert!(matches!(scan, Scan::Added(item) if item.id == id), "{code}");
    }
    let (missing, ticket) = scan("9999999999999");
    assert_eq!(missing, Scan::NotFound);
    assert_eq!(ticket.lines.len(), 1);
    assert_eq!(ticket.lines[0].quantity.to_string(), "3");
    store.set_sold_out(id, true).unwrap();
    let (sold_out, ticket) = scan("036000291452");
    assert!(matches!(sold_out, Scan::SoldOut(item) if item.id == id));
    assert_eq!(ticket.lines[0].quantity.to_string(), "3");
    assert!(matches!(
        store.sell_item(Currency::Myr, id, None, &rules, Timestamp::UNIX_EPOCH),
        Err(StoreError::SoldOut(name)) if name == "Teh"
    ));
    store.set_sold_out(id, false).unwrap();
    assert!(
        store
            .sell_item(Currency::Myr, id, None, &rules, Timestamp::UNIX_EPOCH)
            .is_ok()
    );
}

#[test]
fn a_file_is_imported_whole_or_not_at_all() {
    let (_folder, store) = open();
    let id = keep(&store, &coded("Teh", "T", &["9556001234561"])).unwrap();
    let row = |line, fate, facts| PlannedRow { line, fate, facts };
    let rows = [
        row(2, Fate::New, coded("Kopi", "K", &[])),
        row(3, Fate::Changed(id), coded("Teh tarik", "T", &["9556001234578"])),
        // Taken off the shelf between the look and the import.
        row(4, Fate::Changed(id + 1_000), facts("Ghost")),
    ];
    let import = |rows: &[PlannedRow], planned_for, staff| {
        store.import_items(rows, planned_for, staff, Timestamp::UNIX_EPOCH)
    };
    assert!(import(&rows, store.shelf_state(), 1).is_err());
    assert_eq!(find(&store, ""), ["Teh"]);
    assert_eq!(find(&store, "9556001234561"), ["Teh"]);
    let staff = store.add_staff("Farid", crate::Role::Manager, "").unwrap();
    // Somebody changes an item after the file was held against the shelf.
    let planned_for = store.shelf_state();
    store.set_sold_out(id, true).unwrap();
    assert!(!import(&rows[..2], planned_for, staff).unwrap());
    assert_eq!(find(&store, ""), ["Teh"]);
    assert!(import(&rows[..2], store.shelf_state(), staff).unwrap());
    assert_eq!(find(&store, ""), ["Kopi", "Teh tarik"]);
    assert_eq!(find(&store, "tarik"), ["Teh tarik"]);
    assert_eq!(find(&store, "9556001234578"), ["Teh tarik"]);
}

#[test]
fn what_an_import_has_not_put_into_the_index_yet_is_found_all_the_same_and_is_caught_up_with() {
    let (folder, store) = open();
    let old = keep(&store, &coded("Milo ais", "M", &[])).unwrap();
    let row = |line, fate, facts| PlannedRow { line, fate, facts };
    let rows: Vec<PlannedRow> = (0..1_200)
        .map(|number| {
            let name = format!("Kopi tarik {number}");
            row(2, Fate::New, coded(&name, &format!("K{number}"), &[]))
        })
        .chain([row(
            3,
            Fate::Changed(old),
            coded("Neslo ais", "M", &["9556001234578"]),
        )])
        .collect();
    let staff = store.add_staff("Farid", crate::Role::Manager, "").unwrap();
    // The till dies after the rows are on the disk, and before their words are.
    store
        .write(|transaction| {
            transaction.execute_batch(
                "CREATE TRIGGER no_words BEFORE UPDATE OF worded ON item WHEN NEW.worded = 1
                 BEGIN SELECT RAISE(ABORT, 'not yet'); END;",
            )?;
            Ok(())
        })
        .unwrap();
    let done = store.import_items(&rows, store.shelf_state(), staff, Timestamp::UNIX_EPOCH);
    assert!(done.unwrap());
    assert_eq!(find(&store, "K7"), ["Kopi tarik 7"]);
    assert_eq!(find(&store, "kopi tarik 1199"), ["Kopi tarik 1199"]);
    assert_eq!(find(&store, "9556001234578"), ["Neslo ais"]);
    assert_eq!(find(&store, "1199 kopi"), Vec::<String>::new());
    store
        .write(|transaction| Ok(transaction.execute_batch("DROP TRIGGER no_words")?))
        .unwrap();
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(find(&store, "1199 kopi"), ["Kopi tarik 1199"]);
    assert_eq!(find(&store, "ais neslo"), ["Neslo ais"]);
    assert_eq!(find(&store, "ais milo"), Vec::<String>::new());
}

#[test]
fn whoever_waits_for_the_store_has_it_before_the_next_part_of_an_import() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    let (_folder, store) = open();
    let parts = AtomicUsize::new(0);
    let begun = std::sync::Barrier::new(2);
    let mut waited: Vec<usize> = std::thread::scope(|scope| {
        let payments = scope.spawn(|| {
            begun.wait();
            let mut waited = Vec::new();
            for _ in 0..21 {
                let before = parts.load(Ordering::SeqCst);
                store.set_theme(crate::store::Theme::Dark).unwrap();
                waited.push(parts.load(Ordering::SeqCst) - before);
            }
            parts.store(usize::MAX / 2, Ordering::SeqCst);
            waited
        });
        begun.wait();
        while parts.load(Ordering::SeqCst) < usize::MAX / 2 {
            store
                .write_in_turn(|transaction| {
                    transaction.execute("UPDATE item SET sold_out = sold_out", [])?;
                    Ok(())
                })
                .unwrap();
            parts.fetch_add(1, Ordering::SeqCst);
        }
        payments.join().unwrap()
    });
    // As a rule: a thread that has not come to wait yet has no turn.
    waited.sort_unstable();
    assert!(waited[10] <= 2, "{waited:?}");
}

#[test]
fn a_shelf_of_an_earlier_version_is_searched_after_the_update() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    let path = folder.path().join("kaunter.sqlite3");
    // As the update leaves an item that the index has not seen.
    let connection = Connection::open(path).unwrap();
    connection
        .execute(
            "INSERT INTO item (name, price_minor, category) VALUES ('Kopi-O', 220, 'Drinks')",
            [],
        )
        .unwrap();
    drop(connection);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(found(&store, "kopi o", Some("Drinks")), ["Kopi-O"]);
}
