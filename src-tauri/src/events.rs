//! What the page hears without asking: payments that change, the lock, the terminals.

use std::sync::{Arc, Weak};
use std::time::Duration;

use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager};
use till::{Change, Reference, Served};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::app::{App, Session, blocking};
use crate::customer::{self, Customer};
use crate::customer_window::CustomerWindow;
use crate::present;
use crate::view::customer::DisplayView;
use crate::view::printing::PrintNews;
use crate::view::setup::CheckStep;
use crate::view::wallets::WalletsView;

/// A payment changed.
const PAYMENT: &str = "payment";
/// Something that every screen shows changed.
const APP: &str = "app";
/// The terminals changed.
const TERMINALS: &str = "terminals";
/// A step of a live check has ended.
const CHECK: &str = "check";
/// The wallets changed.
const WALLETS: &str = "wallets";
/// Where the customer's display stands changed.
const DISPLAY: &str = "display";
/// A receipt was printed or the drawer opened without being asked for, or was not.
const PRINT: &str = "print";
/// How often the idle time is looked at.
const IDLE_LOOK: Duration = Duration::from_secs(5);

/// Follows an open till: settles what an earlier run left, and tells the page of every change. Ends with the session.
pub(crate) fn follow(handle: &AppHandle, session: &Arc<Session>) {
    customer::follow(handle, session);
    handle.state::<CustomerWindow>().belongs_to(session);
    follow_checkout(handle, session, true);
}

/// Follows a till whose account was changed. Nothing is settled as after a restart: the next sale may be on its way.
pub(crate) fn follow_on(handle: &AppHandle, session: &Arc<Session>) {
    follow_checkout(handle, session, false);
}

fn follow_checkout(handle: &AppHandle, session: &Arc<Session>, after_a_restart: bool) {
    let checkout = match session.till.checkout() {
        Ok(checkout) => checkout,
        Err(error) => return log::error!("the till has no account to follow: {error}"),
    };
    let changes = checkout.changes();
    tauri::async_runtime::spawn(tell_payments(handle.clone(), Arc::downgrade(session), changes));
    let (handle, weak) = (handle.clone(), Arc::downgrade(session));
    tauri::async_runtime::spawn(async move {
        let settled = if after_a_restart {
            checkout.recover().await
        } else {
            checkout.take_over().await
        };
        if let Err(error) = settled {
            log::error!("what an earlier run left could not be settled: {error}");
        }
        drop(checkout);
        if let Some(session) = weak.upgrade() {
            // After the recovery, so that what an earlier run sent is unknown before anything settles it.
            if let Err(error) = session.till.start_callback().await {
                log::error!("callbacks are not listened for: {error}");
            }
            learn_terminal(&session).await;
            refresh_terminals(&handle, &session).await;
            first_wallets(&handle, &session).await;
        }
    });
}

/// Learns what the chosen terminal did last, so that a lost payment can be told apart from it.
pub(crate) async fn learn_terminal(session: &Session) {
    if let Err(error) = session.till.learn_chosen_terminal().await {
        log::warn!("what the terminal did last is not known: {error}");
    }
}

/// Asks for the terminals once, so that their lights are right before anybody looks at the list.
async fn refresh_terminals(handle: &AppHandle, session: &Arc<Session>) {
    match session.till.refresh_terminals().await {
        Ok(terminals) => tell(handle, TERMINALS, present::terminals(session, terminals)),
        Err(error) => log::warn!("the terminals could not be listed: {error}"),
    }
    tell_app(handle).await;
}

/// Asks for the wallets where none are known yet, so that the first customer's chooser waits for nothing. From then on
/// they are asked for only while somebody looks at them.
async fn first_wallets(handle: &AppHandle, session: &Arc<Session>) {
    match session.till.refresh_wallets().await {
        Ok(_) => fetch_logos(handle, session).await,
        Err(error) => log::warn!("the wallets could not be listed: {error}"),
    }
}

/// Fetches the logos that are missing, and tells the page when one came.
pub(crate) async fn fetch_logos(handle: &AppHandle, session: &Session) {
    match session.till.fetch_logos().await {
        Ok(true) => match session.till.known_wallets() {
            Ok(wallets) => tell(handle, WALLETS, WalletsView::from(wallets)),
            Err(error) => log::error!("the wallets could not be read: {error}"),
        },
        Ok(false) => {}
        Err(error) => log::warn!("wallets' logos could not be saved: {error}"),
    }
}

async fn tell_payments(handle: AppHandle, session: Weak<Session>, mut changes: Receiver<Change>) {
    loop {
        let change = match changes.recv().await {
            Ok(change) => change,
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        let Some(session) = session.upgrade() else { return };
        // Also of what could not be committed, which the store says nothing of.
        handle.state::<Customer>().changed();
        let paid = change.approved.then(|| change.payment.reference.clone());
        let shown = Arc::clone(&session);
        let view = blocking(move || present::payment(&shown.till, &change.payment, change.saved)).await;
        match view {
            Ok(view) => tell(&handle, PAYMENT, view),
            Err(error) => log::error!("a payment could not be shown: {}", error.message),
        }
        tell_app(&handle).await;
        if let Some(reference) = paid {
            print_by_itself(&handle, &session, &reference);
        }
    }
}

/// Opens the drawer for cash and prints the receipt of a sale that has been paid in full, where the shop wants that, beside
/// everything else: neither the next payment nor the page waits for a printer.
pub(crate) fn print_by_itself(handle: &AppHandle, session: &Arc<Session>, reference: &Reference) {
    let (handle, session, reference) = (handle.clone(), Arc::clone(session), reference.clone());
    tauri::async_runtime::spawn(async move {
        let about = reference.clone();
        let served = blocking(move || session.till.serve_paper(&about)).await;
        match served {
            Ok(served) if served == Served::default() => {}
            Ok(served) => tell(&handle, PRINT, PrintNews::new(reference.to_string(), served)),
            Err(error) => log::error!("a receipt could not be printed: {}", error.message),
        }
    });
}

/// Locks the page when the till has locked itself.
pub(crate) fn watch_idleness(handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let mut was_open = false;
        loop {
            tokio::time::sleep(IDLE_LOOK).await;
            let Some(app) = handle.try_state::<App>() else {
                continue;
            };
            let is_open = match app.session().await {
                Ok(session) => session.till.signed_in().is_some(),
                Err(_) => false,
            };
            if was_open && !is_open {
                handle.state::<Customer>().changed();
                tell_app(&handle).await;
            }
            was_open = is_open;
        }
    });
}

/// Tells a step of a live check as it ends.
pub(crate) fn tell_check(handle: &AppHandle, step: CheckStep) {
    tell(handle, CHECK, step);
}

/// Tells how the customer's display stands.
pub(crate) fn tell_display(handle: &AppHandle, view: DisplayView) {
    tell(handle, DISPLAY, view);
}

async fn tell_app(handle: &AppHandle) {
    match present::app(&handle.state::<App>()).await {
        Ok(view) => tell(handle, APP, view),
        Err(error) => log::error!("the program's state could not be shown: {}", error.message),
    }
}

fn tell(handle: &AppHandle, name: &str, payload: impl Serialize + Clone) {
    if let Err(error) = handle.emit(name, payload) {
        log::warn!("the page could not be told of {name}: {error}");
    }
}
