//! Binding terminals: the key and its QR code, and the list of terminals that may bind themselves. A manager's business.

use std::fmt;

use jiff::Timestamp;
use serde_json::json;

use super::{Till, TillError};
use crate::picture::{self, BadPicture};
use crate::prebind::{PrebindLine, check_prebind};
use crate::qr::{self, QrSquares};
use crate::store::{EntryKind, NewEntry};

/// What somebody at a terminal needs to bind it to this till's account. Its `Debug` hides the key: whoever has it can
/// bind a terminal. It is kept nowhere.
pub struct Binding {
    /// The key, to be typed at the terminal.
    pub key: String,
    /// When it stops working; three days after it was made.
    pub expires_at: Timestamp,
    /// The QR code to be scanned there.
    pub code: BindingCode,
}

/// The QR code of a binding.
#[derive(Clone, PartialEq, Eq)]
pub enum BindingCode {
    /// The gateway's image holds the key: drawn here, with what it holds.
    Drawn(QrSquares),
    /// The gateway's image holds another key. It is shown as it is, as a PNG of the till's own making; either key works.
    Another(Vec<u8>),
    /// The gateway's image could not be read here, so nobody knows which key it holds.
    Unread(Vec<u8>),
    /// There is no image, or none that may be shown. What it would hold is not documented, so none is made up.
    None,
}

impl fmt::Debug for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Binding")
            .field("key", &"[redacted]")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl Till {
    /// A key that binds a terminal to this till's account, with its QR code. An image that cannot be had, or not be
    /// shown, only leaves the code out: the key can be typed.
    ///
    /// # Errors
    /// When no manager is signed in, or the gateway gives no key.
    pub async fn binding(&self) -> Result<Binding, TillError> {
        self.require_manager()?;
        let checkout = self.checkout()?;
        let key = checkout.client().bind_key().await?;
        let code = match checkout.client().bind_image().await {
            Ok(image) => code(image, &key.key).await,
            Err(error) => {
                log::warn!("the QR code of a binding key could not be had: {error}");
                BindingCode::None
            }
        };
        Ok(Binding {
            key: key.key,
            expires_at: key.expires_at,
            code,
        })
    }

    /// The IDs of the terminals that may bind themselves, as the gateway has them.
    ///
    /// # Errors
    /// When no manager is signed in, or the gateway cannot be asked.
    pub async fn prebound(&self) -> Result<Vec<String>, TillError> {
        self.require_manager()?;
        Ok(self.checkout()?.client().prebound().await?)
    }

    /// Looks a list of IDs through as it is being written; nothing is sent.
    ///
    /// # Errors
    /// When no manager is signed in, or the store fails.
    pub fn check_prebound(&self, ids: &[String]) -> Result<Vec<PrebindLine>, TillError> {
        self.require_manager()?;
        let bound: Vec<String> = self.store.terminals()?.into_iter().map(|row| row.id).collect();
        Ok(check_prebind(ids, &bound))
    }

    /// Replaces the whole list. `before` is the list that was changed: where the gateway has another one by now,
    /// somebody else changed it meanwhile, and their change must not be lost unseen. What the gateway then has.
    ///
    /// # Errors
    /// [`TillError::PrebindRefused`] for a list that cannot be sent, [`TillError::PrebindChanged`] for one that somebody
    /// else changed, or when the gateway cannot be asked; the list is then as it was, unless the connection broke while
    /// it was being replaced.
    pub async fn save_prebound(&self, ids: &[String], before: &[String]) -> Result<Vec<String>, TillError> {
        let manager = self.require_manager()?;
        let lines = self.check_prebound(ids)?;
        if lines.iter().any(|line| line.problem.is_some()) {
            return Err(TillError::PrebindRefused);
        }
        let ids: Vec<String> = lines.into_iter().map(|line| line.id).collect();
        let client = self.checkout()?.client().clone();
        if client.prebound().await? != before {
            return Err(TillError::PrebindChanged);
        }
        client.prebind(&ids).await?;
        self.store.note(
            None,
            &NewEntry {
                kind: EntryKind::Settings,
                at: self.clock.now(),
                staff: Some(manager.id),
                body: json!({ "did": "replaced the list of terminals that may bind themselves", "ids": ids }),
            },
        )?;
        Ok(client.prebound().await?)
    }
}

/// What becomes of the gateway's image, on a thread that may take its time.
async fn code(image: Vec<u8>, key: &str) -> BindingCode {
    let key = key.to_owned();
    let made = tokio::task::spawn_blocking(move || made_of(&image, &key)).await;
    match made {
        Ok(Ok(code)) => code,
        Ok(Err(bad)) => {
            log::warn!("the QR code of a binding key cannot be shown: {bad}");
            BindingCode::None
        }
        // Not its bytes, which hold a key.
        Err(_) => {
            log::error!("the QR code of a binding key could not be looked at");
            BindingCode::None
        }
    }
}

fn made_of(image: &[u8], key: &str) -> Result<BindingCode, BadPicture> {
    let picture = picture::decode(image)?;
    let Some(content) = qr::read(&picture) else {
        return Ok(BindingCode::Unread(picture::encode(&picture)?));
    };
    // The key alone, or a link that holds it: what it encodes is not documented.
    let holds_key = std::str::from_utf8(&content).is_ok_and(|content| content.contains(key));
    match qr::draw(&content).filter(|_| holds_key) {
        Some(squares) => Ok(BindingCode::Drawn(squares)),
        None if holds_key => Ok(BindingCode::Unread(picture::encode(&picture)?)),
        None => Ok(BindingCode::Another(picture::encode(&picture)?)),
    }
}
