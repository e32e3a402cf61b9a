//! What the customer's display is told, and when: after each change, and nothing at all while it is closed. It gets a
//! channel of its own in place of the till's events: whoever may listen to one event may listen to all of them, and
//! those of the counter have the staff's names in them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};
use till::TillError;
use tokio::sync::Notify;

use crate::app::{App, Session, Standing, blocking};
use crate::error::CommandError;
use crate::view::Theme;
use crate::view::customer::{CustomerView, Shop};

/// The customer's display, as far as it is told anything.
#[derive(Default)]
pub(crate) struct Customer {
    changed: Notify,
    watcher: Mutex<Option<Watcher>>,
}

/// Where the display listens, and what it was told last.
struct Watcher {
    channel: Channel<CustomerView>,
    told: Option<CustomerView>,
}

impl Customer {
    /// Something that a customer may see has changed. Costs next to nothing while nobody looks.
    pub(crate) fn changed(&self) {
        self.changed.notify_one();
    }

    /// Tells the display on this channel from now on, and no other one.
    pub(crate) fn watch(&self, channel: Channel<CustomerView>) {
        *self.watcher() = Some(Watcher { channel, told: None });
        self.changed();
    }

    /// The display is closed.
    pub(crate) fn forget(&self) {
        *self.watcher() = None;
    }

    fn is_watched(&self) -> bool {
        self.watcher().is_some()
    }

    /// Tells what is new; a display that cannot be told any more is gone.
    fn tell(&self, view: CustomerView) {
        let mut watcher = self.watcher();
        let Some(open) = watcher.as_mut() else { return };
        if open.told.as_ref() == Some(&view) {
            return;
        }
        if let Err(error) = open.channel.send(view.clone()) {
            log::info!("the customer's display is told nothing any more: {error}");
            *watcher = None;
            return;
        }
        open.told = Some(view);
    }

    fn watcher(&self) -> MutexGuard<'_, Option<Watcher>> {
        self.watcher.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the display of every change, for as long as the program runs.
pub(crate) fn start(handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let customer = handle.state::<Customer>();
        loop {
            customer.changed.notified().await;
            if !customer.is_watched() {
                continue;
            }
            match view(&handle.state::<App>()).await {
                Ok(view) => customer.tell(view),
                Err(error) => log::error!("the customer could not be shown anything: {}", error.message),
            }
        }
    });
}

/// Passes on what this till commits, until it is closed.
pub(crate) fn follow(handle: &AppHandle, session: &Session) {
    let (handle, mut commits) = (handle.clone(), session.till.store().commits_to_show());
    tauri::async_runtime::spawn(async move {
        while commits.changed().await.is_ok() {
            handle.state::<Customer>().changed();
        }
    });
}

/// What the customer sees now.
async fn view(app: &App) -> Result<CustomerView, CommandError> {
    match app.standing().await {
        Standing::Open(session) => blocking(move || of_session(&session)).await,
        Standing::Setup | Standing::Broken(..) => Ok(CustomerView::idle(Shop {
            training: false,
            store_name: String::new(),
            currency: till::Currency::Myr.code().to_owned(),
            theme: Theme::System,
            language: app.language().into(),
        })),
    }
}

fn of_session(session: &Arc<Session>) -> Result<CustomerView, TillError> {
    let store = session.till.store();
    let settings = store.store_settings()?.ok_or(TillError::NotSetUp)?;
    let language = match store.display_settings()?.language {
        Some(own) => own,
        None => store.language()?,
    };
    let shop = Shop {
        training: session.training.is_some(),
        store_name: settings.name,
        currency: settings.currency,
        theme: store.theme()?.into(),
        language: language.into(),
    };
    match session.till.at_counter()? {
        Some(counter) => Ok(CustomerView::new(shop, counter)?),
        None => Ok(CustomerView::idle(shop)),
    }
}
