//! How an answer leaves: who may keep it for how long, whether it has to be sent, and whether search engines may list it.

use crate::registry::refusal;
use crate::site::is_known;
use aws_lc_rs::digest::{SHA256, digest};
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::{Error, Visibility};

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// A picture or a feed that somebody opens by itself runs nothing and loads nothing.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

/// What is sent, and how.
pub(super) struct Sent {
    pub(super) kind: &'static str,
    pub(super) tag: String,
    /// Seconds for which anybody may keep what is not private.
    pub(super) fresh: u32,
    pub(super) visibility: Visibility,
}

impl Sent {
    pub(super) fn public(kind: &'static str, body: &str, fresh: u32) -> Self {
        Self { kind, tag: entity_tag(body), fresh, visibility: Visibility::Public }
    }

    /// The headers alone, for whoever has the rest already.
    pub(super) fn unless_known(&self, asked: &HeaderMap) -> Option<Response> {
        is_known(&self.tag, asked).then(|| self.with(StatusCode::NOT_MODIFIED, Body::empty()))
    }

    pub(super) fn answer(&self, asked: &HeaderMap, body: impl Into<Bytes>) -> Response {
        self.unless_known(asked).unwrap_or_else(|| {
            let mut response = self.with(StatusCode::OK, Body::from(body.into()));
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
            response
        })
    }

    fn with(&self, status: StatusCode, body: Body) -> Response {
        let keep = match self.visibility {
            Visibility::Private => "private, no-store".to_owned(),
            Visibility::Public | Visibility::Unlisted => format!("public, max-age={}", self.fresh),
        };
        let headers = [(CACHE_CONTROL, keep), (ETAG, self.tag.clone())];
        let mut response = (status, headers, body).into_response();
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, POLICY);
        if self.visibility != Visibility::Public {
            response.headers_mut().insert(ROBOTS, HeaderValue::from_static("noindex"));
        }
        response
    }
}

/// The name of exactly this content.
pub(super) fn entity_tag(content: &str) -> String {
    let hash = digest(&SHA256, content.as_bytes());
    format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(hash.as_ref().get(..15).unwrap_or_default()))
}

/// What is missing, and what looks so: one answer.
pub(super) fn refused(error: &Error) -> Response {
    match error {
        Error::Internal | Error::Busy => refusal(error),
        _ => {
            let mut response =
                (StatusCode::NOT_FOUND, [(CACHE_CONTROL, "no-store")], "not found\n").into_response();
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, POLICY);
            response
        }
    }
}

/// It has another address now. Only this hub's own paths come here.
/// Nobody keeps where: the next one who asks may not be told.
pub(super) fn moved(path: &str) -> Response {
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (ROBOTS, HeaderValue::from_static("noindex")),
    ];
    match HeaderValue::from_str(path) {
        Ok(location) => (StatusCode::MOVED_PERMANENTLY, headers, [(LOCATION, location)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
