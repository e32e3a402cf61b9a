//! The local database: the only place that writes SQL.
//!
//! Every change is one immediate transaction that also appends to the journal, so that what is shown and what is
//! remembered cannot part. `synchronous=FULL` makes a commit mean that it is on the disk.

mod audit;
mod audit_tenders;
#[cfg(feature = "bench")]
mod bulk;
mod channels;
mod counter;
mod display;
mod draft;
mod error;
mod evidence;
mod hand_over;
mod history;
mod items;
mod journal;
mod lookup;
mod migrations;
mod parked;
mod payments;
mod prepare;
mod printing;
mod receipts;
mod reductions;
mod return_rows;
mod returns;
mod rows;
mod seen;
mod settings;
mod staff;
mod tax;
mod tender_rows;
mod tenders;
mod terminals;
mod ticket_rows;
mod tickets;

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::AtomicU64;
use std::thread;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

pub use audit::JournalFault;
pub use channels::{KnownChannel, KnownChannels};
pub use display::{DisplayPlace, DisplaySettings, Screen};
pub use draft::{AccountPeriod, SecretOf, SetupDraft, SetupStep};
pub use error::{StoreError, Thing};
pub use evidence::TerminalLast;
pub(crate) use evidence::{VOIDED_AFTER_ALL, conflict_entry};
pub use history::{Days, HistoryFilter, HistoryPage, PaidWith};
pub(crate) use items::ShelfState;
pub use journal::{EntryKind, JournalEntry, JournalKey, NewEntry};
pub use payments::{Learned, Outcome};
pub use prepare::{NewPayment, Seen};
pub use printing::{DrawerCash, NewPrint, PrintJob, PrintState, PrintWhat, ReceiptOf};
pub use returns::NewReturn;
pub use settings::{CallbackSettings, ConnectionSettings, Language, StoreSettings, Theme};
pub use staff::StaffRow;
pub use tenders::{Means, NewTender, Undone};
pub use terminals::TerminalRow;
pub use tickets::Typed;

/// How long a lock may outlive its till: a program that the till was just starting has it until it runs.
const LINGERS: Duration = Duration::from_millis(400);
/// How often it is looked at meanwhile.
const LOOK: Duration = Duration::from_millis(10);
/// The database's file in the data folder.
const DATABASE: &str = "kaunter.sqlite3";
/// Held by the process that runs on a data folder.
const LOCK: &str = "kaunter.lock";
/// How long a write waits for another connection (a reader's checkpoint, a backup tool) before it is an error.
const BUSY: Duration = Duration::from_secs(5);
/// How many statements are kept ready: more than a sale's own and the screens' beside them.
const STATEMENTS: usize = 64;

/// The till's database, open for this process alone.
pub struct Store {
    connection: Mutex<Connection>,
    folder: PathBuf,
    key: OnceLock<JournalKey>,
    seen: seen::Seen,
    /// How often the shelf was changed since the start.
    shelf: AtomicU64,
    /// Kept open: the operating system drops the lock with the process, however it ends.
    _lock: Option<File>,
}

impl Store {
    /// Opens, or makes, the database in `folder` and takes the folder's lock.
    ///
    /// # Errors
    /// [`StoreError::SecondTill`] when another process runs on the same data, [`StoreError::Newer`] when a later
    /// version of the program wrote it, or what the disk says.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(|error| StoreError::file(folder, &error))?;
        let path = folder.join(LOCK);
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| StoreError::file(&path, &error))?;
        let given_up = Instant::now() + LINGERS;
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < given_up => thread::sleep(LOOK),
                Err(TryLockError::WouldBlock) => return Err(StoreError::SecondTill(folder.to_owned())),
                Err(TryLockError::Error(error)) => return Err(StoreError::file(&path, &error)),
            }
        }
        let mut connection = Connection::open(folder.join(DATABASE))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        migrations::run(&mut connection)?;
        items::catch_up(&mut connection)?;
        Ok(Self {
            seen: seen::Seen::on(&connection)?,
            connection: Mutex::new(connection),
            folder: folder.to_owned(),
            key: OnceLock::new(),
            shelf: AtomicU64::new(0),
            _lock: Some(lock),
        })
    }

    /// Opens an existing database for reading only, also while another process runs on it.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn open_to_read(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(DATABASE);
        let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(BUSY)?;
        migrations::check(&connection)?;
        Ok(Self {
            connection: Mutex::new(connection),
            folder: folder.to_owned(),
            key: OnceLock::new(),
            seen: seen::Seen::nothing(),
            shelf: AtomicU64::new(0),
            _lock: None,
        })
    }

    /// The folder it lies in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives the journal its key; nothing that is journaled can be written before. A second key is ignored.
    pub fn seal_with(&self, key: JournalKey) {
        let _ = self.key.set(key);
    }

    /// Whether the journal has its key.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.key.get().is_some()
    }

    fn key(&self) -> Result<&JournalKey, StoreError> {
        self.key.get().ok_or(StoreError::NotSealed)
    }

    /// Reads with the connection to oneself.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        // A panic while the lock was held cannot leave half a change behind: the transaction rolls back when dropped.
        let connection = self.connection.lock();
        work(&connection)
    }

    /// Reads all of something large as it was at one moment, while others go on reading and writing.
    fn read_aside<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let path = self.folder.join(DATABASE);
        let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(BUSY)?;
        let moment = connection.transaction()?;
        work(&moment)
    }

    /// Writes: all of `work` is committed, or none of it.
    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection.lock();
        self.commit(&mut connection, work)
    }

    /// The same for one of many writes after each other that nobody waits for: whoever waits for the store has it next.
    fn write_in_turn<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection.lock();
        let result = self.commit(&mut connection, work);
        MutexGuard::unlock_fair(connection);
        result
    }

    fn commit<T>(
        &self,
        connection: &mut Connection,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        self.seen.committed();
        Ok(result)
    }
}
