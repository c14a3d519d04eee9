//! Who asks, and from where, as axum's extractors. A cookie counts for a change only from the hub's own pages.

use super::error::Refusal;
use crate::identity::Identity;
use crate::shared::Shared;
use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, ORIGIN, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use hub::{Actor, FirstStep, Visit};
use model::Error;
use std::net::IpAddr;

/// The person or visitor of this request.
pub(super) struct Asking(pub(super) Actor);

impl FromRequestParts<Shared> for Asking {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let actor = shared.identity.at_api(&parts.headers, &parts.extensions).await?;
        let by_cookie = actor.is_signed_in() && !parts.headers.contains_key(AUTHORIZATION);
        let url = &shared.hub.settings().url;
        if by_cookie && !parts.method.is_safe() && !is_from_own_pages(&parts.headers, url) {
            return Err(Refusal::new(StatusCode::FORBIDDEN, "a session counts on the hub's own pages only"));
        }
        Ok(Self(actor))
    }
}

/// Who searches with docker: by password, by a token of the registry, or nobody.
pub(super) struct Searching(pub(super) Actor);

impl FromRequestParts<Shared> for Searching {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let visitor = shared.identity.at_registry(&parts.headers, &parts.extensions).await?;
        // Scopes of such a token name repositories; who may find what is another question.
        Ok(Self(visitor.whole.unwrap_or(visitor.actor)))
    }
}

/// Browsers say where a request was made; no other site can make them lie. Silence is no proof.
fn is_from_own_pages(headers: &HeaderMap, url: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(ORIGIN).is_some_and(|origin| origin == url),
    }
}

/// A visitor who wants to sign in: the limits on guessing, and the address they count for.
pub(super) struct Guest {
    identity: Identity,
    source: IpAddr,
    user_agent: String,
}

impl Guest {
    /// The person with this name and password.
    pub(super) async fn prove(&self, name: &str, password: &str) -> Result<Actor, Error> {
        self.identity.by_password(name, password, self.source).await
    }

    /// What is to be brought along with the code that this name and password owe.
    pub(super) async fn pending(&self, name: &str, password: &str) -> Result<String, Error> {
        let visit = Visit {
            user_agent: self.user_agent.clone(),
            address: self.source.to_string(),
            ..Visit::default()
        };
        match self.identity.sign_in(name, password, &visit, self.source).await? {
            FirstStep::CodeNeeded(pending) => Ok(pending),
            FirstStep::Done(_) => Err(Error::WrongCredentials),
        }
    }
}

impl FromRequestParts<Shared> for Guest {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let source = shared.identity.source(&parts.headers, &parts.extensions);
        let user_agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        let user_agent = user_agent.unwrap_or_default().to_owned();
        Ok(Self { identity: shared.identity.clone(), source, user_agent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_site_can_not_use_a_session() {
        let from = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            is_from_own_pages(&headers.collect(), "https://hub.example")
        };
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(from(&[("origin", "https://hub.example")]));
        assert!(!from(&[]));
        assert!(!from(&[("origin", "null")]));
        assert!(!from(&[("origin", "https://hub.example.evil")]));
        assert!(!from(&[("origin", "https://hub.example"), ("sec-fetch-site", "cross-site")]));
        assert!(!from(&[("sec-fetch-site", "same-site")]));
    }
}
