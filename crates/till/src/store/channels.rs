//! The wallets as last listed, and their logos: known without a network, and after a restart.

use cloudecr::Channel;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde_json::json;

use super::rows::{json, millis, timestamp};
use super::{Store, StoreError};

/// The most wallets that are taken from one list.
const MOST: usize = 100;
/// The longest name of a wallet, in characters; the gateway's own have a dozen.
const NAME_LIMIT: usize = 64;
/// The longest address of a logo, in bytes.
const URL_LIMIT: usize = 2048;

/// A wallet as it is known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownChannel {
    /// What the gateway listed.
    pub channel: Channel,
    /// Its logo, a PNG of the till's own making; none while there is none, or where it was refused.
    pub logo: Option<Vec<u8>>,
}

/// The wallets for a merchant and a currency as last listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownChannels {
    /// In the gateway's order.
    pub channels: Vec<KnownChannel>,
    /// When the gateway listed them.
    pub fetched_at: Timestamp,
}

impl Store {
    /// The wallets as last listed; none before the first list.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn channels(&self, merchant: &str, currency: &str) -> Result<Option<KnownChannels>, StoreError> {
        self.read(|connection| {
            let fetched_at = connection
                .prepare_cached("SELECT fetched_at FROM channel_list WHERE merchant = ?1 AND currency = ?2")?
                .query_row([merchant, currency], |row| timestamp(row, 0))
                .optional()?;
            let Some(fetched_at) = fetched_at else {
                return Ok(None);
            };
            let channels = connection
                .prepare_cached(
                    "SELECT c.name, c.active, c.currencies, c.logo_url, l.png FROM channel c
                     LEFT JOIN channel_logo l ON l.url = c.logo_url
                     WHERE c.merchant = ?1 AND c.currency = ?2 ORDER BY c.place",
                )?
                .query_map([merchant, currency], |row| {
                    Ok(KnownChannel {
                        channel: Channel {
                            name: row.get(0)?,
                            active: row.get(1)?,
                            currencies: json(row, 2)?,
                            logo_url: row.get(3)?,
                        },
                        logo: row.get(4)?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(Some(KnownChannels { channels, fetched_at }))
        })
    }

    /// Takes over the gateway's list. A name that no sale could send is left out, and of two with one name the first
    /// is taken. Logos that no list shows any more go.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_channels(
        &self,
        merchant: &str,
        currency: &str,
        listed: &[Channel],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute(
                "DELETE FROM channel_list WHERE merchant = ?1 AND currency = ?2",
                [merchant, currency],
            )?;
            connection.execute(
                "INSERT INTO channel_list (merchant, currency, fetched_at) VALUES (?1, ?2, ?3)",
                params![merchant, currency, millis(at)],
            )?;
            let mut statement = connection.prepare_cached(
                "INSERT INTO channel (merchant, currency, place, name, active, currencies, logo_url)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            )?;
            let usable = listed.iter().filter(|channel| is_name(&channel.name)).take(MOST);
            for (place, channel) in (0_i64..).zip(usable) {
                let logo = channel.logo_url.as_deref().filter(|url| url.len() <= URL_LIMIT);
                let currencies = json!(channel.currencies).to_string();
                statement.execute(params![
                    merchant,
                    currency,
                    place,
                    channel.name,
                    channel.active,
                    currencies,
                    logo
                ])?;
            }
            connection.execute(
                "DELETE FROM channel_logo WHERE url NOT IN
                 (SELECT logo_url FROM channel WHERE logo_url IS NOT NULL)",
                [],
            )?;
            Ok(())
        })
    }

    /// The addresses of the logos that a list names and that are not here; one that was refused only if that was
    /// before `refused_before`.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn missing_logos(
        &self,
        merchant: &str,
        currency: &str,
        refused_before: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let urls = connection
                .prepare_cached(
                    "SELECT DISTINCT c.logo_url FROM channel c LEFT JOIN channel_logo l ON l.url = c.logo_url
                     WHERE c.merchant = ?1 AND c.currency = ?2 AND c.logo_url IS NOT NULL
                     AND (l.url IS NULL OR (l.png IS NULL AND l.fetched_at < ?3)) ORDER BY c.place",
                )?
                .query_map(params![merchant, currency, millis(refused_before)], |row| {
                    row.get(0)
                })?
                .collect::<Result<_, _>>()?;
            Ok(urls)
        })
    }

    /// Keeps a logo, or that it was refused.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_logo(&self, url: &str, png: Option<&[u8]>, at: Timestamp) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute(
                "INSERT INTO channel_logo (url, png, fetched_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (url) DO UPDATE SET png = ?2, fetched_at = ?3",
                params![url, png, millis(at)],
            )?;
            Ok(())
        })
    }
}

/// Whether a sale could name this wallet.
fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= NAME_LIMIT && !name.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    fn channel(name: &str, logo: Option<&str>) -> Channel {
        Channel {
            name: name.to_owned(),
            active: true,
            currencies: vec!["MYR".to_owned()],
            logo_url: logo.map(str::to_owned),
        }
    }

    fn names(store: &Store) -> Vec<String> {
        let known = store.channels("m", "MYR").unwrap().unwrap();
        known
            .channels
            .into_iter()
            .map(|known| known.channel.name)
            .collect()
    }

    #[test]
    fn a_list_keeps_its_order_and_leaves_out_what_no_sale_could_name() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.channels("m", "MYR").unwrap(), None);
        let long = "x".repeat(NAME_LIMIT + 1);
        let listed = ["tng", "boost", "", " ", "a\u{0}b", &long, "tng"].map(|name| channel(name, None));
        store.save_channels("m", "MYR", &listed, AT).unwrap();
        assert_eq!(names(&store), ["tng", "boost"]);
        assert_eq!(store.channels("other", "MYR").unwrap(), None);
        assert_eq!(store.channels("m", "SGD").unwrap(), None);
        store.save_channels("m", "MYR", &[], AT).unwrap();
        assert!(names(&store).is_empty());
    }

    #[test]
    fn a_logo_is_missing_until_it_is_here_and_a_refused_one_is_asked_for_again_only_later() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let listed = [
            channel("tng", Some("https://a/1")),
            channel("boost", Some("https://a/2")),
        ];
        store.save_channels("m", "MYR", &listed, AT).unwrap();
        let missing = |before| store.missing_logos("m", "MYR", before).unwrap();
        assert_eq!(missing(AT), ["https://a/1", "https://a/2"]);
        store.save_logo("https://a/1", Some(&[1, 2, 3]), AT).unwrap();
        store.save_logo("https://a/2", None, AT).unwrap();
        assert!(missing(AT).is_empty());
        let later = AT + jiff::SignedDuration::from_secs(1);
        assert_eq!(missing(later), ["https://a/2"]);
        // A list that names it no more takes it away.
        store.save_channels("m", "MYR", &listed[1..], AT).unwrap();
        store.save_channels("m", "MYR", &listed, AT).unwrap();
        assert_eq!(missing(AT), ["https://a/1"]);
    }
}
