//! Request to answer: who asks, what for, and one method of the hub.

use super::call::Call;
use super::error::no_call;
use super::headers::{API_VERSION, SECRET, empty};
use super::{blobs, lists, manifests, uploads};
use crate::bearer::Bearers;
use crate::identity::{Identity, Visitor};
use crate::shared::Shared;
use axum::body::{Body, HttpBody};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, X_CONTENT_TYPE_OPTIONS};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode};
use hub::Hub;
use model::Error;
use std::sync::Arc;
use std::time::Duration;

/// The registry's two doors, `/v2/` and `/token`. Cheap to clone.
#[derive(Clone)]
pub struct Registry {
    shared: Arc<Shared>,
}

/// A call with the request that it came in, without the body.
pub(super) struct Asked<'a> {
    pub(super) registry: &'a Registry,
    pub(super) visitor: &'a Visitor,
    pub(super) parts: &'a Parts,
}

impl Asked<'_> {
    pub(super) fn hub(&self) -> &Hub {
        self.registry.hub()
    }
}

impl Registry {
    #[must_use]
    pub fn new(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// Answers a request whose path is `/v2` or begins with `/v2/`.
    pub async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let is_head = request.method() == Method::HEAD;
        let mut response = Box::pin(self.answer_call(request)).await;
        let headers = response.headers_mut();
        headers.insert(API_VERSION, HeaderValue::from_static("registry/2.0"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.entry(CACHE_CONTROL).or_insert(SECRET);
        if is_head { without_body(response) } else { response }
    }

    async fn answer_call(&self, request: Request<Body>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let path = parts.uri.path().strip_prefix("/v2").unwrap_or_default();
        let path = path.strip_prefix('/').unwrap_or(path);
        let call = match Call::parse(&parts.method, path, parts.uri.query()) {
            Ok(call) => call,
            Err(error) => return no_call(&error),
        };
        let visitor = match self.shared.identity.at_registry(&parts.headers, &parts.extensions).await {
            Ok(visitor) => visitor,
            Err(error @ Error::SignInNeeded) => {
                return self.challenge(Some(&call), Some("invalid_token"), &error);
            }
            Err(error @ Error::WrongCredentials) => return self.challenge(Some(&call), None, &error),
            Err(error) => return super::error::refusal(&error),
        };
        let asked = Asked { registry: self, visitor: &visitor, parts: &parts };
        match self.dispatch(&asked, &call, body).await {
            Ok(response) => response,
            Err(error) => self.refuse(&visitor, &call, error).await,
        }
    }

    async fn dispatch(&self, asked: &Asked<'_>, call: &Call, body: Body) -> Result<Response<Body>, Error> {
        if writes(call) && !asked.visitor.actor.is_signed_in() {
            // Before a byte of the body is read.
            return Err(Error::SignInNeeded);
        }
        match call {
            Call::Base => base(asked.visitor),
            Call::Catalog { n, last } => lists::catalog(asked, *n, last).await,
            Call::Tags { name, n, last } => lists::tags(asked, name, *n, last).await,
            Call::Referrers { name, digest, artifact_type, after } => {
                lists::referrers(asked, name, digest, artifact_type.as_deref(), after).await
            }
            Call::Manifest { name, reference } => manifests::get(asked, name, reference).await,
            Call::PutManifest { name, reference, tags } => {
                manifests::put(asked, name, reference, tags, body).await
            }
            Call::DeleteManifest { name, reference } => manifests::delete(asked, name, reference).await,
            Call::Blob { name, digest } => blobs::get(asked, name, digest).await,
            Call::DeleteBlob { name, digest } => blobs::delete(asked, name, digest).await,
            Call::BeginUpload { name, algorithm } => uploads::begin(asked, name, *algorithm).await,
            Call::PutBlob { name, digest } => uploads::put(asked, name, digest, body).await,
            Call::Mount { name, digest, from } => uploads::mount(asked, name, digest, from.as_ref()).await,
            Call::Upload { name, id } => uploads::status(asked, name, id).await,
            Call::Append { name, id } => uploads::append(asked, name, id, body).await,
            Call::Finish { name, id, digest } => uploads::finish(asked, name, id, digest, body).await,
            Call::CancelUpload { name, id } => uploads::cancel(asked, name, id).await,
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

const fn writes(call: &Call) -> bool {
    !matches!(
        call,
        Call::Base
            | Call::Catalog { .. }
            | Call::Tags { .. }
            | Call::Referrers { .. }
            | Call::Manifest { .. }
            | Call::Blob { .. }
    )
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
