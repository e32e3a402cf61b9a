//! The client's calls for binding terminals and for wallets' pictures.

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Client, Inner, budget::Purpose, http::Answer, log_line::Subject, read, reply};
use crate::{
    BindKey, CallError, Picture, PictureKind, binding::PrebindRequest, gateway::is_loopback, picture::essence,
};

/// The largest picture of a wallet that is fetched, in bytes.
const LARGEST_PICTURE: usize = 256 * 1024;

impl Client {
    /// A key that binds a terminal to this POS account, for whoever stands at the terminal. Each call may give another
    /// one, and an earlier one goes on working until it expires.
    ///
    /// # Errors
    /// As [`terminals`](Self::terminals); [`CallError::Unreadable`] for a key that cannot be shown and typed.
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) -> Result<(), cloudecr::CallError> {
    /// let key = client.bind_key().await?;
    /// println!("{} (until {})", key.key, key.expires_at);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bind_key(&self) -> Result<BindKey, CallError> {
        let url = self.inner.gateway.endpoint("api/bind-terminal-key");
        read::key_of(&self.inner.get(url).await?)
    }

    /// The gateway's QR code that binds a terminal when it is scanned there: a PNG of at most 1 MiB, of which only the
    /// first bytes have been looked at. It may hold another key than [`bind_key`](Self::bind_key) gave.
    ///
    /// # Errors
    /// As [`terminals`](Self::terminals); [`CallError::UnusablePicture`] when it is no PNG.
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) -> Result<(), cloudecr::CallError> {
    /// let png: Vec<u8> = client.bind_image().await?;
    /// # drop(png);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bind_image(&self) -> Result<Vec<u8>, CallError> {
        let mut url = self.inner.gateway.endpoint("api/bind-terminal-key");
        url.query_pairs_mut().append_pair("option", "image");
        let answer = self.inner.get(url).await?;
        reply::not_refused(&answer)?;
        let announced = essence(answer.content_type.as_deref().unwrap_or_default());
        let png = PictureKind::Png;
        if PictureKind::of(&answer.body) == Some(png) && announced == png.content_type() {
            Ok(answer.body)
        } else {
            Err(CallError::UnusablePicture {
                detail: "the binding QR code is no PNG".to_owned(),
            })
        }
    }

    /// The unique IDs of the terminals that may bind themselves to this POS account.
    ///
    /// # Errors
    /// As [`terminals`](Self::terminals).
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) -> Result<(), cloudecr::CallError> {
    /// let ids: Vec<String> = client.prebound().await?;
    /// # drop(ids);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn prebound(&self) -> Result<Vec<String>, CallError> {
        let url = self.inner.gateway.endpoint("api/prebind-terminals");
        read::prebound_of(&self.inner.get(url).await?)
    }

    /// Replaces the list of terminals that may bind themselves. The gateway ignores what is beyond
    /// [`MOST_PREBOUND`](crate::MOST_PREBOUND) and takes unknown IDs silently, so the caller checks both.
    ///
    /// # Errors
    /// As [`terminals`](Self::terminals).
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) -> Result<(), cloudecr::CallError> {
    /// client.prebind(&["VT-0003".to_owned()]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn prebind(&self, ids: &[String]) -> Result<(), CallError> {
        let url = self.inner.gateway.endpoint("api/prebind-terminals");
        let body = PrebindRequest { unique_ids: ids };
        let call = |http: &reqwest::Client, token: &SecretString| {
            http.post(url.clone())
                .bearer_auth(token.expose_secret())
                .json(&body)
        };
        let answer = self.inner.authorized(call, &[]).await?;
        reply::not_refused(&answer)
    }

    /// A wallet's logo ([`Channel::logo_url`](crate::Channel::logo_url)): a PNG, JPEG, WebP or GIF of at most 256 KiB, of
    /// which only the first bytes have been looked at.
    ///
    /// The address comes from outside, so it gets nothing of ours: no token, no redirect. It is HTTPS, and on this machine
    /// (where plain HTTP will do) only when the gateway itself is.
    ///
    /// # Errors
    /// [`CallError::UnusablePicture`] for an address or a file that is refused, else as [`terminals`](Self::terminals).
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) -> Result<(), cloudecr::CallError> {
    /// let logo = client.picture("https://example.com/tng.png").await?;
    /// println!("{} bytes of {}", logo.bytes.len(), logo.kind.content_type());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn picture(&self, url: &str) -> Result<Picture, CallError> {
        let unusable = |detail: String| CallError::UnusablePicture { detail };
        let url = self
            .inner
            .picture_address(url)
            .map_err(|why| unusable(why.to_owned()))?;
        let request = self.inner.http.calls.get(url.clone());
        let request = request.timeout(self.inner.limits.other);
        // A server of the gateway's own counts its requests; others are none of its business.
        let gateway = self.inner.gateway.url();
        let elsewhere =
            url.host() != gateway.host() || url.port_or_known_default() != gateway.port_or_known_default();
        let budget = if elsewhere {
            None
        } else {
            self.inner.admit(Purpose::Other)?;
            Some(self.budget())
        };
        let subject = Subject {
            elsewhere,
            ..Subject::default()
        };
        let sent = self
            .inner
            .http
            .send(request, subject, LARGEST_PICTURE, budget)
            .await;
        let answer = reply::accepted(sent)?;
        let Answer {
            body, content_type, ..
        } = answer;
        Picture::read(body, content_type.as_deref()).map_err(unusable)
    }
}

impl Inner {
    /// A picture's address, if it is one that may be asked.
    fn picture_address(&self, url: &str) -> Result<Url, &'static str> {
        let url = Url::parse(url.trim()).map_err(|_| "its address is none")?;
        let plain = url.scheme() == "http" && self.gateway.url().scheme() == "http";
        if url.scheme() != "https" && !plain {
            return Err("its address does not begin with https://");
        }
        // A gateway elsewhere has no business with servers on this machine, nor training with any others.
        if is_loopback(&url) != self.gateway.is_loopback() {
            return Err("its address is on this computer, or should be and is not");
        }
        if url.username().is_empty() && url.password().is_none() {
            Ok(url)
        } else {
            Err("its address names a user")
        }
    }
}
