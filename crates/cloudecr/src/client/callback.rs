//! Reading an answer that came unasked, exactly as the answer to a request of our own is read.

use crate::{
    Client, Reply,
    callback::{Callback, CallbackRefusal},
    client::http::Answer,
    mask,
};

/// The log's target for what is said to a gateway, and by it.
const TARGET: &str = "cloudecr::http";

impl Client {
    /// Reads the body of a callback: a transfer response, signed with this account's key and about this POS.
    ///
    /// What it says of the customer's money is decided as for any answer, by [`judge`](crate::judge()); that no other
    /// payment has its transaction is for the caller's database to see.
    ///
    /// # Errors
    /// When it is not that. Nothing of such a body may be believed, or kept.
    ///
    /// ```
    /// use cloudecr::*;
    /// # let who = Credentials { pos_id: "p".into(), password: "w".into(), merchant_id: "m".into(),
    /// #     secret_key: SecretKey::from_string("k".into()) };
    /// let client = Client::builder(Gateway::at("http://127.0.0.1:1")?, who).build()?;
    /// let forged = br#"{"statusCode":"00","posId":"p","referenceId":"R1","signature":"00"}"#;
    /// assert_eq!(client.callback(forged), Err(callback::CallbackRefusal::Signature));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn callback(&self, body: &[u8]) -> Result<Callback, CallbackRefusal> {
        // A callback has no status of its own; the body is held to what a success must be.
        let answer = Answer {
            status: 200,
            body: body.to_vec(),
            content_type: None,
            retry_after: None,
        };
        let credentials = &self.inner.credentials;
        match super::reply::of_transfer(&credentials.secret_key, &answer) {
            Reply::Verified(response) => {
                if response.pos_id.as_deref() != Some(credentials.pos_id.as_str()) {
                    return Err(CallbackRefusal::OtherPos);
                }
                let body = String::from_utf8(answer.body).map_err(|_| CallbackRefusal::Malformed)?;
                // Like a request of our own, but only once it is known to be the gateway's: a stranger fills no log.
                log::info!(
                    target: TARGET,
                    "a callback brings {} for {}",
                    response.status_code.as_deref().unwrap_or("no status"),
                    response.reference_id.as_deref().unwrap_or("no reference")
                );
                log::debug!(target: TARGET, "the callback is {}", mask::json(body.as_bytes()));
                Ok(Callback {
                    at: self.inner.clock.now(),
                    response,
                    body,
                })
            }
            Reply::Unverified(_) => Err(CallbackRefusal::Signature),
            Reply::Refused(_) | Reply::NotSent(_) | Reply::Lost(_) => Err(CallbackRefusal::Malformed),
        }
    }

    /// The POS account that this client signs in as.
    pub fn pos_id(&self) -> &str {
        &self.inner.credentials.pos_id
    }
}
