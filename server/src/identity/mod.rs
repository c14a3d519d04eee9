//! Cookie, bearer token or password to [`Actor`]. Authenticates, never authorises.
//!
//! A request without credentials costs nothing. Cookies count for pages and the API only, never for `/v2/`.

mod credential;
mod source;

pub use source::Sources;

use crate::accept::Peer;
use crate::bearer::{Bearers, Door};
use crate::limits::Limits;
use axum::http::header::COOKIE;
use axum::http::{Extensions, HeaderMap};
use credential::Credential;
use hub::{Actor, FirstStep, Hub, PasskeyQuestion, Visit};
use model::Error;
use std::net::IpAddr;
use std::sync::Arc;

/// Finds out who asks. Cheap to clone.
#[derive(Clone)]
pub struct Identity {
    inner: Arc<Inner>,
}

struct Inner {
    hub: Hub,
    bearers: Arc<Bearers>,
    limits: Limits,
    sources: Sources,
}

/// Who asks the registry.
pub struct Visitor {
    pub actor: Actor,
    /// The same person without what their bearer narrows them to, if they came with one; what an access token
    /// narrows them to stays.
    pub whole: Option<Actor>,
}

impl Identity {
    #[must_use]
    pub fn new(hub: Hub, bearers: Arc<Bearers>, limits: Limits, sources: Sources) -> Self {
        Self { inner: Arc::new(Inner { hub, bearers, limits, sources }) }
    }

    /// Who asks at `/v2/`: a registry token or a password.
    ///
    /// # Errors
    /// `SignInNeeded` for a token that is not good (any more), `WrongCredentials`, `TooMany`.
    pub async fn at_registry(&self, headers: &HeaderMap, extensions: &Extensions) -> Result<Visitor, Error> {
        let source = self.source(headers, extensions);
        let visitor = self.registry_visitor(headers, source).await?;
        let seen = |actor: Actor| actor.seen_from(source);
        Ok(Visitor { actor: seen(visitor.actor), whole: visitor.whole.map(seen) })
    }

    async fn registry_visitor(&self, headers: &HeaderMap, source: IpAddr) -> Result<Visitor, Error> {
        match Credential::of(headers) {
            None => Ok(Visitor { actor: Actor::anonymous(), whole: None }),
            Some(Credential::Bearer(token)) => self.bearer(Door::Registry, token).await,
            Some(Credential::Basic { name, password }) => {
                let actor = self.by_password(&name, &password, source).await?;
                Ok(Visitor { actor, whole: None })
            }
            Some(Credential::Unknown) => Err(Error::SignInNeeded),
        }
    }

    /// Who asks for a token: a password, or nobody.
    ///
    /// # Errors
    /// `WrongCredentials`, `TooMany`; `SignInNeeded` for any other kind of credential.
    pub async fn at_token(&self, headers: &HeaderMap, extensions: &Extensions) -> Result<Actor, Error> {
        match Credential::of(headers) {
            None => Ok(Actor::anonymous()),
            Some(Credential::Basic { name, password }) => {
                self.by_password(&name, &password, self.source(headers, extensions)).await
            }
            Some(_) => Err(Error::SignInNeeded),
        }
    }

    /// Who asks at the API: an API token, a password, or a browser's session.
    ///
    /// # Errors
    /// Like [`Self::at_registry`].
    pub async fn at_api(&self, headers: &HeaderMap, extensions: &Extensions) -> Result<Actor, Error> {
        match Credential::of(headers) {
            None => self.at_pages(headers, extensions).await,
            Some(Credential::Bearer(token)) => {
                let visitor = self.bearer(Door::Api, token).await?;
                let actor = visitor.whole.unwrap_or(visitor.actor);
                Ok(actor.seen_from(self.source(headers, extensions)))
            }
            Some(Credential::Basic { name, password }) => {
                self.by_password(&name, &password, self.source(headers, extensions)).await
            }
            Some(Credential::Unknown) => Err(Error::SignInNeeded),
        }
    }

    /// Who looks at a page: a browser's session, or nobody.
    ///
    /// # Errors
    /// Only what is the database's fault.
    pub async fn at_pages(&self, headers: &HeaderMap, extensions: &Extensions) -> Result<Actor, Error> {
        let name = session_cookie(self.is_secure());
        let Some(token) = cookie(headers, name) else { return Ok(Actor::anonymous()) };
        let actor = self.inner.hub.session(token).await?.unwrap_or_default();
        Ok(actor.seen_from(self.source(headers, extensions)))
    }

    /// Whether `password` is `name`'s, within the limits on guessing.
    ///
    /// # Errors
    /// `WrongCredentials`, `TooMany`, `TokenNeeded`, `Suspended`.
    pub async fn by_password(&self, name: &str, password: &str, source: IpAddr) -> Result<Actor, Error> {
        let proved = self.within_limits(name, source, self.inner.hub.check_password(name, password)).await;
        proved.map(|actor| actor.seen_from(source))
    }

    /// Signs a browser in with a name and a password, within the limits on guessing.
    ///
    /// # Errors
    /// `WrongCredentials`, `TooMany`, `Suspended`.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        visit: &Visit,
        source: IpAddr,
    ) -> Result<FirstStep, Error> {
        let proof = Box::pin(self.inner.hub.sign_in(name, password, visit));
        self.within_limits(name, source, proof).await
    }

    /// Asks a browser's device for a passkey.
    ///
    /// # Errors
    /// `TooMany`, `NotFound(Passkey)`.
    pub async fn ask_for_passkey(&self, source: IpAddr) -> Result<PasskeyQuestion, Error> {
        self.inner.limits.question(source)?;
        self.inner.hub.ask_for_passkey().await
    }

    async fn within_limits<T>(
        &self,
        name: &str,
        source: IpAddr,
        proof: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let attempt = self.inner.limits.begin(name, source)?;
        let result = proof.await;
        if !matches!(result, Err(Error::WrongCredentials)) {
            self.inner.limits.succeeded(&attempt);
        }
        result
    }

    /// Where the request comes from, behind the proxies that are trusted.
    #[must_use]
    pub fn source(&self, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
        self.inner.sources.find(headers, extensions.get::<Peer>().copied())
    }

    /// Whether browsers reach the hub by TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.inner.hub.settings().url.starts_with("https://")
    }

    async fn bearer(&self, door: Door, token: &str) -> Result<Visitor, Error> {
        let bearer = self.inner.bearers.verify(door, token).ok_or(Error::SignInNeeded)?;
        let hub = &self.inner.hub;
        let whole = match (&bearer.access_token, &bearer.subject) {
            (Some(id), _) => Box::pin(hub.access_token_actor(id)).await?.ok_or(Error::SignInNeeded)?,
            (None, Some(name)) => hub.person(name).await?.ok_or(Error::SignInNeeded)?,
            (None, None) => Actor::anonymous(),
        };
        Ok(Visitor { actor: whole.clone().narrowed(bearer.grants.clone()), whole: Some(whole) })
    }
}

/// The value of a cookie.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// The name of the session's cookie. `__Host-` binds it to this host and to TLS.
#[must_use]
pub const fn session_cookie(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}
