//! The other windows of the program: turning to one, and what its page is let do.

use super::Window;
use crate::{Failure, Outcome};
use serde_json::json;

/// A window, by the page that it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The cashier's.
    Counter,
    /// The customer's display.
    Customer,
    /// A virtual terminal.
    Terminal,
}

impl Page {
    fn is_at(self, path: &str) -> bool {
        match self {
            Page::Counter => matches!(path, "" | "/" | "/index.html"),
            Page::Customer => path == "/customer.html",
            Page::Terminal => path == "/terminal.html",
        }
    }
}

impl Window {
    /// Waits for the window that shows this page, and turns to it: all that is asked from now on is asked of it.
    ///
    /// # Errors
    /// When it does not come up in time.
    pub async fn turn_to(&self, page: Page) -> Outcome {
        self.until(&format!("the window {page:?}"), async || {
            Ok(self.find_window(page).await?.then_some(()))
        })
        .await
    }

    /// Waits until no window shows this page.
    ///
    /// # Errors
    /// When it stays.
    pub async fn wait_closed(&self, page: Page) -> Outcome {
        self.turn_to(Page::Counter).await?;
        self.until(&format!("the window {page:?} to go"), async || {
            let found = self.find_window(page).await?;
            self.find_window(Page::Counter).await?;
            Ok((!found).then_some(()))
        })
        .await
    }

    /// Why the page of this window may not call a command of the shell. Its own permission comes before any argument.
    ///
    /// # Errors
    /// When the command was let through.
    pub async fn is_refused(&self, command: &str) -> Outcome<String> {
        const CALL: &str = "
            const [command, done] = arguments;
            window.__TAURI__.core.invoke(command, {}).then(() => done({ passed: true }), (error) => done({ refused: String(error) }));";
        let answer = self.client.execute_async(CALL, vec![json!(command)]).await?;
        match answer.get("refused").and_then(|why| why.as_str()) {
            Some(why) if why.contains("not allowed") => Ok(why.to_owned()),
            _ => Err(Failure::new(format!("the page may call {command}: {answer}"))),
        }
    }

    /// Closes the pages of all windows but the counter's, and turns to that.
    pub(super) async fn close_others(&self) -> Outcome {
        for page in [Page::Customer, Page::Terminal] {
            while self.find_window(page).await? {
                self.client.close_window().await?;
            }
        }
        self.find_window(Page::Counter).await?;
        Ok(())
    }

    async fn find_window(&self, page: Page) -> Outcome<bool> {
        for handle in self.client.windows().await? {
            // One that was closed since it was listed.
            if self.client.switch_to_window(handle).await.is_err() {
                continue;
            }
            if let Ok(address) = self.client.current_url().await
                && page.is_at(address.path())
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
