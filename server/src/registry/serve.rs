//! Request to answer: who asks, what for, and one method of the hub.

use super::error::refusal;
use super::headers::{API_VERSION, SECRET, empty};
use crate::bearer::Bearers;
use crate::identity::{Identity, Visitor};
use crate::shared::Shared;
use axum::body::{Body, HttpBody};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Method, Request, Response, StatusCode};
use hub::Hub;
use model::{Error, Missing};
use std::sync::Arc;
use std::time::Duration;

/// The registry's two doors, `/v2/` and `/token`. Cheap to clone.
#[derive(Clone)]
pub struct Registry {
    shared: Arc<Shared>,
}

impl Registry {
    #[must_use]
    pub fn new(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// Answers a request whose path is `/v2` or begins with `/v2/`.
    pub async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let is_head = request.method() == Method::HEAD;
        let mut response = self.answer_call(request).await;
        let headers = response.headers_mut();
        headers.insert(API_VERSION, HeaderValue::from_static("registry/2.0"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.entry(CACHE_CONTROL).or_insert(SECRET);
        if is_head { without_body(response) } else { response }
    }

    async fn answer_call(&self, request: Request<Body>) -> Response<Body> {
        let (parts, _) = request.into_parts();
        if !matches!(parts.uri.path(), "/v2" | "/v2/") {
            return refusal(&Error::NotFound(Missing::Repository));
        }
        match self.shared.identity.at_registry(&parts.headers, &parts.extensions).await {
            Ok(visitor) => base(&visitor).unwrap_or_else(|error| self.challenge(None, &error)),
            Err(error @ Error::SignInNeeded) => self.challenge(Some("invalid_token"), &error),
            Err(error @ Error::WrongCredentials) => self.challenge(None, &error),
            Err(error) => refusal(&error),
        }
    }

    pub(super) fn hub(&self) -> &Hub {
        &self.shared.hub
    }

    pub(super) fn identity(&self) -> &Identity {
        &self.shared.identity
    }

    pub(super) fn bearers(&self) -> &Bearers {
        &self.shared.bearers
    }

    /// How long a token lasts.
    pub(super) fn token_ttl(&self) -> Duration {
        self.shared.rules.token_ttl
    }

    /// The external URL.
    pub(super) fn url(&self) -> &str {
        &self.shared.hub.settings().url
    }

    /// The name under which docker knows the registry.
    pub(super) fn service(&self) -> &str {
        self.shared.hub.settings().host()
    }
}

/// `GET /v2/`: docker learns here that tokens are wanted, so nobody gets by without any credential.
fn base(visitor: &Visitor) -> Result<Response<Body>, Error> {
    if !visitor.actor.is_signed_in() && visitor.whole.is_none() {
        return Err(Error::SignInNeeded);
    }
    let mut response = Response::new(Body::from("{}"));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(axum::http::header::CONTENT_TYPE, json);
    Ok(response)
}

/// The same headers, and none of the bytes.
fn without_body(response: Response<Body>) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    let exact = body.size_hint().exact().filter(|_| parts.status != StatusCode::NO_CONTENT);
    if let (Some(length), None) = (exact, parts.headers.get(CONTENT_LENGTH)) {
        parts.headers.insert(CONTENT_LENGTH, length.into());
    }
    let mut response = empty(parts.status);
    *response.headers_mut() = parts.headers;
    response
}
