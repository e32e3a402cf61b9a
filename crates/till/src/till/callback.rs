//! The listener for answers by callback: whether there is one, on which address, and how it fares.
//!
//! It can fail at any time (the port is taken, the network is not up yet) and never stops the till: the failure is
//! shown, and the address is tried again by itself.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use cloudecr::callback::{Callback, CallbackLimits, CallbackReceiver, CallbackRefusal, serve};
use cloudecr::{Client, Clock};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Till, TillError};
use crate::checkout::Checkout;
use crate::store::{CallbackSettings, EntryKind, NewEntry};

/// The longest path, in characters.
const PATH_LIMIT: usize = 100;
/// How soon an address that could not be had is tried again: a network that comes up late is a matter of seconds.
const TRY_AGAIN: Duration = Duration::from_secs(30);
/// Who sends rubbish must not fill the log with it: one line about refusals in this time.
const BETWEEN_LINES: SignedDuration = SignedDuration::from_secs(10);

/// Why nothing is listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackProblem {
    /// Another program has the port.
    PortInUse,
    /// The address is not one of this machine's, or not yet.
    NotOurAddress,
    /// The system does not allow it, as with ports below 1024.
    NotAllowed,
    /// Something else, in the system's words.
    Other,
}

/// How the listener fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallbackState {
    /// Nobody wants it.
    Off,
    /// It is about to listen.
    Starting,
    /// It listens here.
    Listening(SocketAddr),
    /// It does not, and tries again by itself.
    Failed {
        /// Why.
        problem: CallbackProblem,
        /// The system's words.
        detail: String,
    },
}

/// The listener as Settings show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackReport {
    /// What was set.
    pub settings: CallbackSettings,
    /// How it fares.
    pub state: CallbackState,
    /// Answers that were taken in since the till was opened.
    pub taken: u32,
    /// Requests that were refused since then.
    pub refused: u32,
    /// The latest of those: when, and why.
    pub last_refusal: Option<(Timestamp, CallbackRefusal)>,
}

/// The till's listener, if it has one.
pub(super) struct Callbacks {
    receiver: Arc<Receiver>,
    state: watch::Sender<CallbackState>,
    task: tokio::sync::Mutex<Option<JoinHandle<()>>>,
}

/// Who the callbacks are for. It asks for the account each time, so that a change of it needs nothing here.
struct Receiver {
    checkout: Arc<RwLock<Option<Checkout>>>,
    clock: Arc<dyn Clock>,
    tally: Mutex<Tally>,
}

#[derive(Default)]
struct Tally {
    taken: u32,
    refused: u32,
    last_refusal: Option<(Timestamp, CallbackRefusal)>,
    /// When the log last had a line about refusals, and how many it had none for since.
    logged: Option<(Timestamp, u32)>,
}

impl Callbacks {
    pub(super) fn new(checkout: Arc<RwLock<Option<Checkout>>>, clock: Arc<dyn Clock>) -> Self {
        let receiver = Receiver {
            checkout,
            clock,
            tally: Mutex::default(),
        };
        Self {
            receiver: Arc::new(receiver),
            state: watch::Sender::new(CallbackState::Off),
            task: tokio::sync::Mutex::default(),
        }
    }

    /// Listens as `settings` say, and no longer as it did before. Comes back when it is known whether it works.
    async fn apply(&self, settings: &CallbackSettings) -> Result<(), TillError> {
        let mut task = self.task.lock().await;
        if let Some(before) = task.take() {
            before.abort();
            // Its port is free once it has ended; that it was cancelled is no news.
            let _ = before.await;
        }
        if !settings.on {
            self.state.send_replace(CallbackState::Off);
            return Ok(());
        }
        let address = address(&settings.address)?;
        self.state.send_replace(CallbackState::Starting);
        let mut known = self.state.subscribe();
        let (path, receiver) = (settings.path.clone(), Arc::clone(&self.receiver));
        *task = Some(tokio::spawn(listen(address, path, receiver, self.state.clone())));
        // The sender is this one's own, so the wait cannot fail.
        let _ = known.wait_for(|state| *state != CallbackState::Starting).await;
        Ok(())
    }
}

impl Drop for Callbacks {
    fn drop(&mut self) {
        if let Some(task) = self.task.get_mut().take() {
            task.abort();
        }
    }
}

/// Listens until it is stopped, and tries again while the address cannot be had.
async fn listen(
    address: SocketAddr,
    path: String,
    receiver: Arc<Receiver>,
    state: watch::Sender<CallbackState>,
) {
    loop {
        let listener = match TcpListener::bind(address).await {
            Ok(listener) => listener,
            Err(error) => {
                log::warn!("callbacks cannot be listened for at {address}: {error}");
                state.send_replace(CallbackState::Failed {
                    problem: problem(&error),
                    detail: error.to_string(),
                });
                tokio::time::sleep(TRY_AGAIN).await;
                continue;
            }
        };
        log::info!("callbacks are listened for at {address}");
        state.send_replace(CallbackState::Listening(listener.local_addr().unwrap_or(address)));
        serve(
            listener,
            path.clone(),
            CallbackLimits::default(),
            Arc::clone(&receiver),
        )
        .await;
    }
}

fn problem(error: &io::Error) -> CallbackProblem {
    if error.kind() == io::ErrorKind::AddrInUse {
        CallbackProblem::PortInUse
    } else if error.kind() == io::ErrorKind::AddrNotAvailable {
        CallbackProblem::NotOurAddress
    } else if error.kind() == io::ErrorKind::PermissionDenied {
        CallbackProblem::NotAllowed
    } else {
        CallbackProblem::Other
    }
}

