//! Signing in: the messages of `/auth/*`, and the tokens they give in a form that does not print itself.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::by_name;

/// The body of `POST /auth/login`. It holds the password in the clear, so it lives only while it is sent.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginRequest {
    /// The POS account.
    pub pos_id: String,
    /// Its password.
    pub password: String,
}

/// The answer of `/auth/login` and `/auth/refresh` as JSON.
///
/// Public for those who serve it or keep it; it holds the tokens in the clear, hence no `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub struct TokenPairWire {
    /// For calls.
    #[serde(deserialize_with = "by_name::object")]
    pub access: TokenWire,
    /// For `/auth/refresh`.
    #[serde(deserialize_with = "by_name::object")]
    pub refresh: TokenWire,
}

/// One token as JSON.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenWire {
    /// The token itself.
    pub token: String,
    /// ISO 8601 with milliseconds and offset, such as `2025-01-15T23:59:59.000+08:00`.
    pub expires_at: String,
}

/// What a session is made of: an access token (15 minutes or until the gateway's midnight) and a refresh token
/// (until that midnight).
#[derive(Debug, Clone)]
pub struct TokenPair {
    /// For calls.
    pub access: Token,
    /// For renewing.
    pub refresh: Token,
}

/// A bearer token. Its `Debug` is redacted.
#[derive(Debug, Clone)]
pub struct Token {
    /// The token itself.
    pub token: SecretString,
    /// When the gateway stops taking it, by the gateway's clock.
    pub expires_at: Timestamp,
}

/// A token whose end cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the token's expiresAt is not a time with an offset: {0:?}")]
pub struct TokenTimeError(pub String);

impl TryFrom<TokenWire> for Token {
    type Error = TokenTimeError;

    fn try_from(wire: TokenWire) -> Result<Self, Self::Error> {
        let expires_at = wire
            .expires_at
            .trim()
            .parse()
            .map_err(|_| TokenTimeError(wire.expires_at.clone()))?;
        Ok(Self {
            token: SecretString::from(wire.token),
            expires_at,
        })
    }
}

impl TryFrom<TokenPairWire> for TokenPair {
    type Error = TokenTimeError;

    /// ```
    /// let wire: cloudecr::TokenPairWire = serde_json::from_str(
    ///     r#"{"access":{"token":"a","expiresAt":"2025-01-15T16:30:00.000+08:00"},
    ///         "refresh":{"token":"r","expiresAt":"2025-01-16T00:00:00.000+08:00"}}"#,
    /// )?;
    /// let tokens = cloudecr::TokenPair::try_from(wire)?;
    /// assert_eq!(tokens.access.expires_at.to_string(), "2025-01-15T08:30:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn try_from(wire: TokenPairWire) -> Result<Self, Self::Error> {
        Ok(Self {
            access: wire.access.try_into()?,
            refresh: wire.refresh.try_into()?,
        })
    }
}

impl From<&Token> for TokenWire {
    /// In the clear: for a keyring or a gateway's answer, nowhere else.
    fn from(token: &Token) -> Self {
        Self {
            token: token.token.expose_secret().to_owned(),
            expires_at: format!("{:.3}", token.expires_at),
        }
    }
}

impl From<&TokenPair> for TokenPairWire {
    /// In the clear: for a keyring or a gateway's answer, nowhere else.
    fn from(tokens: &TokenPair) -> Self {
        Self {
            access: (&tokens.access).into(),
            refresh: (&tokens.refresh).into(),
        }
    }
}
