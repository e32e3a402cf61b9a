//! The keyboard.

use super::Window;
use crate::{Failure, Outcome};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// What a hand takes at least between what it typed and the Enter or Tab after it. A scanner is quicker, and that is how
/// the till knows one.
const HAND: Duration = Duration::from_millis(70);

impl Window {
    /// Presses one key or a chord on whatever has the focus: `F9`, `Enter`, `a`, `Shift+Tab`.
    ///
    /// # Errors
    /// When there is no key of that name, or the window is gone.
    pub async fn press(&self, chord: &str) -> Outcome {
        let keys = chord.split('+').map(key).collect::<Outcome<Vec<char>>>()?;
        let ends = ["Enter", "Tab"].contains(&chord);
        let hand = ends.then_some(KeyAction::Pause { duration: HAND });
        if ends {
            self.typed.store(false, Ordering::Relaxed);
        }
        let down = keys.iter().map(|&value| KeyAction::Down { value });
        let up = keys.iter().rev().map(|&value| KeyAction::Up { value });
        self.act(hand.into_iter().chain(down).chain(up)).await
    }

    /// Types characters on whatever has the focus, one key after the other.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn type_keys(&self, text: &str) -> Outcome {
        self.typed.store(true, Ordering::Relaxed);
        self.act(
            text.chars()
                .flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]),
        )
        .await
    }

    /// Types a code on whatever has the focus as a scanner does: in one burst, with its Enter.
    ///
    /// # Errors
    /// When nothing has the focus, or the window is gone.
    pub async fn scan(&self, code: &str) -> Outcome {
        self.burst(&format!("{code}{}", char::from(Key::Enter))).await
    }

    /// Types these keys in one burst, one right after the other.
    ///
    /// # Errors
    /// When nothing has the focus, or the window is gone.
    pub async fn burst(&self, keys: &str) -> Outcome {
        // A hand puts something else down before it takes the scanner.
        if self.typed.swap(false, Ordering::Relaxed) {
            self.act([KeyAction::Pause { duration: HAND }].into_iter())
                .await?;
        }
        let place = self.client.active_element().await?;
        Ok(place.send_keys(keys).await?)
    }

    async fn act(&self, actions: impl Iterator<Item = KeyAction>) -> Outcome {
        let all = actions.fold(KeyActions::new("keyboard".to_owned()), KeyActions::then);
        Ok(self.client.perform_actions(all).await?)
    }
}

/// A key by the name that `KeyboardEvent.key` has for it.
fn key(name: &str) -> Outcome<char> {
    let special = match name {
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "Shift" => Key::Shift,
        "Control" => Key::Control,
        "Alt" => Key::Alt,
        "F1" => Key::F1,
        "F2" => Key::F2,
        "F3" => Key::F3,
        "F4" => Key::F4,
        "F5" => Key::F5,
        "F6" => Key::F6,
        "F7" => Key::F7,
        "F8" => Key::F8,
        "F9" => Key::F9,
        "F10" => Key::F10,
        "F11" => Key::F11,
        "F12" => Key::F12,
        other => {
            let mut characters = other.chars();
            return match (characters.next(), characters.next()) {
                (Some(only), None) => Ok(only),
                _ => Err(Failure::new(format!("there is no key called {other:?}"))),
            };
        }
    };
    Ok(special.into())
}
