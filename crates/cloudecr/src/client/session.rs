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
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Mutex, MutexGuard};

use super::{Inner, reply};
use crate::{CallError, LoginRequest, Token, TokenPair, TokenPairWire, TokenStore, codes};

/// A token this young is used however soon it seems to end: shortly before the gateway's midnight no longer one
/// exists, and a gateway whose `Date` and `expiresAt` disagree must not be asked for another with every call.
const YOUNG: SignedDuration = SignedDuration::from_secs(30);

/// A token with less to live than this is renewed by [`Inner::keep_alive`], while it can still end its session.
const AGING: SignedDuration = SignedDuration::from_mins(5);

/// A session is not ended under a transfer that is on its way while its token lives so long.
const LAST_MOMENT: SignedDuration = SignedDuration::from_secs(10);

/// The codes of a sign-in that must not be repeated unchanged.
const STICKING: [u32; 2] = [40125, 42930];

/// A sign-in is refused because another session of the account is open.
const SESSION_ACTIVE: u32 = 40314;

/// The session of one client.
pub(super) struct Session {
    state: Mutex<State>,
    /// Counts sign-ins and renewals that ended, well or badly, so that whoever waited for one shares its outcome.
    rounds: AtomicU64,
    store: Arc<dyn TokenStore>,
}

#[derive(Default)]
struct State {
    loaded: bool,
    held: Option<Held>,
    generations: u64,
    /// The rejection of the password, until somebody signs in on purpose.
    stuck: Option<CallError>,
    /// How the last round failed, if it did.
    failed: Option<CallError>,
}

struct Held {
    tokens: TokenPair,
    generation: u64,
    /// When this process got them; kept ones of an earlier run have no such time.
    obtained: Option<Timestamp>,
    /// Whether the gateway's `Date` and `expiresAt` agreed then that the access token lives.
    began_alive: bool,
    /// The gateway takes the refresh token no more: it was used up by a renewal whose answer was lost, or the session is
    /// over.
    spent: bool,
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
    async fn open(&self) -> MutexGuard<'_, State> {
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

    async fn keep(&self, tokens: Option<TokenPair>) {
        let store = Arc::clone(&self.store);
        if tokio::task::spawn_blocking(move || store.save(tokens.as_ref()))
            .await
            .is_err()
        {
            log::warn!("the session's tokens could not be kept; a restart will have to sign in again");
        }
    }

    /// Notes how a sign-in or renewal ended.
    fn end_round(&self, state: &mut State, outcome: &Result<(), CallError>) {
        state.failed = outcome.as_ref().err().cloned();
        self.rounds.fetch_add(1, Ordering::AcqRel);
    }
}

