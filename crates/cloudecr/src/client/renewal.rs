//! How a session is renewed, begun and ended, whatever answers get lost on the way.

use std::sync::{Arc, atomic::Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};

use super::{
    Inner,
    http::{Answer, Fault},
    reply,
    session::{LAST_MOMENT, Need, State, detached},
};
use crate::{CallError, LoginRequest, TokenPair, TokenPairWire};

/// A token with less to live than this is renewed by [`Inner::keep_alive`], while it can still end its session.
const AGING: SignedDuration = SignedDuration::from_mins(5);

/// The codes of a sign-in that must not be repeated unchanged.
const STICKING: [u32; 2] = [40125, 42930];

/// A sign-in is refused because another session of the account is open.
const SESSION_ACTIVE: u32 = 40314;

impl Inner {
    /// Renews the session, or signs in when it is over.
    pub(super) async fn renew(&self, state: &mut State, need: Need) -> Result<(), CallError> {
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

    /// Renews the session or signs in, with the password that was rejected before if need be. No session that a transfer is
    /// on its way with is ended for it.
    pub(super) async fn sign_in_again(self: &Arc<Self>) -> Result<(), CallError> {
        let this = Arc::clone(self);
        detached(async move {
            let mut state = this.session.open().await;
            state.stuck = None;
            let outcome = this.renew(&mut state, Need::Lasting(Duration::ZERO)).await;
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
pub(super) fn tokens(sent: Result<Answer, Fault>) -> Result<TokenPair, CallError> {
    let wire: TokenPairWire = reply::of_call(sent)?;
    TokenPair::try_from(wire).map_err(|_| CallError::Unreadable {
        detail: "a token's expiresAt is not a time with an offset".to_owned(),
    })
}

/// A definite no to a token, after which asking with it again is no use.
fn is_refusal(error: &CallError) -> bool {
    matches!(error.http(), Some(400 | 401 | 403 | 404))
}
