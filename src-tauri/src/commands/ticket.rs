//! What is done to the ticket beside ringing up and paying: discounts, notes, parking.

use tauri::State;
use till::Till;

use super::sell::{on_ticket, view};
use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::view::TicketView;
use crate::view::ticket::{AgainView, DiscountPreview, ParkedView, QuantityPreview};

/// What so much of a line would cost.
#[tauri::command]
pub(crate) async fn preview_quantity(
    app: State<'_, App>,
    line_id: i64,
    quantity: String,
) -> Result<QuantityPreview, CommandError> {
    let session = app.session().await?;
    let preview = blocking(move || session.till.preview_quantity(line_id, &quantity)).await?;
    Ok(preview.into())
}

/// What so much of an item would cost.
#[tauri::command]
pub(crate) async fn preview_item(
    app: State<'_, App>,
    item_id: i64,
    quantity: String,
) -> Result<QuantityPreview, CommandError> {
    let session = app.session().await?;
    let preview = blocking(move || session.till.preview_item(item_id, &quantity)).await?;
    Ok(preview.into())
}

/// Sets what is taken off a line, or without one off the whole ticket; nothing typed takes the discount back.
#[tauri::command]
pub(crate) async fn set_discount(
    app: State<'_, App>,
    line_id: Option<i64>,
    entry: String,
    percent: bool,
) -> Result<TicketView, CommandError> {
    on_ticket(app, move |till: &Till| match line_id {
        Some(line) => till.discount_line(line, &entry, percent),
        None => till.discount_ticket(&entry, percent),
    })
    .await
}

/// What a discount would come to.
#[tauri::command]
pub(crate) async fn preview_discount(
    app: State<'_, App>,
    line_id: Option<i64>,
    entry: String,
    percent: bool,
) -> Result<DiscountPreview, CommandError> {
    let session = app.session().await?;
    let preview = blocking(move || session.till.preview_discount(line_id, &entry, percent)).await?;
    Ok(preview.into())
}

/// Notes something about a line.
#[tauri::command]
pub(crate) async fn note_line(
    app: State<'_, App>,
    line_id: i64,
    note: String,
) -> Result<TicketView, CommandError> {
    on_ticket(app, move |till: &Till| till.note_line(line_id, &note)).await
}

/// Parks the ticket under a name.
#[tauri::command]
pub(crate) async fn park_ticket(app: State<'_, App>, name: String) -> Result<TicketView, CommandError> {
    on_ticket(app, move |till: &Till| till.park(&name)).await
}

/// The parked tickets.
#[tauri::command]
pub(crate) async fn parked_tickets(app: State<'_, App>) -> Result<Vec<ParkedView>, CommandError> {
    let session = app.session().await?;
    let parked = blocking(move || session.till.parked()).await?;
    Ok(parked.into_iter().map(Into::into).collect())
}

/// Brings a parked ticket back; what stands at the counter is parked under `instead` first.
#[tauri::command]
pub(crate) async fn recall_ticket(
    app: State<'_, App>,
    ticket_id: i64,
    instead: Option<String>,
) -> Result<TicketView, CommandError> {
    on_ticket(app, move |till: &Till| till.recall(ticket_id, instead.as_deref())).await
}

/// The last sale's lines once more, on the empty ticket.
#[tauri::command]
pub(crate) async fn last_sale_again(app: State<'_, App>) -> Result<AgainView, CommandError> {
    let session = app.session().await?;
    let again = blocking(move || session.till.last_sale_again()).await?;
    Ok(AgainView {
        left_out: again.left_out,
        ticket: view(again.ticket)?,
    })
}
