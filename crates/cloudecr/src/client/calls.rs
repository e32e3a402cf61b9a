//! Calls that move no money: within the budget, in the session, and for what only reads once more after a server's error.

use std::{sync::Arc, time::Duration};

use reqwest::RequestBuilder;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{
    Client, Inner,
    budget::Purpose,
    http::{self, Answer, Fault},
    log_line::Subject,
    reply,
    session::{Bearer, Need},
};
use crate::{CallError, Channel, Terminal};

impl Client {
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
        reply::rows(&self.inner.get(url).await?)
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
        reply::rows(&self.inner.get(url).await?)
    }
}

impl Inner {
    /// A call that only reads. After a server's error (5xx) it is made again, three times at most (the protocol's section
    /// "Limits").
    pub(super) async fn get(self: &Arc<Self>, url: Url) -> Result<Answer, CallError> {
        let call = |http: &reqwest::Client, token: &SecretString| {
            http.get(url.clone()).bearer_auth(token.expose_secret())
        };
        self.authorized(call, &self.limits.list_retries).await
    }

    /// A call that moves no money, in the session; an expired one is renewed once. `pauses` are the waits before it is
    /// made again after a server's error. A 2xx answer, whatever is in it.
    pub(super) async fn authorized(
        self: &Arc<Self>,
        call: impl Fn(&reqwest::Client, &SecretString) -> RequestBuilder,
        pauses: &[Duration],
    ) -> Result<Answer, CallError> {
        // Looked at first: no session is renewed for a call that may not be made.
        let wait = self.budget.wait(Purpose::Other, self.clock.now());
        if !wait.is_zero() {
            return Err(CallError::RateLimited { wait });
        }
        let bearer = self.bearer(Need::Lasting(self.limits.other)).await?;
        match self.patiently(&call, &bearer, pauses).await {
            Err(error) if error.http() == Some(401) => {
                let renewed = self.bearer(Need::NewerThan(bearer.generation)).await?;
                self.patiently(&call, &renewed, pauses).await
            }
            outcome => outcome,
        }
    }

    /// Makes a call, and again after each pause while the server fails; not while it wants to be left alone for longer.
    async fn patiently(
        &self,
        call: &impl Fn(&reqwest::Client, &SecretString) -> RequestBuilder,
        bearer: &Bearer,
        pauses: &[Duration],
    ) -> Result<Answer, CallError> {
        let mut pauses = pauses.iter();
        loop {
            self.admit(Purpose::Other)?;
            let request = call(&self.http.calls, &bearer.token).timeout(self.limits.other);
            let sent = self.send(request, Subject::default()).await;
            let outcome = reply::accepted(sent).map_err(|error| self.scrubbed(error, [&bearer.token]));
            let failed = matches!(&outcome, Err(CallError::Rejected { http: 500..=599, .. }));
            match pauses.next() {
                Some(pause) if failed && self.budget.wait(Purpose::Other, self.clock.now()) <= *pause => {
                    tokio::time::sleep(*pause).await;
                }
                Some(_) | None => return outcome,
            }
        }
    }

    /// A request of the session itself, which always goes out: without a session no payment does.
    pub(super) async fn of_session(&self, request: RequestBuilder) -> Result<Answer, Fault> {
        // Counted, never refused.
        let _ = self.budget.admit(Purpose::Money, self.clock.now());
        self.send(request.timeout(self.limits.other), Subject::default())
            .await
    }

    /// Counts a request that goes out now, or refuses it.
    pub(super) fn admit(&self, purpose: Purpose) -> Result<(), CallError> {
        self.budget
            .admit(purpose, self.clock.now())
            .map_err(|wait| CallError::RateLimited { wait })
    }

    /// Sends a request to the gateway that has been counted, and heeds what the answer says of the next ones.
    pub(super) async fn send(&self, request: RequestBuilder, subject: Subject<'_>) -> Result<Answer, Fault> {
        let budget = self.budget.look(self.clock.now());
        let outcome = self.http.send(request, subject, http::MOST, Some(budget)).await;
        if let Ok(answer) = &outcome
            && let Some(wait) = reply::leave_alone(answer)
        {
            log::warn!("the gateway wants no more requests for {} s", wait.as_secs());
            self.budget.close(wait, self.clock.now());
        }
        outcome
    }
}
