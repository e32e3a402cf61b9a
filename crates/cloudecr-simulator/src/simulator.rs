//! The simulator itself: the handle that the HTTP side, tests and a program that runs it inside itself share.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

use cloudecr::{Clock, Credentials, SecretKey};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::sync::watch;

use crate::{
    binding::BindError,
    book::Entry,
    calls::Call,
    config::{AccountStatus, Config},
    failure::Failure,
    rate::RatePer,
    script::{Script, ScriptError},
    signer::Signer,
    spelling::Spelling,
    state::State,
    step::{OtherSales, Step},
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
    /// By how many seconds the gateway's clock is ahead of `clock`.
    offset: AtomicI64,
    /// How often the gateway has restarted.
    restarts: watch::Sender<u64>,
    state: Mutex<State>,
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
            offset: AtomicI64::new(0),
            restarts: watch::Sender::new(0),
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

    /// How every terminal that is bound is now.
    #[must_use]
    pub fn terminals(&self) -> Vec<TerminalState> {
        self.terminals_that(true)
    }

    /// How every terminal that is bound to nobody is now.
    #[must_use]
    pub fn unbound_terminals(&self) -> Vec<TerminalState> {
        self.terminals_that(false)
    }

    fn terminals_that(&self, are_bound: bool) -> Vec<TerminalState> {
        self.with(|state| {
            let those = state
                .terminals
                .iter()
                .filter(|terminal| terminal.is_bound() == are_bound);
            those.map(|terminal| terminal.state()).collect()
        })
    }

    /// Binds a virtual terminal, as if somebody scanned or typed a key at it; without a key, as if it was switched
    /// on while it is on an account's prebind list. Gives the account that it is bound to now. One that is bound to
    /// that account already stays so.
    ///
    /// # Errors
    /// Why it cannot be bound; nothing has changed then.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use cloudecr_simulator::{BindError, Config, Simulator};
    ///
    /// let simulator = Simulator::new(Config::default(), Arc::new(cloudecr::SystemClock));
    /// assert_eq!(simulator.bind("VT-0004", Some("made-up")), Err(BindError::UnknownKey));
    /// assert_eq!(simulator.bind("VT-0004", None), Err(BindError::NotPrebound));
    /// ```
    pub fn bind(&self, terminal_id: &str, key: Option<&str>) -> Result<String, BindError> {
        let now = self.now();
        self.with(|state| state.bind(self.config(), terminal_id, key, now))
    }

    /// Ends a terminal's binding, as if somebody did so at the terminal: no account sees it any more.
    ///
    /// # Errors
    /// Why it cannot be; nothing has changed then.
    pub fn unbind(&self, terminal_id: &str) -> Result<(), BindError> {
        self.with(|state| state.unbind(terminal_id))
    }

    /// Replaces what a terminal does next. A transfer that it is working on is not changed.
    ///
    /// # Errors
    /// [`ScriptError::UnknownTerminal`].
    pub fn set_script(&self, terminal_id: &str, script: Script) -> Result<(), ScriptError> {
        self.at(terminal_id, |state, place| {
            state.terminals[place].set_script(script)
        })
    }

    /// Replaces what the next questions to a terminal (getLast, walletInquiry, print) meet. Without steps it answers
    /// them truthfully.
    ///
    /// # Errors
    /// [`ScriptError::UnknownTerminal`], or [`ScriptError::Malformed`] for a step that only a money-moving transfer
    /// can meet.
    pub fn set_inquiry_script(&self, terminal_id: &str, script: Script) -> Result<(), ScriptError> {
        script.steps().try_for_each(Step::check_question)?;
        self.at(terminal_id, |state, place| {
            state.terminals[place].set_inquiry_script(script);
        })
    }

    /// Replaces what the next calls of one kind meet, in order. Without steps they are answered as usual.
    ///
    /// # Errors
    /// [`ScriptError::Malformed`] for a step that only a terminal can meet.
    pub fn set_call_script(&self, call: Call, script: Script) -> Result<(), ScriptError> {
        script.steps().try_for_each(Step::check_call)?;
        self.with(|state| state.set_call_script(call, script));
        Ok(())
    }

    /// How many scripted steps a call has left.
    #[must_use]
    pub fn queued_calls(&self, call: Call) -> usize {
        self.with(|state| state.queued_calls(call))
    }

    /// Sets how an account stands from now on: one that is not active can do nothing, signed in or not. Says whether
    /// there is such an account.
    pub fn set_account_status(&self, pos_id: &str, status: AccountStatus) -> bool {
        let mut accounts = self.config().accounts.iter();
        let is_known = accounts.any(|account| account.pos_id == pos_id);
        if is_known {
            self.with(|state| state.accounts.insert(pos_id.to_owned(), status));
        }
        is_known
    }

    /// Sets how values are written from now on that are seen in more than one form.
    pub fn set_spelling(&self, spelling: Spelling) {
        self.with(|state| state.spelling = spelling);
    }

    /// How they are written now.
    #[must_use]
    pub fn spelling(&self) -> Spelling {
        self.with(|state| state.spelling)
    }

    /// Lets the acquirer change its mind now about every transfer of a terminal whose step said that it will
    /// ([`Later`](crate::Later)). Gives how many those were.
    ///
    /// # Errors
    /// [`ScriptError::UnknownTerminal`].
    pub fn turn_now(&self, terminal_id: &str) -> Result<usize, ScriptError> {
        self.at(terminal_id, State::turn_all)
    }

    /// Has another till take sales on a terminal, now.
    ///
    /// # Errors
    /// [`ScriptError::UnknownTerminal`], or [`ScriptError::Malformed`] without an amount or for one that is none.
    pub fn take_other_sales(&self, terminal_id: &str, sales: &OtherSales) -> Result<(), ScriptError> {
        let problem = sales
            .problem()
            .or_else(|| sales.amount.is_none().then_some("other sales need an \"amount\""));
        if let Some(problem) = problem {
            return Err(ScriptError::Malformed(problem.to_owned()));
        }
        let now = self.terminal_now();
        self.at(terminal_id, |state, place| {
            state.take_other_sales(place, sales, None, now);
        })
    }

    /// Ends every session of one account, or of all, as if somebody had signed it out elsewhere: its tokens are
    /// invalid (40120, 40121) from now on.
    pub fn end_sessions(&self, pos_id: Option<&str>) {
        self.with(|state| state.sessions.end(pos_id));
    }

    /// Restarts the gateway: transfers that wait for an answer lose their connection, and all sessions and request
    /// counts are gone. References that were used, the terminals with their scripts, and the book are kept; a
    /// terminal that works goes on.
    pub fn restart(&self) {
        self.with(|state| {
            state.sessions = Default::default();
            state.rates = Default::default();
        });
        self.0
            .restarts
            .send_modify(|restarts| *restarts = restarts.wrapping_add(1));
    }

    /// Sets by how many seconds the gateway's clock is ahead (or, negative, behind): in the `Date` header, for the
    /// check of `datetime`, and for tokens. The terminals' clocks stay right.
    pub fn set_clock_offset(&self, seconds: i64) {
        self.0.offset.store(seconds, Ordering::Relaxed);
    }

    /// The gateway's time.
    pub(crate) fn now(&self) -> Timestamp {
        let offset = SignedDuration::from_secs(self.0.offset.load(Ordering::Relaxed));
        let right = self.terminal_now();
        right.saturating_add(offset).unwrap_or(right)
    }

    /// The terminals' and the acquirer's time.
    pub(crate) fn terminal_now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// What requests and answers are signed with.
    pub(crate) fn signer(&self) -> Signer<'_> {
        Signer {
            key: &self.0.key,
            rule: self.0.config.signature_rule,
        }
    }

    /// Waits until the gateway restarts, from the moment of this call on.
    pub(crate) fn restarted(&self) -> impl Future<Output = ()> + use<> {
        let mut restarts = self.0.restarts.subscribe();
        async move {
            // A simulator that is gone will not restart any more.
            if restarts.changed().await.is_err() {
                std::future::pending().await
            }
        }
    }

    pub(crate) fn at<T>(
        &self,
        terminal_id: &str,
        use_it: impl FnOnce(&mut State, usize) -> T,
    ) -> Result<T, ScriptError> {
        self.with(|state| {
            let place = state
                .place(terminal_id)
                .ok_or_else(|| ScriptError::UnknownTerminal(terminal_id.to_owned()))?;
            Ok(use_it(state, place))
        })
    }

    /// Looks at or changes the state. Never held over an await.
    pub(crate) fn with<T>(&self, use_it: impl FnOnce(&mut State) -> T) -> T {
        // A panic elsewhere would be a bug of the simulator; the book is still the best truth there is.
        use_it(&mut self.0.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The account of an access token, with one request counted on it.
    pub(crate) fn authorize(&self, token: Option<&str>) -> Result<String, Failure> {
        let now = self.now();
        let account = self.with(|state| {
            let account = state.sessions.account(token, now)?;
            state.standing(&account).must_be_active()?;
            Ok(account)
        })?;
        self.count(RatePer::Account, &account)?;
        Ok(account)
    }

    /// Counts one request of this account or address, if that is what is counted, or refuses it.
    pub(crate) fn count(&self, per: RatePer, who: &str) -> Result<(), Failure> {
        let rule = self.0.config.rate_rule;
        if !self.0.config.rate_limit || rule.per != per {
            return Ok(());
        }
        let now = self.now();
        self.with(|state| state.rates.count(who, rule, now))
    }
}
