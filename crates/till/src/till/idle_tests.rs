//! When the till locks itself: whoever does something is there, a page that only asks is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use cloudecr::TimeLimits;
use jiff::Timestamp;
use secrecy::SecretString;

use super::*;
use crate::entropy::SystemEntropy;
use crate::inquiry::InquiryTimes;
use crate::items::ItemQuery;
use crate::print::PrintLimits;
use crate::staff::Pin;
use crate::store::{ConnectionSettings, Language, PaidWith, StoreSettings};
use crate::vault::MemoryVault;

const LOCK_AFTER_MINUTES: u32 = 10;

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

/// A till whose manager has just signed in. Nothing here asks the gateway, and there is none.
fn shop() -> (tempfile::TempDir, Arc<Hand>, Till) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(Hand(AtomicI64::new(1_800_000_000)));
    let till = Till::open(TillParts {
        folder: folder.path().to_owned(),
        vault: Box::new(|_| Arc::new(MemoryVault::default())),
        clock: Arc::<Hand>::clone(&clock),
        entropy: Arc::new(SystemEntropy),
        zone: TimeZone::UTC,
        training: true,
        times: InquiryTimes::default(),
        limits: TimeLimits::default(),
        print_limits: PrintLimits::default(),
        system_language: Language::English,
    })
    .unwrap();
    let pin = Pin::new("7391".to_owned()).unwrap();
    till.provision(&Provision {
        connection: ConnectionSettings {
            gateway: "http://127.0.0.1:9".to_owned(),
            pos_id: "POS".to_owned(),
            merchant_id: "MERCHANT".to_owned(),
        },
        password: SecretString::from("password".to_owned()),
        secret_key: SecretString::from("key".to_owned()),
        store: StoreSettings {
            name: "Kedai".to_owned(),
            header: Vec::new(),
            currency: "MYR".to_owned(),
            lock_after_minutes: LOCK_AFTER_MINUTES,
        },
        staff: vec![StaffEntry {
            name: "Farid".to_owned(),
            role: Role::Manager,
            pin: pin.clone(),
        }],
        terminals: Vec::new(),
        terminal: None,
    })
    .unwrap();
    let farid = till.roster().everybody().unwrap().remove(0);
    till.roster().unlock(farid.id, &pin).unwrap();
    (folder, clock, till)
}

/// What the page asks by itself as a payment is being found out, whichever screen stands.
fn ask_everything(till: &Till) -> Result<(), TillError> {
    till.unresolved()?;
    till.ticket()?;
    till.standing()?;
    till.parked()?;
    till.to_hand_over()?;
    till.history(&HistoryQuery {
        text: String::new(),
        days: HistoryDays::Today,
        paid_with: PaidWith::Any,
        after: None,
    })?;
    till.find_items(&ItemQuery::default())?;
    till.item_categories()?;
    till.wallets()?;
    till.counter_settings()?;
    till.print_settings()?;
    till.manager_looks()?;
    Ok(())
}

#[test]
fn a_page_that_asks_by_itself_does_not_keep_the_till_open() {
    let (_folder, clock, till) = shop();
    for _ in 1..LOCK_AFTER_MINUTES {
        clock.forward(60);
        ask_everything(&till).unwrap();
    }
    clock.forward(60);
    assert!(till.signed_in().is_none(), "nobody was there for ten minutes");
    assert!(matches!(
        ask_everything(&till),
        Err(TillError::Staff(StaffError::Locked))
    ));
}

#[test]
fn whoever_touches_the_till_keeps_it_open() {
    let (_folder, clock, till) = shop();
    for _ in 0..3 {
        clock.forward(599);
        till.require().unwrap();
    }
    assert!(till.signed_in().is_some());
}

fn save(till: &Till, lock_after: Option<&str>) -> Result<u32, TillError> {
    till.save_settings("Kedai", &[], lock_after)?;
    let settings = till.store().store_settings()?.ok_or(TillError::NotSetUp)?;
    Ok(settings.lock_after_minutes)
}

#[test]
fn a_till_that_never_locks_itself_is_chosen_and_never_what_nothing_typed_means() {
    let (_folder, clock, till) = shop();
    for wrong in ["", " ", "0", "-1", "2.5", "1e2", "ten", "601", "99999999999"] {
        assert!(
            matches!(save(&till, Some(wrong)), Err(TillError::LockAfter(600))),
            "{wrong:?}"
        );
    }
    let kept = till.store().store_settings().unwrap().unwrap();
    assert_eq!(
        kept.lock_after_minutes, LOCK_AFTER_MINUTES,
        "what was there stays"
    );
    assert_eq!(save(&till, Some(" 1 ")).unwrap(), 1);
    assert_eq!(save(&till, Some("600")).unwrap(), 600);
    assert_eq!(save(&till, None).unwrap(), 0);
    clock.forward(1_000_000);
    assert!(till.signed_in().is_some(), "as it was wished");
}
