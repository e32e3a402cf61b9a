//! What is typed or scanned, and the items that it finds.

use proptest::prelude::*;

use super::*;

#[test]
fn words_are_found_in_any_order_without_their_accents_and_by_their_beginnings() {
    let (_folder, store) = open();
    for name in [
        "Kopi-O",
        "Kopi susu",
        "Teh O ais",
        "Café crème",
        "Nasi lemak ayam",
        "白咖啡 Ipoh",
        "தேநீர்",
        "ชาเย็น",
    ] {
        keep(&store, &facts(name)).unwrap();
    }
    for (typed, names) in [
        ("kopi o", vec!["Kopi-O"]),
        ("kopio", vec!["Kopi-O"]),
        ("KOPI", vec!["Kopi-O", "Kopi susu"]),
        ("ayam nas", vec!["Nasi lemak ayam"]),
        ("creme cafe", vec!["Café crème"]),
        ("ｃａｆé", vec!["Café crème"]),
        ("咖啡", vec!["白咖啡 Ipoh"]),
        ("啡", vec!["白咖啡 Ipoh"]),
        ("啡咖", vec![]),
        ("ipoh 白", vec!["白咖啡 Ipoh"]),
        ("தே", vec!["தேநீர்"]),
        ("เย็น", vec!["ชาเย็น"]),
        ("nothing like it", vec![]),
        ("!!!", vec![]),
    ] {
        assert_eq!(find(&store, typed), names, "{typed}");
    }
}

#[test]
fn nobody_has_to_know_where_a_name_has_a_blank_a_hyphen_or_nothing() {
    let (_folder, store) = open();
    for name in [
        "7UP 325ml",
        "Lays Classic",
        "Lay's Stax",
        "Tshirt",
        "Coca-Cola 500ml",
        "Air mineral 500 ml",
        "Kertas A4 80gsm",
    ] {
        keep(&store, &facts(name)).unwrap();
    }
    keep(&store, &coded("Skru", "ABC001", &[])).unwrap();
    keep(&store, &coded("Paku", "ABD-002", &[])).unwrap();
    for (typed, names) in [
        ("7-up", vec!["7UP 325ml"]),
        ("7 up", vec!["7UP 325ml"]),
        ("7up", vec!["7UP 325ml"]),
        ("7u", vec!["7UP 325ml"]),
        ("325 ml", vec!["7UP 325ml"]),
        ("lay's", vec!["Lay's Stax", "Lays Classic"]),
        ("lays", vec!["Lays Classic", "Lay's Stax"]),
        ("t-shirt", vec!["Tshirt"]),
        ("abc-001", vec!["Skru"]),
        ("abc 001", vec!["Skru"]),
        ("abd002", vec!["Paku"]),
        ("abd-00", vec!["Paku"]),
        ("coca 500 ml", vec!["Coca-Cola 500ml"]),
        ("cocacola 500", vec!["Coca-Cola 500ml"]),
        ("500ml", vec!["Air mineral 500 ml", "Coca-Cola 500ml"]),
        ("500m", vec!["Air mineral 500 ml", "Coca-Cola 500ml"]),
        ("a4", vec!["Kertas A4 80gsm"]),
        ("a8", vec![]),
        ("ml500", vec![]),
    ] {
        assert_eq!(find(&store, typed), names, "{typed}");
    }
}

#[test]
fn the_whole_code_comes_first_then_names_that_begin_so_then_the_rest() {
    let (_folder, store) = open();
    keep(&store, &facts("Ais teh")).unwrap();
    keep(&store, &facts("Teh tarik")).unwrap();
    keep(&store, &coded("Special", "TEH", &["9556001234561"])).unwrap();
    assert_eq!(find(&store, "teh"), ["Special", "Teh tarik", "Ais teh"]);
    assert_eq!(find(&store, "9556001234561"), ["Special"]);
    assert_eq!(find(&store, "09556001234561"), ["Special"]);
    assert_eq!(find(&store, "95560"), ["Special"]);
}

#[test]
fn a_heading_narrows_every_search() {
    let (_folder, store) = open();
    let under = |name: &str, category: &str| ItemFacts {
        category: category.to_owned(),
        ..coded(name, &format!("{name}1"), &[])
    };
    for (name, category) in [
        ("Teh", "Drinks"),
        ("Roti teh", "Bread"),
        ("Air", "drinks"),
        ("Beg", ""),
    ] {
        keep(&store, &under(name, category)).unwrap();
    }
    assert_eq!(found(&store, "te", Some("Drinks")), ["Teh"]);
    assert_eq!(found(&store, "air1", Some("Bread")), Vec::<String>::new());
    assert_eq!(found(&store, "", Some("Drinks")), ["Air", "Teh"]);
    assert_eq!(found(&store, "", Some("")), ["Beg"]);
    let categories = store.item_categories().unwrap();
    let shown: Vec<(&str, u32)> = categories
        .iter()
        .map(|one| (one.name.as_str(), one.items))
        .collect();
    assert_eq!(shown, [("", 1), ("Bread", 1), ("Drinks", 2)]);
}

