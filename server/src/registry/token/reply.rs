//! The bodies of `/token`.

use crate::bearer::{Access, Issued};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};
use model::Error;
use serde::Serialize;

#[derive(Serialize)]
struct ByGet<'a> {
    token: &'a str,
    /// The same; older and newer clients look for one or the other.
    access_token: &'a str,
    expires_in: u64,
    issued_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
}

#[derive(Serialize)]
struct ByPost<'a> {
    access_token: &'a str,
    /// What was granted.
    scope: String,
    expires_in: u64,
    issued_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
}

pub(super) fn by_get(issued: &Issued, refresh_token: Option<&str>) -> Result<Response<Body>, Error> {
    json(&ByGet {
        token: &issued.token,
        access_token: &issued.token,
        expires_in: issued.expires_in,
        issued_at: moment(issued.issued_at),
        refresh_token,
    })
}

pub(super) fn by_post(
    issued: &Issued,
    access: &[Access],
    refresh_token: Option<&str>,
) -> Result<Response<Body>, Error> {
    json(&ByPost {
        access_token: &issued.token,
        scope: access.iter().map(Access::to_scope).collect::<Vec<_>>().join(" "),
        expires_in: issued.expires_in,
        issued_at: moment(issued.issued_at),
        refresh_token,
    })
}

/// RFC 3339.
fn moment(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|moment| moment.to_string()).unwrap_or_default()
}

fn json(body: &impl Serialize) -> Result<Response<Body>, Error> {
    let bytes = serde_json::to_vec(body).map_err(|_| Error::Internal)?;
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}
