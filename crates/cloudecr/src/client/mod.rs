//! The client: everything that is said to a gateway goes through here.

mod binding;
mod builder;
mod http;
mod limits;
mod reply;
mod retry_after;
mod session;

use std::{fmt, sync::Arc, time::Instant};

use jiff::{SignedDuration, Timestamp};
use reqwest::{RequestBuilder, header};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

pub use self::{
    builder::{BuildError, ClientBuilder},
    limits::TimeLimits,
};
use self::{
    http::{Answer, Http},
    session::{Bearer, Need, Session},
};
use crate::{
    CallError, Channel, Clock, Credentials, Exchange, Gateway, InvalidField, Listing, NotSent, NotSentReason,
    Order, PreparedTransfer, Reply, Terminal, prepared,
};

/// Codes by which a 401 proves that a transfer was refused before anything acted on it.
const REFUSED_FOR_ITS_TOKEN: std::ops::RangeInclusive<u32> = 40120..=40124;

/// How long such a proof may take; later ones are read as any late refusal is.
const PROMPT_SECONDS: u64 = 10;

/// A connection to one gateway for one POS account. Cheap to clone; clones share the session.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    gateway: Gateway,
    credentials: Credentials,
    limits: TimeLimits,
    clock: Arc<dyn Clock>,
    http: Http,
    session: Session,
}

impl Client {
    /// Begins a client; [`ClientBuilder::build`] ends it.
    ///
    /// ```
    /// use cloudecr::{Client, Credentials, Gateway, SecretKey};
    /// let client = Client::builder(
    ///     Gateway::production(),
    ///     Credentials {
    ///         pos_id: "fiuuPos1".into(),
    ///         password: "secret".into(),
    ///         merchant_id: "fiuuMerch1".into(),
    ///         secret_key: SecretKey::from_string("75DC529B942513DFA77F43EC3451F137".into()),
    ///     },
    /// );
    /// # let _ = client;
    /// ```
    pub fn builder(gateway: Gateway, credentials: Credentials) -> ClientBuilder {
        ClientBuilder::new(gateway, credentials)
    }

    /// Signs in afresh, whatever session there is: the check of credentials just entered, and the way out after a
    /// rejected password, which nothing else repeats.
    ///
    /// # Errors
    /// Among others 40125 (wrong POS ID or password), 42930 (locked) and 40314 (signed in elsewhere).
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) {
    /// if let Err(error) = client.sign_in().await {
    ///     eprintln!("{error}");
    /// }
    /// # }
    /// ```
    pub async fn sign_in(&self) -> Result<(), CallError> {
        self.inner.sign_in().await
    }

    /// Makes sure of a token that lives through a whole transfer: resumes kept tokens, renews, or signs in. Any
    /// number of callers cause one such call and share its outcome.
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in); a rejected password is reported again without being sent again.
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) -> Result<(), cloudecr::CallError> {
    /// client.ready().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn ready(&self) -> Result<(), CallError> {
        self.inner
            .bearer(Need::Lasting(self.inner.limits.token_for_transfer()))
            .await
            .map(drop)
    }

    /// Ends the session and forgets its tokens; without one it does nothing.
    ///
    /// # Errors
    /// When the gateway could not be told; the tokens are kept then, for another attempt.
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) -> Result<(), cloudecr::CallError> {
    /// client.sign_out().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn sign_out(&self) -> Result<(), CallError> {
        self.inner.sign_out().await
    }

    /// The terminals of this POS account.
    ///
    /// # Errors
    /// [`CallError`]; an expired session is renewed once by itself.
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) -> Result<(), cloudecr::CallError> {
    /// for terminal in client.terminals().await?.iter().filter(|terminal| terminal.connected) {
    ///     println!("{}", terminal.terminal_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn terminals(&self) -> Result<Vec<Terminal>, CallError> {
        let url = self.inner.gateway.endpoint("api/terminals");
        let list: Listing<Terminal> = reply::json(&self.inner.get(url).await?)?;
        Ok(list.data)
    }

    /// The wallets for a currency, such as `MYR`, inactive ones too.
    ///
    /// # Errors
    /// As [`terminals`](Self::terminals).
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) -> Result<(), cloudecr::CallError> {
    /// let usable = client.channels("MYR").await?.into_iter().filter(|channel| channel.active);
    /// # drop(usable);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn channels(&self, currency: &str) -> Result<Vec<Channel>, CallError> {
        let mut url = self.inner.gateway.endpoint("api/ewallet-channels");
        url.query_pairs_mut().append_pair("currency", currency);
        let list: Listing<Channel> = reply::json(&self.inner.get(url).await?)?;
        Ok(list.data)
    }

    /// Checks and signs a transfer without sending it. `at` is now by this machine's clock; it is corrected by
    /// [`clock_offset`](Self::clock_offset).
    ///
    /// # Errors
    /// The first field that the gateway would refuse.
    ///
    /// ```
    /// use cloudecr::*;
    /// # let who = Credentials { pos_id: "p".into(), password: "w".into(), merchant_id: "m".into(),
    /// #     secret_key: SecretKey::from_string("k".into()) };
    /// let client = Client::builder(Gateway::at("http://127.0.0.1:1")?, who).build()?;
    /// let sale = Order::Sale {
    ///     amount: WireAmount::from_hundredths(1250)?,
    ///     method: PaymentMethod::BankCard,
    ///     channel: None,
    ///     extras: Extras { metadata: Some("01JH9ZK3QW8R5T2Y7N4C".into()), ..Extras::default() },
    /// };
    /// let prepared = client.prepare("01JH9ZK3QW8R5T2Y7N4C", "VT-0001", &sale, "2025-01-15T08:19:28Z".parse()?)?;
    /// assert!(prepared.body().contains(r#""transAmt":"12.50""#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn prepare(
        &self,
        reference: &str,
        terminal: &str,
        order: &Order,
        at: Timestamp,
    ) -> Result<PreparedTransfer, InvalidField> {
        prepared::prepare(
            &self.inner.credentials,
            reference,
            terminal,
            order,
            self.inner.http.by_gateway(at),
        )
    }

    /// Sends a transfer once and waits for what becomes of it. It never fails: the [`Exchange`] says what happened,
    /// [`judge`](crate::judge()) what that means. Nothing is sent again, except that a 401 which proves that the
    /// gateway refused the token first has the session renewed and the same body sent once more.
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client, prepared: cloudecr::PreparedTransfer) {
    /// use cloudecr::{Verdict, judge};
    /// let exchange = client.transfer(&prepared).await;
    /// match judge(&prepared.asked("MYR", None), &exchange) {
    ///     Verdict::Approved(answer) => println!("approved {:?}", answer.trans_data.trans_id),
    ///     Verdict::Unknown(doubt) => println!("do not charge again: {}", doubt.detail),
    ///     other => println!("{other:?}"),
    /// }
    /// # }
    /// ```
    pub async fn transfer(&self, prepared: &PreparedTransfer) -> Exchange {
        let begun = (self.inner.clock.now(), Instant::now());
        let need = Need::Lasting(self.inner.limits.token_for_transfer());
        let bearer = match self.inner.bearer(need).await {
            Ok(bearer) => bearer,
            Err(error) => {
                let detail = error.to_string();
                let reply = Reply::NotSent(NotSent {
                    reason: NotSentReason::NoSession(error),
                    detail,
                });
                return Exchange {
                    sent_at: begun.0,
                    elapsed: begun.1.elapsed(),
                    http_status: None,
                    body: None,
                    reply,
                };
            }
        };
        let first = self.inner.send_transfer(prepared, &bearer).await;
        if !refused_for_its_token(&first) {
            return first;
        }
        match self.inner.bearer(Need::NewerThan(bearer.generation)).await {
            Ok(bearer) => self.inner.send_transfer(prepared, &bearer).await,
            Err(_) => first,
        }
    }

    /// The gateway's clock minus this machine's, to the second, from the newest answer's `Date`; `None` before the
    /// first.
    ///
    /// ```no_run
    /// # fn example(client: cloudecr::Client) {
    /// let wrong = client.clock_offset().is_some_and(|offset| offset.abs() > jiff::SignedDuration::from_secs(120));
    /// # let _ = wrong;
    /// # }
    /// ```
    pub fn clock_offset(&self) -> Option<SignedDuration> {
        self.inner.http.offset()
    }

    /// The gateway this client talks to.
    pub fn gateway(&self) -> &Gateway {
        &self.inner.gateway
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("gateway", &self.inner.gateway.name())
            .field("credentials", &self.inner.credentials)
            .finish_non_exhaustive()
    }
}