#[test]
fn a_scan_means_the_item_that_a_search_shows_first() {
    let (_folder, store) = open();
    let rules = store.tax_rules().unwrap();
    keep(&store, &coded("Teh", "123456", &["9556001234561"])).unwrap();
    keep(&store, &coded("Kopi", "9556001234561", &["123456"])).unwrap();
    keep(&store, &coded("Milo", "AB 12", &[])).unwrap();
    keep(&store, &coded("Air", "CD34", &[])).unwrap();
    keep(&store, &coded("Roti", "]E0", &[])).unwrap();
    for (typed, name) in [
        ("123456", "Kopi"),
        ("9556001234561", "Teh"),
        ("ab 12", "Milo"),
        ("]C1AB 12\r", "Milo"),
        (" CD 34 ", "Air"),
        ("]E0", "Roti"),
    ] {
        let query = ItemQuery {
            text: typed.to_owned(),
            limit: 50,
            ..ItemQuery::default()
        };
        let page = store.find_items(&query, Currency::Myr).unwrap();
        assert_eq!(page.items[0].facts.name, name, "{typed}");
        let at = Timestamp::UNIX_EPOCH;
        let (scan, _) = store
            .scan(Currency::Myr, &Scanned::read(typed), &rules, at)
            .unwrap();
        assert!(
            matches!(scan, Scan::Added(item) if item.facts.name == name),
            "{typed}"
        );
    }
}

#[test]
fn a_barcode_without_its_first_zero_is_found_by_a_scan_also_if_an_earlier_version_kept_it() {
    let (folder, store) = open();
    let id = keep(&store, &coded("Teh", "T", &["36000291452"])).unwrap();
    keep(&store, &coded("Kopi", "K", &["1234565"])).unwrap();
    keep(&store, &coded("Milo", "M", &["2E12"])).unwrap();
    drop(store);
    // As version 8 left them.
    let connection = Connection::open(folder.path().join("kaunter.sqlite3")).unwrap();
    connection
        .execute_batch(
            "UPDATE item_barcode SET barcode = written; UPDATE item SET worded = 0;
             UPDATE item_barcode SET barcode = '2E+12', written = '2E+12' WHERE written = '2E12';",
        )
        .unwrap();
    drop(connection);
    let store = Store::open(folder.path()).unwrap();
    for (typed, name) in [
        ("036000291452", "Teh"),
        ("36000291452", "Teh"),
        ("0036000291452", "Teh"),
        ("3600029", "Teh"),
        ("01234565", "Kopi"),
        // Refused today, and on the shelf all the same.
        ("2E+12", "Milo"),
    ] {
        assert_eq!(find(&store, typed), [name], "{typed}");
    }
    assert!(matches!(
        keep(&store, &coded("Air", "A", &["036000291452"])),
        Err(StoreError::BarcodeTaken { by, .. }) if by == "Teh"
    ));
    let kept = store.item(id, Currency::Myr).unwrap().facts.barcodes;
    assert_eq!(kept[0].written(), "36000291452");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_that_is_looked_for_is_an_error(texts in proptest::collection::vec("\\PC*|[\"*():^{}+ a-z-]{0,30}|(AND|OR|NOT|NEAR|name:| |\"){1,8}|.{0,300}", 8)) {
        let (_folder, store) = open();
        keep(&store, &coded("Kopi-O", "AND", &["123456"])).unwrap();
        for text in texts {
            for category in [None, Some("Drinks"), Some("\"x")] {
                found(&store, &text, category);
            }
        }
    }

    #[test]
    fn an_item_is_found_by_every_beginning_of_its_name_whatever_stands_between(words in proptest::collection::vec("[a-z]{1,5}|[0-9]{1,4}|[a-z]{1,3}[0-9]{1,3}[a-z]{0,2}", 1..5), on_shelf in "[ '-]{4}", typed in "[ '-]{4}") {
        let (_folder, store) = open();
        let with = |between: &str| -> String {
            words.iter().zip(between.chars().chain([' '])).fold(String::new(), |name, (word, c)| format!("{name}{word}{c}"))
        };
        let name = with(&on_shelf).trim().to_owned();
        keep(&store, &facts(&name)).unwrap();
        let all = with(&typed);
        for end in 1..=all.trim_end().len() {
            prop_assert!(find(&store, &all[..end]).contains(&name), "{} by {}", name, &all[..end]);
        }
    }

    #[test]
    fn an_item_is_found_by_any_of_its_words_in_any_order(names in proptest::collection::vec("[A-Za-zéüñçÅ]{2,8}( [A-Za-zéüñçÅ0-9]{1,8}){0,3}|[咖啡白黑茶奶]{1,5}", 6), turn in 0_usize..4) {
        let (_folder, store) = open();
        for name in &names {
            keep(&store, &facts(name)).unwrap();
        }
        for name in &names {
            let mut words: Vec<&str> = name.split(' ').collect();
            let by = turn % words.len();
            words.rotate_left(by);
            let typed = words.join(" ").to_uppercase();
            prop_assert!(find(&store, &typed).contains(name), "{} by {}", name, typed);
            // By the beginnings of its words.
            let begun: Vec<String> = words.iter().map(|word| word.chars().take(2).collect()).collect();
            prop_assert!(find(&store, &begun.join(" ")).contains(name), "{} by {:?}", name, begun);
        }
    }
}
