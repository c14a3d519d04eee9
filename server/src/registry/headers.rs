//! Headers of the registry's answers.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};

pub(super) const API_VERSION: HeaderName = HeaderName::from_static("docker-distribution-api-version");

/// Not for anybody: nothing between the hub and the client may keep it.
pub(super) const SECRET: HeaderValue = HeaderValue::from_static("private, no-store");

/// A header's value; names, digests and paths of ours never fail to be one.
pub(super) fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

pub(super) fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
