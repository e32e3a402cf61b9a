//! The schema and how it came to be: each step with the tables it belongs to, all of it or none.

use rusqlite::Connection;
use rusqlite_migration::{Error, M, MigrationDefinitionError, Migrations};

use super::StoreError;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("001_first.sql")).foreign_key_check(),
    M::up(include_str!("002_evidence.sql")).foreign_key_check(),
    M::up(include_str!("003_extras.sql")).foreign_key_check(),
    M::up(include_str!("004_channels.sql")).foreign_key_check(),
    M::up(include_str!("005_ticket.sql")).foreign_key_check(),
    M::up(include_str!("006_items.sql")).foreign_key_check(),
    M::up(include_str!("007_tender.sql")).foreign_key_check(),
    M::up(include_str!("008_print.sql")).foreign_key_check(),
    M::up(include_str!("009_aside.sql")).foreign_key_check(),
    M::up(include_str!("010_left_over.sql")).foreign_key_check(),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// Brings the database to this version's schema.
pub(super) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    MIGRATIONS.to_latest(connection).map_err(|error| match error {
        Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => StoreError::Newer,
        Error::RusqliteError { err, .. } => err.into(),
        other => StoreError::Failed(other.to_string()),
    })
}

/// Refuses a database that this version's schema is not the schema of.
pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match version.cmp(&i64::try_from(STEPS.len()).unwrap_or(i64::MAX)) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(StoreError::Newer),
        std::cmp::Ordering::Less => Err(StoreError::Unreadable(
            "an older version wrote it; start Kaunter once to bring it up to date".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;
    use crate::items::ItemQuery;
    use crate::money::{Currency, Rounding};

    #[test]
    fn the_steps_are_sound() {
        assert_eq!(MIGRATIONS.validate(), Ok(()));
    }

    #[test]
    fn a_database_of_a_newer_program_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        drop(Store::open(folder.path()).unwrap());
        let path = folder.path().join("kaunter.sqlite3");
        Connection::open(&path)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        assert!(matches!(Store::open(folder.path()), Err(StoreError::Newer)));
        let version: i64 = Connection::open(&path)
            .unwrap()
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(version, 99);
    }

    #[test]
    fn a_ticket_of_an_older_till_keeps_its_lines_and_its_total() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaunter.sqlite3");
        let mut old = Connection::open(&path).unwrap();
        MIGRATIONS.to_version(&mut old, 4).unwrap();
        old.execute_batch(
            "INSERT INTO ticket (id, currency, status, opened_at) VALUES (7, 'MYR', 'current', 0);
             INSERT INTO ticket_line (ticket, name, unit_minor, quantity) VALUES (7, 'Teh tarik', 280, 3), (7, '', 150, 9999);",
        )
        .unwrap();
        drop(old);
        let ticket = Store::open(folder.path()).unwrap().ticket(7).unwrap();
        let quantities: Vec<String> = ticket
            .lines
            .iter()
            .map(|line| line.quantity.to_string())
            .collect();
        assert_eq!(quantities, ["3", "9999"]);
        assert_eq!(ticket.total().unwrap().to_string(), "15006.90");
    }

    #[test]
    fn a_sale_of_an_older_till_is_never_rounded_whatever_is_set_today() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaunter.sqlite3");
        let mut old = Connection::open(&path).unwrap();
        MIGRATIONS.to_version(&mut old, 6).unwrap();
        old.execute_batch(
            "INSERT INTO setting (name, value) VALUES ('rounding', '\"all\"');
             INSERT INTO ticket (id, currency, status, opened_at) VALUES (7, 'MYR', 'closed', 0), (8, 'MYR', 'current', 0);
             INSERT INTO ticket_line (ticket, name, price_minor, thousandths) VALUES (7, '', 1003, 1000), (8, '', 1003, 1000);
             INSERT INTO payment (reference, ticket, kind, terminal, method, amount_minor, currency, state, created_at, changed_at)
             VALUES ('0123456789ABCDEFGHJK', 7, 'sale', 'T1', 'bankCard', 1003, 'MYR', 'approved', 0, 0);",
        )
        .unwrap();
        drop(old);
        let store = Store::open(folder.path()).unwrap();
        let paid = store.standing(7).unwrap();
        assert_eq!((paid.rounding, paid.is_paid()), (Rounding::Off, true));
        assert_eq!(store.standing(8).unwrap().payable.to_string(), "10.05");
    }

    #[test]
    fn a_discount_that_an_older_till_left_on_an_empty_ticket_is_no_ones() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaunter.sqlite3");
        let mut old = Connection::open(&path).unwrap();
        MIGRATIONS.to_version(&mut old, 8).unwrap();
        old.execute_batch(
            "INSERT INTO ticket (id, currency, status, opened_at, discount_rate)
             VALUES (7, 'MYR', 'current', 0, 2000), (8, 'MYR', 'aside', 0, 1000);
             INSERT INTO ticket_line (ticket, name, price_minor, thousandths) VALUES (8, '', 1000, 1000);",
        )
        .unwrap();
        drop(old);
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.ticket(7).unwrap().discount, None);
        assert_eq!(store.ticket(8).unwrap().total().unwrap().to_string(), "9.00");
    }

    #[test]
    fn the_words_of_an_older_tills_items_are_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaunter.sqlite3");
        let mut old = Connection::open(&path).unwrap();
        MIGRATIONS.to_version(&mut old, 8).unwrap();
        old.execute_batch(
            "INSERT INTO item (id, name, price_minor, category, sorted, worded) VALUES (1, 'Coca-Cola 500ml', 250, '', 'coca cola 500ml', 1);
             INSERT INTO item_words (rowid, name, code, category) VALUES (1, 'coca cola 500ml cocacola', '', 'c');",
        )
        .unwrap();
        drop(old);
        let store = Store::open(folder.path()).unwrap();
        let found = |text: &str| {
            let query = ItemQuery {
                text: text.to_owned(),
                limit: 9,
                ..ItemQuery::default()
            };
            store.find_items(&query, Currency::Myr).unwrap().found
        };
        assert_eq!(["coca 500 ml", "500ml", "cocacola"].map(found), [1, 1, 1]);
    }

    #[test]
    fn a_second_till_on_the_same_data_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Store::open(folder.path()).unwrap();
        assert!(matches!(
            Store::open(folder.path()),
            Err(StoreError::SecondTill(_))
        ));
    }
}
