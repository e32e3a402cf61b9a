//! The real window, driven through WebKit's own WebDriver.
//!
//! A control is found by its role and accessible name alone, as a screen reader finds it: a test never knows an id or a
//! class, and a control without a name cannot be tested, which is as it should be.

mod axe;
mod find;
mod hands;
mod keys;
mod layout;
mod look;
mod measure;
mod others;

pub use axe::Violation;
pub use find::{Control, Name, holding};
pub use layout::Layout;
pub use look::{DISPLAY_SIZES, SIZES};
pub use others::Page;

use crate::desk::Program;
use crate::programs::built;
use crate::{Desk, Failure, Outcome};
use fantoccini::error::NewSessionError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::fs::OpenOptions;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// How long a thing may take to come up before the test says that it did not.
const PATIENCE: Duration = Duration::from_secs(40);
/// How often the window is asked while waiting.
const BETWEEN: Duration = Duration::from_millis(30);

/// How often the driver is started before a window is said not to open.
const DRIVERS: u32 = 3;

/// Held while a window comes up.
static OPENING: Mutex<()> = Mutex::const_new(());

/// The app, running, with one of its windows before us: the counter's, until [`Window::turn_to`] another.
pub struct Window {
    client: Client,
    patience: Duration,
    failures: PathBuf,
    driver: Program,
    /// Something was typed that no Enter or Tab has followed yet.
    typed: AtomicBool,
}

impl Window {
    /// Starts Kaunter on a desk and waits for its window.
    ///
    /// # Errors
    /// When the app is not built, WebKitWebDriver is missing, or the app ends at once (its own words are then in
    /// [`Desk::output`], which the failure quotes).
    pub async fn open(desk: &Desk, arguments: &[&str]) -> Outcome<Self> {
        Self::open_program(desk, &built("kaunter")?, arguments).await
    }

    /// Starts another Tauri program; for the tests of this driver.
    ///
    /// # Errors
    /// As [`Window::open`].
    pub async fn open_program(desk: &Desk, app: &std::path::Path, arguments: &[&str]) -> Outcome<Self> {
        let output = OpenOptions::new().create(true).append(true).open(desk.output())?;
        // Ports are chosen here and by WebKitWebDriver before they are listened on; two at once could choose the same.
        let _alone = OPENING.lock().await;
        let wanted = json!({ "webkitgtk:browserOptions": { "binary": app, "args": arguments } });
        let capabilities = wanted.as_object().cloned().unwrap_or_default();
        let mut session = ClientBuilder::new(HttpConnector::new());
        session.capabilities(capabilities);
        let mut tried = 0;
        let (driver, client) = loop {
            let (driver, address) = driver(desk, &output).await?;
            tried += 1;
            match session.connect(&address).await {
                Ok(client) => break (driver, client),
                // Nothing was asked of the app yet: it is the driver that cannot be reached, or has ended.
                Err(NewSessionError::FailedC(error)) if tried < DRIVERS && error.is_connect() => {
                    writeln!(&output, "WebKitWebDriver was lost: {error:?}")?;
                }
                Err(error) => {
                    let said = std::fs::read_to_string(desk.output()).unwrap_or_default();
                    return Err(Failure::new(format!(
                        "the window did not open: {error:?}\nThe app's own words:\n{said}"
                    )));
                }
            }
        };
        let failures = crate::programs::root().join("target").join("window-failures");
        Ok(Self {
            client,
            patience: PATIENCE,
            failures,
            driver,
            typed: AtomicBool::new(false),
        })
    }

    /// The driver's client, for this module's files.
    fn client(&self) -> &Client {
        &self.client
    }

    /// Closes the window as its owner would, and waits until the app has gone.
    ///
    /// # Errors
    /// When the driver was lost before.
    pub async fn close(self) -> Outcome {
        let apps = self.driver.children()?;
        // The driver counts the program as closed with its last page.
        self.close_others().await?;
        self.client.close_window().await?;
        // With its last window the session is gone too, and the driver may say so; either way it is closed.
        drop(self.client.clone().close().await);
        self.wait_ended(&apps).await
    }

    /// Ends the app at once, as a power cut does: nothing is saved on the way out.
    ///
    /// # Errors
    /// When the app cannot be found or does not end.
    pub async fn kill(self) -> Outcome {
        let apps = self.driver.children()?;
        if apps.is_empty() {
            return Err(Failure::new("the driver has no app to kill"));
        }
        let ended = std::process::Command::new("kill")
            .arg("-KILL")
            .args(&apps)
            .status()?;
        if !ended.success() {
            return Err(Failure::new("the app could not be killed"));
        }
        self.wait_ended(&apps).await
    }

    /// Waits until the app has ended: the next one must find the folder free.
    async fn wait_ended(&self, apps: &[String]) -> Outcome {
        let mut turns = tokio::time::interval(BETWEEN);
        let gone = async {
            while apps.iter().any(|app| is_running(app)) {
                turns.tick().await;
            }
        };
        tokio::time::timeout(self.patience, gone)
            .await
            .map_err(|_| Failure::new("the app was closed and runs on"))
    }

    /// Asks again and again until `question` has an answer.
    ///
    /// # Errors
    /// When there was none in time: `what` was waited for, what the window showed instead, and where its picture lies.
    async fn until<T>(
        &self,
        what: &str,
        mut question: impl AsyncFnMut() -> Outcome<Option<T>>,
    ) -> Outcome<T> {
        let started = Instant::now();
        let mut turns = tokio::time::interval(BETWEEN);
        loop {
            turns.tick().await;
            if let Some(answer) = question().await? {
                return Ok(answer);
            }
            if started.elapsed() > self.patience {
                return Err(self.describe(what).await);
            }
        }
    }

    async fn describe(&self, what: &str) -> Failure {
        let shown = self.text().await.unwrap_or_default();
        let stamp = std::time::SystemTime::UNIX_EPOCH
            .elapsed()
            .unwrap_or_default()
            .as_millis();
        let picture = self.failures.join(format!("{stamp}.png"));
        let seen = match self.screenshot(&picture).await {
            Ok(()) => format!("its picture is {}", picture.display()),
            Err(failure) => format!("no picture could be taken: {failure}"),
        };
        Failure::new(format!(
            "waited {} s for {what}. The window shows ({seen}):\n{shown}",
            self.patience.as_secs()
        ))
    }
}

async fn driver(desk: &Desk, output: &std::fs::File) -> Outcome<(Program, String)> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let mut command = desk.command("WebKitWebDriver");
    command
        .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
        // The app inherits these from the driver; they make its web view answer to one.
        .env("TAURI_AUTOMATION", "true")
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .stdout(output.try_clone()?)
        .stderr(output.try_clone()?);
    let program = Program::start(&mut command)?;
    let started = Instant::now();
    let mut turns = tokio::time::interval(BETWEEN);
    while tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .is_err()
    {
        if started.elapsed() > PATIENCE {
            return Err(Failure::new(format!(
                "WebKitWebDriver did not listen on port {port}"
            )));
        }
        turns.tick().await;
    }
    Ok((program, format!("http://127.0.0.1:{port}")))
}

/// Whether a process still has files open: one that has ended and was not asked after has none.
fn is_running(process: &str) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status
        .lines()
        .any(|line| line.starts_with("State:") && !line.contains('Z') && !line.contains('X'))
}
