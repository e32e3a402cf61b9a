//! What the window shows: its words, its size, its picture.

use super::Layout;
use super::Window;
use super::find::plain;
use crate::{Failure, Outcome};
use serde_json::json;
use std::path::Path;

/// The sizes that every screen has to look right at.
pub const SIZES: [(u32, u32); 3] = [(1024, 768), (1366, 768), (1920, 1080)];
/// The sizes that a window has to look right at which stands on another screen, or beside the counter's.
pub const DISPLAY_SIZES: [(u32, u32); 4] = [(800, 480), (1024, 600), (1366, 768), (1920, 1080)];

impl Window {
    /// All the words that can be read now, with ordinary blanks, one line per line.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn text(&self) -> Outcome<String> {
        let text = self
            .client
            .execute("return document.body.innerText;", Vec::new())
            .await?;
        Ok(plain(text.as_str().unwrap_or_default()))
    }

    /// The page as it stands: its markup, and what its fields hold.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn source(&self) -> Outcome<String> {
        let question = "const fields = [...document.querySelectorAll('input, select, textarea')].map((field) => field.value);
            return [document.documentElement.outerHTML, ...fields].join('\\n');";
        let source = self.client.execute(question, Vec::new()).await?;
        Ok(source.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until these words can be read.
    ///
    /// # Errors
    /// When they do not come up in time.
    pub async fn see(&self, words: &str) -> Outcome {
        self.until(&format!("the words {words:?}"), async || {
            Ok(self.text().await?.contains(words).then_some(()))
        })
        .await
    }

    /// Waits until these words can be read no more.
    ///
    /// # Errors
    /// When they stay.
    pub async fn see_no_more(&self, words: &str) -> Outcome {
        let what = format!("the words {words:?} to go");
        self.until(&what, async || {
            Ok((!self.text().await?.contains(words)).then_some(()))
        })
        .await
    }

    /// Gives the window's inside this size in CSS pixels.
    ///
    /// # Errors
    /// When the window does not take it.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        self.client.set_window_size(width, height).await?;
        self.until(&format!("a window of {width}×{height}"), async || {
            let size = self
                .client
                .execute("return [innerWidth, innerHeight];", Vec::new())
                .await?;
            Ok((size == json!([width, height])).then_some(()))
        })
        .await
    }

    /// Makes everything larger by the engine's own keys, as somebody does who sees badly, until the inside has this width
    /// in CSS pixels.
    ///
    /// # Errors
    /// When it does not get there.
    pub async fn zoom_in(&self, steps: usize, width: u32) -> Outcome {
        for _ in 0..steps {
            self.press("Control+=").await?;
        }
        self.until(&format!("an inside of {width} CSS pixels"), async || {
            let inside = self.client.execute("return innerWidth;", Vec::new()).await?;
            Ok((inside == json!(width)).then_some(()))
        })
        .await
    }

    /// Loads the page anew, as a broken page would be.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn reload(&self) -> Outcome {
        Ok(self.client.refresh().await?)
    }

    /// Whether anything sticks out of the window sideways or is cut off at its right edge.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn overflows(&self) -> Outcome<bool> {
        let question = "const page = document.documentElement; return page.scrollWidth > innerWidth;";
        let answer = self.client.execute(question, Vec::new()).await?;
        answer
            .as_bool()
            .ok_or_else(|| Failure::new("the window did not say how wide it is"))
    }

    /// Looks at what is shown now at every size that has to look right, with a picture of each in `target/screens`:
    /// no text is cut off, everything is
    /// large enough for a finger, and axe finds nothing. `screen` and `manner` name the pictures.
    ///
    /// # Errors
    /// When something sticks out or axe finds anything.
    pub async fn fits(&self, screen: &str, manner: &str) -> Outcome {
        self.fits_at(&SIZES, screen, manner).await
    }

    /// The same, at other sizes.
    ///
    /// # Errors
    /// As [`Window::fits`].
    pub async fn fits_at(&self, sizes: &[(u32, u32)], screen: &str, manner: &str) -> Outcome {
        let folder = crate::programs::root().join("target").join("screens");
        let mut found = Vec::new();
        for &(width, height) in sizes {
            self.resize(width, height).await?;
            let picture = folder.join(format!("{screen}-{width}x{height}-{manner}.png"));
            self.screenshot(&picture).await?;
            let what = format!("{screen} at {width}×{height}, {manner}");
            if self.overflows().await? {
                let failure = format!("{what} is wider than the window; see {}", picture.display());
                found.push(failure);
            }
            let looks = [
                self.lies_well(&what, &[Layout::Text, Layout::Targets]).await,
                self.is_accessible(&what).await,
            ];
            found.extend(
                looks
                    .into_iter()
                    .filter_map(Result::err)
                    .map(|failure| failure.to_string()),
            );
        }
        if !found.is_empty() {
            return Err(Failure::new(found.join("\n")));
        }
        Ok(())
    }

    /// Saves a picture of the window as PNG, once what was painted last is on it.
    ///
    /// # Errors
    /// When the window is gone or the file cannot be written.
    pub async fn screenshot(&self, path: &Path) -> Outcome {
        const SETTLED: &str = "
            const done = arguments[arguments.length - 1];
            const moving = document.getAnimations().filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
            Promise.allSettled([document.fonts.ready, ...moving.map((animation) => animation.finished)])
                .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";
        self.client.execute_async(SETTLED, Vec::new()).await?;
        let png = self.client.screenshot().await?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(path, png)?)
    }
}
