//! Cash, parts of what is due, cards taken by hand, and taking back what was taken.

use std::sync::Arc;

use tauri::{AppHandle, State};
use till::{Pin, Tender, TillError};

use crate::app::{App, Session, blocking};
use crate::error::CommandError;
use crate::events;
use crate::present;
use crate::view::TicketView;
use crate::view::tenders::{
    CashOfferView, HandOverView, Rounding, RoundingView, StandingView, TakenBackView, TakenView, TakingForm,
};

/// Where the ticket at the counter stands.
#[tauri::command]
pub(crate) async fn standing(app: State<'_, App>) -> Result<StandingView, CommandError> {
    let session = app.session().await?;
    blocking(move || present::standing(&session.till, &session.till.standing()?)).await
}

/// What taking cash would mean, with what was typed and not added yet.
#[tauri::command]
pub(crate) async fn cash_offer(
    app: State<'_, App>,
    entry: String,
    part: Option<String>,
) -> Result<CashOfferView, CommandError> {
    let session = app.session().await?;
    Ok(blocking(move || session.till.cash_offer(&entry, part.as_deref()))
        .await?
        .into())
}

/// The change that so much cash would leave.
#[tauri::command]
pub(crate) async fn cash_change(
    app: State<'_, App>,
    entry: String,
    part: Option<String>,
    given: String,
) -> Result<String, CommandError> {
    let session = app.session().await?;
    Ok(
        blocking(move || session.till.cash_change(&entry, part.as_deref(), &given))
            .await?
            .to_string(),
    )
}

/// Takes cash for the ticket, or a part of it. `sure` that this is another customer than the one of an unsettled payment of
/// the same amount.
#[tauri::command]
pub(crate) async fn take_cash(
    handle: AppHandle,
    app: State<'_, App>,
    form: TakingForm,
    given: Option<String>,
    sure: bool,
) -> Result<TakenView, CommandError> {
    let session = app.session().await?;
    let taking_it = Arc::clone(&session);
    let tender = blocking(move || taking_it.till.take_cash(&form.taking(), given.as_deref(), sure)).await?;
    answer(&handle, &session, tender).await
}

/// Records a card that was taken by hand, on a manager's PIN.
#[tauri::command]
pub(crate) async fn take_manual_card(
    handle: AppHandle,
    app: State<'_, App>,
    form: TakingForm,
    number: String,
    sure: bool,
    manager_id: i64,
    pin: String,
) -> Result<TakenView, CommandError> {
    let session = app.session().await?;
    let pin = Pin::new(pin).map_err(TillError::from)?;
    let taking_it = Arc::clone(&session);
    let tender = blocking(move || {
        let manager = (manager_id, &pin);
        taking_it
            .till
            .take_manual_card(&form.taking(), &number, manager, sure)
    })
    .await?;
    answer(&handle, &session, tender).await
}

/// A share of what is due: halves, thirds.
#[tauri::command]
pub(crate) async fn share_of_due(
    app: State<'_, App>,
    entry: String,
    of: u32,
) -> Result<String, CommandError> {
    let session = app.session().await?;
    Ok(blocking(move || session.till.share_of_due(&entry, of))
        .await?
        .to_string())
}

/// The part that was typed, as an amount that is not more than is due.
#[tauri::command]
pub(crate) async fn check_part(
    app: State<'_, App>,
    entry: String,
    part: String,
) -> Result<String, CommandError> {
    let session = app.session().await?;
    Ok(blocking(move || session.till.check_part(&entry, &part))
        .await?
        .to_string())
}

/// Takes back what was taken of a ticket that is not paid in full; without a manager where it was only cash.
#[tauri::command]
pub(crate) async fn take_back(
    handle: AppHandle,
    app: State<'_, App>,
    ticket: i64,
    manager_id: Option<i64>,
    pin: Option<String>,
) -> Result<TakenBackView, CommandError> {
    let session = app.session().await?;
    let pin = pin.map(Pin::new).transpose().map_err(TillError::from)?;
    let manager = manager_id.zip(pin.as_ref());
    let back = session.till.take_back(ticket, manager).await?;
    if let Some(cash) = &back.drawer {
        events::print_by_itself(&handle, &session, cash);
    }
    blocking(move || Ok::<_, TillError>(present::taken_back(&session.till, back))).await
}

/// What was given back and nobody has said of that it is handed over.
#[tauri::command]
pub(crate) async fn to_hand_over(app: State<'_, App>) -> Result<Vec<HandOverView>, CommandError> {
    let session = app.session().await?;
    let due = blocking(move || session.till.to_hand_over()).await?;
    Ok(due.into_iter().map(Into::into).collect())
}

/// Somebody says that what was given back of a ticket, or for a return, is handed over.
#[tauri::command]
pub(crate) async fn handed_over(app: State<'_, App>, ticket: i64) -> Result<(), CommandError> {
    let session = app.session().await?;
    blocking(move || session.till.handed_over(ticket)).await
}

/// Brings a ticket that is aside and not paid, or not in full, back to the counter.
#[tauri::command]
pub(crate) async fn resume_ticket(app: State<'_, App>, ticket: i64) -> Result<TicketView, CommandError> {
    let session = app.session().await?;
    let ticket = blocking(move || session.till.resume_ticket(ticket)).await?;
    TicketView::try_from(ticket).map_err(|error| TillError::from(error).into())
}

/// How the shop rounds totals.
#[tauri::command]
pub(crate) async fn rounding(app: State<'_, App>) -> Result<RoundingView, CommandError> {
    let session = app.session().await?;
    session.till.manager_looks()?;
    blocking(move || present::rounding(&session.till)).await
}

/// Sets how the shop rounds totals.
#[tauri::command]
pub(crate) async fn set_rounding(
    app: State<'_, App>,
    rounding: Rounding,
) -> Result<RoundingView, CommandError> {
    let session = app.session().await?;
    blocking(move || {
        session.till.set_rounding(rounding.into())?;
        present::rounding(&session.till)
    })
    .await
}

/// Taken is taken: the drawer opens and the receipt prints also where the answer cannot be put together.
async fn answer(
    handle: &AppHandle,
    session: &Arc<Session>,
    tender: Tender,
) -> Result<TakenView, CommandError> {
    let (shown, reference) = (Arc::clone(session), tender.reference.clone());
    let taken = blocking(move || present::taken(&shown.till, &tender)).await;
    events::print_by_itself(handle, session, &reference);
    taken
}
