//! The staff at this till: signing in, the idle lock, a manager's approval, and the way back from a forgotten PIN.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudecr::Clock;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::delay;
use super::{Member, NAME_LIMIT, Pin, PinRules, Role};
use crate::entropy::{Entropy, NoEntropy};
use crate::store::{EntryKind, NewEntry, StaffRow, Store, StoreError};

/// Why a member of staff was not let in, or a change to the staff not made.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// Nobody is signed in.
    #[error("nobody is signed in; choose a name and enter the PIN")]
    Locked,
    /// The one signed in may not do this.
    #[error("only a manager may do this")]
    NotAllowed,
    /// The PIN is not theirs.
    #[error("that PIN is wrong; try again")]
    WrongPin,
    /// Too many wrong PINs: none is taken for a while.
    #[error("too many wrong PINs; wait {0} s and try again")]
    Delayed(u64),
    /// The PIN breaks the rules.
    #[error(transparent)]
    Rules(#[from] PinRules),
    /// A tile needs a name.
    #[error("enter a name")]
    NameNeeded,
    /// The name does not fit a tile.
    #[error("the name is longer than {NAME_LIMIT} characters")]
    NameTooLong,
    /// Nobody could manage the till any more.
    #[error("this is the only manager; make somebody else a manager first")]
    LastManager,
    /// The POS account's password is not that one.
    #[error("that is not the POS account's password")]
    WrongPassword,
    /// No randomness for a salt.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Clone)]
struct Session {
    member: Member,
    last_seen: Timestamp,
}

/// The staff and who of them is signed in.
pub struct Roster {
    store: Arc<Store>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    session: Mutex<Option<Session>>,
    /// One PIN is checked at a time, so that a hundred guesses at once are not a hundred free ones.
    checking: Mutex<()>,
}

impl Roster {
    /// The roster of `store`, with nobody signed in.
    #[must_use]
    pub fn new(store: Arc<Store>, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self {
            store,
            clock,
            entropy,
            session: Mutex::new(None),
            checking: Mutex::new(()),
        }
    }

    /// Everybody on the lock screen.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn everybody(&self) -> Result<Vec<Member>, StaffError> {
        Ok(self.store.staff()?.into_iter().map(member).collect())
    }

    /// Who is signed in; nobody once the till was idle for longer than `lock_after` (none: never locks).
    #[must_use]
    pub fn signed_in(&self, lock_after: Option<SignedDuration>) -> Option<Member> {
        let now = self.clock.now();
        let mut session = self.session();
        // A clock that was set back does not count as idle time, and does not unlock anything either.
        let idle = session.as_ref().is_some_and(|session| {
            lock_after.is_some_and(|limit| now.duration_since(session.last_seen) >= limit)
        });
        if idle {
            *session = None;
        }
        session.as_ref().map(|session| session.member.clone())
    }

    /// A key or a touch: the idle time starts again.
    pub fn touch(&self) {
        if let Some(session) = self.session().as_mut() {
            session.last_seen = self.clock.now();
        }
    }

    /// Signs somebody in. Blocks for the time a hash takes.
    ///
    /// # Errors
    /// [`StaffError::WrongPin`], [`StaffError::Delayed`], or the store's.
    pub fn unlock(&self, id: i64, pin: &Pin) -> Result<Member, StaffError> {
        let member = self.check(id, pin)?;
        self.note(Some(id), json!({ "did": "signed in" }))?;
        *self.session() = Some(Session {
            member: member.clone(),
            last_seen: self.clock.now(),
        });
        Ok(member)
    }

    /// Signs out.
    pub fn lock(&self) {
        *self.session() = None;
    }

    /// A manager's PIN for one action. Who is signed in stays signed in.
    ///
    /// # Errors
    /// As [`Self::unlock`], and [`StaffError::NotAllowed`] when the PIN is right but not a manager's.
    pub fn approve(&self, id: i64, pin: &Pin) -> Result<Member, StaffError> {
        let member = self.check(id, pin)?;
        match member.role {
            Role::Manager => Ok(member),
            Role::Cashier => Err(StaffError::NotAllowed),
        }
    }

    /// Adds somebody.
    ///
    /// # Errors
    /// When the name does not do, or the store's.
    pub fn add(&self, by: Option<i64>, name: &str, role: Role, pin: &Pin) -> Result<Member, StaffError> {
        let name = valid_name(name)?;
        let id = self
            .store
            .add_staff(&name, role, &pin.hash(self.entropy.as_ref())?)?;
        self.note(
            by,
            json!({ "did": "added", "member": id, "name": name, "role": role.name() }),
        )?;
        Ok(Member { id, name, role })
    }

    /// Changes somebody; the PIN stays where none is given.
    ///
    /// # Errors
    /// When the name does not do, no manager would be left, or the store's.
    pub fn change(
        &self,
        by: i64,
        id: i64,
        name: &str,
        role: Role,
        pin: Option<&Pin>,
    ) -> Result<(), StaffError> {
        let name = valid_name(name)?;
        if role == Role::Cashier {
            self.keep_a_manager(id)?;
        }
        let hash = pin.map(|pin| pin.hash(self.entropy.as_ref())).transpose()?;
        self.store.change_staff(id, &name, role, hash.as_deref())?;
        if pin.is_some() {
            self.store.set_wrong_pins(id, 0, Timestamp::UNIX_EPOCH)?;
        }
        self.note(
            Some(by),
            json!({ "did": "changed", "member": id, "name": name, "role": role.name(), "newPin": pin.is_some() }),
        )?;
        if let Some(session) = self.session().as_mut().filter(|session| session.member.id == id) {
            session.member = Member { id, name, role };
        }
        Ok(())
    }

    /// Takes somebody off the lock screen.
    ///
    /// # Errors
    /// When no manager would be left, or the store's.
    pub fn remove(&self, by: i64, id: i64) -> Result<(), StaffError> {
        self.keep_a_manager(id)?;
        self.store.remove_staff(id)?;
        self.note(Some(by), json!({ "did": "removed", "member": id }))?;
        let mut session = self.session();
        if session.as_ref().is_some_and(|session| session.member.id == id) {
            *session = None;
        }
        Ok(())
    }

    /// The way back for a forgotten manager's PIN: whoever knows the POS account's password sets a new one. Wrong
    /// passwords are delayed like wrong PINs.
    ///
    /// # Errors
    /// [`StaffError::WrongPassword`], [`StaffError::Delayed`], [`StaffError::NotAllowed`] for a cashier (whose PIN a
    /// manager sets), or the store's.
    pub fn reset_manager_pin(
        &self,
        id: i64,
        is_password: impl FnOnce() -> bool,
        pin: &Pin,
    ) -> Result<Member, StaffError> {
        let row = self.store.staff_member(id)?;
        if row.role != Role::Manager {
            return Err(StaffError::NotAllowed);
        }
        self.attempt(&row, is_password, StaffError::WrongPassword)?;
        self.store
            .change_staff(id, &row.name, row.role, Some(&pin.hash(self.entropy.as_ref())?))?;
        self.note(
            Some(id),
            json!({ "did": "reset the PIN with the account's password" }),
        )?;
        Ok(member(row))
    }

    fn check(&self, id: i64, pin: &Pin) -> Result<Member, StaffError> {
        let row = self.store.staff_member(id)?;
        self.attempt(&row, || pin.matches(&row.pin_hash), StaffError::WrongPin)?;
        Ok(member(row))
    }

    /// One attempt at a secret. It is counted on disk before it is tried: pulling the plug does not win a free one.
    fn attempt(
        &self,
        row: &StaffRow,
        right: impl FnOnce() -> bool,
        wrong: StaffError,
    ) -> Result<(), StaffError> {
        let _one_at_a_time = self.checking.lock().unwrap_or_else(PoisonError::into_inner);
        let row = self.store.staff_member(row.id)?;
        let now = self.clock.now();
        let wait = row.blocked_until.duration_since(now);
        // A block further off than any block lasts means that the clock was set back: it is not served out twice.
        let longest =
            SignedDuration::try_from(delay::after_wrong_pins(u32::MAX)).unwrap_or(SignedDuration::ZERO);
        if wait.is_positive() && wait <= longest {
            return Err(StaffError::Delayed(whole_seconds(wait)));
        }
        let count = row.wrong_pins.saturating_add(1);
        let block = SignedDuration::try_from(delay::after_wrong_pins(count)).unwrap_or(SignedDuration::ZERO);
        let until = now.checked_add(block).unwrap_or(now);
        self.store.set_wrong_pins(row.id, count, until)?;
        if right() {
            self.store.set_wrong_pins(row.id, 0, Timestamp::UNIX_EPOCH)?;
            return Ok(());
        }
        self.note(
            Some(row.id),
            json!({ "did": "entered something wrong", "inARow": count }),
        )?;
        Err(if block.is_positive() {
            StaffError::Delayed(whole_seconds(block))
        } else {
            wrong
        })
    }

    fn keep_a_manager(&self, id: i64) -> Result<(), StaffError> {
        let others = self
            .store
            .staff()?
            .iter()
            .any(|row| row.role == Role::Manager && row.id != id);
        if others {
            Ok(())
        } else {
            Err(StaffError::LastManager)
        }
    }

    fn note(&self, staff: Option<i64>, body: Value) -> Result<(), StoreError> {
        self.store.note(
            None,
            &NewEntry {
                kind: EntryKind::Staff,
                at: self.clock.now(),
                staff,
                body,
            },
        )
    }

    fn session(&self) -> MutexGuard<'_, Option<Session>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn member(row: StaffRow) -> Member {
    Member {
        id: row.id,
        name: row.name,
        role: row.role,
    }
}

/// The name as it fits a tile: trimmed, with blanks in place of control characters.
fn valid_name(name: &str) -> Result<String, StaffError> {
    let name: String = name
        .trim()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if name.is_empty() {
        Err(StaffError::NameNeeded)
    } else if name.chars().count() > NAME_LIMIT {
        Err(StaffError::NameTooLong)
    } else {
        Ok(name)
    }
}

/// Seconds, rounded up: nobody is told to wait 0 s.
fn whole_seconds(wait: SignedDuration) -> u64 {
    u64::try_from(wait.as_secs()).unwrap_or(0) + u64::from(wait.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests;
