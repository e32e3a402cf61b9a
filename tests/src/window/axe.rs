//! Accessibility of what is shown now, by axe.

use super::Window;
use crate::{Failure, Outcome, programs};
use serde::Deserialize;
use std::fmt;

/// One rule that the window breaks.
#[derive(Clone, Debug, Deserialize)]
pub struct Violation {
    /// The rule's name, like `color-contrast`.
    pub id: String,
    /// What the rule asks for.
    pub help: String,
    /// Where it is broken.
    pub nodes: Vec<Place>,
}

/// A place in the page where a rule is broken.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The element's own markup, shortened.
    pub html: String,
    /// What is wrong with it.
    #[serde(default)]
    pub failure_summary: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id, self.help)?;
        for place in &self.nodes {
            write!(
                f,
                "\n  {}\n    {}",
                place.html,
                place.failure_summary.replace('\n', "\n    ")
            )?;
        }
        Ok(())
    }
}

impl Window {
    /// Every rule of WCAG 2.2 A and AA that the window breaks now.
    ///
    /// # Errors
    /// When axe is not installed (`cargo xtask test` does it) or cannot run.
    pub async fn axe(&self) -> Outcome<Vec<Violation>> {
        const RUN: &str = "
            const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
                .then((result) => done({ violations: result.violations }), (error) => done({ error: String(error) }));";
        let source = programs::root().join("xtask/js/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&source).map_err(|error| {
            Failure::new(format!(
                "{}: {error}; `cargo xtask test` installs it",
                source.display()
            ))
        })?;
        // As WebDriver's own script it is no part of the page, so the page's content security policy stays as strict as it is.
        self.client
            .execute(&format!("if (!window.axe) {{ {axe} }}"), Vec::new())
            .await?;
        let answer = self.client.execute_async(RUN, Vec::new()).await?;
        match answer.get("violations") {
            Some(violations) => Ok(serde_json::from_value(violations.clone())?),
            None => Err(Failure::new(format!("axe could not run: {answer}"))),
        }
    }

    /// Fails with everything that axe finds.
    ///
    /// # Errors
    /// When axe finds anything; `screen` says where.
    pub async fn is_accessible(&self, screen: &str) -> Outcome {
        let found = self.axe().await?;
        if found.is_empty() {
            return Ok(());
        }
        let words: Vec<String> = found.iter().map(Violation::to_string).collect();
        Err(Failure::new(format!(
            "{screen} breaks {} rules of accessibility:\n{}",
            found.len(),
            words.join("\n")
        )))
    }
}
