//! A look at a screen at every size that it has to look right at: nothing sticks out, and axe finds nothing. The pictures
//! in `target/screens/` are there to be looked at.

use crate::{Failure, Outcome, Window};
use std::path::Path;

/// The sizes that screens are made for.
const SIZES: [(u32, u32); 3] = [(1024, 768), (1366, 768), (1920, 1080)];

/// Looks at what is shown now, at each size.
///
/// # Errors
/// When something sticks out of the window, or breaks a rule of accessibility.
pub async fn look(window: &Window, theme: &str, screen: &str) -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screens");
    for (width, height) in SIZES {
        window.resize(width, height).await?;
        let picture = folder.join(format!("{screen}-{width}x{height}-{}.png", theme.to_lowercase()));
        window.screenshot(&picture).await?;
        if window.overflows().await? {
            return Err(Failure::new(format!(
                "{screen} is wider than {width} pixels; see {}",
                picture.display()
            )));
        }
        window
            .is_accessible(&format!("{screen} at {width}×{height}, {theme}"))
            .await?;
    }
    Ok(())
}
