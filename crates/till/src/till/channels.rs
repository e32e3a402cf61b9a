//! The wallets that customers may pay with: known without a network, asked for while somebody looks at them.

use cloudecr::CallError;
use jiff::{SignedDuration, Timestamp};

use super::{Till, TillError};
use crate::checkout::Checkout;
use crate::picture;
use crate::store::KnownChannels;

/// How long a logo that was refused is left alone.
const REFUSED_FOR: SignedDuration = SignedDuration::from_hours(24);
/// What the gateway's "no such picture" is, as HTTP.
const GONE: [u16; 3] = [403, 404, 410];

/// Why a wallet that the gateway lists cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOffered {
    /// It is switched off for this merchant.
    SwitchedOff,
    /// It does not take the store's currency.
    OtherCurrency,
}

/// A wallet for the chooser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wallet {
    /// The gateway's own spelling, which a sale must repeat exactly.
    pub name: String,
    /// Why it cannot be chosen; none: it can.
    pub not_offered: Option<NotOffered>,
    /// Its logo, a PNG of the till's own making.
    pub logo: Option<Vec<u8>>,
}

/// The wallets as last known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wallets {
    /// In the gateway's order.
    pub wallets: Vec<Wallet>,
    /// When the gateway listed them; none before the first list.
    pub listed_at: Option<Timestamp>,
}

impl Till {
    /// The wallets as last known, for whoever is signed in; nothing is asked.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn wallets(&self) -> Result<Wallets, TillError> {
        self.looks()?;
        self.known_wallets()
    }

    /// Asks the gateway for its wallets, unless it was asked a moment ago or is to be left alone for a while.
    ///
    /// # Errors
    /// When it cannot be asked and nothing is known from before. What is known stays known.
    pub async fn refresh_wallets(&self) -> Result<Wallets, TillError> {
        let known = self.known_wallets()?;
        let now = self.clock.now();
        if known.listed_at.is_some() && !self.listed().channels.is_due(now) {
            return Ok(known);
        }
        let asked = self.ask_for_channels(now).await;
        match asked {
            Ok(()) => self.known_wallets(),
            Err(error) if known.listed_at.is_some() => {
                log::info!("the wallets could not be listed anew: {error}");
                Ok(known)
            }
            Err(error) => Err(error),
        }
    }

    /// Fetches the logos that are missing, one after the other. True when one came.
    ///
    /// # Errors
    /// When the store fails; a logo that cannot be had is left out.
    pub async fn fetch_logos(&self) -> Result<bool, TillError> {
        // Whoever fetches already fetches them all.
        let Ok(_fetching) = self.logos.try_lock() else {
            return Ok(false);
        };
        let (merchant, currency) = self.account_and_currency()?;
        let checkout = self.checkout()?;
        let now = self.clock.now();
        let refused_before = now.checked_sub(REFUSED_FOR).unwrap_or(Timestamp::MIN);
        let mut came = false;
        for url in self.store.missing_logos(&merchant, &currency, refused_before)? {
            match logo(&checkout, &url).await {
                Fetched::Good(png) => {
                    self.store.save_logo(&url, Some(&png), now)?;
                    came = true;
                }
                Fetched::Refused(why) => {
                    log::warn!("a wallet's logo is refused: {why}");
                    self.store.save_logo(&url, None, now)?;
                }
                Fetched::Later(error) => log::info!("a wallet's logo is fetched another time: {error}"),
            }
        }
        Ok(came)
    }

    /// The wallets as last known, for what the page is told unasked.
    ///
    /// # Errors
    /// When the till is not set up or the store fails.
    pub fn known_wallets(&self) -> Result<Wallets, TillError> {
        let (merchant, currency) = self.account_and_currency()?;
        let known = self.store.channels(&merchant, &currency)?;
        Ok(Wallets {
            listed_at: known.as_ref().map(|known| known.fetched_at),
            wallets: known.map(|known| offered(known, &currency)).unwrap_or_default(),
        })
    }

    async fn ask_for_channels(&self, now: Timestamp) -> Result<(), TillError> {
        let (merchant, currency) = self.account_and_currency()?;
        match self.checkout()?.client().channels(&currency).await {
            Ok(channels) => {
                self.listed().channels.got(now);
                Ok(self.store.save_channels(&merchant, &currency, &channels, now)?)
            }
            Err(error) => {
                self.listed().channels.failed(now, told_to_wait(&error));
                Err(error.into())
            }
        }
    }

    fn account_and_currency(&self) -> Result<(String, String), TillError> {
        let connection = self.store.connection_settings()?.ok_or(TillError::NotSetUp)?;
        Ok((connection.merchant_id, self.currency()?.code().to_owned()))
    }
}

