//! The screens of this computer, and on which of them the customer's display belongs. Never on the one that the counter
//! is on: a display over the whole of it would lock the cashier out.

use tauri::{AppHandle, Manager, Monitor};
use till::{DisplayPlace, DisplaySettings, Screen};

use crate::window::COUNTER;

/// The screens that are connected, from the left, and the counter's place among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Screens {
    pub(crate) all: Vec<Screen>,
    pub(crate) counter: Option<usize>,
}

/// Where the display belongs now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nowhere.
    Off,
    /// In a window of its own.
    Window,
    /// Over the whole of this screen.
    Over(Screen),
    /// Its screen is not connected.
    Gone,
    /// Its screen is the counter's.
    OverCounter,
}

impl Screens {
    /// What is connected now.
    pub(crate) fn now(handle: &AppHandle) -> tauri::Result<Self> {
        let mut all: Vec<Screen> = handle.available_monitors()?.iter().map(screen).collect();
        all.sort_by_key(|screen| (screen.x, screen.y));
        let under = match handle.get_webview_window(COUNTER) {
            Some(window) => window.current_monitor()?.as_ref().map(screen),
            None => None,
        };
        let counter = under.and_then(|under| all.iter().position(|screen| *screen == under));
        Ok(Self { all, counter })
    }

    /// The screen that was chosen, as it is found again: best by name and place, else by its name if its size is the same,
    /// else by where it lies. A screen of that name alone is not enough: two of a kind are called the same.
    pub(crate) fn find(&self, chosen: &Screen) -> Option<usize> {
        let size = |screen: &Screen| (screen.width, screen.height) == (chosen.width, chosen.height);
        let corner = |screen: &Screen| (screen.x, screen.y) == (chosen.x, chosen.y);
        let same_name = |screen: &Screen| screen.name == chosen.name;
        let rules: [&dyn Fn(&Screen) -> bool; 4] = [
            &|screen| same_name(screen) && corner(screen) && size(screen),
            &|screen| same_name(screen) && corner(screen),
            &|screen| same_name(screen) && size(screen),
            &|screen| corner(screen) && size(screen),
        ];
        rules.iter().find_map(|fits| self.all.iter().position(fits))
    }

    /// Where the display belongs as these screens are.
    pub(crate) fn place(&self, settings: &DisplaySettings) -> Place {
        match (settings.place, &settings.screen) {
            (DisplayPlace::Off, _) => Place::Off,
            (DisplayPlace::Window, _) => Place::Window,
            (DisplayPlace::Screen, None) => Place::Gone,
            (DisplayPlace::Screen, Some(chosen)) => match self.find(chosen) {
                None => Place::Gone,
                // Where nobody can tell which screen the counter is on, a lone one is it.
                Some(found) if self.counter == Some(found) || self.all.len() == 1 => Place::OverCounter,
                Some(found) => self.all.get(found).cloned().map_or(Place::Gone, Place::Over),
            },
        }
    }
}

fn screen(monitor: &Monitor) -> Screen {
    Screen {
        name: monitor.name().cloned(),
        x: monitor.position().x,
        y: monitor.position().y,
        width: monitor.size().width,
        height: monitor.size().height,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(name: &str, x: i32, width: u32) -> Screen {
        Screen {
            name: Some(name.to_owned()),
            x,
            y: 0,
            width,
            height: 768,
        }
    }

    fn on(chosen: &Screen) -> DisplaySettings {
        DisplaySettings {
            place: DisplayPlace::Screen,
            screen: Some(chosen.clone()),
            language: None,
        }
    }

    fn screens(all: &[Screen]) -> Screens {
        Screens {
            all: all.to_vec(),
            counter: Some(0),
        }
    }

    #[test]
    fn it_comes_up_on_its_own_screen_and_waits_while_that_is_gone() {
        let (left, right) = (screen("eDP-1", 0, 1366), screen("HDMI-1", 1366, 1024));
        let settings = on(&right);
        assert_eq!(
            screens(&[left.clone(), right.clone()]).place(&settings),
            Place::Over(right.clone())
        );
        assert_eq!(screens(std::slice::from_ref(&left)).place(&settings), Place::Gone);
        assert_eq!(
            screens(&[left, right.clone()]).place(&settings),
            Place::Over(right)
        );
    }

    #[test]
    fn it_never_covers_the_counter() {
        let (left, right) = (screen("eDP-1", 0, 1366), screen("HDMI-1", 1366, 1024));
        assert_eq!(
            screens(&[left.clone(), right.clone()]).place(&on(&left)),
            Place::OverCounter
        );
        let moved = Screens {
            all: vec![left.clone(), right.clone()],
            counter: Some(1),
        };
        assert_eq!(moved.place(&on(&right)), Place::OverCounter);
        let unseen = Screens {
            all: vec![left.clone()],
            counter: None,
        };
        assert_eq!(unseen.place(&on(&left)), Place::OverCounter);
    }

    #[test]
    fn a_screen_is_found_again_when_it_was_moved_or_got_another_name() {
        let (left, right) = (screen("eDP-1", 0, 1366), screen("HDMI-1", 1366, 1024));
        let moved = screen("HDMI-1", 1920, 1024);
        assert_eq!(
            screens(&[left.clone(), moved.clone()]).place(&on(&right)),
            Place::Over(moved)
        );
        let renamed = screen("HDMI-A-1", 1366, 1024);
        assert_eq!(
            screens(&[left.clone(), renamed.clone()]).place(&on(&right)),
            Place::Over(renamed)
        );
        assert_eq!(
            screens(&[left, screen("DP-9", 1366, 800)]).place(&on(&right)),
            Place::Gone
        );
    }

    #[test]
    fn of_two_of_a_kind_the_one_in_its_place_is_taken() {
        let all = [
            screen("eDP-1", 0, 1366),
            screen("POS", 1366, 1024),
            screen("POS", 2390, 1024),
        ];
        assert_eq!(screens(&all).place(&on(&all[2])), Place::Over(all[2].clone()));
        assert_eq!(screens(&all).place(&on(&all[1])), Place::Over(all[1].clone()));
    }
}
