//! Which gateway: an address that was checked once, so that no secret ever goes out in the clear.

use std::fmt;

use url::{Host, Url};

const PRODUCTION: &str = "https://cloudecr.fiuu.com";
const FIUU_SANDBOX: &str = "https://sandbox-cloudecr.fiuu.com";

/// The base URL of a gateway: HTTPS, or plain HTTP to this very machine (a simulator).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    url: Url,
}

/// Why an address cannot be a gateway's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayAddressError {
    /// Not an absolute URL with a host.
    #[error("this is not a web address; enter one such as {PRODUCTION}")]
    NotAnAddress,
    /// Plain HTTP to another machine, or another scheme.
    #[error("the address must begin with https:// (plain http:// is only for a simulator on this computer)")]
    NotSecure,
    /// A user name, a password, a query or a fragment.
    #[error(
        "the address must hold nothing but the host, and a path if there is one; leave out what follows ? or #, and any user name"
    )]
    TooMuch,
}

impl Gateway {
    /// Fiuu's production gateway. A sale there may move real money, with a development merchant too.
    pub fn production() -> Self {
        Self::fixed(PRODUCTION)
    }

    /// Fiuu's sandbox, from an earlier revision of the documentation (IP addresses are whitelisted there).
    pub fn fiuu_sandbox() -> Self {
        Self::fixed(FIUU_SANDBOX)
    }

    /// A gateway elsewhere.
    ///
    /// # Errors
    /// When the address is not HTTPS (nor HTTP to 127.0.0.0/8, ::1 or localhost), or holds more than host and path.
    ///
    /// ```
    /// use cloudecr::Gateway;
    /// assert_eq!(Gateway::at("http://127.0.0.1:8080/")?.url().as_str(), "http://127.0.0.1:8080/");
    /// assert!(Gateway::at("http://cloudecr.fiuu.com").is_err());
    /// # Ok::<(), cloudecr::GatewayAddressError>(())
    /// ```
    pub fn at(address: &str) -> Result<Self, GatewayAddressError> {
        let url = Url::parse(address.trim()).map_err(|_| GatewayAddressError::NotAnAddress)?;
        if !url.has_host() {
            return Err(GatewayAddressError::NotAnAddress);
        }
        let secure = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
        if !secure {
            return Err(GatewayAddressError::NotSecure);
        }
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || url.query().is_some() || url.fragment().is_some() {
            return Err(GatewayAddressError::TooMuch);
        }
        Ok(Self { url })
    }

    /// What to call it: `production`, `fiuu-sandbox`, or its address.
    pub fn name(&self) -> &str {
        if *self == Self::production() {
            "production"
        } else if *self == Self::fiuu_sandbox() {
            "fiuu-sandbox"
        } else {
            self.url.as_str()
        }
    }

    /// Its base URL.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Whether it is on this machine; then no proxy is used and plain HTTP is allowed.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// The URL of one of its calls, such as `api/transfer`.
    pub(crate) fn endpoint(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}/{path}"));
        url
    }

    #[expect(
        clippy::expect_used,
        reason = "the two addresses are constants, and a test goes through them"
    )]
    fn fixed(address: &str) -> Self {
        Self::at(address).expect("a constant address is well-formed")
    }
}

impl fmt::Display for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether an address is on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_only_reaches_this_machine() {
        for good in [
            "http://127.0.0.1:1",
            "http://127.9.9.9",
            "http://[::1]:80",
            "http://localhost:8080",
            "https://x.my/ecr",
        ] {
            assert!(Gateway::at(good).is_ok(), "{good}");
        }
        for bad in [
            "http://10.0.0.1",
            "http://localhost.evil.my",
            "http://0.0.0.0",
            "ftp://localhost",
            "ws://127.0.0.1",
        ] {
            assert_eq!(Gateway::at(bad), Err(GatewayAddressError::NotSecure), "{bad}");
        }
        for bad in ["https://u:p@x.my", "https://x.my/?a=1", "https://x.my/#f"] {
            assert_eq!(Gateway::at(bad), Err(GatewayAddressError::TooMuch), "{bad}");
        }
        assert_eq!(
            Gateway::at("cloudecr.fiuu.com"),
            Err(GatewayAddressError::NotAnAddress)
        );
    }

    #[test]
    fn names_and_endpoints() {
        assert_eq!(Gateway::production().name(), "production");
        assert_eq!(
            Gateway::at("https://sandbox-cloudecr.fiuu.com/")
                .map(|g| g.to_string())
                .as_deref(),
            Ok("fiuu-sandbox")
        );
        let nested = Gateway::at("https://x.my/ecr/").map(|g| g.endpoint("api/transfer").to_string());
        assert_eq!(nested.as_deref(), Ok("https://x.my/ecr/api/transfer"));
    }
}
