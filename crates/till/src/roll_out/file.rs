//! The file that a till is provisioned from: read whole, with every mistake told at once and where it is.

use std::fmt;

use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::money::Currency;
use crate::setup::{MERCHANT_ID_LIMIT, POS_ID_LIMIT};
use crate::staff::{NAME_LIMIT, Pin, Role};
use crate::store::{ConnectionSettings, StoreSettings};
use crate::till::{HEADER_LINES, HEADER_WIDTH, STORE_NAME_LIMIT, StaffEntry, gateway};

/// The largest file, in bytes: some hundred times what a shop with many staff needs.
pub const FILE_LIMIT: u64 = 256 * 1024;
/// The longest terminal ID, in characters (the protocol's `deviceId`).
const TERMINAL_LIMIT: usize = 100;
/// The longest password or secret key, in characters: far beyond any that is given out.
const SECRET_LIMIT: usize = 512;
/// Minutes until such a till locks itself.
const LOCK_AFTER_MINUTES: u32 = 10;

/// What a till is provisioned with.
pub struct ProvisionFile {
    /// The account.
    pub connection: ConnectionSettings,
    /// Its password.
    pub password: SecretString,
    /// The merchant's key for signatures.
    pub secret_key: SecretString,
    /// The terminal this till uses.
    pub terminal: String,
    /// The shop.
    pub store: StoreSettings,
    /// The staff, at least one manager among them.
    pub staff: Vec<StaffEntry>,
}

/// One mistake: where it is, and what to do about it. Never what was written there, which may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The place, like `staff[1].pin`; empty for the file as a whole.
    pub place: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            f.write_str(&self.what)
        } else {
            write!(f, "{}: {}", self.place, self.what)
        }
    }
}

impl ProvisionFile {
    /// Reads a file's bytes: JSON in UTF-8, also with a byte order mark and any ends of lines.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Mistake>> {
        let whole = |what: String| {
            vec![Mistake {
                place: String::new(),
                what,
            }]
        };
        if u64::try_from(bytes.len()).is_ok_and(|length| length > FILE_LIMIT) {
            return Err(whole(format!(
                "the file is larger than {FILE_LIMIT} bytes, so it is no provisioning file; give the right one"
            )));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| {
            whole("the file is not in UTF-8; save it as UTF-8 in your editor and try again".to_owned())
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // serde_json's own words may quote the file, and with it a secret; the place is enough.
        let value: Value = serde_json::from_str(text).map_err(|error| {
            whole(format!(
                "the file is not valid JSON at line {}, column {}; look for a missing comma or quote there",
                error.line(),
                error.column()
            ))
        })?;
        let mut reader = Reader::default();
        let file = reader.file(&value);
        match file {
            Some(file) if reader.mistakes.is_empty() => Ok(file),
            _ => Err(reader.mistakes),
        }
    }
}

/// Goes through the file and gathers what is wrong with it.
#[derive(Default)]
struct Reader {
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn file(&mut self, value: &Value) -> Option<ProvisionFile> {
        const FIELDS: [&str; 8] = [
            "gateway",
            "posId",
            "password",
            "merchantId",
            "secretKey",
            "terminal",
            "store",
            "staff",
        ];
        let fields = self.object("", value, &FIELDS)?;
        let gateway_name = self
            .text("", fields, "gateway", 2_000)
            .and_then(|name| self.gateway(&name));
        let pos_id = self.text("", fields, "posId", POS_ID_LIMIT);
        let password = self.secret(fields, "password");
        let merchant_id = self.text("", fields, "merchantId", MERCHANT_ID_LIMIT);
        let secret_key = self.secret(fields, "secretKey");
        let terminal = self.text("", fields, "terminal", TERMINAL_LIMIT);
        let store = self
            .needed("", fields, "store")
            .and_then(|store| self.store(store));
        let staff = self
            .needed("", fields, "staff")
            .and_then(|staff| self.staff(staff));
        Some(ProvisionFile {
            connection: ConnectionSettings {
                gateway: gateway_name?,
                pos_id: pos_id?,
                merchant_id: merchant_id?,
            },
            password: password?,
            secret_key: secret_key?,
            terminal: terminal?,
            store: store?,
            staff: staff?,
        })
    }

    fn gateway(&mut self, name: &str) -> Option<String> {
        match gateway(name) {
            Ok(gateway) => Some(gateway.name().to_owned()),
            Err(error) => {
                self.wrong(
                    "gateway",
                    format!("{error}; or write \"production\" or \"fiuu-sandbox\""),
                );
                None
            }
        }
    }

    fn store(&mut self, value: &Value) -> Option<StoreSettings> {
        let fields = self.object("store", value, &["name", "header", "currency"])?;
        let name = self.text("store.", fields, "name", STORE_NAME_LIMIT);
        let currency = match fields.get("currency") {
            None => Some(Currency::Myr),
            Some(_) => self
                .text("store.", fields, "currency", 3)
                .and_then(|code| self.currency(&code)),
        };
        let header = match fields.get("header") {
            None => Some(Vec::new()),
            Some(header) => self.header(header),
        };
        Some(StoreSettings {
            name: name?,
            header: header?,
            currency: currency?.code().to_owned(),
            lock_after_minutes: LOCK_AFTER_MINUTES,
        })
    }

    fn currency(&mut self, code: &str) -> Option<Currency> {
        let known = code.parse().ok();
        if known.is_none() {
            let all: Vec<&str> = Currency::ALL.iter().map(|currency| currency.code()).collect();
            self.wrong(
                "store.currency",
                format!("no currency that can be sold in; use one of {}", all.join(", ")),
            );
        }
        known
    }

