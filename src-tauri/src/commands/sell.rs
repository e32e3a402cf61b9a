//! Sell and Pay.

use tauri::State;
use till::{Ticket, Till, TillError};

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::present;
use crate::view::tenders::TakingForm;
use crate::view::{Method, PaymentView, TicketView};

/// The ticket at the counter.
#[tauri::command]
pub(crate) async fn ticket(app: State<'_, App>) -> Result<TicketView, CommandError> {
    on_ticket(app, Till::ticket).await
}

/// Puts a typed amount on the ticket.
#[tauri::command]
pub(crate) async fn add_amount(app: State<'_, App>, entry: String) -> Result<TicketView, CommandError> {
    on_ticket(app, move |till| till.add_amount(&entry)).await
}

/// What paying now would charge: what is due of the ticket and what is typed.
#[tauri::command]
pub(crate) async fn total_with(app: State<'_, App>, entry: String) -> Result<String, CommandError> {
    let session = app.session().await?;
    Ok(blocking(move || session.till.due_with(&entry)).await?.to_string())
}

/// Puts so much of an item on the ticket; one piece where nothing was typed.
#[tauri::command]
pub(crate) async fn add_item(
    app: State<'_, App>,
    item_id: i64,
    quantity: Option<String>,
) -> Result<TicketView, CommandError> {
    on_ticket(app, move |till| till.add_item(item_id, quantity.as_deref())).await
}

/// Sets how much of a line is bought, as typed.
#[tauri::command]
pub(crate) async fn set_quantity(
    app: State<'_, App>,
    line_id: i64,
    quantity: String,
) -> Result<TicketView, CommandError> {
    on_ticket(app, move |till| till.set_quantity(line_id, &quantity)).await
}

/// One more of a line, or one less; the last one takes the line off.
#[tauri::command]
pub(crate) async fn step_quantity(
    app: State<'_, App>,
    line_id: i64,
    up: bool,
) -> Result<TicketView, CommandError> {
    on_ticket(app, move |till| till.step_quantity(line_id, up)).await
}

/// Takes a line off the ticket.
#[tauri::command]
pub(crate) async fn remove_line(app: State<'_, App>, line_id: i64) -> Result<TicketView, CommandError> {
    on_ticket(app, move |till| till.remove_line(line_id)).await
}

/// Takes everything off the ticket.
#[tauri::command]
pub(crate) async fn clear_ticket(app: State<'_, App>) -> Result<TicketView, CommandError> {
    on_ticket(app, Till::clear_ticket).await
}

/// Charges what is due of the ticket, or a part of it, with what was typed but not added yet. `sure`: somebody looked at the
/// unsettled payment of the same amount.
#[tauri::command]
pub(crate) async fn pay(
    app: State<'_, App>,
    method: Method,
    channel: Option<String>,
    form: TakingForm,
    sure: bool,
) -> Result<PaymentView, CommandError> {
    let session = app.session().await?;
    let payment = session
        .till
        .pay_as_seen(method.into(), channel, None, &form.taking(), sure)
        .await?;
    blocking(move || present::current(&session.till, &payment)).await
}

/// Charges the same ticket again, where that is safe.
#[tauri::command]
pub(crate) async fn charge_again(
    app: State<'_, App>,
    reference: String,
    method: Option<Method>,
    channel: Option<String>,
) -> Result<PaymentView, CommandError> {
    let session = app.session().await?;
    let reference = present::reference(&reference)?;
    let payment = session
        .till
        .charge_again(&reference, method.map(Into::into), channel)
        .await?;
    blocking(move || present::current(&session.till, &payment)).await
}

/// The next customer, after a final payment.
#[tauri::command]
pub(crate) async fn new_sale(app: State<'_, App>) -> Result<TicketView, CommandError> {
    view(app.session().await?.till.new_sale().await?)
}

/// The next customer, while this one's payment is being found out.
#[tauri::command]
pub(crate) async fn set_aside(app: State<'_, App>) -> Result<TicketView, CommandError> {
    on_ticket(app, Till::set_aside).await
}

/// What Pay should show after a reload.
#[tauri::command]
pub(crate) async fn open_payment(app: State<'_, App>) -> Result<Option<PaymentView>, CommandError> {
    let session = app.session().await?;
    match session.till.open_payment().await? {
        Some(payment) => blocking(move || present::current(&session.till, &payment).map(Some)).await,
        None => Ok(None),
    }
}

pub(super) async fn on_ticket(
    app: State<'_, App>,
    work: impl FnOnce(&Till) -> Result<Ticket, TillError> + Send + 'static,
) -> Result<TicketView, CommandError> {
    let session = app.session().await?;
    view(blocking(move || work(&session.till)).await?)
}

pub(super) fn view(ticket: Ticket) -> Result<TicketView, CommandError> {
    TicketView::try_from(ticket).map_err(|error| TillError::from(error).into())
}
