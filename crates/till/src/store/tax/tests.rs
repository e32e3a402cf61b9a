//! Tax as the merchant sets it, against a real database.

use jiff::Timestamp;
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::money::{Amount, Currency};
use crate::store::{EntryKind, JournalKey};
use crate::ticket::NewLine;

fn open(folder: &TempDir) -> Store {
    let store = Store::open(folder.path()).unwrap();
    store.seal_with(JournalKey::new([7; 64]));
    store
}

fn entry() -> NewEntry {
    NewEntry {
        kind: EntryKind::Settings,
        at: Timestamp::UNIX_EPOCH,
        staff: Some(1),
        body: json!({}),
    }
}

fn charging(store: &Store, included: bool, default_class: i64) {
    let settings = TaxSettings {
        enabled: true,
        included,
        sst_number: "W10-1808-32000123".to_owned(),
        default_class,
    };
    store.save_tax_settings(&settings, &entry()).unwrap();
}

fn class_of(store: &Store, rate: &str) -> TaxClass {
    let rate = Rate::parse(rate).unwrap();
    let found = store.tax_classes().unwrap().into_iter();
    found.into_iter().find(|class| class.rate == rate).unwrap()
}

#[test]
fn nothing_is_taxed_before_a_merchant_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let rates: Vec<String> = store
        .tax_classes()
        .unwrap()
        .iter()
        .map(|class| class.rate.to_string())
        .collect();
    assert_eq!(rates, ["0", "6", "8", "10"]);
    let eight = class_of(&store, "8").id;
    assert!(store.tax_rules().unwrap().for_class(Some(eight)).rate.is_zero());
    charging(&store, true, eight);
    assert_eq!(store.tax_rules().unwrap().for_class(None).rate.to_string(), "8");
}

#[test]
fn a_line_keeps_the_tax_it_was_rung_up_with() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let six = class_of(&store, "6");
    charging(&store, false, six.id);
    let rules = store.tax_rules().unwrap();
    let line = NewLine {
        tax: rules.for_class(None),
        ..NewLine::open(Amount::from_minor(1_000, Currency::Myr).unwrap())
    };
    let at = Timestamp::UNIX_EPOCH;
    store
        .add_line(Currency::Myr, &line, rules.settings.included, at)
        .unwrap();
    let more = Rate::parse("8").unwrap();
    store
        .save_tax_class(Some(six.id), "Service tax", more, &entry())
        .unwrap();
    charging(&store, true, six.id);
    let ticket = store.current_ticket(Currency::Myr, at).unwrap();
    assert_eq!(ticket.total().unwrap().to_string(), "10.60");
    assert_eq!(store.tax_rules().unwrap().for_class(None).name, "Service tax");
}

#[test]
fn a_class_that_something_has_is_not_removed_and_none_is_there_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let (eight, ten) = (class_of(&store, "8"), class_of(&store, "10"));
    charging(&store, true, eight.id);
    assert!(matches!(
        store.remove_tax_class(eight.id, &entry()),
        Err(StoreError::TaxClassInUse)
    ));
    assert!(matches!(
        store.save_tax_class(None, "SST", eight.rate, &entry()),
        Err(StoreError::TaxClassTwice)
    ));
    store.remove_tax_class(ten.id, &entry()).unwrap();
    assert!(matches!(
        store.remove_tax_class(ten.id, &entry()),
        Err(StoreError::Missing(Thing::TaxClass))
    ));
    let gone = TaxSettings {
        default_class: ten.id,
        ..store.tax_settings().unwrap()
    };
    assert!(store.save_tax_settings(&gone, &entry()).is_err());
}
