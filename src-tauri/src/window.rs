//! The cashier's window: opened, brought to the front, and closed only when no payment is on its way. The others go with it.

use std::time::Duration;

use tauri::{AppHandle, ExitRequestApi, Manager, WebviewUrl, WebviewWindowBuilder};

use crate::app::App;
use crate::customer_window::{self, CUSTOMER, CustomerWindow};
use crate::virtual_terminal;

/// Its label; its capability names it.
pub(crate) const COUNTER: &str = "counter";
/// How long a closing program waits for the gateway to sign it off.
const FAREWELL: Duration = Duration::from_secs(3);
/// How often a closing program looks whether its payments have been answered.
const LOOK: Duration = Duration::from_millis(200);

/// Whether the web view is a private one. The page keeps nothing of its own anywhere; an engine with a profile might
/// offer to remember what is typed. `WebKitGTK` has no such habit, and wry gives its private views no `WebDriver`.
pub(crate) const PRIVATE: bool = !cfg!(target_os = "linux");

/// Opens the window. It keeps nothing of the web's own: no cookies, no storage, no form data.
pub(crate) fn open(handle: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(handle, COUNTER, WebviewUrl::App("index.html".into()))
        .title("Kaunter")
        .inner_size(1366.0, 768.0)
        .min_inner_size(800.0, 600.0)
        .incognito(PRIVATE)
        // A file that is dropped is the page's: with Tauri's own handler Windows does not pass it on.
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(true)
        .build()?;
    Ok(())
}

/// Brings the window to the front; one that was closed while a payment is being finished is opened again.
pub(crate) fn focus(handle: &AppHandle) {
    let shown = match handle.get_webview_window(COUNTER) {
        Some(window) => window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus()),
        None => open(handle),
    };
    handle.state::<CustomerWindow>().wanted();
    if let Err(error) = shown {
        log::warn!("the window could not be brought to the front: {error}");
    }
}

/// When the window was closed while a terminal works, the program stays until the answer is saved (killed, it would find
/// out at the next start). Then it signs off, so that another till can use the account.
pub(crate) fn finish_first(handle: &AppHandle, exit: &ExitRequestApi) {
    exit.prevent_exit();
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        while handle.state::<App>().has_payments_on_their_way() {
            tokio::time::sleep(LOOK).await;
        }
        if tokio::time::timeout(FAREWELL, handle.state::<App>().sign_off())
            .await
            .is_err()
        {
            log::info!("the gateway did not answer the sign-off; the session stays for the next start");
        }
        // Unless somebody started the program again meanwhile, and looks at it.
        if handle.get_webview_window(COUNTER).is_none() {
            handle.exit(0);
        }
    });
}

/// A window is gone. The others are of no use without the counter's, and would keep the program running.
pub(crate) fn closed(handle: &AppHandle, label: &str) {
    if label == COUNTER {
        customer_window::close(handle);
        virtual_terminal::close_all(handle);
    }
    if label == CUSTOMER && handle.get_webview_window(CUSTOMER).is_none() {
        handle.state::<CustomerWindow>().gone();
    }
    virtual_terminal::closed(handle, label);
}
