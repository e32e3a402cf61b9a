//! The customer's window: opened where it belongs, closed when its screen goes or the counter moves there, back when the
//! screen comes back. It never takes the keyboard from the counter.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tauri::{
    AppHandle, Manager, PhysicalPosition, PhysicalSize, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
};
use till::{DisplayPlace, DisplaySettings, Screen, TillError};
use tokio::sync::Notify;

use crate::app::Session;
use crate::customer::Customer;
use crate::error::{CommandError, ErrorCode};
use crate::events;
use crate::screens::{Place, Screens};
use crate::view::customer::{DisplayForm, DisplayStanding, DisplayView, ScreenView};
use crate::window::{COUNTER, PRIVATE};

/// The display's label; its capability names it.
pub(crate) const CUSTOMER: &str = "customer";
/// What the system's own lists of windows call it.
const TITLE: &str = "Kaunter - customer display";
/// How often the screens are looked at while the display belongs on one: no system tells of a new one in the same way.
const LOOK: Duration = Duration::from_secs(3);

/// How the display stands, and the reason to look again.
#[derive(Default)]
pub(crate) struct CustomerWindow {
    again: Notify,
    now: Mutex<Now>,
}

/// Never held while a window is asked anything: the windows' own thread looks in here, too.
#[derive(Default)]
struct Now {
    /// The till that says where it belongs.
    session: Weak<Session>,
    standing: DisplayStanding,
    /// Where it was opened.
    place: Option<Place>,
    /// Somebody closed it; it stays closed until somebody opens it.
    dismissed: bool,
    /// Somebody at the counter asked for it just now.
    asked: bool,
    /// What the staff was told last. All of it comes by one way, so that nothing old comes after something new.
    told: Option<DisplayView>,
}

impl CustomerWindow {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody wants it, wherever it belongs.
    pub(crate) fn wanted(&self) {
        {
            let mut now = self.now();
            now.dismissed = false;
            now.asked = true;
        }
        self.again.notify_one();
    }

    /// The staff's page wants to know how it stands.
    pub(crate) fn tell(&self) {
        self.now().told = None;
        self.again.notify_one();
    }

    /// Its window is gone. If it was to be there, somebody closed it; if it was closed to be opened elsewhere, now it can be.
    pub(crate) fn gone(&self) {
        {
            let mut now = self.now();
            now.dismissed |= now.place.is_some();
        }
        self.again.notify_one();
    }

    /// From now on it belongs where this till's settings want it.
    pub(crate) fn belongs_to(&self, session: &Arc<Session>) {
        self.now().session = Arc::downgrade(session);
        self.wanted();
    }

    fn settings(&self) -> Option<DisplaySettings> {
        let session = self.now().session.upgrade()?;
        let settings = session.till.store().display_settings();
        let settings = settings.unwrap_or_else(|error| {
            log::error!("where the customer's display belongs cannot be read: {error}");
            DisplaySettings::default()
        });
        Some(settings)
    }
}

/// Keeps the display where the open till's settings want it, for as long as the program runs.
pub(crate) fn start(handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let display = handle.state::<CustomerWindow>();
        loop {
            display.again.notified().await;
            // Looked at again and again while it belongs on a screen, which may come and go.
            while look_apart(&handle).await {
                // The time is over, or somebody asked: both are a reason to look.
                let _ = tokio::time::timeout(LOOK, display.again.notified()).await;
            }
        }
    });
}

/// [`look`], on a thread that may wait for the windows' own.
async fn look_apart(handle: &AppHandle) -> bool {
    let handle = handle.clone();
    match tauri::async_runtime::spawn_blocking(move || look(&handle)).await {
        Ok(again) => again,
        Err(error) => {
            log::error!("the customer's display could not be looked after: {error}");
            false
        }
    }
}

/// Puts the display where it belongs now. Whether that may change without anybody saying so.
fn look(handle: &AppHandle) -> bool {
    // Without the counter the program is ending, and the display ends with it.
    if handle.get_webview_window(COUNTER).is_none() {
        return false;
    }
    let display = handle.state::<CustomerWindow>();
    let Some(settings) = display.settings() else {
        close(handle);
        return false;
    };
    let screens = match Screens::now(handle) {
        Ok(screens) => screens,
        Err(error) => {
            // It stays as it is: not to know the screens is no sign that one is gone.
            log::warn!("the screens cannot be listed: {error}");
            return true;
        }
    };
    let (was, dismissed, asked) = {
        let mut now = display.now();
        // What is closed from here on is not closed by hand.
        (now.place.take(), now.dismissed, std::mem::take(&mut now.asked))
    };
    let Some((standing, place)) = put(handle, was.as_ref(), dismissed, screens.place(&settings)) else {
        display.now().asked |= asked;
        return settings.place == DisplayPlace::Screen;
    };
    if asked && place != was {
        focus_counter(handle);
    }
    let view = view_of(&settings, &screens, standing);
    let (moved, told) = {
        let mut now = display.now();
        now.place = place;
        (
            std::mem::replace(&mut now.standing, standing) != standing,
            now.told.replace(view.clone()),
        )
    };
    if moved {
        log::info!("the customer's display: {standing:?}");
    }
    if told.as_ref() != Some(&view) {
        events::tell_display(handle, view);
    }
    settings.place == DisplayPlace::Screen
}