    fn header(&mut self, value: &Value) -> Option<Vec<String>> {
        let Some(lines) = value.as_array() else {
            self.wrong(
                "store.header",
                "must be a list of lines, like [\"1 Jalan Tun Razak\"]",
            );
            return None;
        };
        if lines.len() > HEADER_LINES {
            self.wrong(
                "store.header",
                format!("has more than {HEADER_LINES} lines; leave some out"),
            );
        }
        let read: Vec<Option<String>> = lines
            .iter()
            .enumerate()
            .map(|(index, line)| self.line(&format!("store.header[{index}]"), line, HEADER_WIDTH))
            .collect();
        read.into_iter().collect()
    }

    fn staff(&mut self, value: &Value) -> Option<Vec<StaffEntry>> {
        let Some(entries) = value.as_array() else {
            self.wrong(
                "staff",
                "must be a list like [{\"name\": …, \"role\": \"manager\", \"pin\": …}]",
            );
            return None;
        };
        let read: Vec<Option<StaffEntry>> = entries
            .iter()
            .enumerate()
            .map(|(index, entry)| self.member(&format!("staff[{index}]"), entry))
            .collect();
        for (index, entry) in read.iter().enumerate() {
            let Some(entry) = entry else { continue };
            let before = read.iter().take(index).flatten();
            if before.into_iter().any(|other| other.name == entry.name) {
                self.wrong(
                    &format!("staff[{index}].name"),
                    "stands there twice; give each person a name of their own",
                );
            }
        }
        // A manager whose entry has another mistake counts: one mistake is told once.
        let managers = entries
            .iter()
            .any(|entry| entry.get("role").and_then(Value::as_str) == Some("manager"));
        if !managers {
            self.wrong(
                "staff",
                "has no manager; give at least one person \"role\": \"manager\"",
            );
        }
        read.into_iter().collect()
    }

    fn member(&mut self, place: &str, value: &Value) -> Option<StaffEntry> {
        let fields = self.object(place, value, &["name", "role", "pin"])?;
        let inside = format!("{place}.");
        let name = self.text(&inside, fields, "name", NAME_LIMIT);
        let role = self.text(&inside, fields, "role", 20).and_then(|role| {
            let role = role.parse::<Role>().ok();
            if role.is_none() {
                self.wrong(&format!("{place}.role"), "must be \"manager\" or \"cashier\"");
            }
            role
        });
        let pin = match self.needed(&inside, fields, "pin")? {
            Value::String(pin) => Pin::new(pin.clone()).ok(),
            _ => None,
        };
        if pin.is_none() {
            self.wrong(
                &format!("{place}.pin"),
                "must be 4 to 8 digits in quotes, like \"pin\": \"0000\" with digits of your own",
            );
        }
        Some(StaffEntry {
            name: name?,
            role: role?,
            pin: pin?,
        })
    }

    /// An object with no other fields than these; an unknown one may be a misspelt one.
    fn object<'a>(
        &mut self,
        place: &str,
        value: &'a Value,
        known: &[&str],
    ) -> Option<&'a Map<String, Value>> {
        let Some(fields) = value.as_object() else {
            self.wrong(place, "must be an object in { }");
            return None;
        };
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
            let place = if place.is_empty() {
                name
            } else {
                format!("{place}.{name}")
            };
            self.wrong(
                &place,
                format!(
                    "is no known field; remove it, or write one of {}",
                    known.join(", ")
                ),
            );
        }
        Some(fields)
    }

    fn needed<'a>(&mut self, inside: &str, fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
        let found = fields.get(name).filter(|value| !value.is_null());
        if found.is_none() {
            self.wrong(&format!("{inside}{name}"), "is missing; add it");
        }
        found
    }

    fn text(
        &mut self,
        inside: &str,
        fields: &Map<String, Value>,
        name: &str,
        limit: usize,
    ) -> Option<String> {
        let value = self.needed(inside, fields, name)?;
        let place = format!("{inside}{name}");
        let text = self.line(&place, value, limit)?;
        if text.is_empty() {
            self.wrong(&place, "is empty; fill it in");
            return None;
        }
        Some(text)
    }

    /// One line of text, without blanks around it.
    fn line(&mut self, place: &str, value: &Value, limit: usize) -> Option<String> {
        let Some(text) = value.as_str() else {
            self.wrong(place, "must be text in quotes");
            return None;
        };
        let text = text.trim();
        if text.encode_utf16().count() > limit {
            self.wrong(place, format!("is longer than {limit} characters; shorten it"));
            return None;
        }
        if text.chars().any(char::is_control) {
            self.wrong(
                place,
                "holds a line break or another sign that cannot be seen; remove it",
            );
            return None;
        }
        Some(text.to_owned())
    }

    /// A secret, exactly as written: blanks may belong to it.
    fn secret(&mut self, fields: &Map<String, Value>, name: &str) -> Option<SecretString> {
        let value = self.needed("", fields, name)?;
        let secret = value
            .as_str()
            .filter(|secret| !secret.is_empty() && secret.chars().count() <= SECRET_LIMIT);
        if secret.is_none() {
            self.wrong(
                name,
                format!("must be text in quotes, 1 to {SECRET_LIMIT} characters"),
            );
        }
        secret.map(|secret| SecretString::from(secret.to_owned()))
    }

    fn wrong(&mut self, place: &str, what: impl Into<String>) {
        self.mistakes.push(Mistake {
            place: place.to_owned(),
            what: what.into(),
        });
    }
}

#[cfg(test)]
mod tests;
