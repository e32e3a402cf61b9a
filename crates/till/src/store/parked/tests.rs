//! Parking against a real database, opened again in between.

use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::money::{Amount, Quantity, Rate};
use crate::payment::Extras;
use crate::store::JournalKey;
use crate::ticket::{Discount, NewLine, TicketStatus};

const MYR: Currency = Currency::Myr;
const STAFF: i64 = 1;

fn at() -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap()
}

fn open(folder: &TempDir) -> Store {
    let store = Store::open(folder.path()).unwrap();
    store.seal_with(JournalKey::new([7; 64]));
    store
}

fn ring_up(store: &Store, minor: i64) -> Ticket {
    let line = NewLine::open(Amount::from_minor(minor, MYR).unwrap());
    store.add_line(MYR, &line, true, at()).unwrap()
}

#[test]
fn a_parked_ticket_comes_back_whole_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let ticket = ring_up(&store, 1_250);
    let line = ticket.lines[0].id;
    store.note_line(MYR, line, "no ice", at()).unwrap();
    let percent = Discount::Percent(Rate::parse("10").unwrap());
    let before = store
        .discount(MYR, Some(line), Some(percent), STAFF, at())
        .unwrap();
    let next = store.park(MYR, "Table 4", STAFF, at()).unwrap();
    assert!(next.is_blank() && next.id != before.id);
    drop(store);

    let store = open(&folder);
    let parked = store.parked().unwrap();
    assert_eq!(parked.len(), 1);
    assert_eq!(
        (
            parked[0].name.as_str(),
            parked[0].total.to_string().as_str(),
            parked[0].lines
        ),
        ("Table 4", "11.25", 1)
    );
    let back = store.recall(MYR, parked[0].id, None, STAFF, at()).unwrap();
    assert_eq!(back, before);
    assert!(store.parked().unwrap().is_empty());
}

#[test]
fn recalling_never_loses_what_stands_at_the_counter() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let first = ring_up(&store, 100);
    store.park(MYR, "first", STAFF, at()).unwrap();
    let second = ring_up(&store, 200);
    assert!(matches!(
        store.recall(MYR, first.id, None, STAFF, at()),
        Err(StoreError::TicketInTheWay)
    ));
    assert_eq!(store.current_ticket(MYR, at()).unwrap(), second);

    let back = store.recall(MYR, first.id, Some("second"), STAFF, at()).unwrap();
    assert_eq!((back.id, back.status), (first.id, TicketStatus::Current));
    let names: Vec<String> = store
        .parked()
        .unwrap()
        .into_iter()
        .map(|parked| parked.name)
        .collect();
    assert_eq!(names, ["second"]);
}

#[test]
fn only_what_is_parked_is_recalled_and_only_what_has_lines_is_parked() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    assert!(matches!(
        store.park(MYR, "nothing", STAFF, at()),
        Err(StoreError::NothingToPark)
    ));
    // An empty one that was put aside is nobody's.
    store.leave_ticket(MYR, TicketStatus::Aside, STAFF, at()).unwrap();
    assert!(store.parked().unwrap().is_empty());
    assert!(matches!(
        store.recall(MYR, 9_999, None, STAFF, at()),
        Err(StoreError::Missing(Thing::Ticket))
    ));
}