impl Receiver {
    fn checkout(&self) -> Option<Checkout> {
        self.checkout
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn tally<T>(&self, change: impl FnOnce(&mut Tally) -> T) -> T {
        change(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl CallbackReceiver for Receiver {
    fn client(&self) -> Option<Client> {
        self.checkout().map(|checkout| checkout.client().clone())
    }

    async fn take(&self, callback: Callback) -> Result<(), CallbackRefusal> {
        let checkout = self.checkout().ok_or(CallbackRefusal::NotKept)?;
        // In a task of its own: a sender that hangs up must not leave what was committed untold.
        let taken = tokio::spawn(async move { checkout.called_back(&callback).await });
        match taken.await {
            Ok(Ok(())) => {
                self.tally(|tally| tally.taken = tally.taken.saturating_add(1));
                Ok(())
            }
            Ok(Err(error)) => {
                log::error!("an answer by callback could not be kept: {error}");
                Err(CallbackRefusal::NotKept)
            }
            Err(_) => Err(CallbackRefusal::NotKept),
        }
    }

    fn refused(&self, from: SocketAddr, refusal: CallbackRefusal) {
        let now = self.clock.now();
        let unsaid = self.tally(|tally| {
            tally.refused = tally.refused.saturating_add(1);
            tally.last_refusal = Some((now, refusal));
            match &mut tally.logged {
                Some((at, unsaid)) if now.duration_since(*at).abs() < BETWEEN_LINES => {
                    *unsaid = unsaid.saturating_add(1);
                    None
                }
                logged => logged
                    .replace((now, 0))
                    .map_or(Some(0), |(_, unsaid)| Some(unsaid)),
            }
        });
        if let Some(unsaid) = unsaid {
            log::warn!("a callback from {from} was refused: {refusal} ({unsaid} more since the last line)");
        }
    }
}

impl Till {
    /// Starts listening for callbacks if somebody has switched that on. Call it once, after the till was recovered; a
    /// listener that fails says so in [`Self::callback`].
    ///
    /// # Errors
    /// When the settings cannot be read, or are not fit for this till.
    pub async fn start_callback(&self) -> Result<(), TillError> {
        let settings = self.valid_callback(self.store.callback_settings()?)?;
        self.callbacks.apply(&settings).await
    }

    /// What was set about callbacks, and how their listener fares. Looking does not count as being there.
    ///
    /// # Errors
    /// When no manager is signed in or the store fails.
    pub fn callback(&self) -> Result<CallbackReport, TillError> {
        self.manager_looks()?;
        let settings = self.store.callback_settings()?;
        let state = self.callbacks.state.borrow().clone();
        Ok(self.callbacks.receiver.tally(|tally| CallbackReport {
            settings,
            state,
            taken: tally.taken,
            refused: tally.refused,
            last_refusal: tally.last_refusal,
        }))
    }

    /// Sets whether, and where, answers by callback are listened for, and does so at once. A port that cannot be had is
    /// in the report.
    ///
    /// # Errors
    /// When no manager is signed in, the address or the path does not do, or the store fails.
    pub async fn save_callback(&self, settings: CallbackSettings) -> Result<CallbackReport, TillError> {
        let manager = self.require_manager()?;
        let settings = self.valid_callback(settings)?;
        self.store.save_callback_settings(&settings)?;
        let entry = NewEntry {
            kind: EntryKind::Settings,
            at: self.clock.now(),
            staff: Some(manager.id),
            body: json!({ "did": "changed where callbacks are listened for", "on": settings.on,
                          "address": settings.address, "path": settings.path }),
        };
        self.store.note(None, &entry)?;
        self.callbacks.apply(&settings).await?;
        self.callback()
    }

    fn valid_callback(&self, settings: CallbackSettings) -> Result<CallbackSettings, TillError> {
        let address = address(&settings.address)?;
        if self.training && settings.on && !address.ip().is_loopback() {
            return Err(TillError::CallbackInTraining);
        }
        Ok(CallbackSettings {
            on: settings.on,
            address: address.to_string(),
            path: path(&settings.path)?,
        })
    }
}

/// An address with a port. A name would have to be looked up, and could be another machine's tomorrow.
fn address(text: &str) -> Result<SocketAddr, TillError> {
    let text = text.trim();
    let text = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    let address: SocketAddr = text.parse().map_err(|_| TillError::CallbackAddress)?;
    // Port 0 is any free one, which nobody could call.
    (address.port() != 0)
        .then_some(address)
        .ok_or(TillError::CallbackAddress)
}

/// A path of plain characters, so that no proxy on the way writes it differently.
fn path(text: &str) -> Result<String, TillError> {
    let text = text.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
    let fits = text.starts_with('/') && text.len() <= PATH_LIMIT && text.chars().all(plain);
    fits.then(|| text.to_owned()).ok_or(TillError::CallbackPath)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_of_a_machine_with_a_port() {
        for good in ["127.0.0.1:8480", " 0.0.0.0:443 ", "[::1]:8480", "localhost:1"] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "8480",
            "127.0.0.1",
            "127.0.0.1:0",
            "127.0.0.1:70000",
            "till.example:8480",
            "http://127.0.0.1:1",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_path_is_plain() {
        for good in ["/", "/callback", "/a/b-c_d.e~f"] {
            assert!(path(good).is_ok(), "{good}");
        }
        let long = format!("/{}", "x".repeat(PATH_LIMIT));
        for bad in ["", "callback", "/a b", "/a?b", "/%41", "/\u{e9}", long.as_str()] {
            assert!(path(bad).is_err(), "{bad}");
        }
    }
}
