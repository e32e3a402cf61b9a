//! The pictures, by scene.

use std::path::PathBuf;

use kaunter_tests::{DISPLAY_SIZES, Failure, Outcome, SIZES, Window};
use serde_json::json;

use crate::language::Language;

/// Light and dark.
pub(crate) const THEMES: [&str; 2] = ["light", "dark"];

/// Where the pictures go, and which there are.
pub(crate) struct Album {
    folder: PathBuf,
    only: String,
    language: Language,
    scenes: Vec<String>,
    languages: Vec<Language>,
    pictures: usize,
}

impl Album {
    pub(crate) fn new(folder: PathBuf, only: String) -> Self {
        Self {
            folder,
            only,
            language: Language::En,
            scenes: Vec::new(),
            languages: Vec::new(),
            pictures: 0,
        }
    }

    /// Everything from here on is in this language.
    pub(crate) fn speak(&mut self, language: Language) {
        self.language = language;
        self.languages.push(language);
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    pub(crate) fn languages(&self) -> &[Language] {
        &self.languages
    }

    pub(crate) fn scenes(&self) -> &[String] {
        &self.scenes
    }

    pub(crate) fn pictures(&self) -> usize {
        self.pictures
    }

    pub(crate) fn folder(&self) -> &PathBuf {
        &self.folder
    }

    /// Takes what the window shows now, in every size and look.
    pub(crate) async fn take(&mut self, window: &Window, scene: &str) -> Outcome {
        self.take_at(window, scene, &SIZES, None).await
    }

    /// The same of a long screen, from the part with this heading on.
    pub(crate) async fn take_part(&mut self, window: &Window, scene: &str, heading: &str) -> Outcome {
        self.take_at(window, scene, &SIZES, Some(heading)).await
    }

    /// The same of a window that is not the counter's, at sizes of its own.
    pub(crate) async fn take_display(&mut self, window: &Window, scene: &str) -> Outcome {
        self.take_at(window, scene, &DISPLAY_SIZES, None).await
    }

    async fn take_at(
        &mut self,
        window: &Window,
        scene: &str,
        sizes: &[(u32, u32)],
        heading: Option<&str>,
    ) -> Outcome {
        if !scene.starts_with(&self.only) {
            return Ok(());
        }
        let before = window
            .ask("return document.documentElement.dataset.theme ?? null;")
            .await?;
        for theme in THEMES {
            for &(width, height) in sizes {
                // Each time: with any news of the session the page goes back to the theme that is set.
                window
                    .ask(&format!("document.documentElement.dataset.theme = '{theme}';"))
                    .await?;
                window.resize(width, height).await?;
                if let Some(heading) = heading {
                    window.ask(&scroll_to(heading)).await?;
                }
                let picture = self
                    .folder
                    .join(file(scene, self.language, theme, (width, height)));
                if picture.exists() {
                    return Err(Failure::new(format!("{} was taken already", picture.display())));
                }
                window.screenshot(&picture).await?;
                self.pictures += 1;
            }
        }
        if let Some(before) = before.as_str() {
            window
                .ask(&format!("document.documentElement.dataset.theme = '{before}';"))
                .await?;
        }
        window.resize(1366, 768).await?;
        if !self.scenes.iter().any(|known| known == scene) {
            self.scenes.push(scene.to_owned());
        }
        eprintln!("   {} {scene}", self.language.tag());
        Ok(())
    }
}

fn scroll_to(heading: &str) -> String {
    format!(
        "const at = [...document.querySelectorAll('h2, h3')].find((one) => one.innerText.trim() === {});
         at?.scrollIntoView({{ block: 'start' }});",
        json!(heading)
    )
}

/// The picture's name.
pub(crate) fn file(scene: &str, language: Language, theme: &str, (width, height): (u32, u32)) -> String {
    format!("{scene}-{}-{theme}-{width}x{height}.png", language.tag())
}
