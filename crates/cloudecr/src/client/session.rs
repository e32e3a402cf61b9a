//! The session: one sign-in or renewal for any number of callers, kept tokens, and a rejected password that is not
//! repeated (repeating it locks the account, 42930).

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::sync::{Mutex, MutexGuard};

use super::Inner;
use crate::{CallError, Token, TokenPair, TokenStore, codes};

/// A token this young is used however soon it seems to end: shortly before the gateway's midnight no longer one
/// exists, and a gateway whose `Date` and `expiresAt` disagree must not be asked for another with every call.
const YOUNG: SignedDuration = SignedDuration::from_secs(30);

/// A session is not ended under a transfer that is on its way while its token lives so long.
pub(super) const LAST_MOMENT: SignedDuration = SignedDuration::from_secs(10);

/// The session of one client.
pub(super) struct Session {
    state: Mutex<State>,
    /// Counts sign-ins and renewals that ended, well or badly, so that whoever waited for one shares its outcome.
    rounds: AtomicU64,
    store: Arc<dyn TokenStore>,
}

/// What is known of the session, under one lock: whoever renews it holds it.
#[derive(Default)]
pub(super) struct State {
    loaded: bool,
    pub(super) held: Option<Held>,
    generations: u64,
    /// The rejection of the password, until somebody signs in on purpose.
    pub(super) stuck: Option<CallError>,
    /// How the last round failed, if it did.
    failed: Option<CallError>,
}

/// The tokens that are held.
pub(super) struct Held {
    pub(super) tokens: TokenPair,
    pub(super) generation: u64,
    /// When this process got them; kept ones of an earlier run have no such time.
    obtained: Option<Timestamp>,
    /// Whether the gateway's `Date` and `expiresAt` agreed then that the access token lives.
    began_alive: bool,
    /// The gateway takes the refresh token no more: it was used up by a renewal whose answer was lost, or the session is
    /// over.
    pub(super) spent: bool,
    /// The gateway has refused the access token, however long it says that it lives.
    refused: bool,
}

/// A token for one request.
pub(super) struct Bearer {
    pub(super) token: SecretString,
    /// Which tokens it belongs to, to be named when the gateway refuses it.
    pub(super) generation: u64,
}

/// What a token is wanted for.
#[derive(Clone, Copy)]
pub(super) enum Need {
    /// It must live so long.
    Lasting(Duration),
    /// The gateway refused the one of that generation.
    NewerThan(u64),
}

impl Session {
    pub(super) fn new(store: Arc<dyn TokenStore>) -> Self {
        Self {
            state: Mutex::default(),
            rounds: AtomicU64::new(0),
            store,
        }
    }

    /// Locks the state, with the kept tokens taken in.
    pub(super) async fn open(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().await;
        if !state.loaded {
            let store = Arc::clone(&self.store);
            let kept = tokio::task::spawn_blocking(move || store.load())
                .await
                .ok()
                .flatten();
            state.loaded = true;
            if let Some(tokens) = kept {
                state.hold(tokens, None, true);
            }
        }
        state
    }

    pub(super) async fn keep(&self, tokens: Option<TokenPair>) {
        let store = Arc::clone(&self.store);
        if tokio::task::spawn_blocking(move || store.save(tokens.as_ref()))
            .await
            .is_err()
        {
            log::warn!("the session's tokens could not be kept; a restart will have to sign in again");
        }
    }

    /// Notes how a sign-in or renewal ended.
    pub(super) fn end_round(&self, state: &mut State, outcome: &Result<(), CallError>) {
        state.failed = outcome.as_ref().err().cloned();
        self.rounds.fetch_add(1, Ordering::AcqRel);
    }
}

impl State {
    pub(super) fn hold(&mut self, tokens: TokenPair, obtained: Option<Timestamp>, began_alive: bool) {
        self.generations += 1;
        self.held = Some(Held {
            tokens,
            generation: self.generations,
            obtained,
            began_alive,
            spent: false,
            refused: false,
        });
    }

    fn bearer(&self) -> Option<Bearer> {
        let held = self.held.as_ref()?;
        Some(Bearer {
            token: held.tokens.access.token.clone(),
            generation: held.generation,
        })
    }
}

impl Inner {
    /// A token that serves `need`, renewed or signed in for where it must be.
    pub(super) async fn bearer(self: &Arc<Self>, need: Need) -> Result<Bearer, CallError> {
        let seen = self.session.rounds.load(Ordering::Acquire);
        let this = Arc::clone(self);
        // In a task of its own: a caller who goes away must not leave a session behind that nobody has the tokens of.
        detached(async move { this.find_bearer(need, seen).await }).await
    }

    async fn find_bearer(&self, need: Need, seen: u64) -> Result<Bearer, CallError> {
        let mut state = self.session.open().await;
        if let (Need::NewerThan(generation), Some(held)) = (need, &mut state.held) {
            held.refused |= held.generation == generation;
        }
        if let Some(bearer) = self.serves(&state, need) {
            return Ok(bearer);
        }
        let shared = self.session.rounds.load(Ordering::Acquire) != seen;
        let error = match &state.failed {
            Some(error) if shared => error.clone(),
            Some(_) | None => {
                let outcome = self.renew(&mut state, need).await;
                self.session.end_round(&mut state, &outcome);
                match outcome {
                    Ok(()) => return state.bearer().ok_or_else(no_tokens),
                    Err(error) => error,
                }
            }
        };
        // A renewal that failed is no reason to refuse a sale while the token lives: should the gateway not take it, a
        // 401 proves that nothing was done.
        match need {
            Need::Lasting(_) => self.while_it_lives(&state).ok_or(error),
            Need::NewerThan(_) => Err(error),
        }
    }

    fn serves(&self, state: &State, need: Need) -> Option<Bearer> {
        let held = state.held.as_ref().filter(|held| !held.refused)?;
        let enough = match need {
            Need::NewerThan(refused) => held.generation > refused,
            Need::Lasting(time) => {
                let left = self.left(&held.tokens.access);
                let age = held.obtained.map(|at| self.clock.now().duration_since(at));
                let young = age.is_some_and(|age| age < YOUNG);
                // Seen to live and now past its end, as at midnight: it is over, however young.
                let over = held.began_alive && left <= SignedDuration::ZERO;
                SignedDuration::try_from(time).is_ok_and(|time| left >= time) || (young && !over)
            }
        };
        enough.then(|| state.bearer()).flatten()
    }

    /// How long a token lives on, by the gateway's clock.
    pub(super) fn left(&self, token: &Token) -> SignedDuration {
        let now = self.http.by_gateway(self.clock.now());
        token.expires_at.duration_since(now)
    }

    /// The access token that is held, for as long as it lives and is not refused.
    fn while_it_lives(&self, state: &State) -> Option<Bearer> {
        let held = state.held.as_ref().filter(|held| !held.refused)?;
        if self.left(&held.tokens.access) > LAST_MOMENT {
            state.bearer()
        } else {
            None
        }
    }
}

fn no_tokens() -> CallError {
    let meaning = codes::error(40124).map_or("Nobody is signed in.", |row| row.meaning);
    CallError::Unreadable {
        detail: meaning.to_owned(),
    }
}

/// Runs to its end even when whoever waits for it goes away.
pub(super) async fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, CallError>> + Send + 'static,
) -> Result<T, CallError> {
    let ended = tokio::spawn(work).await;
    ended.unwrap_or_else(|_| {
        Err(CallError::Unreachable {
            detail: "the program is shutting down".to_owned(),
        })
    })
}
