//! A data folder whose disk fills up, or whose database another program holds.

use kaunter_tests::{Failure, Outcome};
use rusqlite::Connection;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;

/// What goes wrong with the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Another program holds the database's write lock, longer than the till waits for it.
    Locked,
    /// The disk is full.
    Full,
}

/// Where a till keeps its data.
pub(crate) struct Folder {
    directory: TempDir,
    mounted: bool,
}

impl Folder {
    /// An ordinary one; in memory where the machine has room for files there, since hundreds of tills at once would
    /// wait for one disk.
    pub(crate) fn ordinary() -> Outcome<Self> {
        let directory = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir())?;
        Ok(Self {
            directory,
            mounted: false,
        })
    }

    /// One on a small disk of its own in memory. Only root may mount one; nothing elsewhere.
    pub(crate) fn small() -> Outcome<Option<Self>> {
        let mut folder = Self::ordinary()?;
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        folder.mounted = mount.is_ok_and(|status| status.success());
        Ok(folder.mounted.then_some(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.mounted {
            // Lazily, since the till's last tasks may still have the database open.
            drop(Command::new("umount").arg("-l").arg(self.path()).status());
        }
    }
}

/// Trouble that can be made and ended from anywhere.
#[derive(Clone)]
pub(crate) struct Disk {
    folder: PathBuf,
    trouble: Trouble,
    lock: Arc<Mutex<Option<Connection>>>,
    failed: Arc<Mutex<Option<String>>>,
}

impl Disk {
    pub(crate) fn of(folder: &Folder, trouble: Trouble) -> Self {
        Self {
            folder: folder.path().to_owned(),
            trouble,
            lock: Arc::default(),
            failed: Arc::default(),
        }
    }

    /// Begins the trouble. A clock cannot return an error, so it is kept for [`Self::end`].
    pub(crate) fn begin(&self) {
        let begun = match self.trouble {
            Trouble::Locked => self.hold(),
            Trouble::Full => self.fill(),
        };
        if let Err(failure) = begun {
            *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure.to_string());
        }
    }

    /// Ends it.
    ///
    /// # Errors
    /// When it never began.
    pub(crate) fn end(&self) -> Outcome {
        drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
        match fs::remove_file(self.filler()) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner).take();
        failed.map_or(Ok(()), |why| Err(Failure::new(why)))
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }

    fn hold(&self) -> Outcome {
        let connection = Connection::open(self.folder.join("kaunter.sqlite3"))?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = Some(connection);
        Ok(())
    }

    fn fill(&self) -> Outcome {
        let mut filler = File::create(self.filler())?;
        loop {
            match filler.write(&[0; 4096]) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}
