//! Who is signed in: tokens with their ends, and the lock-out after wrong passwords.

use std::{collections::HashMap, time::Duration};

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::{AccountStatus, Config},
    failure::Failure,
    local_time,
};

/// How many wrong passwords in a row lock an account.
const WRONG_PASSWORDS: u32 = 5;
/// How long an account stays locked.
const LOCK_OUT: SignedDuration = SignedDuration::from_mins(15);
/// How long a dead token is remembered, so that it is called expired and not invalid.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// The two kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Access,
    Refresh,
}

#[derive(Debug)]
struct Ticket {
    kind: Kind,
    pos_id: String,
    session: u64,
    expires_at: Timestamp,
}

/// Wrong passwords of one account since its last right one.
#[derive(Debug, Default)]
struct Attempts {
    wrong: u32,
    locked_until: Option<Timestamp>,
}

/// A fresh pair of tokens, with their ends.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) access: (String, Timestamp),
    pub(crate) refresh: (String, Timestamp),
}

/// All tokens that were handed out.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    tickets: HashMap<String, Ticket>,
    attempts: HashMap<String, Attempts>,
    sessions: u64,
}

impl Sessions {
    /// Signs an account in: 40125 for a wrong name or password, 42930 while the account is locked, 40311 to 40313
    /// for one that is not active, 40314 while it is signed in elsewhere and sessions are exclusive.
    pub(crate) fn login(
        &mut self,
        config: &Config,
        status: AccountStatus,
        pos_id: &str,
        password: &str,
        now: Timestamp,
    ) -> Result<Pair, Failure> {
        let Some(account) = config.accounts.iter().find(|account| account.pos_id == pos_id) else {
            return Err(Failure::of(40125));
        };
        let attempts = self.attempts.entry(pos_id.to_owned()).or_default();
        if let Some(until) = attempts.locked_until {
            if now < until {
                return Err(Failure::of(42930));
            }
            *attempts = Attempts::default();
        }
        if account.password != password {
            attempts.wrong += 1;
            if attempts.wrong >= WRONG_PASSWORDS {
                attempts.locked_until = Some(later(now, LOCK_OUT));
            }
            return Err(Failure::of(40125));
        }
        *attempts = Attempts::default();
        status.must_be_active()?;
        if config.exclusive_sessions && self.is_signed_in(pos_id, now) {
            return Err(Failure::of(40314));
        }
        self.sessions += 1;
        self.issue(pos_id, self.sessions, config.access_token_life, now)
    }

    /// Trades a refresh token for a fresh pair. The old refresh token is used up; the session's access tokens live
    /// on until they expire, so that a request which is under way is not lost.
    pub(crate) fn refresh(
        &mut self,
        config: &Config,
        token: Option<&str>,
        now: Timestamp,
    ) -> Result<Pair, Failure> {
        let token = token.ok_or_else(|| Failure::of(40121))?;
        let ticket = self
            .tickets
            .get(token)
            .filter(|ticket| ticket.kind == Kind::Refresh);
        let ticket = ticket.ok_or_else(|| Failure::of(40121))?;
        if ticket.expires_at <= now {
            return Err(Failure::of(40122));
        }
        let (pos_id, session) = (ticket.pos_id.clone(), ticket.session);
        self.tickets.remove(token);
        self.issue(&pos_id, session, config.access_token_life, now)
    }

    /// The account that a token of either kind was given to, alive or not.
    pub(crate) fn whose(&self, token: Option<&str>) -> Option<String> {
        self.tickets.get(token?).map(|ticket| ticket.pos_id.clone())
    }

    /// The account that an access token belongs to: 40124 without a token, 40120 for one that was never handed out
    /// or was signed out, 40123 for one that has expired.
    pub(crate) fn account(&self, token: Option<&str>, now: Timestamp) -> Result<String, Failure> {
        self.access(token, now).map(|ticket| ticket.pos_id.clone())
    }

    /// Ends the session of an access token, with all its tokens.
    pub(crate) fn logout(&mut self, token: Option<&str>, now: Timestamp) -> Result<(), Failure> {
        let session = self.access(token, now)?.session;
        self.tickets.retain(|_, ticket| ticket.session != session);
        Ok(())
    }

    /// Ends all sessions of one account, or of every account.
    pub(crate) fn end(&mut self, pos_id: Option<&str>) {
        self.tickets
            .retain(|_, ticket| pos_id.is_some_and(|pos_id| pos_id != ticket.pos_id));
    }

