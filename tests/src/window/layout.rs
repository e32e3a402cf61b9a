//! How the page lies: texts that are cut off or lie over each other, targets too small for a finger, controls out of
//! reach, a focus that was lost.

use super::Window;
use crate::{Failure, Outcome};
use serde_json::json;

/// What is looked for; see `layout.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// No text is cut off, sticks out of its box, leaves the window, or lies over another.
    Text,
    /// Nothing that is touched is smaller than 48 px, no payment key lower than 64.
    Targets,
    /// Every control can be scrolled to, and is covered by nothing then.
    Reach,
    /// The keyboard's focus stands somewhere.
    Focus,
}

impl Layout {
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Targets => "targets",
            Self::Reach => "reach",
            Self::Focus => "focus",
        }
    }
}

impl Window {
    /// Everything that is wrong with how the page lies now.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn layout(&self, wanted: &[Layout]) -> Outcome<Vec<String>> {
        let names: Vec<&str> = wanted.iter().map(|one| one.name()).collect();
        let found = self
            .client
            .execute(include_str!("layout.js"), vec![json!(names)])
            .await?;
        Ok(serde_json::from_value(found)?)
    }

    /// Fails with all that is wrong with how the page lies now; `screen` says where.
    ///
    /// # Errors
    /// When anything is.
    pub async fn lies_well(&self, screen: &str, wanted: &[Layout]) -> Outcome {
        let found = self.layout(wanted).await?;
        if found.is_empty() {
            return Ok(());
        }
        let picture = crate::programs::root()
            .join("target/window-failures")
            .join(format!("{}.png", screen.replace([' ', '/', '×'], "-")));
        self.screenshot(&picture).await?;
        Err(Failure::new(format!(
            "{screen} (its picture is {}):\n  {}",
            picture.display(),
            found.join("\n  ")
        )))
    }

    /// Takes a picture of what is shown now into `target/screens`, and fails with all that is wrong with how it lies.
    ///
    /// # Errors
    /// When anything is wrong, or the picture cannot be written.
    pub async fn look_at(&self, screen: &str, wanted: &[Layout]) -> Outcome {
        let folder = crate::programs::root().join("target").join("screens");
        self.screenshot(&folder.join(format!("{screen}.png"))).await?;
        self.lies_well(screen, wanted).await
    }

    /// Waits until the keyboard's focus stands on a control with this role and name.
    ///
    /// # Errors
    /// When it does not get there in time.
    pub async fn wait_focus(&self, role: &str, name: &str) -> Outcome {
        self.until(&format!("the focus on the {role} {name:?}"), async || {
            let (found, label) = self.focused().await?;
            Ok((found == role && label == name).then_some(()))
        })
        .await
    }
}
