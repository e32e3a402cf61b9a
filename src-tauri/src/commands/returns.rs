//! Returns against an old receipt, and what the history knows of cash and cards taken by hand.

use tauri::{AppHandle, State};
use till::{Pin, ReturnAsked, TillError};

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::events;
use crate::present;
use crate::view::returns::{ReturnForm, ReturnLineForm, ReturnSheetView, ReturnedView, TenderDetail};

/// What can come back of a sale, and what the chosen lines would give back.
#[tauri::command]
pub(crate) async fn return_sheet(
    app: State<'_, App>,
    ticket: i64,
    lines: Vec<ReturnLineForm>,
) -> Result<ReturnSheetView, CommandError> {
    let session = app.session().await?;
    let sheet = blocking(move || session.till.return_sheet(ticket, &chosen(lines)));
    Ok(sheet.await?.into())
}

/// Takes goods back and gives the money back, after a manager's PIN.
#[tauri::command]
pub(crate) async fn return_goods(
    handle: AppHandle,
    app: State<'_, App>,
    form: ReturnForm,
    manager_id: i64,
    pin: String,
) -> Result<ReturnedView, CommandError> {
    let session = app.session().await?;
    let pin = Pin::new(pin).map_err(TillError::from)?;
    let lines = chosen(form.lines);
    let asked = ReturnAsked {
        ticket: form.ticket,
        lines: &lines,
        amount: &form.amount,
        seen: form.newest,
        way: form.way.into(),
        portal: &form.portal,
        reason: &form.reason,
    };
    let returned = session.till.return_goods(&asked, (manager_id, &pin)).await?;
    if let Some(refund) = returned.refund() {
        events::print_by_itself(&handle, &session, refund);
    }
    blocking(move || present::returned(&session.till, returned)).await
}

/// Cash, a card taken by hand, or what a return gave back, with all that is known of it.
#[tauri::command]
pub(crate) async fn tender_detail(
    app: State<'_, App>,
    reference: String,
) -> Result<TenderDetail, CommandError> {
    let session = app.session().await?;
    let reference = present::reference(&reference)?;
    blocking(move || present::tender_detail(&session.till, session.till.tender_detail(&reference)?)).await
}

fn chosen(lines: Vec<ReturnLineForm>) -> Vec<(i64, String)> {
    lines.into_iter().map(|line| (line.line, line.quantity)).collect()
}