    fn access(&self, token: Option<&str>, now: Timestamp) -> Result<&Ticket, Failure> {
        let token = token.ok_or_else(|| Failure::of(40124))?;
        let ticket = self
            .tickets
            .get(token)
            .filter(|ticket| ticket.kind == Kind::Access);
        let ticket = ticket.ok_or_else(|| Failure::of(40120))?;
        if ticket.expires_at <= now {
            Err(Failure::of(40123))
        } else {
            Ok(ticket)
        }
    }

    /// A session is alive as long as it can be refreshed.
    fn is_signed_in(&self, pos_id: &str, now: Timestamp) -> bool {
        self.tickets
            .values()
            .any(|ticket| ticket.kind == Kind::Refresh && ticket.pos_id == pos_id && ticket.expires_at > now)
    }

    fn issue(
        &mut self,
        pos_id: &str,
        session: u64,
        access_life: Duration,
        now: Timestamp,
    ) -> Result<Pair, Failure> {
        let access_life = SignedDuration::try_from(access_life).unwrap_or(SignedDuration::MAX);
        self.tickets
            .retain(|_, ticket| later(ticket.expires_at, REMEMBERED) > now);
        let midnight = local_time::next_midnight(now);
        let ends = [
            (Kind::Access, later(now, access_life).min(midnight)),
            (Kind::Refresh, midnight),
        ];
        let [access, refresh] = ends.map(|(kind, expires_at)| {
            let token = random_token()?;
            let ticket = Ticket {
                kind,
                pos_id: pos_id.to_owned(),
                session,
                expires_at,
            };
            self.tickets.insert(token.clone(), ticket);
            Ok::<_, Failure>((token, expires_at))
        });
        Ok(Pair {
            access: access?,
            refresh: refresh?,
        })
    }
}

/// A time so much later, at most the end of time.
fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// Sixteen random bytes in hexadecimal. A simulator that was restarted must not take the tokens of its former life.
fn random_token() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Failure::of(500))?;
    Ok(u128::from_be_bytes(bytes)).map(|number| format!("{number:032x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn login(sessions: &mut Sessions, password: &str, now: &str) -> Result<Pair, Option<u32>> {
        let mut config = Config::default();
        config.accounts[0].password = "right".to_owned();
        sessions
            .login(&config, AccountStatus::Active, "simulatorPos1", password, at(now))
            .map_err(|failure| failure.code())
    }

    #[test]
    fn an_access_token_ends_after_fifteen_minutes_or_at_midnight() {
        let mut sessions = Sessions::default();
        let pair = login(&mut sessions, "right", "2026-03-05T10:00:00Z").unwrap();
        assert_eq!(pair.access.1, at("2026-03-05T10:15:00Z"));
        assert_eq!(pair.refresh.1, at("2026-03-05T16:00:00Z"));
        let token = Some(pair.access.0.as_str());
        assert!(sessions.account(token, at("2026-03-05T10:14:59Z")).is_ok());
        assert_eq!(
            sessions
                .account(token, at("2026-03-05T10:15:00Z"))
                .unwrap_err()
                .code(),
            Some(40123)
        );
        let late = login(&mut sessions, "right", "2026-03-05T15:55:00Z").unwrap();
        assert_eq!(late.access.1, at("2026-03-05T16:00:00Z"));
    }

    #[test]
    fn a_refresh_token_works_once_and_not_after_midnight() {
        let mut sessions = Sessions::default();
        let first = login(&mut sessions, "right", "2026-03-05T10:00:00Z").unwrap();
        let second = sessions
            .refresh(
                &Config::default(),
                Some(&first.refresh.0),
                at("2026-03-05T10:20:00Z"),
            )
            .unwrap();
        let again = sessions.refresh(
            &Config::default(),
            Some(&first.refresh.0),
            at("2026-03-05T10:20:00Z"),
        );
        assert_eq!(again.unwrap_err().code(), Some(40121));
        let too_late = sessions.refresh(
            &Config::default(),
            Some(&second.refresh.0),
            at("2026-03-05T16:00:00Z"),
        );
        assert_eq!(too_late.unwrap_err().code(), Some(40122));
    }

    #[test]
    fn five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour() {
        let mut sessions = Sessions::default();
        for _ in 0..5 {
            assert_eq!(
                login(&mut sessions, "wrong", "2026-03-05T10:00:00Z").unwrap_err(),
                Some(40125)
            );
        }
        assert_eq!(
            login(&mut sessions, "right", "2026-03-05T10:14:59Z").unwrap_err(),
            Some(42930)
        );
        assert!(login(&mut sessions, "right", "2026-03-05T10:15:00Z").is_ok());
    }
}
