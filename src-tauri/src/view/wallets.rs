//! The wallets of the chooser, with their logos as data: the page fetches nothing from anywhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use till::channel_label;
use ts_rs::TS;

/// Why a wallet cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NotOffered {
    SwitchedOff,
    OtherCurrency,
}

/// A wallet.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WalletView {
    /// The gateway's spelling.
    pub(crate) name: String,
    pub(crate) label: String,
    /// A `data:` address; none for a monogram.
    pub(crate) logo: Option<String>,
    /// None: it can be chosen.
    pub(crate) not_offered: Option<NotOffered>,
}

/// The wallets as last known.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WalletsView {
    pub(crate) wallets: Vec<WalletView>,
    /// None before the gateway was asked for the first time.
    pub(crate) listed_at: Option<String>,
}

/// A PNG for an `<img>`.
pub(crate) fn png(bytes: &[u8]) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(bytes))
}

impl From<till::Wallets> for WalletsView {
    fn from(wallets: till::Wallets) -> Self {
        Self {
            listed_at: wallets.listed_at.map(|at| at.to_string()),
            wallets: wallets.wallets.into_iter().map(WalletView::from).collect(),
        }
    }
}

impl From<till::Wallet> for WalletView {
    fn from(wallet: till::Wallet) -> Self {
        Self {
            label: channel_label(&wallet.name).into_owned(),
            name: wallet.name,
            logo: wallet.logo.as_deref().map(png),
            not_offered: wallet.not_offered.map(|why| match why {
                till::NotOffered::SwitchedOff => NotOffered::SwitchedOff,
                till::NotOffered::OtherCurrency => NotOffered::OtherCurrency,
            }),
        }
    }
}
