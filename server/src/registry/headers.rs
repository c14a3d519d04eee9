//! Headers of the registry's answers.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use model::{Digest, RepositoryName};

pub(super) const API_VERSION: HeaderName = HeaderName::from_static("docker-distribution-api-version");
pub(super) const CONTENT_DIGEST: HeaderName = HeaderName::from_static("docker-content-digest");
pub(super) const UPLOAD_ID: HeaderName = HeaderName::from_static("docker-upload-uuid");
pub(super) const OCI_SUBJECT: HeaderName = HeaderName::from_static("oci-subject");
pub(super) const OCI_TAG: HeaderName = HeaderName::from_static("oci-tag");
pub(super) const OCI_FILTERS: HeaderName = HeaderName::from_static("oci-filters-applied");

/// By digest from a repository that anybody may read: it never changes, and anybody may keep it.
pub(super) const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// A tag of such a repository: kept only to ask whether it still stands.
pub(super) const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");
/// Not for anybody: nothing between the hub and the client may keep it.
pub(super) const SECRET: HeaderValue = HeaderValue::from_static("private, no-store");

/// A header's value; names, digests and paths of ours never fail to be one.
pub(super) fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The entity tag of content with `digest`.
pub(super) fn etag(digest: &Digest) -> HeaderValue {
    value(&format!("\"{digest}\""))
}

/// Whether an `If-None-Match` or `If-Range` header names `digest`. A weak tag never matches a range.
pub(super) fn names(header: &HeaderValue, digest: &Digest) -> bool {
    let text = header.to_str().unwrap_or_default();
    text.trim() == "*"
        || text.split(',').any(|tag| {
            let tag = tag.trim();
            tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"') == digest.as_str()
        })
}

pub(super) fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// Where a manifest or blob of `name` can be fetched.
pub(super) fn location(name: &RepositoryName, kind: &str, what: &str) -> HeaderValue {
    value(&format!("/v2/{name}/{kind}/{what}"))
}
