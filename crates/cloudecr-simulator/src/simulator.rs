//! The simulator itself: the handle that the HTTP side, tests and a program that runs it inside itself share.

use std::sync::{Arc, Mutex, PoisonError};

use cloudecr::{Clock, Credentials, SecretKey, TransferResponse, signature};
use secrecy::SecretString;
use serde_json::Value;

use crate::{
    book::Entry,
    config::Config,
    failure::Failure,
    request::Transfer,
    script::{Leg, Manner, Script, ScriptError, Step},
    state::{State, Taken},
    terminal::TerminalState,
};

/// A gateway with virtual terminals and an acquirer. Clones share everything.
///
/// ```
/// use std::sync::Arc;
/// use cloudecr_simulator::{Config, Script, Simulator};
///
/// let simulator = Simulator::new(Config::default(), Arc::new(cloudecr::SystemClock));
/// simulator.set_script("VT-0001", Script::named("decline")?)?;
/// assert!(simulator.book().is_empty());
/// # Ok::<(), cloudecr_simulator::ScriptError>(())
/// ```
#[derive(Clone)]
pub struct Simulator(Arc<Inner>);

struct Inner {
    config: Config,
    key: SecretKey,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

/// How an exchange ends for the POS.
pub(crate) enum Fate {
    /// With a signed transfer response.
    Answered(Value),
    /// With an error body.
    Refused(Failure),
    /// Without an answer.
    Lost(Manner),
}

impl Simulator {
    /// A fresh simulator: empty book, nobody signed in, every terminal connected.
    #[must_use]
    pub fn new(config: Config, clock: Arc<dyn Clock>) -> Self {
        let state = Mutex::new(State::new(&config));
        let key = SecretKey::from_string(config.secret_key.clone());
        Self(Arc::new(Inner {
            config,
            key,
            clock,
            state,
        }))
    }

    /// What it was set up with.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// What a POS needs to sign in and to sign, for the first account. With no account configured, an empty name
    /// and password, which nobody can sign in with.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        let account = self.0.config.accounts.first();
        Credentials {
            pos_id: account.map(|account| account.pos_id.clone()).unwrap_or_default(),
            password: SecretString::from(
                account
                    .map(|account| account.password.clone())
                    .unwrap_or_default(),
            ),
            merchant_id: self.0.config.merchant_id.clone(),
            secret_key: SecretKey::from_string(self.0.config.secret_key.clone()),
        }
    }

    /// The acquirer's book: what really happened, in the order in which it did.
    #[must_use]
    pub fn book(&self) -> Vec<Entry> {
        self.with(|state| state.book.entries().to_vec())
    }

    /// How every terminal is now.
    #[must_use]
    pub fn terminals(&self) -> Vec<TerminalState> {
        self.with(|state| state.terminals.iter().map(|terminal| terminal.state()).collect())
    }

    /// Replaces what a terminal does next. A transfer that it is working on is not changed.
    ///
    /// # Errors
    /// [`ScriptError::UnknownTerminal`].
    pub fn set_script(&self, terminal_id: &str, script: Script) -> Result<(), ScriptError> {
        self.with(|state| {
            let place = state
                .place(terminal_id)
                .ok_or_else(|| ScriptError::UnknownTerminal(terminal_id.to_owned()))?;
            state.terminals[place].set_script(script);
            Ok(())
        })
    }

    /// The simulator's time.
    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.0.clock.now()
    }

    /// Looks at or changes the state. Never held over an await.
    pub(crate) fn with<T>(&self, use_it: impl FnOnce(&mut State) -> T) -> T {
        // A panic elsewhere would be a bug of the simulator; the book is still the best truth there is.
        use_it(&mut self.0.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The account of an access token, with one request counted on it.
    pub(crate) fn authorize(&self, token: Option<&str>) -> Result<String, Failure> {
        let now = self.now();
        self.with(|state| {
            let account = state.sessions.account(token, now)?;
            if self.0.config.rate_limit {
                state.rates.count(&account, now)?;
            }
            Ok(account)
        })
    }

    /// A whole transfer, from the bytes of the request to what the POS gets.
    pub(crate) async fn transfer(&self, token: Option<&str>, body: &[u8]) -> Fate {
        let body = serde_json::from_slice::<Value>(body);
        if let Ok(body) = &body
            && let Some(manner) = self.with(|state| state.lose_request(body))
        {
            return Fate::Lost(manner);
        }
        let taken = self.authorize(token).and_then(|account| {
            let body = body.map_err(|error| Failure::because(40031, format!("not JSON: {error}")))?;
            self.with(|state| state.take(&self.0.config, &self.0.key, &account, &body, self.now()))
        });
        match taken {
            Err(failure) => Fate::Refused(failure),
            Ok((transfer, Taken::Question(place))) => {
                self.seal(self.with(|state| state.answer_question(&self.0.config, place, &transfer)))
            }
            Ok((transfer, Taken::Work(place, step))) => self.work(transfer, place, step).await,
        }
    }

    /// Has a terminal work on a transfer, and loses what the step loses.
    async fn work(&self, transfer: Transfer, place: usize, step: Step) -> Fate {
        if let Some(manner) = step.lost_at(Leg::GatewayToTerminal) {
            return Fate::Lost(manner);
        }
        let lost = step.lose.map(|loss| loss.how);
        // In a task of its own: a terminal goes on when the POS hangs up or the gateway has waited long enough.
        let simulator = self.clone();
        let work = tokio::spawn(async move {
            let delay = step.delay(simulator.0.config.customer_delay);
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            let now = simulator.now();
            simulator.with(|state| state.act(&simulator.0.config, place, &transfer, &step, now))
        });
        let answer = tokio::time::timeout(self.0.config.terminal_limit, work).await;
        match (lost, answer) {
            (Some(manner), _) => Fate::Lost(manner),
            (None, Ok(Ok(answer))) => self.seal(answer),
            (None, Ok(Err(broken))) => Fate::Refused(Failure::because(500, broken.to_string())),
            (None, Err(_)) => Fate::Refused(Failure::of(40811)),
        }
    }

    /// Signs an answer.
    fn seal(&self, answer: Result<TransferResponse, Failure>) -> Fate {
        let sealed = answer.and_then(|answer| {
            let mut body =
                serde_json::to_value(answer).map_err(|error| Failure::because(500, error.to_string()))?;
            let signature = signature::sign(&self.0.key, &body);
            if let Some(fields) = body.as_object_mut() {
                fields.insert("signature".to_owned(), Value::String(signature));
            }
            Ok(body)
        });
        sealed.map_or_else(Fate::Refused, Fate::Answered)
    }
}
