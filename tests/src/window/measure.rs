//! What a measurement asks of the window beside what a person does: values of the page, and what its processes take.

use super::Window;
use crate::{Failure, Outcome};
use serde_json::Value;

impl Window {
    /// What a script in the page returns.
    ///
    /// # Errors
    /// When the window is gone or the script fails.
    pub async fn ask(&self, script: &str) -> Outcome<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// What a script in the page gives to its last argument, a function, in its own time.
    ///
    /// # Errors
    /// When the window is gone or the script fails.
    pub async fn ask_later(&self, script: &str) -> Outcome<Value> {
        Ok(self.client.execute_async(script, Vec::new()).await?)
    }

    /// Asks until the script returns something else than `null`.
    ///
    /// # Errors
    /// When it does not in time; `what` was waited for.
    pub async fn ask_until(&self, what: &str, script: &str) -> Outcome<Value> {
        self.until(what, async || {
            Ok(Some(self.ask(script).await?).filter(|answer| !answer.is_null()))
        })
        .await
    }

    /// The memory of the app with the web view's own processes, in KiB; what several share counts by its part (PSS).
    ///
    /// # Errors
    /// When there is no app, or the system does not say.
    pub fn memory(&self) -> Outcome<u64> {
        let mut processes = self.driver.children()?;
        let mut index = 0;
        while let Some(process) = processes.get(index).cloned() {
            processes.extend(children(&process)?);
            index += 1;
        }
        if processes.is_empty() {
            return Err(Failure::new("the driver has no app"));
        }
        processes.iter().map(|process| share(process)).sum()
    }
}

fn children(process: &str) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for thread in std::fs::read_dir(format!("/proc/{process}/task"))? {
        let children = std::fs::read_to_string(thread?.path().join("children"))?;
        found.extend(children.split_whitespace().map(str::to_owned));
    }
    Ok(found)
}

fn share(process: &str) -> Outcome<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .ok_or_else(|| Failure::new(format!("the system does not say what process {process} takes")))
}
