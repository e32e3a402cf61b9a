//! Who is calling: the merchant's credentials, which redact themselves.

use secrecy::SecretString;

use crate::SecretKey;

/// What a merchant holds (the protocol's section "Parties and addresses"). `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The POS account; one per till.
    pub pos_id: String,
    /// Its password.
    pub password: SecretString,
    /// The merchant.
    pub merchant_id: String,
    /// The merchant's signing key.
    pub secret_key: SecretKey,
}

impl Credentials {
    /// What no log may hold.
    pub(crate) fn secrets(&self) -> Vec<SecretString> {
        vec![self.password.clone(), self.secret_key.text().clone()]
    }
}
