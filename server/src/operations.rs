//! What the operator's machines ask: is it alive, can it work, how much does it do.

use crate::front::Meters;
use crate::shared::Shared;
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::routing::get;
use hub::Hub;

const LIVE: &str = "/livez";
const READY: &str = "/readyz";
const METRICS: &str = "/metrics";

/// Every path, to be read with GET.
pub const PATHS: [&str; 3] = [LIVE, READY, METRICS];

/// Answers [`PATHS`].
pub fn router(meters: Meters) -> Router<Shared> {
    Router::new()
        .route(LIVE, get(async || "ok\n"))
        .route(READY, get(ready))
        .route(METRICS, get(async move || metrics(&meters)))
}

/// Ready is who can write to the database and to the storage.
async fn ready(State(hub): State<Hub>) -> (StatusCode, &'static str) {
    match hub.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}

fn metrics(meters: &Meters) -> ([(HeaderName, &'static str); 1], String) {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], meters.render())
}
