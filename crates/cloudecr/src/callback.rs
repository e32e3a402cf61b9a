//! A listener for answers that come by callback.
//!
//! Fiuu's pages mention a webhook for asynchronous answers and describe none, so this takes the one thing that is
//! described: a signed transfer response, as JSON, by POST. Whatever connects is hostile until its signature verifies:
//! connections, sizes and times are bounded, one request is read per connection, and a refusal says nothing but why.
//!
//! hyper is used bare, since a framework over it offers neither a limit on the time in which a head has to arrive nor
//! one on connections; reqwest brings hyper into every build of this crate in any case.

use std::{convert::Infallible, future::Future, net::SocketAddr, sync::Arc, time::Duration};

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Body, Bytes, Incoming},
    header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Timestamp;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::timeout,
};

use crate::{Client, Exchange, Reply, TransferResponse};

/// The largest head that is read, in bytes.
const HEAD: usize = 16 * 1024;
/// The most header fields that are read.
const HEADERS: usize = 64;
/// How long nothing is accepted after accepting failed, as it does while the process has no file handle left.
const PAUSE: Duration = Duration::from_millis(200);
/// How soon a sender should try again whose answer could not be kept, in seconds.
const AGAIN: &str = "10";

/// A transfer response that came by callback. There is none whose signature does not verify:
/// [`Client::callback`] alone makes them.
#[derive(Debug, Clone, PartialEq)]
pub struct Callback {
    pub(crate) at: Timestamp,
    pub(crate) response: Box<TransferResponse>,
    pub(crate) body: String,
}

impl Callback {
    /// The response.
    pub fn response(&self) -> &TransferResponse {
        &self.response
    }

    /// The body as it came.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// As an exchange for [`judge`](crate::judge()), as though it had been the answer to the request that it is about.
    pub fn exchange(&self) -> Exchange {
        Exchange {
            sent_at: self.at,
            elapsed: Duration::ZERO,
            http_status: None,
            body: Some(self.body.clone()),
            reply: Reply::Verified(self.response.clone()),
        }
    }
}

/// Why a callback was not taken in. Its words go to whoever sent it, so they hold nothing that came or is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CallbackRefusal {
    /// Another path than the one that was agreed on.
    #[error("there is nothing here")]
    Path,
    /// Not a POST.
    #[error("send a POST")]
    Method,
    /// Another content type than `application/json`.
    #[error("send application/json")]
    ContentType,
    /// A larger body than [`CallbackLimits::bytes`].
    #[error("the body is too large")]
    TooLarge,
    /// The body did not arrive in [`CallbackLimits::body`], or not whole.
    #[error("the body did not arrive")]
    Unfinished,
    /// Not a transfer response.
    #[error("that is not a transfer response")]
    Malformed,
    /// The signature is missing, or not of our key.
    #[error("the signature does not verify")]
    Signature,
    /// Signed with the merchant's key, and about another of the merchant's POS accounts.
    #[error("that is about another POS")]
    OtherPos,
    /// It could not be committed here, or there is no account yet: the sender should try again.
    #[error("try again later")]
    NotKept,
}

