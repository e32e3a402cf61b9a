//! The transport, built so that it cannot repeat a transfer behind our back: no redirects, no retries, HTTP/1.1 only,
//! and a connection of its own for each transfer (a kept one may turn out dead after the request went into it).

use std::{
    error::Error as _,
    io,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use reqwest::{Request, RequestBuilder, Response, header, redirect, retry, tls};
use secrecy::SecretString;

use super::{
    BuildError, TimeLimits,
    budget::RequestBudget,
    log_line::{Asked, Subject},
    read, retry_after,
};
use crate::{Clock, Credentials, Gateway};

/// The largest answer of the gateway that is read.
pub(super) const MOST: usize = 1024 * 1024;

/// Two HTTP clients and the gateway's clock as they see it.
pub(super) struct Http {
    /// For transfers: every request opens a connection.
    pub(super) transfers: reqwest::Client,
    /// For all else: connections are kept.
    pub(super) calls: reqwest::Client,
    clock: Arc<dyn Clock>,
    offset: Mutex<Option<SignedDuration>>,
    /// What no log may hold, should the other side repeat it.
    secrets: Vec<SecretString>,
}

/// A whole answer, whatever its status (3xx excepted).
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    pub(super) content_type: Option<String>,
    /// For how long the server does not want to be asked.
    pub(super) retry_after: Option<Duration>,
}

/// No whole answer.
pub(super) struct Fault {
    /// The HTTP status, when an answer had begun.
    pub(super) status: Option<u16>,
    pub(super) kind: FaultKind,
    pub(super) detail: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// The request itself could not be formed; nothing was sent.
    Unsendable,
    /// Nothing was sent, the name did not resolve.
    Dns,
    /// Nothing was sent, there is no connection.
    Connect,
    /// Nothing was sent, the connection could not be secured.
    Tls,
    TimedOut,
    ConnectionLost,
    Redirected,
    TooLarge,
}

impl Http {
    pub(super) fn new(
        gateway: &Gateway,
        limits: &TimeLimits,
        credentials: &Credentials,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, BuildError> {
        // Refused when the program has installed one already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let build = |kept_connections: usize| {
            let mut builder = reqwest::Client::builder()
                .user_agent(concat!("cloudecr/", env!("CARGO_PKG_VERSION")))
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                .http1_only()
                .tls_version_min(tls::Version::TLS_1_2)
                .referer(false)
                .connect_timeout(limits.connect)
                .pool_max_idle_per_host(kept_connections);
            if gateway.is_loopback() {
                builder = builder.no_proxy();
            }
            builder = if gateway.url().scheme() == "https" {
                builder.https_only(true)
            } else {
                // Plain HTTP to this machine needs no certificates, and a bare machine may have none to load.
                builder.tls_certs_only(std::iter::empty())
            };
            builder.build().map_err(|error| BuildError {
                detail: chain(&error),
            })
        };
        Ok(Self {
            transfers: build(0)?,
            calls: build(4)?,
            clock,
            offset: Mutex::new(None),
            secrets: credentials.secrets(),
        })
    }

    /// The gateway's clock minus ours, from the newest `Date` header.
    pub(super) fn offset(&self) -> Option<SignedDuration> {
        *self.offset.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A moment of ours by the gateway's clock; unchanged while that is not known.
    pub(super) fn by_gateway(&self, moment: Timestamp) -> Timestamp {
        self.offset()
            .and_then(|offset| moment.checked_add(offset).ok())
            .unwrap_or(moment)
    }

    /// Sends once, reads the answer whole (at most so many bytes), and logs it. `budget` is how it stands with this
    /// request counted.
    pub(super) async fn send(
        &self,
        request: RequestBuilder,
        subject: Subject<'_>,
        most: usize,
        budget: Option<RequestBudget>,
    ) -> Result<Answer, Fault> {
        let (client, request) = request.build_split();
        let request = request.map_err(|error| fault(&error.without_url(), None))?;
        let asked = Asked::of(&request, subject, &self.secrets);
        let started = Instant::now();
        let outcome = self.exchange(&client, request, subject, most).await;
        asked.answered(&outcome, started.elapsed(), budget);
        outcome
    }

    async fn exchange(
        &self,
        client: &reqwest::Client,
        request: Request,
        subject: Subject<'_>,
        most: usize,
    ) -> Result<Answer, Fault> {
        let mut response = client
            .execute(request)
            .await
            .map_err(|error| fault(&error.without_url(), None))?;
        if !subject.elsewhere {
            self.learn_clock(&response);
        }
        let status = response.status().as_u16();
        let broken = |kind, detail: String| Fault {
            status: Some(status),
            kind,
            detail,
        };
        if response.status().is_redirection() {
            return Err(broken(
                FaultKind::Redirected,
                format!("HTTP {status} points elsewhere; it was not followed"),
            ));
        }
        let too_large = || {
            broken(
                FaultKind::TooLarge,
                format!("the answer is larger than {most} bytes"),
            )
        };
        let announced = response.content_length().map(usize::try_from);
        if announced.is_some_and(|length| length.map_or(true, |length| length > most)) {
            return Err(too_large());
        }
        let content_type = text(&response, header::CONTENT_TYPE).map(str::to_owned);
        let retry_after = text(&response, header::RETRY_AFTER)
            .and_then(|header| retry_after::read(header, self.by_gateway(self.clock.now())));
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| fault(&error.without_url(), Some(status)))?
        {
            if body.len() + chunk.len() > most {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status,
            body,
            content_type,
            retry_after,
        })
    }

    fn learn_clock(&self, response: &Response) {
        let date = text(response, header::DATE);
        let Some(theirs) = date.and_then(read::date) else {
            return;
        };
        let offset = theirs.duration_since(self.clock.now());
        *self.offset.lock().unwrap_or_else(PoisonError::into_inner) = Some(offset);
    }
}

/// A header that is text.
fn text(response: &Response, name: header::HeaderName) -> Option<&str> {
    response.headers().get(name)?.to_str().ok()
}

/// What an error of the HTTP client proves. Only a failure to connect proves that nothing was written.
fn fault(error: &reqwest::Error, status: Option<u16>) -> Fault {
    let kind = if error.is_builder() {
        FaultKind::Unsendable
    } else if error.is_connect() {
        if error.is_dns() {
            FaultKind::Dns
        } else if is_tls(error) {
            FaultKind::Tls
        } else {
            FaultKind::Connect
        }
    } else if error.is_timeout() {
        FaultKind::TimedOut
    } else {
        FaultKind::ConnectionLost
    };
    Fault {
        status,
        kind,
        detail: chain(error),
    }
}

/// Looks for an error of the TLS library, which hides inside I/O errors, where `source` passes it over.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut next = error.source();
    while let Some(error) = next {
        let mut inner: &(dyn std::error::Error + 'static) = error;
        while let Some(wrapped) = inner.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            inner = wrapped;
        }
        if inner.is::<rustls::Error>() {
            return true;
        }
        next = error.source();
    }
    false
}

/// An error and its causes in one line. Errors of the transport name addresses and system errors, never headers.
fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_text = cause.to_string();
        if !text.ends_with(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        next = cause.source();
    }
    text
}
