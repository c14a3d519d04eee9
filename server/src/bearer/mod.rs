//! Bearer tokens: JWTs signed with ES256 by this hub's own key, for the registry and for the JSON API.
//!
//! A token names a person and what it was asked for. What that person may do is the hub's answer, each time.

mod claims;
mod kept;
mod key;

pub use claims::{Access, grant_action};
pub use key::{KeyError, SigningKey};

use claims::Claims;
use hub::{Actor, Clock, Grant};
use jsonwebtoken::{Algorithm, Header, Validation, decode, encode};
use kept::Kept;
use model::{Error, Username};
use std::sync::Arc;
use std::time::Duration;

/// Which door a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Door {
    Registry,
    Api,
}

/// What a verified token says.
#[derive(Debug)]
pub struct Bearer {
    /// `None`: a visitor's.
    pub subject: Option<Username>,
    /// The id of the access token that it was made with.
    pub access_token: Option<String>,
    pub grants: Arc<[Grant]>,
    expires_at: i64,
}

/// Makes and checks tokens.
pub struct Bearers {
    key: SigningKey,
    header: Header,
    issuer: String,
    registry: Validation,
    api: Validation,
    clock: Clock,
    kept: Kept,
}

/// Whom a token is made for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Holder<'a> {
    /// `None`: a visitor.
    pub subject: Option<&'a Username>,
    /// The id of the access token that they came with.
    pub access_token: Option<&'a str>,
}

impl<'a> Holder<'a> {
    #[must_use]
    pub fn of(actor: &'a Actor) -> Self {
        Self { subject: actor.username(), access_token: actor.access_token_id() }
    }
}

/// A token just made.
pub struct Issued {
    pub token: String,
    pub issued_at: i64,
    pub expires_in: u64,
}

impl Bearers {
    /// `issuer` is the external URL, `host` the name by which docker knows the registry.
    #[must_use]
    pub fn new(key: SigningKey, issuer: &str, host: &str, clock: Clock) -> Self {
        let header = Header { kid: Some(key.id().to_owned()), ..Header::new(Algorithm::ES256) };
        let registry = validation(issuer, host);
        let api = validation(issuer, &api_audience(host));
        Self { key, header, issuer: issuer.into(), registry, api, clock, kept: Kept::new() }
    }

    /// A token for `holder` that lasts `ttl` and was asked for `access`.
    ///
    /// # Errors
    /// `Internal` when the key can not sign.
    pub fn issue(
        &self,
        door: Door,
        holder: Holder<'_>,
        access: &[Access],
        ttl: Duration,
    ) -> Result<Issued, Error> {
        let now = self.clock.now().seconds();
        let expires_in = ttl.as_secs().max(1);
        let claims = Claims {
            iss: self.issuer.clone(),
            sub: holder.subject.map(ToString::to_string).unwrap_or_default(),
            aud: self.audience(door),
            exp: now.saturating_add_unsigned(expires_in),
            nbf: now,
            iat: now,
            jti: uuid::Uuid::now_v7().simple().to_string(),
            access_token: holder.access_token.map(ToOwned::to_owned),
            access: access.to_vec(),
        };
        let token = encode(&self.header, &claims, self.key.signing()).map_err(|error| {
            tracing::error!(%error, "the token key can not sign");
            Error::Internal
        })?;
        Ok(Issued { token, issued_at: now, expires_in })
    }

    /// What `token` says, if this hub made it for `door` and it is still good.
    #[must_use]
    pub fn verify(&self, door: Door, token: &str) -> Option<Arc<Bearer>> {
        let now = self.clock.now().seconds();
        if let Some(kept) = self.kept.get(door, token) {
            return (now < kept.expires_at).then_some(kept);
        }
        let claims = self.decode(door, token)?;
        let subject = if claims.sub.is_empty() { None } else { Some(claims.sub.parse::<Username>().ok()?) };
        if now < claims.nbf || now >= claims.exp {
            return None;
        }
        let grants = claims.access.iter().filter_map(Access::to_grant).collect();
        let bearer =
            Arc::new(Bearer { subject, access_token: claims.access_token, grants, expires_at: claims.exp });
        self.kept.put(door, token, bearer.clone());
        Some(bearer)
    }

    fn decode(&self, door: Door, token: &str) -> Option<Claims> {
        let validation = match door {
            Door::Registry => &self.registry,
            Door::Api => &self.api,
        };
        let data = decode::<Claims>(token, self.key.verifying(), validation).ok()?;
        (data.header.kid.as_deref() == Some(self.key.id())).then_some(data.claims)
    }

    fn audience(&self, door: Door) -> String {
        let validation = match door {
            Door::Registry => &self.registry,
            Door::Api => &self.api,
        };
        validation.aud.iter().flatten().next().cloned().unwrap_or_default()
    }
}

fn api_audience(host: &str) -> String {
    format!("{host}/api")
}

/// One algorithm only, and every claim must be there. Times are checked against the hub's own clock.
fn validation(issuer: &str, audience: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::ES256);
    validation.validate_exp = false;
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["iss", "aud", "exp", "nbf", "sub"]);
    validation
}

#[cfg(test)]
mod tests;