#[test]
fn what_was_given_to_one_customer_goes_with_their_last_line_and_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let parked = ring_up(&store, 700);
    store.park(MYR, "Table 4", STAFF, at()).unwrap();
    let off = Discount::Percent(Rate::parse("20").unwrap());
    let extras = Extras {
        note: Some("for Aina".to_owned()),
        ..Extras::default()
    };
    for by_the_minus_key in [false, true] {
        let line = ring_up(&store, 1_000).lines[0].id;
        let other = ring_up(&store, 300).lines[1].id;
        store.discount(MYR, None, Some(off), STAFF, at()).unwrap();
        store.set_extras(MYR, &extras, at()).unwrap();
        // One of two leaves them to the other.
        let left = store.remove_line(MYR, other, STAFF, at()).unwrap();
        assert_eq!((left.discount, &left.extras), (Some(off), &extras));
        let empty = if by_the_minus_key {
            store.step_quantity(MYR, line, false, STAFF, at()).unwrap()
        } else {
            store.remove_line(MYR, line, STAFF, at()).unwrap()
        };
        assert_eq!((empty.discount, empty.extras), (None, Extras::default()));
        assert_eq!(ring_up(&store, 1_000).total().unwrap().to_string(), "10.00");
        store.clear_ticket(MYR, STAFF, at()).unwrap();
    }
    // Nor is one given to nobody.
    let empty = store.discount(MYR, None, Some(off), STAFF, at()).unwrap();
    assert_eq!(empty.discount, None);
    store.set_extras(MYR, &extras, at()).unwrap();
    let back = store.recall(MYR, parked.id, None, STAFF, at()).unwrap();
    assert_eq!(back.id, parked.id);
}

#[test]
fn the_last_sale_goes_onto_a_ticket_that_has_a_note_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let extras = Extras {
        note: Some("for Aina".to_owned()),
        ..Extras::default()
    };
    store.set_extras(MYR, &extras, at()).unwrap();
    let again = [NewLine::open(Amount::from_minor(700, MYR).unwrap())];
    let ticket = store.ring_up_all(MYR, &again, true, at()).unwrap();
    assert_eq!((ticket.lines.len(), ticket.extras), (1, extras));
}

#[test]
fn a_manager_can_read_who_discounted_took_off_and_parked() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    ring_up(&store, 1_000);
    let off = Discount::Amount(Amount::from_minor(150, MYR).unwrap());
    store.discount(MYR, None, Some(off), STAFF, at()).unwrap();
    store.discount(MYR, None, Some(off), STAFF, at()).unwrap();
    store.discount(MYR, None, None, STAFF, at()).unwrap();
    let extra = ring_up(&store, 300).lines[1].id;
    let three = Quantity::parse("3").unwrap();
    store.set_quantity(MYR, extra, three, STAFF, at()).unwrap();
    store.step_quantity(MYR, extra, false, STAFF, at()).unwrap();
    store.step_quantity(MYR, extra, true, STAFF, at()).unwrap();
    store
        .set_quantity(MYR, extra, Quantity::ONE, STAFF, at())
        .unwrap();
    store.step_quantity(MYR, extra, false, STAFF, at()).unwrap();
    let extra = ring_up(&store, 300).lines[1].id;
    store.remove_line(MYR, extra, STAFF, at()).unwrap();
    store.clear_ticket(MYR, STAFF, at()).unwrap();
    store.clear_ticket(MYR, STAFF, at()).unwrap();
    ring_up(&store, 1_000);
    store.park(MYR, "", STAFF, at()).unwrap();
    ring_up(&store, 400);
    for _ in 0..2 {
        store
            .leave_ticket(MYR, TicketStatus::Closed, STAFF, at())
            .unwrap();
    }
    drop(store);
    let connection = Connection::open(folder.path().join("kaunter.sqlite3")).unwrap();
    let told: Vec<(i64, String)> = connection
        .prepare("SELECT staff, body ->> 'did' || ' ' || (body ->> 'total') FROM journal WHERE kind = 'ticket' ORDER BY seq")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let told: Vec<(i64, &str)> = told.iter().map(|(staff, did)| (*staff, did.as_str())).collect();
    // Where nothing changed, nothing is told.
    assert_eq!(
        told,
        [
            (STAFF, "gave a discount 8.50"),
            (STAFF, "took a discount back 10.00"),
            (STAFF, "made a line less 16.00"),
            (STAFF, "made a line less 13.00"),
            (STAFF, "took a line off 10.00"),
            (STAFF, "took a line off 10.00"),
            (STAFF, "cleared the ticket 0.00"),
            (STAFF, "parked a ticket 10.00"),
            (STAFF, "left the ticket unpaid 4.00"),
        ]
    );
}
