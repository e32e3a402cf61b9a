//! What a hand does beside clicking and typing: the second mouse button, and files that are picked.

use super::Window;
use super::find::Name;
use crate::{Failure, Outcome};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_RIGHT, MouseActions, PointerAction};
use std::path::Path;

impl Window {
    /// Waits for a control and clicks it with the second button, for its menu.
    ///
    /// # Errors
    /// When it does not come up in time.
    pub async fn open_menu<'a>(&self, role: &str, name: impl Into<Name<'a>>) -> Outcome {
        let control = self.wait_for(role, name).await?;
        let press = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveToElement {
                element: control.element(),
                duration: None,
                x: 0.0,
                y: 0.0,
            })
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_RIGHT,
            })
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_RIGHT,
            });
        Ok(self.client().perform_actions(press).await?)
    }

    /// Picks a file with the control of this name.
    ///
    /// # Errors
    /// When no control that takes files has that name.
    pub async fn pick_file(&self, name: &str, file: &Path) -> Outcome {
        let path = file
            .to_str()
            .ok_or_else(|| Failure::new("the file's path is no text"))?;
        self.until(&format!("the control for files {name:?}"), async || {
            let Some(control) = self.find_file_control(name).await? else {
                return Ok(None);
            };
            control.send_keys(path).await?;
            Ok(Some(()))
        })
        .await
    }
}
