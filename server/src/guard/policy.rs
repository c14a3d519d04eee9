//! What a document of ours may do in a browser, told by headers.

use crate::shared::Shared;
use aws_lc_rs::rand;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, VARY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::sync::Arc;

/// The word without which no script of this one document runs.
#[derive(Debug, Clone)]
pub struct PageNonce(pub Arc<str>);

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

impl PageNonce {
    fn new() -> Option<Self> {
        let mut bytes = [0; 16];
        rand::fill(&mut bytes).ok()?;
        Some(Self(BASE64_STANDARD.encode(bytes).into()))
    }
}

pub(super) async fn layer(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    let Some(nonce) = PageNonce::new() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The name of an unlisted repository must not travel to where its links lead.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if shared.identity.is_secure() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if is_document(headers) {
        describe_document(headers, &nonce);
    }
    response
}

fn is_document(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn describe_document(headers: &mut HeaderMap, nonce: &PageNonce) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self'; font-src 'self'; manifest-src 'self'; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        nonce.0
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    headers.append(VARY, HeaderValue::from_static("cookie, accept-language"));
}
