//! Terminals: list, names, choice; in training, what their customers do.

use std::sync::Arc;

use tauri::State;
use till::TillError;

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::events;
use crate::present;
use crate::training::Training;
use crate::view::last::LastSeenView;
use crate::view::{ScriptView, TerminalsView};

/// The terminals as last known.
#[tauri::command]
pub(crate) async fn terminals(app: State<'_, App>) -> Result<TerminalsView, CommandError> {
    let session = app.session().await?;
    blocking(move || Ok::<_, TillError>(present::terminals(&session, session.till.terminals()?))).await
}

/// Asks the gateway for its terminals; where it cannot be asked, what was known and why.
#[tauri::command]
pub(crate) async fn refresh_terminals(app: State<'_, App>) -> Result<TerminalsView, CommandError> {
    let session = app.session().await?;
    match session.till.refresh_terminals().await {
        Ok(terminals) => Ok(present::terminals(&session, terminals)),
        Err(error) => {
            let known = present::terminals(&session, session.till.terminals()?);
            Ok(TerminalsView {
                problem: Some(error.into()),
                ..known
            })
        }
    }
}

/// Gives a terminal the merchant's own name.
#[tauri::command]
pub(crate) async fn name_terminal(
    app: State<'_, App>,
    id: String,
    name: String,
) -> Result<TerminalsView, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        Ok::<_, TillError>(present::terminals(
            &session,
            session.till.name_terminal(&id, &name)?,
        ))
    })
    .await
}

/// Chooses the terminal of this till.
#[tauri::command]
pub(crate) async fn choose_terminal(app: State<'_, App>, id: String) -> Result<TerminalsView, CommandError> {
    let session = app.session().await?;
    let chosen = Arc::clone(&session);
    let view = blocking(move || {
        Ok::<_, TillError>(present::terminals(&session, session.till.choose_terminal(&id)?))
    });
    let view = view.await?;
    tauri::async_runtime::spawn(async move { events::learn_terminal(&chosen).await });
    Ok(view)
}

/// Says whether another till may use a terminal too.
#[tauri::command]
pub(crate) async fn share_terminal(
    app: State<'_, App>,
    id: String,
    shared: bool,
) -> Result<TerminalsView, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        Ok::<_, TillError>(present::terminals(
            &session,
            session.till.share_terminal(&id, shared)?,
        ))
    })
    .await
}

/// What the customer at a virtual terminal can do.
#[tauri::command]
pub(crate) async fn scripts() -> Result<Vec<ScriptView>, CommandError> {
    Ok(Training::scripts())
}

/// Tells the customer at a virtual terminal what to do next.
#[tauri::command]
pub(crate) async fn set_script(
    app: State<'_, App>,
    terminal_id: String,
    name: String,
) -> Result<TerminalsView, CommandError> {
    let session = app.session().await?;
    session.till.require()?;
    session.training()?.set_script(&terminal_id, &name)?;
    blocking(move || Ok::<_, TillError>(present::terminals(&session, session.till.terminals()?))).await
}

/// Asks a terminal what it did last. Where it cannot be had, the answer says why.
#[tauri::command]
pub(crate) async fn last_transaction(app: State<'_, App>, id: String) -> Result<LastSeenView, CommandError> {
    let session = app.session().await?;
    let seen = session.till.last_transaction(&id).await?;
    blocking(move || present::last_seen(&session.till, seen)).await
}
