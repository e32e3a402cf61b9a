//! The client: everything that is said to a gateway goes through here.

mod binding;
mod budget;
mod builder;
#[cfg(feature = "callback")]
mod callback;
mod calls;
mod http;
mod limits;
mod log_line;
pub mod read;
mod renewal;
mod reply;
mod retry_after;
mod session;

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use reqwest::header;
use secrecy::ExposeSecret;

pub use self::{
    budget::RequestBudget,
    builder::{BuildError, ClientBuilder},
    limits::TimeLimits,
};
use self::{
    budget::{Budget, Purpose},
    http::Http,
    log_line::Subject,
    session::{Bearer, Need, Session},
};
use crate::{
    CallError, Clock, Credentials, Exchange, Gateway, InvalidField, NotSent, NotSentReason, Order,
    PreparedTransfer, Reply, prepared,
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
    budget: Budget,
    /// Transfers that move money and have no answer yet.
    on_their_way: AtomicUsize,
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

    /// Tries again after a rejection (40125, 42930), because somebody asks for it: an account that was locked may be open
    /// again by now. What is on its way goes on.
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in).
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) -> Result<(), cloudecr::CallError> {
    /// client.sign_in_again().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn sign_in_again(&self) -> Result<(), CallError> {
        self.inner.sign_in_again().await
    }

    /// Makes sure of a token that lives through a whole transfer: resumes kept tokens, renews, or signs in. Any
    /// number of callers cause one such call and share its outcome. Where none so long can be had (shortly before the
    /// gateway's midnight, or while renewing fails), one that lives will do.
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

    /// Renews the session in good time, if there is one: to be called every minute or so. It costs a request only when the
    /// access token has less than five minutes to live.
    ///
    /// It is what keeps a renewal whose answer gets lost from locking the account until midnight (40314): the refresh
    /// token is used up then, and only an access token that still lives can end the session, so that another can begin.
    ///
    /// # Errors
    /// As [`ready`](Self::ready). Nothing is lost: the next call tries again.
    ///
    /// ```no_run
    /// # async fn example(client: cloudecr::Client) {
    /// let mut minute = tokio::time::interval(client.limits().keep_alive);
    /// loop {
    ///     minute.tick().await;
    ///     let _ = client.keep_alive().await;
    /// }
    /// # }
    /// ```
    pub async fn keep_alive(&self) -> Result<(), CallError> {
        self.inner.keep_alive().await
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
    ///
    /// A transfer that moves money goes out whatever is left of the [`budget`](Self::budget); a question waits for
    /// nothing, and is not sent ([`NotSentReason::RateLimited`]) where it would use up what payments need.
    pub async fn transfer(&self, prepared: &PreparedTransfer) -> Exchange {
        let begun = (self.inner.clock.now(), Instant::now());
        let not_sent = |reason: NotSentReason, detail: String| Exchange {
            sent_at: begun.0,
            elapsed: begun.1.elapsed(),
            http_status: None,
            body: None,
            reply: Reply::NotSent(NotSent { reason, detail }),
        };
        let too_many = |wait: Duration| {
            let detail = CallError::RateLimited { wait }.to_string();
            not_sent(NotSentReason::RateLimited { wait }, detail)
        };
        let purpose = purpose(prepared.order());
        let wait = self.inner.budget.wait(purpose, begun.0);
        if !wait.is_zero() {
            return too_many(wait);
        }
        let need = Need::Lasting(self.inner.limits.token_for_transfer());
        let bearer = match self.inner.bearer(need).await {
            Ok(bearer) => bearer,
            Err(error) => {
                let detail = error.to_string();
                return not_sent(NotSentReason::NoSession(error), detail);
            }
        };
        let first = match self.inner.send_transfer(prepared, purpose, &bearer).await {
            Ok(first) => first,
            Err(wait) => return too_many(wait),
        };
        if !refused_for_its_token(&first) {
            return first;
        }
        match self.inner.bearer(Need::NewerThan(bearer.generation)).await {
            Ok(bearer) => {
                let second = self.inner.send_transfer(prepared, purpose, &bearer).await;
                second.unwrap_or(first)
            }
            Err(_) => first,
        }
    }

    /// What is left of the gateway's limit of requests, as this client has counted.
    ///
    /// ```
    /// use cloudecr::*;
    /// # let who = Credentials { pos_id: "p".into(), password: "w".into(), merchant_id: "m".into(),
    /// #     secret_key: SecretKey::from_string("k".into()) };
    /// let client = Client::builder(Gateway::at("http://127.0.0.1:1")?, who).build()?;
    /// assert_eq!((client.budget().used, client.budget().limit), (0, 100));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn budget(&self) -> RequestBudget {
        self.inner.budget.look(self.inner.clock.now())
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

    /// Its time limits.
    pub fn limits(&self) -> &TimeLimits {
        &self.inner.limits
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
    /// Sends a transfer once, or says how long it has to wait.
    async fn send_transfer(
        &self,
        prepared: &PreparedTransfer,
        purpose: Purpose,
        bearer: &Bearer,
    ) -> Result<Exchange, Duration> {
        let request = self
            .http
            .transfers
            .post(self.gateway.endpoint("api/transfer"))
            .bearer_auth(bearer.token.expose_secret())
            .header(header::CONTENT_TYPE, "application/json")
            .body(prepared.body().to_owned())
            .timeout(self.limits.transfer);
        let subject = Subject {
            reference: Some(&prepared.request().reference_id),
            ..Subject::default()
        };
        let sent_at = self.clock.now();
        self.budget.admit(purpose, sent_at)?;
        let _on_its_way = (purpose == Purpose::Money).then(|| OnItsWay::new(&self.on_their_way));
        let started = Instant::now();
        let sent = self.send(request, subject).await;
        let elapsed = started.elapsed();
        Ok(match sent {
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
        })
    }
}

/// Counts a transfer for as long as it has no answer.
struct OnItsWay<'a>(&'a AtomicUsize);

impl<'a> OnItsWay<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count)
    }
}

impl Drop for OnItsWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// What a transfer is for, as the budget sees it.
fn purpose(order: &Order) -> Purpose {
    match order {
        Order::Sale { .. } | Order::CashOut { .. } | Order::Void { .. } => Purpose::Money,
        Order::WalletInquiry { .. } | Order::GetLast | Order::Print { .. } => Purpose::Question,
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
