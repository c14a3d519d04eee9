//! The front door: looks at the first words of the path and hands the request on.
//!
//! `/v2/` of the registry goes past axum's router and its layers: it is most of the traffic, and small.

mod meters;

pub use meters::Meters;

use crate::accept::{Answer, PacedBody};
use crate::registry::Registry;
use crate::registry::refusal;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, Method, Request, Response, StatusCode};
use axum::response::IntoResponse;
use futures::FutureExt;
use futures::future::BoxFuture;
use model::Error;
use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tower::ServiceExt;
use tracing::Instrument;

/// Names a request in the log and to the client.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// First words below `/v2/` that belong to the JSON API. Nobody can have a namespace of such a name.
const API_WORDS: [&str; 11] = [
    "access-tokens",
    "auditlogs",
    "auth",
    "categories",
    "invites",
    "namespaces",
    "orgs",
    "repositories",
    "search",
    "user",
    "users",
];

/// What forms of the pages post to; all else below `/api/` is the JSON API's.
const FUNCTIONS: &str = "/api/fn/";

/// The doors behind the front one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    Registry,
    Token,
    Api,
    Pages,
}

impl Door {
    fn of(path: &str) -> Self {
        if let Some(rest) = path.strip_prefix("/v2") {
            let Some(rest) = rest.strip_prefix('/') else {
                return if rest.is_empty() { Self::Registry } else { Self::Pages };
            };
            let word = rest.split('/').next().unwrap_or(rest);
            return if API_WORDS.contains(&word) { Self::Api } else { Self::Registry };
        }
        match path {
            "/token" => Self::Token,
            path if is_callback(path) || path.starts_with("/v1/") => Self::Api,
            path if path.starts_with("/api/") && !path.starts_with(FUNCTIONS) => Self::Api,
            _ => Self::Pages,
        }
    }
}

/// `/u/<namespace>/<repository>/hook/<token>`: where receivers of webhooks report.
fn is_callback(path: &str) -> bool {
    path.strip_prefix("/u/").is_some_and(|rest| rest.split('/').nth(2) == Some("hook"))
}

/// Hands requests to the registry, the API or the pages. Cheap to clone.
#[derive(Clone)]
pub struct Front {
    inner: Arc<Inner>,
}

struct Inner {
    registry: Registry,
    api: Router,
    /// The pages and what else there is, with their own layers.
    router: Router,
    meters: Meters,
    requests: AtomicU64,
}

impl Front {
    #[must_use]
    pub fn new(registry: Registry, api: Router, router: Router, meters: Meters) -> Self {
        Self { inner: Arc::new(Inner { registry, api, router, meters, requests: AtomicU64::new(0) }) }
    }

    /// Answers one request, whatever it is.
    pub fn answer_any(self, request: Request<Body>) -> BoxFuture<'static, Response<Body>> {
        let answer = async move {
            let door = Door::of(request.uri().path());
            let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
            let timer = self.inner.meters.begin(door);
            let response = if door == Door::Registry && is_read {
                self.caught(door, request).await
            } else {
                Box::pin(self.traced(door, request)).await
            };
            timer.end(response.status());
            response
        };
        answer.boxed()
    }

    /// With a span, so that what is logged on the way can be told apart.
    async fn traced(&self, door: Door, request: Request<Body>) -> Response<Body> {
        let id = self.inner.requests.fetch_add(1, Ordering::Relaxed);
        let span = tracing::info_span!("request", id, method = %request.method());
        let mut response = self.caught(door, request).instrument(span.clone()).await;
        tracing::debug!(parent: &span, ?door, status = response.status().as_u16(), "answered");
        response.headers_mut().insert(REQUEST_ID, id.into());
        response
    }

    /// A panic is our fault and one request's: it must not take the connection's other requests with it.
    async fn caught(&self, door: Door, request: Request<Body>) -> Response<Body> {
        let answer = AssertUnwindSafe(self.dispatch(door, request)).catch_unwind();
        answer.await.unwrap_or_else(|_| match door {
            Door::Registry | Door::Token | Door::Api => refusal(&Error::Internal),
            Door::Pages => (StatusCode::INTERNAL_SERVER_ERROR, "internal error\n").into_response(),
        })
    }

    async fn dispatch(&self, door: Door, request: Request<Body>) -> Response<Body> {
        match door {
            Door::Registry => self.inner.registry.answer(request).await,
            Door::Token => self.inner.registry.answer_token(request).await,
            Door::Api => routed(&self.inner.api, request).await,
            Door::Pages => routed(&self.inner.router, request).await,
        }
    }
}

async fn routed(router: &Router, request: Request<Body>) -> Response<Body> {
    let answered: Result<_, Infallible> = router.clone().oneshot(request).await;
    answered.unwrap_or_else(|never| match never {})
}

impl Answer for Front {
    async fn answer(self, request: Request<PacedBody>) -> Response<Body> {
        self.answer_any(request.map(Body::new)).await
    }
}

#[cfg(test)]
mod tests {
    use super::Door;

    #[test]
    fn the_first_word_decides() {
        for (path, door) in [
            ("/v2", Door::Registry),
            ("/v2/", Door::Registry),
            ("/v2/anna/app/manifests/latest", Door::Registry),
            ("/v2/_catalog", Door::Registry),
            ("/v2/namespaces/anna/repositories", Door::Api),
            ("/v2/auth/token", Door::Api),
            ("/v2/users", Door::Api),
            ("/v2x", Door::Pages),
            ("/token", Door::Token),
            ("/v1/search", Door::Api),
            ("/v1", Door::Pages),
            ("/api/openapi.json", Door::Api),
            ("/api/auditlogs", Door::Api),
            ("/api/fn/sign_in", Door::Pages),
            ("/", Door::Pages),
            ("/r/anna/app", Door::Pages),
            ("/u/anna/app/hook/x/", Door::Api),
            ("/u/anna/hook", Door::Pages),
        ] {
            assert_eq!(Door::of(path), door, "{path}");
        }
    }
}
