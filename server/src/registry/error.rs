//! `model::Error` to OCI code and status: the one table of this edge.

use super::call::NoCall;
use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use model::{Error, FieldProblem, Missing};
use serde::Serialize;

/// One entry of an OCI error body.
#[derive(Debug, Serialize)]
struct Entry {
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<serde_json::Value>,
}

#[derive(Serialize)]
struct Entries {
    errors: Vec<Entry>,
}

/// The answer to a refused call, without a challenge.
pub(crate) fn refusal(error: &Error) -> Response<Body> {
    let (status, code) = row(error);
    let entries = match error {
        Error::PartsMissing(digests) => digests
            .iter()
            .map(|digest| Entry {
                code,
                message: "the repository does not have this part".into(),
                detail: Some(serde_json::json!({ "digest": digest })),
            })
            .collect(),
        _ => vec![Entry { code, message: error.to_string(), detail: None }],
    };
    let mut response = answer(status, entries);
    match error {
        Error::TooMany { retry_after } => {
            response.headers_mut().insert(RETRY_AFTER, (*retry_after).into());
        }
        Error::Busy | Error::StorageFull => {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        _ => {}
    }
    response
}

fn row(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::NotFound(Missing::Manifest | Missing::Tag) => (StatusCode::NOT_FOUND, "MANIFEST_UNKNOWN"),
        Error::NotFound(Missing::Blob) => (StatusCode::NOT_FOUND, "BLOB_UNKNOWN"),
        Error::NotFound(Missing::Upload) => (StatusCode::NOT_FOUND, "BLOB_UPLOAD_UNKNOWN"),
        Error::NotFound(_) => (StatusCode::NOT_FOUND, "NAME_UNKNOWN"),
        Error::SignInNeeded
        | Error::WrongCredentials
        | Error::TokenNeeded
        | Error::PasskeyRefused
        | Error::Suspended => (StatusCode::UNAUTHORIZED, "UNAUTHORIZED"),
        Error::Denied
        | Error::MayNotComment(_)
        | Error::NoSlot { .. }
        | Error::NoRoom { .. }
        | Error::Moved { .. } => (StatusCode::FORBIDDEN, "DENIED"),
        Error::Invalid(problems) => (StatusCode::BAD_REQUEST, code_of(problems)),
        Error::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "SIZE_INVALID"),
        Error::ManifestInvalid(_) => (StatusCode::BAD_REQUEST, "MANIFEST_INVALID"),
        Error::PartsMissing(_) => (StatusCode::BAD_REQUEST, "MANIFEST_BLOB_UNKNOWN"),
        Error::DigestMismatch => (StatusCode::BAD_REQUEST, "DIGEST_INVALID"),
        Error::RangeWrong { .. } => (StatusCode::RANGE_NOT_SATISFIABLE, "BLOB_UPLOAD_INVALID"),
        Error::SizeMismatch => (StatusCode::BAD_REQUEST, "SIZE_INVALID"),
        Error::InUse(_) | Error::LastOwner => (StatusCode::CONFLICT, "DENIED"),
        Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "TOOMANYREQUESTS"),
        Error::StorageFull => (StatusCode::INSUFFICIENT_STORAGE, "UNAVAILABLE"),
        Error::Busy => (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE"),
        Error::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN"),
    }
}

fn code_of(problems: &[FieldProblem]) -> &'static str {
    match problems.first().map(|p| p.field.as_str()) {
        Some("name") => "NAME_INVALID",
        Some("digest") => "DIGEST_INVALID",
        Some("tag" | "reference") => "MANIFEST_INVALID",
        _ => "UNSUPPORTED",
    }
}

/// The answer to a request that is no call.
pub(super) fn no_call(error: &NoCall) -> Response<Body> {
    let bad = StatusCode::BAD_REQUEST;
    let (status, code, message) = match error {
        NoCall::Unknown => (StatusCode::NOT_FOUND, "UNSUPPORTED", "no such path".into()),
        NoCall::Method(allowed) => {
            let message = format!("this path takes {allowed}");
            (StatusCode::METHOD_NOT_ALLOWED, "UNSUPPORTED", message)
        }
        NoCall::Name(problem) => (bad, "NAME_INVALID", format!("the repository's name {problem}")),
        NoCall::Reference(problem) => (bad, "MANIFEST_INVALID", format!("the tag {problem}")),
        NoCall::Digest(problem) => (bad, "DIGEST_INVALID", format!("the digest {problem}")),
        NoCall::UploadId => {
            (StatusCode::NOT_FOUND, "BLOB_UPLOAD_UNKNOWN", Error::NotFound(Missing::Upload).to_string())
        }
        NoCall::Count => (bad, "UNSUPPORTED", "n must be a number".into()),
        NoCall::TooManyTags => (StatusCode::URI_TOO_LONG, "UNSUPPORTED", "too many tags at once".into()),
    };
    let mut response = answer(status, vec![Entry { code, message, detail: None }]);
    if let NoCall::Method(allowed) = error {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    }
    response
}

fn answer(status: StatusCode, errors: Vec<Entry>) -> Response<Body> {
    let body = serde_json::to_vec(&Entries { errors }).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_ours_says_nothing_and_a_busy_hub_says_when() {
        let internal = refusal(&Error::Internal);
        assert_eq!(internal.status(), 500);
        let many = refusal(&Error::TooMany { retry_after: 7 });
        assert_eq!((many.status().as_u16(), &many.headers()[RETRY_AFTER]), (429, &HeaderValue::from(7)));
        assert!(refusal(&Error::Busy).headers().contains_key(RETRY_AFTER));
    }

    #[test]
    fn a_wrong_method_names_the_right_ones() {
        let response = no_call(&NoCall::Method("GET, HEAD"));
        assert_eq!(
            (response.status().as_u16(), &response.headers()[ALLOW]),
            (405, &HeaderValue::from_static("GET, HEAD"))
        );
    }
}
