//! Cash-out, the optional fields of a payment, and another slip on the terminal.

use tauri::State;
use till::{Till, TillError};

use crate::app::{App, blocking};
use crate::error::CommandError;
use crate::present;
use crate::view::options::{OptionsForm, OptionsView, ReprintView, SaleOptions, TicketExtras};
use crate::view::tenders::TakingForm;
use crate::view::{Method, PaymentView, TicketView};

/// What the counter may offer beside the plain ways to pay.
#[tauri::command]
pub(crate) async fn sale_options(app: State<'_, App>) -> Result<SaleOptions, CommandError> {
    let session = app.session().await?;
    Ok((&blocking(move || session.till.payment_options()).await?).into())
}

/// Sets the note, the product and the promotion of the ticket.
#[tauri::command]
pub(crate) async fn set_ticket_extras(
    app: State<'_, App>,
    form: TicketExtras,
) -> Result<TicketView, CommandError> {
    let session = app.session().await?;
    let ticket = blocking(move || {
        session
            .till
            .set_ticket_extras(&form.note, &form.product_index, &form.promo_sale)
    })
    .await?;
    TicketView::try_from(ticket).map_err(|error| TillError::from(error).into())
}

/// The cash that was typed, as an amount, if so much may be handed back.
#[tauri::command]
pub(crate) async fn check_cash(app: State<'_, App>, cash: String) -> Result<String, CommandError> {
    let session = app.session().await?;
    Ok(blocking(move || session.till.check_cash(&cash))
        .await?
        .to_string())
}

/// Charges the ticket, and what was typed but not added yet, with cash handed back beside it.
#[tauri::command]
pub(crate) async fn pay_with_cash(
    app: State<'_, App>,
    cash: String,
    form: TakingForm,
    sure: bool,
) -> Result<PaymentView, CommandError> {
    let session = app.session().await?;
    let payment = session
        .till
        .pay_as_seen(Method::BankCard.into(), None, Some(&cash), &form.taking(), sure)
        .await?;
    blocking(move || present::current(&session.till, &payment)).await
}

/// What the merchant set about payments.
#[tauri::command]
pub(crate) async fn payment_options(app: State<'_, App>) -> Result<OptionsView, CommandError> {
    let session = app.session().await?;
    session.till.manager_looks()?;
    Ok((&blocking(move || session.till.payment_options()).await?).into())
}

/// Saves what the merchant sets about payments.
#[tauri::command]
pub(crate) async fn save_payment_options(
    app: State<'_, App>,
    form: OptionsForm,
) -> Result<OptionsView, CommandError> {
    let session = app.session().await?;
    let save = move |till: &Till| till.save_payment_options(&form.into());
    Ok((&blocking(move || save(&session.till)).await?).into())
}

/// Asks the terminal that took a payment to print its slip once more.
#[tauri::command]
pub(crate) async fn reprint(app: State<'_, App>, reference: String) -> Result<ReprintView, CommandError> {
    let session = app.session().await?;
    let outcome = session.till.reprint(&present::reference(&reference)?).await?;
    Ok(outcome.into())
}
