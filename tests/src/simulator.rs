//! The gateway's stand-in as a process of its own, and its book of what was really charged.

use crate::desk::Program;
use crate::programs::built;
use crate::{Failure, Outcome};
use serde::Deserialize;
use serde_json::Value;
use std::process::{Command, Stdio};
use std::sync::Once;
use std::time::Duration;

/// What the simulator prints when it is ready.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credentials {
    /// Its address, `http://127.0.0.1:PORT`.
    pub listening: String,
    /// The POS account.
    pub pos_id: String,
    /// The POS account's password.
    pub password: String,
    /// The merchant.
    pub merchant_id: String,
    /// The key of the signatures.
    pub secret_key: String,
    /// The terminals' unique IDs.
    pub terminals: Vec<String>,
}

/// One row of the acquirer's book.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct BookEntry {
    /// The till's reference.
    pub reference_id: String,
    /// The acquirer's number of the transaction.
    pub trans_id: String,
    /// The terminal that took it.
    pub terminal_id: String,
    /// `sale` or `cashOut`; a void changes its sale's row.
    pub trans_type: String,
    /// With two decimals, like `12.50`.
    pub amount: String,
    /// `charged`, `voided`, `pending` or `declined`.
    pub status: String,
}

/// A running simulator. It ends when this is dropped.
pub struct Simulator {
    credentials: Credentials,
    http: reqwest::Client,
    _process: Program,
}

impl Simulator {
    /// Starts one on a free port, with further `options` as on its command line.
    ///
    /// # Errors
    /// When it has not been built or does not start.
    pub fn start(options: &[&str]) -> Outcome<Self> {
        let mut command = Command::new(built("cloudecr-simulator")?);
        command.args(["--listen", "127.0.0.1:0"]).args(options);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = Program::start(&mut command)?;
        let line = process
            .first_line()
            .map_err(|failure| Failure::new(format!("the simulator: {failure}")))?;
        Ok(Self {
            credentials: serde_json::from_str(&line)?,
            http: http()?,
            _process: process,
        })
    }

    /// What a till needs to sign in.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// What the acquirer really did so far.
    ///
    /// # Errors
    /// When the simulator has ended.
    pub async fn book(&self) -> Outcome<Vec<BookEntry>> {
        let address = format!("{}/simulator/book", self.credentials.listening);
        Ok(self
            .http
            .get(address)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?)
    }

    /// The book, once it has this many rows.
    ///
    /// # Errors
    /// When it has not in half a minute.
    pub async fn wait_for_book(&self, rows: usize) -> Outcome<Vec<BookEntry>> {
        let mut look = tokio::time::interval(Duration::from_millis(20));
        let wait = async {
            loop {
                look.tick().await;
                let book = self.book().await?;
                if book.len() >= rows {
                    return Ok(book);
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait)
            .await
            .map_err(|_| Failure::new("the acquirer was never reached"))?
    }

    /// Sets what a terminal does next; the script's form is in the simulator's README.
    ///
    /// # Errors
    /// When the terminal or the script is not known to the simulator.
    pub async fn script(&self, terminal: &str, script: &Value) -> Outcome {
        self.put(terminal, "script", script).await
    }

    /// Sets how a terminal answers the next questions about its last transaction, in the same form.
    ///
    /// # Errors
    /// As [`Self::script`].
    pub async fn inquiry_script(&self, terminal: &str, script: &Value) -> Outcome {
        self.put(terminal, "inquiry-script", script).await
    }

    /// Has somebody at a terminal type or scan a binding key, or without one switch it on while it is on the prebind list.
    ///
    /// # Errors
    /// When the terminal is not bound by it.
    pub async fn bind(&self, terminal: &str, key: Option<&str>) -> Outcome {
        let address = format!(
            "{}/simulator/terminals/{terminal}/bind",
            self.credentials.listening
        );
        let request = self.http.post(address).json(&serde_json::json!({ "key": key }));
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// Somebody else tries a wrong password until the POS account is locked, and every session of it ends.
    ///
    /// # Errors
    /// When it is not locked then.
    pub async fn lock_out(&self) -> Outcome {
        let wrong = serde_json::json!({ "posId": self.credentials.pos_id, "password": "not the password" });
        let login = format!("{}/auth/login", self.credentials.listening);
        let mut status = reqwest::StatusCode::UNAUTHORIZED;
        while status == reqwest::StatusCode::UNAUTHORIZED {
            status = self.http.post(&login).json(&wrong).send().await?.status();
        }
        if status != reqwest::StatusCode::TOO_MANY_REQUESTS {
            return Err(Failure::new(format!("the account is not locked: {status}")));
        }
        let end = format!("{}/simulator/sessions/end", self.credentials.listening);
        self.http.post(end).send().await?.error_for_status()?;
        Ok(())
    }

    async fn put(&self, terminal: &str, what: &str, script: &Value) -> Outcome {
        let address = format!(
            "{}/simulator/terminals/{terminal}/{what}",
            self.credentials.listening
        );
        self.http
            .put(address)
            .json(script)
            .send()
            .await?
            .error_for_status()?;
        Ok(())
    }
}

fn http() -> Outcome<reqwest::Client> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Refused only when another part of the process has chosen one before, which is as good.
        drop(rustls::crypto::ring::default_provider().install_default());
    });
    Ok(reqwest::Client::builder().no_proxy().build()?)
}
