//! The search as you type, over fifty thousand items: every beginning of some searches, as the keys come.

use std::path::Path;
use std::time::Instant;

use kaunter_tests::Outcome;
use till::{Currency, ItemQuery, Store};

use crate::figures::{Row, median, percentile};

/// How many items are on the shelf.
const ITEMS: u32 = 50_000;
/// The longest that a search may take, in microseconds, in ninety-nine of a hundred.
const LONGEST: u64 = 20_000;
/// How often each search is typed.
const ROUNDS: usize = 5;
/// As many as one page shows.
const PAGE: u32 = 60;
/// What is looked for: one word, several in any order, without its accents, in Chinese, a barcode, nothing there, and with a hyphen
/// and without a blank that the names have otherwise.
const SEARCHES: [&str; 9] = [
    "kopi",
    "ais teh 500",
    "creme brulee",
    "lemak nasi jumbo",
    "白咖啡",
    "ipoh",
    "9550",
    "zzzz",
    "kopi-o 500ml",
];

/// Fills a store beside this program and types the searches.
pub(crate) fn measure() -> Outcome<Vec<Row>> {
    let here = std::env::current_exe()?;
    let folder = tempfile::tempdir_in(here.parent().unwrap_or(Path::new(".")))?;
    let store = Store::open(folder.path())?;
    store.fill_items(ITEMS)?;
    let look = |text: &str, limit: u32| {
        let query = ItemQuery {
            text: text.to_owned(),
            category: None,
            offset: 0,
            limit,
        };
        store.find_items(&query, Currency::Myr)
    };
    let mut names = Vec::new();
    while names.len() < usize::try_from(ITEMS)? {
        let query = ItemQuery {
            text: String::new(),
            category: None,
            offset: u32::try_from(names.len())?,
            limit: 1_000,
        };
        let page = store.find_items(&query, Currency::Myr)?.items;
        if page.is_empty() {
            break;
        }
        names.extend(page.into_iter().map(|item| item.facts.name.to_lowercase()));
    }
    let (mut searches, mut scans) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for search in SEARCHES {
            for end in search
                .char_indices()
                .map(|(start, letter)| start + letter.len_utf8())
            {
                let typed = search.get(..end).unwrap_or(search);
                let began = Instant::now();
                std::hint::black_box(look(typed, PAGE)?);
                searches.push(u64::try_from(began.elapsed().as_micros())?);
                let began = Instant::now();
                std::hint::black_box(names.iter().filter(|name| name.contains(typed)).count());
                scans.push(u64::try_from(began.elapsed().as_micros())?);
            }
        }
    }
    Ok(vec![
        Row::new(
            "search, 50,000 items, p50, µs (a look through)",
            median(&searches),
        )
        .beside(median(&scans)),
        Row::new(
            "search, 50,000 items, p99, µs (a look through)",
            percentile(&searches, 99),
        )
        .beside(percentile(&scans, 99))
        .below(LONGEST),
    ])
}