/// Opens, leaves or closes it: how it stands then, and where. None while it is on its way from one place to another: a
/// window is gone only once the windows' own thread has come to it, and [`CustomerWindow::gone`] is told.
fn put(
    handle: &AppHandle,
    was: Option<&Place>,
    dismissed: bool,
    place: Place,
) -> Option<(DisplayStanding, Option<Place>)> {
    let waits = match &place {
        Place::Off => Some(DisplayStanding::Off),
        Place::Gone => Some(DisplayStanding::ScreenGone),
        Place::OverCounter => Some(DisplayStanding::OverCounter),
        Place::Window | Place::Over(_) => dismissed.then_some(DisplayStanding::Closed),
    };
    if let Some(standing) = waits {
        close(handle);
        return Some((standing, None));
    }
    let is_open = || handle.get_webview_window(CUSTOMER).is_some();
    if was == Some(&place) && is_open() {
        return Some((DisplayStanding::Shown, Some(place)));
    }
    close(handle);
    if is_open() {
        return None;
    }
    Some(match open(handle, &place) {
        Ok(()) => (DisplayStanding::Shown, Some(place)),
        Err(error) => {
            log::error!("the customer's display does not open: {error}");
            (DisplayStanding::Failed, None)
        }
    })
}

/// Opens it without taking the keyboard. It keeps nothing of the web's own.
fn open(handle: &AppHandle, place: &Place) -> tauri::Result<()> {
    let builder = WebviewWindowBuilder::new(handle, CUSTOMER, WebviewUrl::App("customer.html".into()))
        .title(TITLE)
        .inner_size(1024.0, 600.0)
        .min_inner_size(480.0, 320.0)
        .focused(false)
        .focusable(false)
        .incognito(PRIVATE);
    if let Place::Over(screen) = place {
        let window = builder
            .decorations(false)
            .skip_taskbar(true)
            .visible(false)
            .build()?;
        return cover(&window, screen);
    }
    builder.build()?;
    Ok(())
}

/// Whoever asked for the display sits at the counter and goes on there, also where no window manager gives the keyboard
/// back. One that comes back by itself leaves it wherever it is.
fn focus_counter(handle: &AppHandle) {
    if let Some(counter) = handle.get_webview_window(COUNTER)
        && let Err(error) = counter.set_focus()
    {
        log::warn!("the counter does not get the keyboard back: {error}");
    }
}

/// Over the whole of a screen: laid there first, for systems whose windows have no full screen without a manager.
fn cover(window: &WebviewWindow, screen: &Screen) -> tauri::Result<()> {
    window.set_position(PhysicalPosition::new(screen.x, screen.y))?;
    window.set_size(PhysicalSize::new(screen.width, screen.height))?;
    window.show()?;
    let middle = |from: i32, length: u32| f64::from(from.saturating_add_unsigned(length / 2));
    window.set_fullscreen_on_monitor(PhysicalPosition::new(
        middle(screen.x, screen.width),
        middle(screen.y, screen.height),
    ))
}

/// Closes it, with no question and no sign of somebody having done so by hand.
pub(crate) fn close(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(CUSTOMER)
        && let Err(error) = window.destroy()
    {
        log::warn!("the customer's display does not close: {error}");
    }
    handle.state::<Customer>().forget();
}

/// How the display stands, for the staff.
fn view_of(settings: &DisplaySettings, screens: &Screens, standing: DisplayStanding) -> DisplayView {
    let chosen = settings.screen.as_ref().and_then(|chosen| screens.find(chosen));
    let listed = screens.all.iter().enumerate().zip(1..);
    DisplayView {
        place: settings.place.into(),
        standing,
        screens: listed
            .map(|((index, screen), number)| ScreenView {
                number,
                name: screen.name.clone().unwrap_or_default(),
                width: screen.width,
                height: screen.height,
                counter: screens.counter == Some(index),
                chosen: chosen == Some(index),
            })
            .collect(),
        language: settings.language.map(Into::into),
    }
}

/// Saves what a manager set, and puts the display there.
pub(crate) fn save(handle: &AppHandle, session: &Session, form: &DisplayForm) -> Result<(), CommandError> {
    let kept = session.till.store().display_settings().map_err(TillError::from)?;
    let place: DisplayPlace = form.place.into();
    let screen = match (place, form.screen) {
        (DisplayPlace::Screen, Some(number)) => Some(numbered(&Screens::now(handle)?, number)?),
        (DisplayPlace::Screen | DisplayPlace::Off | DisplayPlace::Window, _) => kept.screen,
    };
    session.till.save_display_settings(&DisplaySettings {
        place,
        screen,
        language: form.language.map(Into::into),
    })?;
    handle.state::<CustomerWindow>().wanted();
    Ok(())
}

fn numbered(screens: &Screens, number: u32) -> Result<Screen, CommandError> {
    let index = usize::try_from(number)
        .ok()
        .and_then(|number| number.checked_sub(1));
    let screen = index.and_then(|index| screens.all.get(index));
    screen
        .cloned()
        .ok_or_else(|| CommandError::new(ErrorCode::ScreenGone, "there is no such screen any more"))
}
