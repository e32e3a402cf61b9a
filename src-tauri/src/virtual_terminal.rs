//! Virtual terminals in windows of their own, in training: while one is open, its terminal waits for the trainee, who is
//! the customer, in place of approving by itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use cloudecr_simulator::{Leg, Manner, Outcome, Screen, ScriptError, Step};
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};
use till::TillError;
use tokio::sync::watch;

use crate::app::{App, Session, blocking};
use crate::error::{CommandError, ErrorCode};
use crate::view::virtual_terminal::{Around, TerminalAct, VirtualTerminalView};
use crate::window::PRIVATE;

/// How the windows' labels begin, before the terminal's ID; their capability names them so.
const LABEL: &str = "terminal-";
/// How long a terminal works, in milliseconds: long enough to see that it does.
const WORKS: u64 = 700;
/// How late an answer comes that comes late, in milliseconds: far within the till's own limit.
const LATE: u64 = 20_000;

/// By terminal, what tells its window of what it shows. A channel does not say that its window is gone.
#[derive(Default)]
pub(crate) struct Tellers(Mutex<HashMap<String, JoinHandle<()>>>);

impl Tellers {
    /// From now on this one tells the terminal's window, and no other one.
    fn put(&self, id: &str, teller: JoinHandle<()>) {
        if let Some(before) = self.all().insert(id.to_owned(), teller) {
            before.abort();
        }
    }

