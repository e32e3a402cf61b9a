//! Training's virtual terminals: opening one, and what the trainee does at it. A terminal's window speaks for its own
//! terminal only.

use tauri::ipc::Channel;
use tauri::{AppHandle, State, WebviewWindow};
use till::TillError;

use crate::app::App;
use crate::error::{CommandError, ErrorCode};
use crate::view::virtual_terminal::{TerminalAct, VirtualTerminalView};
use crate::virtual_terminal;

/// Opens the window of the terminal that this till uses.
#[tauri::command]
pub(crate) async fn open_terminal(app: State<'_, App>, handle: AppHandle) -> Result<(), CommandError> {
    let session = app.session().await?;
    session.till.require()?;
    let chosen = session.till.terminals()?.chosen;
    virtual_terminal::open(&handle, &session, &chosen.ok_or(TillError::NoTerminalChosen)?)
}

/// What the window's terminal shows, now and after each change, on the channel.
#[tauri::command]
pub(crate) async fn virtual_terminal(
    app: State<'_, App>,
    handle: AppHandle,
    window: WebviewWindow,
    channel: Channel<VirtualTerminalView>,
) -> Result<(), CommandError> {
    virtual_terminal::follow(&handle, &app.session().await?, terminal(&window)?, channel)
}

/// What the trainee does at the window's terminal.
#[tauri::command]
pub(crate) async fn at_terminal(
    app: State<'_, App>,
    window: WebviewWindow,
    act: TerminalAct,
) -> Result<(), CommandError> {
    virtual_terminal::act(&*app.session().await?, terminal(&window)?, act)
}

fn terminal(window: &WebviewWindow) -> Result<&str, CommandError> {
    virtual_terminal::of_window(window.label())
        .ok_or_else(|| CommandError::new(ErrorCode::UnknownTerminal, "this window is no virtual terminal"))
}