impl State {
    fn hold(&mut self, tokens: TokenPair, obtained: Option<Timestamp>, began_alive: bool) {
        self.generations += 1;
        self.held = Some(Held {
            tokens,
            generation: self.generations,
            obtained,
            began_alive,
            spent: false,
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
        let held = state.held.as_ref()?;
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
    fn left(&self, token: &Token) -> SignedDuration {
        let now = self.http.by_gateway(self.clock.now());
        token.expires_at.duration_since(now)
    }

    /// The access token that is held, for as long as it lives.
    fn while_it_lives(&self, state: &State) -> Option<Bearer> {
        let held = state.held.as_ref()?;
        if self.left(&held.tokens.access) > LAST_MOMENT {
            state.bearer()
        } else {
            None
        }
    }

    /// Renews the session, or signs in when it is over.
    async fn renew(&self, state: &mut State, need: Need) -> Result<(), CallError> {
        if let Some(held) = &mut state.held
            && !held.spent
            && self.left(&held.tokens.refresh) > SignedDuration::ZERO
        {
            let tokens = held.tokens.clone();
            match self.refresh(&tokens).await {
                Ok(tokens) => {
                    self.accept(state, tokens).await;
                    return Ok(());
                }
                // Refused: the session is over, or an earlier renewal went through without our hearing of it.
                Err(error) if is_refusal(&error) => held.spent = true,
                // Anything else may pass, and the session with it would be lost.
                Err(error) => return Err(error),
            }
        }
        if let Some(rejected) = &state.stuck {
            return Err(rejected.clone());
        }
        match self.log_in(state).await {
            Err(error) if error.code() == Some(SESSION_ACTIVE) && state.held.is_some() => {
                self.out_of_our_own_way(state, need, error).await
            }
            outcome => outcome,
        }
    }

    /// The session that is in the way of a sign-in (40314) may be our own: it is resumed, or ended with the access token
    /// while that lives.
    async fn out_of_our_own_way(
        &self,
        state: &mut State,
        need: Need,
        active: CallError,
    ) -> Result<(), CallError> {
        let Some(held) = &mut state.held else {
            return Err(active);
        };
        let tokens = held.tokens.clone();
        let refused = matches!(need, Need::NewerThan(generation) if generation == held.generation);
        if !held.spent {
            // Over by our clock, and not by the gateway's.
            match self.refresh(&tokens).await {
                Ok(tokens) => {
                    self.accept(state, tokens).await;
                    return Ok(());
                }
                Err(error) if is_refusal(&error) => held.spent = true,
                Err(error) => return Err(error),
            }
        }
        if refused {
            return Err(active);
        }
        let lives = self.left(&tokens.access) > LAST_MOMENT;
        if lives && self.on_their_way.load(Ordering::Acquire) > 0 {
            // Ended when the terminals are done.
            return Ok(());
        }
        let request = self.http.calls.post(self.gateway.endpoint("auth/logout"));
        let request = request.bearer_auth(tokens.access.token.expose_secret());
        match reply::accepted(self.of_session(request).await) {
            Ok(_) => {
                log::info!("ended the session whose renewal was lost; signing in again");
                state.held = None;
                self.session.keep(None).await;
                self.log_in(state).await
            }
            Err(error) if is_refusal(&error) => Err(active),
            Err(error) => Err(self.scrubbed(error, [&tokens.access.token])),
        }
    }

    /// Renews a session that is getting old, in good time.
    pub(super) async fn keep_alive(self: &Arc<Self>) -> Result<(), CallError> {
        let this = Arc::clone(self);
        detached(async move {
            let mut state = this.session.open().await;
            let Some(held) = &state.held else {
                return Ok(());
            };
            let left = this.left(&held.tokens.access);
            // Shortly before the gateway's midnight no longer one exists; after it a session is begun when it is needed.
            let as_long_as_it_gets = held.tokens.access.expires_at >= held.tokens.refresh.expires_at;
            let over = this.left(&held.tokens.refresh) <= SignedDuration::ZERO;
            if left >= AGING || as_long_as_it_gets || over {
                return Ok(());
            }
            let outcome = this.renew(&mut state, Need::Lasting(Duration::ZERO)).await;
            this.session.end_round(&mut state, &outcome);
            outcome
        })
        .await
    }

    async fn log_in(&self, state: &mut State) -> Result<(), CallError> {
        let body = LoginRequest {
            pos_id: self.credentials.pos_id.clone(),
            password: self.credentials.password.expose_secret().to_owned(),
        };
        let request = self
            .http
            .calls
            .post(self.gateway.endpoint("auth/login"))
            .json(&body);
        let sent = self.of_session(request).await;
        match tokens(sent).map_err(|error| self.scrubbed(error, [])) {
            Ok(tokens) => {
                log::info!("signed in as {}", self.credentials.pos_id);
                state.stuck = None;
                self.accept(state, tokens).await;
                Ok(())
            }
            Err(error) => {
                let listed = error.code().is_some_and(|code| STICKING.contains(&code));
                if listed || error.http() == Some(401) {
                    state.stuck = Some(error.clone());
                }
                Err(error)
            }
        }
    }

    async fn refresh(&self, held: &TokenPair) -> Result<TokenPair, CallError> {
        let request = self.http.calls.post(self.gateway.endpoint("auth/refresh"));
        let request = request.bearer_auth(held.refresh.token.expose_secret());
        let sent = self.of_session(request).await;
        tokens(sent).map_err(|error| self.scrubbed(error, [&held.refresh.token]))
    }

    async fn accept(&self, state: &mut State, tokens: TokenPair) {
        let alive = self.left(&tokens.access) > SignedDuration::ZERO;
        state.hold(tokens.clone(), Some(self.clock.now()), alive);
        self.session.keep(Some(tokens)).await;
    }

    /// A fresh sign-in, whatever is held. An open session of our own that stands in its way is ended first.
    pub(super) async fn sign_in(self: &Arc<Self>) -> Result<(), CallError> {
        let this = Arc::clone(self);
        detached(async move {
            let mut state = this.session.open().await;
            state.stuck = None;
            let mut outcome = this.log_in(&mut state).await;
            let in_the_way = outcome
                .as_ref()
                .is_err_and(|error| error.code() == Some(SESSION_ACTIVE));
            if in_the_way && state.held.is_some() && this.log_out(&mut state).await.is_ok() {
                outcome = this.log_in(&mut state).await;
            }
            this.session.end_round(&mut state, &outcome);
            outcome
        })
        .await
    }

    /// Ends the session, if there is one.
    pub(super) async fn sign_out(self: &Arc<Self>) -> Result<(), CallError> {
        let this = Arc::clone(self);
        detached(async move {
            let mut state = this.session.open().await;
            this.log_out(&mut state).await
        })
        .await
    }

    async fn log_out(&self, state: &mut State) -> Result<(), CallError> {
        let Some(held) = &state.held else {
            return Ok(());
        };
        let request = self.http.calls.post(self.gateway.endpoint("auth/logout"));
        let request = request.bearer_auth(held.tokens.access.token.expose_secret());
        match reply::accepted(self.of_session(request).await) {
            Ok(_) => {}
            // A token that the gateway no longer takes: renewed, it can still end the session; refused, it is over.
            Err(error) if error.http() == Some(401) => match self.refresh(&held.tokens).await {
                Ok(tokens) => {
                    let request = self.http.calls.post(self.gateway.endpoint("auth/logout"));
                    let request = request.bearer_auth(tokens.access.token.expose_secret());
                    self.accept(state, tokens).await;
                    reply::accepted(self.of_session(request).await)?;
                }
                Err(error) if error.http() == Some(401) => {}
                Err(error) => return Err(error),
            },
            Err(error) => return Err(self.scrubbed(error, [&held.tokens.access.token])),
        }
        state.held = None;
        self.session.keep(None).await;
        Ok(())
    }

    /// Takes the secrets of a call out of the gateway's words, should it ever repeat them.
    pub(super) fn scrubbed<const N: usize>(&self, error: CallError, sent: [&SecretString; N]) -> CallError {
        let CallError::Rejected {
            http,
            code,
            mut message,
        } = error
        else {
            return error;
        };
        for secret in sent
            .into_iter()
            .chain([&self.credentials.password])
            .map(ExposeSecret::expose_secret)
        {
            if !secret.is_empty() {
                message = message.replace(secret, "[redacted]");
            }
        }
        CallError::Rejected { http, code, message }
    }
}

/// The tokens in an answer.
fn tokens(sent: Result<super::http::Answer, super::http::Fault>) -> Result<TokenPair, CallError> {
    let wire: TokenPairWire = reply::of_call(sent)?;
    TokenPair::try_from(wire).map_err(|_| CallError::Unreadable {
        detail: "a token's expiresAt is not a time with an offset".to_owned(),
    })
}

/// A definite no to a token, after which asking with it again is no use.
fn is_refusal(error: &CallError) -> bool {
    matches!(error.http(), Some(400 | 401 | 403 | 404))
}

fn no_tokens() -> CallError {
    let meaning = codes::error(40124).map_or("Nobody is signed in.", |row| row.meaning);
    CallError::Unreadable {
        detail: meaning.to_owned(),
    }
}

/// Runs to its end even when whoever waits for it goes away.
async fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, CallError>> + Send + 'static,
) -> Result<T, CallError> {
    let ended = tokio::spawn(work).await;
    ended.unwrap_or_else(|_| {
        Err(CallError::Unreachable {
            detail: "the program is shutting down".to_owned(),
        })
    })
}
