//! A file row by row against a shelf: what is new, what changes, what is wrong; and every item that there can be, written and
//! read again.

mod mending;

use proptest::prelude::*;

use super::*;
use crate::items::{Barcode, Item, ItemFacts};
use crate::money::{Amount, Currency, Unit};

fn taxes() -> Vec<TaxName> {
    [(1, "0"), (2, "6"), (3, "8"), (4, "10")]
        .map(|(id, rate)| TaxName {
            id,
            name: "SST".to_owned(),
            rate: rate.to_owned(),
        })
        .to_vec()
}

fn facts(name: &str, price: &str, code: Option<&str>, barcodes: &[&str]) -> ItemFacts {
    ItemFacts {
        name: name.to_owned(),
        price: Amount::parse_decimal(price, Currency::Myr).unwrap(),
        category: String::new(),
        code: code.map(str::to_owned),
        barcodes: barcodes
            .iter()
            .map(|code| Barcode::parse(code).unwrap())
            .collect(),
        tax_class: None,
        unit: Unit::Each,
        sold_out: false,
    }
}

fn shelf(items: impl IntoIterator<Item = ItemFacts>) -> Shelf {
    let number = |(id, facts)| Item {
        id,
        facts,
        picture: None,
    };
    Shelf::new((1..).zip(items).map(number).collect())
}

fn plan(shelf: &Shelf, text: &str) -> Plan {
    let sheet = Sheet::read(text.as_bytes()).unwrap();
    Plan::make(&sheet, shelf, Currency::Myr, &taxes())
}

/// The first thing that is wrong: the line, the heading, what stands there, the problem, and what it collides with.
fn wrong(shelf: &Shelf, text: &str) -> (u64, String, String, Problem, String) {
    let plan = plan(shelf, text);
    let first = plan.mistakes.into_iter().next().expect("a mistake");
    (first.line, first.heading, first.value, first.problem, first.other)
}

fn fates(shelf: &Shelf, text: &str) -> Vec<Fate> {
    let plan = plan(shelf, text);
    assert_eq!(plan.mistakes, []);
    plan.rows.iter().map(|row| row.fate).collect()
}

#[test]
fn a_row_is_about_the_item_of_its_code_else_its_barcode_else_its_name() {
    let shelf = shelf([
        facts("Teh", "2.80", Some("T1"), &["9556001234561"]),
        facts("Kopi", "2.20", None, &["036000291452"]),
        facts("Roti", "2.00", None, &[]),
    ]);
    let text = "code,name,price,barcode\n\
        t1,Teh tarik,3.00,9556001234561\n\
        K9,Kopi O,2.20,0036000291452\n\
        ,ROTI,2.00,\n\
        N1,Roti,9.00,\n";
    // The last has a code of its own, and the third row has taken the item of that name already.
    assert_eq!(
        fates(&shelf, text),
        [Fate::Changed(1), Fate::Changed(2), Fate::Changed(3), Fate::New]
    );
    assert_eq!(
        fates(&shelf, "name,price\nteh,2.80\nRoti,2.00\n"),
        [Fate::Changed(1), Fate::Same(3)]
    );
}

#[test]
fn what_a_file_has_no_column_for_stays_and_an_empty_cell_empties_it() {
    let before = ItemFacts {
        category: "Drinks".to_owned(),
        tax_class: Some(2),
        unit: Unit::Litre,
        sold_out: true,
        ..facts("Teh", "2.80", Some("T1"), &["9556001234561"])
    };
    let shelf = shelf([before.clone()]);
    let after = |text: &str| plan(&shelf, text).rows.remove(0).facts;
    let price = Amount::parse_decimal("3.00", Currency::Myr).unwrap();
    assert_eq!(
        after("code,price\nT1,3.00\n"),
        ItemFacts {
            price,
            ..before.clone()
        }
    );
    assert_eq!(after("code,name,price\nT1,,\n"), before);
    assert_eq!(
        after("code,category,barcodes,tax,unit,sold out\nT1,,,,,\n"),
        ItemFacts {
            category: String::new(),
            barcodes: Vec::new(),
            tax_class: None,
            unit: Unit::Each,
            sold_out: false,
            ..before
        }
    );
}

