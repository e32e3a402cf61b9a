//! The promises of the roster, on a clock that is moved by hand.

use std::sync::atomic::{AtomicI64, Ordering};

use super::*;
use crate::entropy::SystemEntropy;
use crate::store::JournalKey;

/// A clock that stands still until it is moved.
struct Hand(AtomicI64);

impl Hand {
    fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

struct Shop {
    clock: Arc<Hand>,
    roster: Roster,
    aina: Member,
    farid: Member,
    _folder: tempfile::TempDir,
}

fn pin(text: &str) -> Pin {
    Pin::new(text.to_owned()).unwrap()
}

fn shop() -> Shop {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Store::open(folder.path()).unwrap());
    store.seal_with(JournalKey::new([1; 64]));
    let clock = Arc::new(Hand(AtomicI64::new(1_800_000_000)));
    let roster = Roster::new(store, Arc::<Hand>::clone(&clock), Arc::new(SystemEntropy));
    let aina = roster.add(None, "Aina", Role::Cashier, &pin("1111")).unwrap();
    let farid = roster.add(None, "Farid", Role::Manager, &pin("2222")).unwrap();
    Shop {
        clock,
        roster,
        aina,
        farid,
        _folder: folder,
    }
}

#[test]
fn only_the_right_pin_unlocks() {
    let shop = shop();
    assert!(matches!(
        shop.roster.unlock(shop.aina.id, &pin("2222")),
        Err(StaffError::WrongPin)
    ));
    assert_eq!(shop.roster.signed_in(None), None);
    assert_eq!(shop.roster.unlock(shop.aina.id, &pin("1111")).unwrap(), shop.aina);
    assert_eq!(shop.roster.signed_in(None), Some(shop.aina));
}

#[test]
fn wrong_pins_are_delayed_longer_and_longer_and_the_right_one_waits_too() {
    let shop = shop();
    let guess = |text| shop.roster.unlock(shop.aina.id, &pin(text));
    assert!(matches!(guess("0000"), Err(StaffError::WrongPin)));
    assert!(matches!(guess("0001"), Err(StaffError::WrongPin)));
    assert!(matches!(guess("0002"), Err(StaffError::Delayed(5))));
    assert!(
        matches!(guess("1111"), Err(StaffError::Delayed(5))),
        "a right PIN within the delay"
    );
    shop.clock.forward(5);
    assert!(matches!(guess("0003"), Err(StaffError::Delayed(10))));
    shop.clock.forward(10);
    assert!(guess("1111").is_ok());
    assert!(
        matches!(guess("0004"), Err(StaffError::WrongPin)),
        "the right PIN forgives"
    );
}

#[test]
fn twenty_guesses_at_once_are_not_twenty_free_ones() {
    let shop = shop();
    let wrong = std::thread::scope(|scope| {
        let guesses: Vec<_> = (0..20)
            .map(|number| {
                let roster = &shop.roster;
                let id = shop.aina.id;
                scope.spawn(move || roster.unlock(id, &pin(&format!("9{number:03}"))))
            })
            .collect();
        guesses
            .into_iter()
            .map(|guess| guess.join().unwrap())
            .collect::<Vec<_>>()
    });
    let free = wrong
        .iter()
        .filter(|result| matches!(result, Err(StaffError::WrongPin)))
        .count();
    assert_eq!(free, 2, "two slips are free, whoever makes them at once");
}

#[test]
fn the_till_locks_itself_when_nobody_is_there_and_not_before() {
    let shop = shop();
    let limit = Some(SignedDuration::from_mins(10));
    shop.roster.unlock(shop.aina.id, &pin("1111")).unwrap();
    shop.clock.forward(599);
    assert!(shop.roster.signed_in(limit).is_some());
    shop.roster.touch();
    shop.clock.forward(599);
    assert!(shop.roster.signed_in(limit).is_some());
    shop.clock.forward(1);
    assert!(shop.roster.signed_in(limit).is_none());
    shop.clock.forward(-3_600);
    assert!(
        shop.roster.signed_in(limit).is_none(),
        "a clock that is set back does not unlock"
    );
}

#[test]
fn only_a_manager_approves_and_whoever_is_signed_in_stays() {
    let shop = shop();
    shop.roster.unlock(shop.aina.id, &pin("1111")).unwrap();
    assert!(matches!(
        shop.roster.approve(shop.aina.id, &pin("1111")),
        Err(StaffError::NotAllowed)
    ));
    assert!(matches!(
        shop.roster.approve(shop.farid.id, &pin("1111")),
        Err(StaffError::WrongPin)
    ));
    assert!(shop.roster.approve(shop.farid.id, &pin("2222")).is_ok());
    assert_eq!(shop.roster.signed_in(None), Some(shop.aina));
}

#[test]
fn the_last_manager_can_be_neither_removed_nor_made_a_cashier() {
    let shop = shop();
    let by = shop.farid.id;
    assert!(matches!(shop.roster.remove(by, by), Err(StaffError::LastManager)));
    let changed = shop.roster.change(by, by, "Farid", Role::Cashier, None);
    assert!(matches!(changed, Err(StaffError::LastManager)));
    shop.roster
        .change(by, shop.aina.id, "Aina", Role::Manager, None)
        .unwrap();
    shop.roster.remove(by, by).unwrap();
}

#[test]
fn a_forgotten_managers_pin_needs_the_password_and_guessing_it_is_delayed() {
    let shop = shop();
    let reset = |id, right| shop.roster.reset_manager_pin(id, || right, &pin("8642"));
    assert!(matches!(
        reset(shop.farid.id, false),
        Err(StaffError::WrongPassword)
    ));
    assert!(matches!(
        reset(shop.farid.id, false),
        Err(StaffError::WrongPassword)
    ));
    assert!(matches!(reset(shop.farid.id, false), Err(StaffError::Delayed(5))));
    assert!(matches!(reset(shop.farid.id, true), Err(StaffError::Delayed(5))));
    shop.clock.forward(5);
    assert!(
        matches!(reset(shop.aina.id, true), Err(StaffError::NotAllowed)),
        "a manager sets a cashier's PIN"
    );
    reset(shop.farid.id, true).unwrap();
    assert!(shop.roster.unlock(shop.farid.id, &pin("8642")).is_ok());
    assert!(matches!(
        shop.roster.unlock(shop.farid.id, &pin("2222")),
        Err(StaffError::WrongPin)
    ));
}

#[test]
fn names_are_trimmed_and_bounded() {
    let shop = shop();
    let add = |name: &str| shop.roster.add(None, name, Role::Cashier, &pin("1234"));
    assert_eq!(add("  Mei Ling ").unwrap().name, "Mei Ling");
    assert!(matches!(add("  "), Err(StaffError::NameNeeded)));
    assert!(matches!(add(&"x".repeat(41)), Err(StaffError::NameTooLong)));
    assert_eq!(add("a\nb").unwrap().name, "a b");
}
