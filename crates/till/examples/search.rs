//! Measures the search over a large shelf as Sell does it, key by key, how long such a shelf takes to be read from a file and to be
//! kept, and how long others wait for the store while it is imported: `cargo run -p till --features bench --example search`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use till::outside::{read_items, write_items};
use till::{Currency, ItemFacts, ItemQuery, JournalKey, Role, Store, Theme};

const WORDS: [&str; 12] = [
    "kopi o",
    "teh ais",
    "creme",
    "咖啡",
    "nasi lemak 500",
    "sku-0123",
    "9550000012345",
    "shampoo jumbo",
    "no 49999",
    "a",
    "ayam goreng kari",
    "zzz",
];

/// How long another write waits at most while all of these items are put on an empty shelf: with their words in one commit, and as
/// an import does it.
fn waits(items: &[ItemFacts]) -> Result<(), Box<dyn std::error::Error>> {
    for as_import in [false, true] {
        let folder = tempfile::tempdir()?;
        let store = Store::open(folder.path())?;
        store.seal_with(JournalKey::new([1; 64]));
        let staff = store.add_staff("Farid", Role::Manager, "")?;
        let done = AtomicBool::new(false);
        let began = Instant::now();
        let (waited, took) = std::thread::scope(|scope| {
            let other = scope.spawn(|| {
                let mut waited = Vec::new();
                while !done.load(Ordering::Acquire) {
                    let began = Instant::now();
                    let written = store.set_theme(Theme::Dark);
                    waited.push(began.elapsed());
                    if written.is_err() {
                        break;
                    }
                }
                waited
            });
            let kept = if as_import {
                store
                    .import_new(items.to_vec(), staff, jiff::Timestamp::UNIX_EPOCH)
                    .map(drop)
            } else {
                store.add_items(items)
            };
            let took = began.elapsed();
            done.store(true, Ordering::Release);
            (other.join().unwrap_or_default(), kept.map(|()| took))
        });
        let mut waited = waited;
        waited.sort();
        eprintln!(
            "{}: {:?}; {} other writes meanwhile, the longest waits {:?}",
            if as_import { "an import" } else { "one commit" },
            took?,
            waited.len(),
            waited.iter().rev().take(4).collect::<Vec<_>>()
        );
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().nth(1).map_or(Ok(50_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let began = Instant::now();
    store.fill_items(count)?;
    eprintln!("{count} items kept in {:?}", began.elapsed());
    let items: Vec<ItemFacts> = store
        .all_items(Currency::Myr)?
        .into_iter()
        .map(|item| item.facts)
        .collect();
    waits(&items)?;
    let file = write_items(&items);
    let began = Instant::now();
    let read = read_items(&file).map(|(items, bad)| (items.len(), bad));
    eprintln!(
        "a file of {} bytes read as {read:?} in {:?}",
        file.len(),
        began.elapsed()
    );
    let mut took: Vec<(Duration, String)> = Vec::new();
    for category in [None, Some("Shelf 7".to_owned())] {
        for words in WORDS {
            // As it is typed: each beginning of it is a search.
            for (end, c) in words.char_indices() {
                let text = words.get(..end + c.len_utf8()).unwrap_or_default().to_owned();
                let query = ItemQuery {
                    text,
                    category: category.clone(),
                    offset: 0,
                    limit: 80,
                };
                let began = Instant::now();
                store.find_items(&query, Currency::Myr)?;
                took.push((began.elapsed(), query.text));
            }
        }
        for offset in [0, 25_000, 49_900] {
            let query = ItemQuery {
                text: String::new(),
                category: category.clone(),
                offset,
                limit: 80,
            };
            let began = Instant::now();
            store.find_items(&query, Currency::Myr)?;
            took.push((began.elapsed(), format!("all, from {offset}")));
        }
        let began = Instant::now();
        store.item_categories()?;
        took.push((began.elapsed(), "categories".to_owned()));
    }
    took.sort();
    let at = |hundredths: usize| took.get((took.len() * hundredths / 100).min(took.len() - 1));
    eprintln!("{} searches; p50 {:?}, p99 {:?}", took.len(), at(50), at(99));
    for slow in took.iter().rev().take(6) {
        eprintln!("  {slow:?}");
    }
    Ok(())
}