#[test]
fn each_mistake_is_told_by_its_line_its_column_and_what_stands_there() {
    let shelf = shelf([facts("Teh", "2.80", Some("T1"), &["9556001234561"])]);
    let long = "x".repeat(61);
    for (text, told) in [
        ("name,price\n\nKopi,\n", (3, "price", "", Problem::PriceMissing)),
        (
            "name,price\nKopi,free\n",
            (2, "price", "free", Problem::PriceWrong),
        ),
        ("name,price\nKopi,-1\n", (2, "price", "-1", Problem::PriceWrong)),
        ("code,price\nK1,2.00\n", (2, "", "", Problem::NameMissing)),
        (
            "Nama;Harga;Unit\nKopi;2,00;cawan\n",
            (2, "Unit", "cawan", Problem::UnitUnknown),
        ),
        (
            "name,price,tax\nKopi,2,7%\n",
            (2, "tax", "7%", Problem::TaxUnknown),
        ),
        (
            "name,price,tax\nKopi,2,SST\n",
            (2, "tax", "SST", Problem::TaxUnknown),
        ),
        (
            "name,price,sold out\nKopi,2,maybe\n",
            (2, "sold out", "maybe", Problem::SoldOutUnknown),
        ),
        (
            "name,price,barcode\nKopi,2,9.55123E+12\n",
            (2, "barcode", "9.55123E+12", Problem::BarcodeRounded),
        ),
        (
            "name,price,barcode\nKopi,2,\"9,55123E+12\"\n",
            (2, "barcode", "9,55123E+12", Problem::BarcodeRounded),
        ),
        (
            "name,price,barcode\nKopi,2,2E+12|123\n",
            (2, "barcode", "2E+12|123", Problem::BarcodeRounded),
        ),
        (
            "name,price,code\nKopi,2,9.55123E+12\n",
            (2, "code", "9.55123E+12", Problem::CodeRounded),
        ),
        (
            "name,price,barcode\nKopi,2,12\n",
            (2, "barcode", "12", Problem::BarcodeWrong),
        ),
        (
            "name,price\n\"Kopi\nO\",2\nTeh,3\n",
            (2, "name", "Kopi O", Problem::LineBreak),
        ),
        ("name,price\nKopi,\"2\n", (2, "price", "\"2", Problem::QuoteOpen)),
        (
            "name,price\nTeh,3\nKopi \u{fffd},2\n",
            (3, "name", "Kopi \u{fffd}", Problem::LettersLost),
        ),
        ("name,price\nKopi,2,3\n", (2, "", "", Problem::TooManyCells)),
        (
            "name,price\n\"Kopi,2\nTeh,3\n",
            (2, "name", "\"Kopi,2 Teh,3", Problem::QuoteOpen),
        ),
    ] {
        let (line, heading, value, problem, _) = wrong(&shelf, text);
        assert_eq!((line, heading.as_str(), value.trim(), problem), told, "{text}");
    }
    let (_, _, value, problem, _) = wrong(&shelf, &format!("name,price\n{long},1\n"));
    assert_eq!((value.len(), problem), (60, Problem::NameTooLong));
}

#[test]
fn the_zeros_that_a_spreadsheet_drops_are_put_back() {
    let written =
        |facts: &ItemFacts| -> Vec<String> { facts.barcodes.iter().map(ToString::to_string).collect() };
    let shelf = shelf([
        facts("Teh", "2.80", Some("0012"), &["036000291452"]),
        facts("Kopi", "2.20", Some("12A"), &["00123457"]),
        facts("Roti", "2.00", Some("007"), &[]),
        facts("roti", "3.00", Some("07"), &[]),
    ]);
    let rows = |text: &str| {
        let plan = plan(&shelf, text);
        assert_eq!(plan.mistakes, []);
        plan.rows
    };
    // By its name or by its barcode, with the code and the barcode that it has.
    for text in [
        "code,name,price,barcode\n12,TEH,2.80,36000291452\n",
        "code,name,price,barcode\n12,TEH,2.80,036000291452\n",
    ] {
        let rows = rows(text);
        assert_eq!(rows[0].fate, Fate::Changed(1));
        assert_eq!(rows[0].facts.code.as_deref(), Some("0012"));
        assert_eq!(written(&rows[0].facts), ["036000291452"]);
    }
    let same = rows("code,price,barcode\n12,2.80,36000291452\n");
    assert_eq!(same[0].fate, Fate::Same(1));
    let new = rows("code,name,price,barcode\n13,Milo,3,85000000014|1234565|36000291453\n");
    assert_eq!(new[0].fate, Fate::New);
    assert_eq!(
        written(&new[0].facts),
        ["085000000014", "01234565", "36000291453"]
    );
    // Neither another name nor a code that is no number is the item's.
    let other = rows("code,name,price\n12,Teh ais,3\n");
    assert_eq!(other[0].fate, Fate::New);
    let (line, heading, value, problem, _) = wrong(&shelf, "code,name,price\n7,Roti,2.50\n");
    assert_eq!(
        (line, heading.as_str(), value.as_str(), problem),
        (2, "code", "7", Problem::SeveralFit)
    );
    let (line, _, _, problem, at) = wrong(&shelf, "code,name,price\n12,Teh,3\n0012,Teh,4\n");
    assert_eq!((line, problem, at.as_str()), (3, Problem::ItemTwice, "2"));
}