fn offered(known: KnownChannels, currency: &str) -> Vec<Wallet> {
    let takes = |currencies: &[String]| {
        // A list that names none says nothing against this one.
        currencies.is_empty()
            || currencies
                .iter()
                .any(|one| one.trim().eq_ignore_ascii_case(currency))
    };
    known
        .channels
        .into_iter()
        .map(|known| Wallet {
            not_offered: if !takes(&known.channel.currencies) {
                Some(NotOffered::OtherCurrency)
            } else if !known.channel.active {
                Some(NotOffered::SwitchedOff)
            } else {
                None
            },
            name: known.channel.name,
            logo: known.logo,
        })
        .collect()
}

/// What came of fetching a logo.
enum Fetched {
    Good(Vec<u8>),
    /// It is none, and will be none in a minute.
    Refused(String),
    /// The network, or the server, may do better another time.
    Later(CallError),
}

async fn logo(checkout: &Checkout, url: &str) -> Fetched {
    let picture = match checkout.client().picture(url).await {
        Ok(picture) => picture,
        Err(
            error @ (CallError::UnusablePicture { .. } | CallError::TooLarge | CallError::Unreadable { .. }),
        ) => {
            return Fetched::Refused(error.to_string());
        }
        Err(error @ CallError::Rejected { .. }) => {
            return if error
                .http()
                .is_some_and(|http| GONE.contains(&http) || http / 100 == 3)
            {
                Fetched::Refused(error.to_string())
            } else {
                Fetched::Later(error)
            };
        }
        Err(
            error @ (CallError::Unreachable { .. } | CallError::TimedOut | CallError::RateLimited { .. }),
        ) => {
            return Fetched::Later(error);
        }
    };
    match tokio::task::spawn_blocking(move || picture::logo(&picture.bytes)).await {
        Ok(Ok(png)) => Fetched::Good(png),
        Ok(Err(bad)) => Fetched::Refused(bad.to_string()),
        Err(_) => Fetched::Refused("it could not be decoded".to_owned()),
    }
}

fn told_to_wait(error: &CallError) -> Option<SignedDuration> {
    match error {
        CallError::RateLimited { wait } => SignedDuration::try_from(*wait).ok(),
        CallError::Unreachable { .. }
        | CallError::TimedOut
        | CallError::Rejected { .. }
        | CallError::Unreadable { .. }
        | CallError::TooLarge
        | CallError::UnusablePicture { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use cloudecr::Channel;

    use super::*;
    use crate::store::KnownChannel;

    fn offered_of(active: bool, currencies: &[&str]) -> Option<NotOffered> {
        let channel = Channel {
            name: "tng".to_owned(),
            active,
            currencies: currencies.iter().map(|&currency| currency.to_owned()).collect(),
            logo_url: None,
        };
        let known = KnownChannels {
            channels: vec![KnownChannel { channel, logo: None }],
            fetched_at: Timestamp::UNIX_EPOCH,
        };
        offered(known, "MYR")[0].not_offered
    }

    #[test]
    fn a_wallet_is_offered_when_it_is_active_and_takes_the_stores_currency() {
        assert_eq!(offered_of(true, &["SGD", " myr"]), None);
        assert_eq!(offered_of(true, &[]), None);
        assert_eq!(offered_of(false, &["MYR"]), Some(NotOffered::SwitchedOff));
        assert_eq!(offered_of(true, &["SGD"]), Some(NotOffered::OtherCurrency));
        assert_eq!(offered_of(false, &["SGD"]), Some(NotOffered::OtherCurrency));
    }
}
