//! The keyboard.

use super::Window;
use crate::{Failure, Outcome};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;

impl Window {
    /// Presses one key or a chord on whatever has the focus: `F9`, `Enter`, `a`, `Shift+Tab`.
    ///
    /// # Errors
    /// When there is no key of that name, or the window is gone.
    pub async fn press(&self, chord: &str) -> Outcome {
        let keys = chord.split('+').map(key).collect::<Outcome<Vec<char>>>()?;
        let down = keys.iter().map(|&value| KeyAction::Down { value });
        let up = keys.iter().rev().map(|&value| KeyAction::Up { value });
        self.act(down.chain(up)).await
    }

    /// Types characters on whatever has the focus, one key after the other.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn type_keys(&self, text: &str) -> Outcome {
        self.act(
            text.chars()
                .flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]),
        )
        .await
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
        "F6" => Key::F6,
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
