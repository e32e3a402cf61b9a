//! The schema and how it came to be: each step with the tables it belongs to, all of it or none.

use rusqlite::Connection;
use rusqlite_migration::{Error, M, MigrationDefinitionError, Migrations};

use super::StoreError;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("001_first.sql")).foreign_key_check(),
    M::up(include_str!("002_evidence.sql")).foreign_key_check(),
    M::up(include_str!("003_extras.sql")).foreign_key_check(),
    M::up(include_str!("004_channels.sql")).foreign_key_check(),
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
    fn a_second_till_on_the_same_data_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Store::open(folder.path()).unwrap();
        assert!(matches!(
            Store::open(folder.path()),
            Err(StoreError::SecondTill(_))
        ));
    }
}
