//! What the operator's machines ask: is it alive, can it work, how much does it do.

use crate::front::Meters;
use crate::shared::Shared;
use axum::Router;
use axum::http::HeaderName;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

/// `/livez`, `/metrics`.
pub fn router(meters: Meters) -> Router<Shared> {
    Router::new().route("/livez", get(async || "ok\n")).route("/metrics", get(async move || metrics(&meters)))
}

fn metrics(meters: &Meters) -> ([(HeaderName, &'static str); 1], String) {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], meters.render())
}