#[test]
fn two_rows_never_mean_the_same_item() {
    let shelf = shelf([
        facts("Teh", "2.80", Some("T1"), &["9556001234561"]),
        facts("Kopi", "2.20", None, &["9556001234578"]),
        facts("Air", "1.00", None, &[]),
        facts("Air", "2.00", None, &[]),
    ]);
    let told = |text: &str| {
        let (line, _, _, problem, other) = wrong(&shelf, text);
        (line, problem, other)
    };
    let at = |line: u64| line.to_string();
    assert_eq!(
        told("code,name,price\nX1,A,1\nx1,B,2\n"),
        (3, Problem::CodeTwice, at(2))
    );
    assert_eq!(
        told("code,name,price\nT1,A,1\n,Teh,2\n"),
        (3, Problem::NameTwice, at(2))
    );
    assert_eq!(
        told("code,name,price,barcode\nT1,A,1,\n,B,2,9556001234561\n"),
        (3, Problem::ItemTwice, at(2))
    );
    assert_eq!(
        told("name,price\nMilo,1\nmilo,2\n"),
        (3, Problem::NameTwice, at(2))
    );
    assert_eq!(
        told("name,price,barcode\nA,1,036000291452\nB,2,0036000291452\n"),
        (3, Problem::BarcodeTwice, at(2))
    );
    assert_eq!(
        told("name,price\nAir,3\n"),
        (2, Problem::SeveralFit, String::new())
    );
    assert_eq!(
        told("code,price,barcode\nT1,1,9556001234578\n"),
        (2, Problem::BarcodeTaken, "Kopi".to_owned())
    );
    assert_eq!(
        told("name,price,barcode\nA,1,9556001234561|9556001234578\n"),
        (2, Problem::SeveralFit, String::new())
    );
}

#[test]
fn items_may_take_a_barcode_from_each_other_within_a_file() {
    let shelf = shelf([
        facts("Teh", "2.80", Some("T1"), &["9556001234561"]),
        facts("Kopi", "2.20", Some("K1"), &["9556001234578"]),
    ]);
    let text = "code,barcode\nT1,9556001234578\nK1,9556001234561\n";
    assert_eq!(fates(&shelf, text), [Fate::Changed(1), Fate::Changed(2)]);
    // Also where the one that takes it is new.
    let text = "code,name,price,barcode\nT1,Teh,2.80,\nN1,Milo,3,9556001234561\n";
    assert_eq!(fates(&shelf, text), [Fate::Changed(1), Fate::New]);
}

#[test]
fn a_code_that_is_new_makes_no_item_of_another_code_its_own() {
    let shelf = shelf([facts("Teh", "2.80", Some("T1"), &["9556001234561"])]);
    let (line, heading, value, problem, other) =
        wrong(&shelf, "code,name,price,barcode\nN1,Milo,3,9556001234561\n");
    assert_eq!((line, heading.as_str()), (2, "barcode"));
    assert_eq!(value, "9556001234561");
    assert_eq!((problem, other.as_str()), (Problem::BarcodeTaken, "Teh"));
}

/// A text as the till keeps it: without control characters, and no blanks around it.
fn text(pattern: &'static str) -> impl Strategy<Value = String> {
    pattern.prop_map(|text| {
        let plain: String = text
            .chars()
            .filter(|c| *c != char::REPLACEMENT_CHARACTER)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        plain.trim().to_owned()
    })
}