impl Inner {
    async fn send_transfer(&self, prepared: &PreparedTransfer, bearer: &Bearer) -> Exchange {
        let request = self
            .http
            .transfers
            .post(self.gateway.endpoint("api/transfer"))
            .bearer_auth(bearer.token.expose_secret())
            .header(header::CONTENT_TYPE, "application/json")
            .body(prepared.body().to_owned())
            .timeout(self.limits.transfer);
        let sent_at = self.clock.now();
        let started = Instant::now();
        let sent = self.http.send(request).await;
        let elapsed = started.elapsed();
        match sent {
            Ok(answer) => {
                let reply = reply::of_transfer(&self.credentials.secret_key, &answer);
                let http_status = Some(answer.status);
                Exchange {
                    sent_at,
                    elapsed,
                    http_status,
                    body: String::from_utf8(answer.body).ok(),
                    reply,
                }
            }
            Err(fault) => {
                let http_status = fault.status;
                Exchange {
                    sent_at,
                    elapsed,
                    http_status,
                    body: None,
                    reply: reply::of_fault(fault),
                }
            }
        }
    }

    /// A call that only reads; an expired session is renewed once.
    async fn get(self: &Arc<Self>, url: Url) -> Result<Answer, CallError> {
        self.authorized(|http, token| http.get(url.clone()).bearer_auth(token.expose_secret()))
            .await
    }

    /// A call that moves no money, in the session; an expired one is renewed once. A 2xx answer, whatever is in it.
    async fn authorized(
        self: &Arc<Self>,
        call: impl Fn(&reqwest::Client, &SecretString) -> RequestBuilder,
    ) -> Result<Answer, CallError> {
        let once = async |bearer: &Bearer| {
            let request = call(&self.http.calls, &bearer.token).timeout(self.limits.other);
            reply::accepted(self.http.send(request).await)
                .map_err(|error| self.scrubbed(error, [&bearer.token]))
        };
        let bearer = self.bearer(Need::Lasting(self.limits.other)).await?;
        match once(&bearer).await {
            Err(error) if error.http() == Some(401) => {
                let renewed = self.bearer(Need::NewerThan(bearer.generation)).await?;
                once(&renewed).await
            }
            outcome => outcome,
        }
    }
}

fn refused_for_its_token(exchange: &Exchange) -> bool {
    match &exchange.reply {
        Reply::Refused(refused) => {
            let named = refused
                .code
                .is_some_and(|code| REFUSED_FOR_ITS_TOKEN.contains(&code));
            refused.http == 401 && named && exchange.elapsed.as_secs() < PROMPT_SECONDS
        }
        Reply::Verified(_) | Reply::Unverified(_) | Reply::NotSent(_) | Reply::Lost(_) => false,
    }
}