impl CallbackRefusal {
    fn status(self) -> StatusCode {
        match self {
            Self::Path => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unfinished => StatusCode::REQUEST_TIMEOUT,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Signature | Self::OtherPos => StatusCode::FORBIDDEN,
            Self::NotKept => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// Bounds on what a stranger may ask of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallbackLimits {
    /// Connections at a time; further ones wait their turn in the system's queue.
    pub connections: usize,
    /// How long the head of a request may take to arrive.
    pub head: Duration,
    /// How long its body may take after that.
    pub body: Duration,
    /// How long committing an answer may take before its sender is told to try again.
    pub keep: Duration,
    /// The largest body, in bytes.
    pub bytes: usize,
}

impl Default for CallbackLimits {
    /// 16 connections, 5 s each for head and body, 10 s for committing, 64 KiB.
    fn default() -> Self {
        Self {
            connections: 16,
            head: Duration::from_secs(5),
            body: Duration::from_secs(5),
            keep: Duration::from_secs(10),
            bytes: 64 * 1024,
        }
    }
}

/// Who callbacks are for.
pub trait CallbackReceiver: Send + Sync + 'static {
    /// The account whose answers are taken, asked for with each one; none while there is none.
    fn client(&self) -> Option<Client>;

    /// Takes an answer in. It counts as taken once this says so, which should be when it is on the disk.
    fn take(&self, callback: Callback) -> impl Future<Output = Result<(), CallbackRefusal>> + Send;

    /// Hears of a request that was refused, for whoever has to find out why nothing arrives.
    fn refused(&self, from: SocketAddr, refusal: CallbackRefusal);
}

/// Serves callbacks on `path` until it is dropped, which ends its connections too.
pub async fn serve(
    listener: TcpListener,
    path: String,
    limits: CallbackLimits,
    receiver: Arc<impl CallbackReceiver>,
) {
    let path: Arc<str> = path.into();
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut connections = JoinSet::new();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        // Those that have ended are forgotten.
        while connections.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((stream, from)) => {
                let (path, receiver) = (Arc::clone(&path), Arc::clone(&receiver));
                connections.spawn(async move {
                    converse(stream, from, &path, limits, receiver).await;
                    drop(place);
                });
            }
            Err(error) => {
                log::warn!("no callback could be accepted: {error}");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// One request and its answer, whatever the other side does.
async fn converse(
    stream: TcpStream,
    from: SocketAddr,
    path: &str,
    limits: CallbackLimits,
    receiver: Arc<impl CallbackReceiver>,
) {
    let answer = service_fn(|request| {
        let receiver = Arc::clone(&receiver);
        async move {
            let taken = take(request, path, limits, receiver.as_ref()).await;
            if let Err(refusal) = taken {
                receiver.refused(from, refusal);
            }
            Ok::<_, Infallible>(response(taken))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .keep_alive(false)
        .max_headers(HEADERS)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), answer);
    // The second time for the head is for an answer that the other side is slow to read.
    let whole = limits.head * 2 + limits.body + limits.keep;
    match timeout(whole, connection).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => log::debug!("a callback's connection from {from} broke off: {error}"),
        Err(_) => log::debug!("a callback's connection from {from} took too long"),
    }
}

async fn take(
    request: Request<Incoming>,
    path: &str,
    limits: CallbackLimits,
    receiver: &impl CallbackReceiver,
) -> Result<(), CallbackRefusal> {
    if request.uri().path() != path {
        return Err(CallbackRefusal::Path);
    }
    if request.method() != Method::POST {
        return Err(CallbackRefusal::Method);
    }
    if !request.headers().get(CONTENT_TYPE).is_some_and(is_json) {
        return Err(CallbackRefusal::ContentType);
    }
    let largest = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
    if request.body().size_hint().lower() > largest {
        return Err(CallbackRefusal::TooLarge);
    }
    let body = Limited::new(request.into_body(), limits.bytes).collect();
    let body = match timeout(limits.body, body).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(CallbackRefusal::TooLarge),
        Ok(Err(_)) | Err(_) => return Err(CallbackRefusal::Unfinished),
    };
    let client = receiver.client().ok_or(CallbackRefusal::NotKept)?;
    let callback = client.callback(&body)?;
    match timeout(limits.keep, receiver.take(callback)).await {
        Ok(taken) => taken,
        Err(_) => Err(CallbackRefusal::NotKept),
    }
}

/// `application/json`, with or without parameters.
fn is_json(value: &HeaderValue) -> bool {
    value.to_str().is_ok_and(|value| {
        let kind = value.split(';').next().unwrap_or_default();
        kind.trim().eq_ignore_ascii_case("application/json")
    })
}

fn response(taken: Result<(), CallbackRefusal>) -> Response<Full<Bytes>> {
    let (status, words) = match taken {
        Ok(()) => (StatusCode::OK, "taken".to_owned()),
        Err(refusal) => (refusal.status(), refusal.to_string()),
    };
    let mut response = Response::new(Full::new(Bytes::from(words)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    match taken {
        Err(CallbackRefusal::Method) => {
            headers.insert(ALLOW, HeaderValue::from_static("POST"));
        }
        Err(CallbackRefusal::NotKept) => {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(AGAIN));
        }
        Ok(())
        | Err(
            CallbackRefusal::Path
            | CallbackRefusal::ContentType
            | CallbackRefusal::TooLarge
            | CallbackRefusal::Unfinished
            | CallbackRefusal::Malformed
            | CallbackRefusal::Signature
            | CallbackRefusal::OtherPos,
        ) => {}
    }
    response
}