    /// The terminal's window is gone.
    fn end(&self, id: &str) {
        if let Some(teller) = self.all().remove(id) {
            teller.abort();
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, JoinHandle<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The terminal that a window is about.
pub(crate) fn of_window(label: &str) -> Option<&str> {
    label.strip_prefix(LABEL)
}

/// Opens a terminal's window, or brings it to the front.
pub(crate) fn open(handle: &AppHandle, session: &Session, id: &str) -> Result<(), CommandError> {
    let training = session.training()?;
    // What a label may hold; the simulator's own terminals are called so.
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if !id.chars().all(is_plain) {
        return Err(unknown(id));
    }
    training.simulator().attend(id, true).map_err(refused)?;
    let label = format!("{LABEL}{id}");
    if let Some(window) = handle.get_webview_window(&label) {
        window.unminimize()?;
        return Ok(window.set_focus()?);
    }
    let built = WebviewWindowBuilder::new(handle, label, WebviewUrl::App("terminal.html".into()))
        .title(id)
        .inner_size(860.0, 760.0)
        .min_inner_size(640.0, 400.0)
        .incognito(PRIVATE)
        .build();
    if let Err(error) = built {
        training.simulator().attend(id, false).map_err(refused)?;
        return Err(error.into());
    }
    Ok(())
}

/// A terminal's window is gone: what waits there is cancelled, and the terminal goes on by itself.
pub(crate) fn closed(handle: &AppHandle, label: &str) {
    let Some(id) = of_window(label).map(str::to_owned) else {
        return;
    };
    handle.state::<Tellers>().end(&id);
    let (handle, label) = (handle.clone(), label.to_owned());
    tauri::async_runtime::spawn(async move {
        // Opened again meanwhile, it has its trainee.
        if handle.get_webview_window(&label).is_some() {
            return;
        }
        if let Ok(session) = handle.state::<App>().session().await
            && let Ok(training) = session.training()
            && let Err(error) = training.simulator().attend(&id, false)
        {
            log::warn!("training: {error}");
        }
    });
}

/// Closes every terminal's window: training is over, or the program ends.
pub(crate) fn close_all(handle: &AppHandle) {
    for (label, window) in handle.webview_windows() {
        if of_window(&label).is_some()
            && let Err(error) = window.destroy()
        {
            log::warn!("a virtual terminal does not close: {error}");
        }
    }
}

/// Tells a window what its terminal shows, now and after each change, until the window is gone.
pub(crate) fn follow(
    handle: &AppHandle,
    session: &Arc<Session>,
    id: &str,
    channel: Channel<VirtualTerminalView>,
) -> Result<(), CommandError> {
    let screen = session.training()?.simulator().screen(id).map_err(refused)?;
    let commits = session.till.store().commits_to_show();
    let teller = tell(Arc::downgrade(session), id.to_owned(), channel, screen, commits);
    handle
        .state::<Tellers>()
        .put(id, tauri::async_runtime::spawn(teller));
    Ok(())
}

async fn tell(
    session: Weak<Session>,
    id: String,
    channel: Channel<VirtualTerminalView>,
    mut screen: watch::Receiver<Screen>,
    mut commits: watch::Receiver<u64>,
) {
    let mut told = None;
    loop {
        let Some(session) = session.upgrade() else { return };
        let (shown, terminal) = (screen.borrow_and_update().clone(), id.clone());
        commits.mark_unchanged();
        let view = match blocking(move || view(&session, terminal, &shown)).await {
            Ok(view) => view,
            Err(error) => return log::error!("a virtual terminal cannot be shown: {}", error.message),
        };
        if told.as_ref() != Some(&view) {
            if channel.send(view.clone()).is_err() {
                return;
            }
            told = Some(view);
        }
        let changed = tokio::select! {
            changed = screen.changed() => changed,
            changed = commits.changed() => changed,
        };
        if changed.is_err() {
            return;
        }
    }
}

fn view(session: &Session, id: String, screen: &Screen) -> Result<VirtualTerminalView, TillError> {
    let store = session.till.store();
    let settings = store.store_settings()?.ok_or(TillError::NotSetUp)?;
    let plugged = session.training().is_ok_and(|training| training.is_plugged(&id));
    let named = session.till.terminals()?.rows;
    let name = named
        .into_iter()
        .find(|(row, _)| row.id == id)
        .map(|(row, _)| row.name);
    let around = Around {
        name: name.unwrap_or_default(),
        id,
        store_name: settings.name,
        currency: settings.currency,
        theme: store.theme()?.into(),
        language: store.language()?.into(),
        plugged,
    };
    Ok(VirtualTerminalView::new(around, screen))
}

/// Does what the trainee does at a terminal.
pub(crate) fn act(session: &Session, id: &str, act: TerminalAct) -> Result<(), CommandError> {
    let simulator = session.training()?.simulator();
    let done = match act {
        TerminalAct::Unplug => simulator.plug(id, false),
        TerminalAct::PlugIn => simulator.plug(id, true),
        TerminalAct::Tap => simulator.decide(id, paid_with("visa")),
        TerminalAct::Insert => simulator.decide(id, paid_with("myDebit")),
        TerminalAct::PayWithApp | TerminalAct::Confirm => simulator.decide(id, works(Outcome::Approve)),
        TerminalAct::NoFunds => simulator.decide(id, works(Outcome::Decline)),
        TerminalAct::WrongPin => simulator.decide(id, declined("55")),
        TerminalAct::Expired => simulator.decide(id, declined("54")),
        TerminalAct::OverLimit => simulator.decide(id, declined("61")),
        TerminalAct::DoNotHonour => simulator.decide(id, declined("05")),
        TerminalAct::Cancel => simulator.decide(id, Step::of(Outcome::Cancel)),
        TerminalAct::LoseCharged => simulator.decide(id, losing(Leg::GatewayToPos, Manner::Reset)),
        TerminalAct::LoseNotCharged => simulator.decide(id, losing(Leg::TerminalToAcquirer, Manner::Reset)),
        TerminalAct::AnswerLate => {
            simulator.decide(id, losing(Leg::GatewayToPos, Manner::Late { delay_ms: LATE }))
        }
    };
    done.map_err(refused)
}

fn works(outcome: Outcome) -> Step {
    Step {
        delay_ms: Some(WORKS),
        ..Step::of(outcome)
    }
}

fn paid_with(card: &str) -> Step {
    Step {
        pays_with: Some(card.to_owned()),
        ..works(Outcome::Approve)
    }
}

fn declined(code: &str) -> Step {
    Step {
        response_code: Some(code.to_owned()),
        ..works(Outcome::Decline)
    }
}

fn losing(at: Leg, how: Manner) -> Step {
    Step {
        delay_ms: Some(WORKS),
        ..Step::losing(at, how)
    }
}

fn unknown(id: &str) -> CommandError {
    refused(ScriptError::UnknownTerminal(id.to_owned()))
}

fn refused(error: ScriptError) -> CommandError {
    let code = match &error {
        ScriptError::UnknownTerminal(_) => ErrorCode::UnknownTerminal,
        ScriptError::NothingWaits => ErrorCode::NothingWaits,
        ScriptError::UnknownCall(_) | ScriptError::UnknownName(_) | ScriptError::Malformed(_) => {
            ErrorCode::Internal
        }
    };
    CommandError::new(code, error)
}
