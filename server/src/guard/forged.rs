//! Requests that another site made a browser send are refused.
//!
//! tower-http's `csrf` lets pass what has neither `Origin` nor `Sec-Fetch-Site`: no browser sent it. With a session's
//! cookie that is refused too.

use axum::extract::Request;
use axum::http::header::{COOKIE, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::csrf::CsrfLayer;

/// Compares a request's origin with the host, or with the external URL.
pub(super) fn by_origin(url: &str) -> CsrfLayer {
    CsrfLayer::new().add_trusted_origin(url).unwrap_or_else(|error| {
        tracing::warn!(%error, url, "the external URL is no origin");
        CsrfLayer::new()
    })
}

pub(super) async fn by_cookie(request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || !is_nameless_browser(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "this request does not say which site it comes from\n").into_response()
    }
}

fn is_nameless_browser(headers: &HeaderMap) -> bool {
    headers.contains_key(COOKIE) && !headers.contains_key(ORIGIN) && !headers.contains_key("sec-fetch-site")
}