fn any_item() -> impl Strategy<Value = ItemFacts> {
    let barcode = "[0-9]{8}|[0-9]{12,14}|[A-Z0-9-]{3,20}";
    (
        text("['=+@-]{0,2}\\PC{1,20}").prop_filter("a name", |name| !name.is_empty()),
        1_i64..9_999_999,
        text("\\PC{0,12}"),
        proptest::option::of(text("['=@-]{0,1}[A-Za-z0-9ü;,\"]{1,12}")),
        proptest::collection::vec(barcode, 0..3),
        (proptest::option::of(1_i64..5), 0_usize..4, any::<bool>()),
    )
        .prop_map(
            |(name, minor, category, code, barcodes, (tax_class, unit, sold_out))| ItemFacts {
                name,
                price: Amount::from_minor(minor, Currency::Myr).unwrap(),
                category,
                code: code.filter(|code| !code.is_empty()),
                barcodes: barcodes
                    .iter()
                    .filter_map(|code| Barcode::parse(code).ok())
                    .collect(),
                tax_class,
                unit: Unit::ALL[unit],
                sold_out,
            },
        )
}

/// As on a shelf: a code and a barcode lead to one item, and items without either have names of their own.
fn as_on_a_shelf(items: Vec<ItemFacts>) -> Vec<ItemFacts> {
    let mut kept: Vec<ItemFacts> = Vec::new();
    for mut item in items {
        let mut own: Vec<Barcode> = Vec::new();
        for barcode in std::mem::take(&mut item.barcodes) {
            let taken = kept.iter().any(|other| other.barcodes.contains(&barcode)) || own.contains(&barcode);
            if !taken {
                own.push(barcode);
            }
        }
        item.barcodes = own;
        let code = item.code.as_deref().map(str::to_ascii_lowercase);
        let twice = kept.iter().any(|other| {
            let same_name = crate::items::name_key(&other.name) == crate::items::name_key(&item.name);
            same_name || (code.is_some() && other.code.as_deref().map(str::to_ascii_lowercase) == code)
        });
        if !twice {
            kept.push(item);
        }
    }
    kept
}

proptest! {
    #[test]
    fn what_is_written_is_read_again_as_it_was(items in proptest::collection::vec(any_item(), 1..12), language in 0_usize..3) {
        let language = [TableLanguage::English, TableLanguage::Malay, TableLanguage::Chinese][language];
        let items = as_on_a_shelf(items);
        let file = items_file(&items, &taxes(), language);
        let sheet = Sheet::read(&file).unwrap();
        prop_assert_eq!(sheet.unknown(), Vec::<&str>::new());
        let into_empty = Plan::make(&sheet, &shelf([]), Currency::Myr, &taxes());
        prop_assert_eq!(&into_empty.mistakes, &[]);
        let read: Vec<&ItemFacts> = into_empty.rows.iter().map(|row| &row.facts).collect();
        prop_assert_eq!(read, items.iter().collect::<Vec<_>>());
        let same = Plan::make(&sheet, &shelf(items), Currency::Myr, &taxes());
        prop_assert_eq!(&same.mistakes, &[]);
        prop_assert!(same.rows.iter().all(|row| matches!(row.fate, Fate::Same(_))), "{:?}", same.rows);
        // No cell begins as a formula does.
        let text = String::from_utf8(file).unwrap();
        let mut cells = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for row in cells.records() {
            for cell in &row.unwrap() {
                // Nor does one where the file is parted by another sign.
                for part in cell.split([';', ',', '\t']) {
                    prop_assert!(!part.starts_with(['=', '+', '-', '@']), "{}", cell);
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_a_table_or_a_problem_and_each_row_is_good_or_told(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "(name|price|barcode|[,;\n\"'=0-9a-z.]){0,60}") {
        for file in [bytes.as_slice(), text.as_bytes(), format!("name,price,code\n{text}").as_bytes()] {
            if let Ok(sheet) = Sheet::read(file) {
                let plan = Plan::make(&sheet, &shelf([facts("a", "1", None, &["123"])]), Currency::Myr, &taxes());
                prop_assert_eq!(plan.rows.len() + plan.bad, sheet.rows.len());
                prop_assert!(plan.mistakes.len() >= plan.bad);
            }
        }
    }
}
