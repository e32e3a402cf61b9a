//! A file that is given back for mending: with all its rows, and no mistake of it is gone before somebody has mended it.

use super::*;

#[test]
fn a_file_is_given_back_with_what_is_wrong_and_imports_all_of_it_once_mended() {
    let sheet = Sheet::read("Name;Price\nKopi;2.00\n=Teh;free\nMilo;-\n".as_bytes()).unwrap();
    let shelf = shelf([]);
    let plan = Plan::make(&sheet, &shelf, Currency::Myr, &taxes());
    assert_eq!((plan.rows.len(), plan.bad), (1, 2));
    let words = MistakeWords {
        line: "Line".to_owned(),
        problem: "What is wrong".to_owned(),
        sentences: vec![(Problem::PriceWrong, "“{value}” is no price.".to_owned())],
    };
    let file = String::from_utf8(mistakes_file(&sheet, &plan.mistakes, &words)).unwrap();
    assert_eq!(
        file,
        "\u{feff}Line;What is wrong;Name;Price\r\n2;;Kopi;2.00\r\n3;Price: “free” is no price.;'=Teh;free\r\n4;Price: “-” is no price.;Milo;'-\r\n"
    );
    // Half mended and saved once more, it has its two columns once.
    let half = Sheet::read(file.replace("'-", "2.00").as_bytes()).unwrap();
    let still = Plan::make(&half, &shelf, Currency::Myr, &taxes());
    assert_eq!(
        String::from_utf8(mistakes_file(&half, &still.mistakes, &words)).unwrap(),
        file.replace("4;Price: “-” is no price.", "4;")
            .replace("'-", "2.00")
    );
    let mended = file.replace("'-", "2.00").replace(";free", ";3.00");
    let sheet = Sheet::read(mended.as_bytes()).unwrap();
    assert_eq!(sheet.unknown(), ["Line", "What is wrong"]);
    let again = Plan::make(&sheet, &shelf, Currency::Myr, &taxes());
    assert_eq!((again.rows.len(), again.bad), (3, 0));
    assert_eq!(again.rows[1].facts.name, "=Teh");
}

#[test]
fn no_row_is_lost_in_a_cell_that_nobody_reads() {
    let shelf = shelf([]);
    for (text, line) in [
        // To the end of the file, up to the next mark, and up to one that happens to end a cell.
        ("name,price,note\nAir,1,\nKopi,2,\"big\nTeh,3,\n", 3),
        ("name,price,note\nKopi,2,\"big\nTeh,3,\"small\"\nMilo,4,\n", 2),
        ("name,note,price\nKopi,\"big,2\nTeh,small\",3\n", 2),
    ] {
        let (at, heading, value, problem, _) = wrong(&shelf, text);
        assert_eq!(
            (at, heading.as_str(), problem),
            (line, "note", Problem::QuoteOpen)
        );
        assert!(value.contains("Teh"), "{value}");
        // Nor once the file was given back, where every mark is closed.
        let sheet = Sheet::read(text.as_bytes()).unwrap();
        let told = Plan::make(&sheet, &shelf, Currency::Myr, &taxes());
        let words = MistakeWords {
            line: "Line".to_owned(),
            problem: "Wrong".to_owned(),
            sentences: Vec::new(),
        };
        let saved = mistakes_file(&sheet, &told.mistakes, &words);
        let again = Sheet::read(&saved).unwrap();
        let told = Plan::make(&again, &shelf, Currency::Myr, &taxes());
        assert_eq!(told.bad, 1, "{text}");
    }
    // A note of two lines is nobody's mistake.
    let text = "name,price,note\nKopi,2,\"big\nand hot\"\nTeh,3,\"small\nand cold\"\n";
    assert_eq!(fates(&shelf, text), [Fate::New, Fate::New]);
}

proptest! {
    #[test]
    fn a_saved_file_whose_mistakes_are_mended_imports_all(items in proptest::collection::vec(any_item(), 1..12), spoilt in proptest::collection::vec(any::<bool>(), 12)) {
        let items = as_on_a_shelf(items);
        let words = MistakeWords {
            line: "Baris".to_owned(),
            problem: "Apa yang salah, dan apa perlu dibuat".to_owned(),
            sentences: Vec::new(),
        };
        let mut sheet = Sheet::read(&items_file(&items, &taxes(), TableLanguage::English)).unwrap();
        let price = sheet.place(Column::Price).unwrap();
        for (row, spoil) in sheet.rows.iter_mut().zip(&spoilt) {
            if *spoil {
                row.cells[price].push('\u{e000}');
            }
        }
        let told = Plan::make(&sheet, &shelf([]), Currency::Myr, &taxes());
        prop_assert_eq!(told.bad, items.iter().zip(&spoilt).filter(|(_, spoil)| **spoil).count());
        let saved = mistakes_file(&sheet, &told.mistakes, &words);
        let mended = String::from_utf8(saved).unwrap().replace('\u{e000}', "");
        let sheet = Sheet::read(mended.as_bytes()).unwrap();
        prop_assert_eq!(sheet.unknown(), [words.line.as_str(), words.problem.as_str()]);
        let all = Plan::make(&sheet, &shelf([]), Currency::Myr, &taxes());
        prop_assert_eq!(&all.mistakes, &[]);
        let read: Vec<&ItemFacts> = all.rows.iter().map(|row| &row.facts).collect();
        prop_assert_eq!(read, items.iter().collect::<Vec<_>>());
    }
}
