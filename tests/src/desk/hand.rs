//! What somebody does to a desk's windows with their hands: one is closed by its corner. WebDriver closes a page, never
//! the window around it.

use super::Desk;
use crate::{Failure, Outcome};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, Window};
use x11rb::rust_connection::RustConnection;

impl Desk {
    /// Closes the window of this title, as by the button in its corner.
    ///
    /// # Errors
    /// When there is none.
    pub fn close_window(&self, title: &str) -> Outcome {
        let hand = Hand::on(self)?;
        let window = hand
            .titled(hand.root(), title)?
            .ok_or_else(|| Failure::new(format!("no window is called {title:?}")))?;
        let (kind, delete) = (hand.atom("WM_PROTOCOLS")?, hand.atom("WM_DELETE_WINDOW")?);
        let message = ClientMessageEvent::new(32, window, kind, [delete, 0, 0, 0, 0]);
        hand.connection
            .send_event(false, window, EventMask::NO_EVENT, message)?
            .check()?;
        Ok(())
    }
}

/// A connection to a desk's display.
struct Hand {
    connection: RustConnection,
    screen: usize,
}

impl Hand {
    fn on(desk: &Desk) -> Outcome<Self> {
        let (connection, screen) = x11rb::connect(Some(desk.display.name()))?;
        Ok(Self { connection, screen })
    }

    fn root(&self) -> Window {
        self.connection.setup().roots[self.screen].root
    }

    fn atom(&self, name: &str) -> Outcome<Atom> {
        Ok(self.connection.intern_atom(false, name.as_bytes())?.reply()?.atom)
    }

    /// The first window below this one with the title.
    fn titled(&self, below: Window, title: &str) -> Outcome<Option<Window>> {
        for window in self.connection.query_tree(below)?.reply()?.children {
            let name = self
                .connection
                .get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 256)?
                .reply()?;
            let viewable = self.connection.get_window_attributes(window)?.reply()?.map_state
                == x11rb::protocol::xproto::MapState::VIEWABLE;
            if viewable && name.value == title.as_bytes() {
                return Ok(Some(window));
            }
            if let Some(found) = self.titled(window, title)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}
