//! One file as an HTTP answer: its type, its form (brotli or plain), how long it may be kept, and whether it has to be sent.

use std::borrow::Cow;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use axum::http::{StatusCode, response};
use axum::response::{IntoResponse, Response};
use rust_embed::EmbeddedFile;

use super::Stored;

#[derive(Clone, Copy)]
pub(super) enum Freshness {
    /// The name changes with the content.
    Forever,
    /// The name stays; an hour old is recent enough for an icon.
    Hour,
}

impl Freshness {
    fn cache_control(self) -> &'static str {
        match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Hour => "public, max-age=3600",
        }
    }
}

pub(super) fn answer(name: &str, file: Stored, freshness: Freshness, asked: &HeaderMap) -> Response {
    let has_forms = file.brotli.is_some();
    let (form, encoding) = match file.brotli {
        Some(brotli) if accepts_brotli(asked) => (brotli, Some("br")),
        _ => (file.plain, None),
    };
    let tag = entity_tag(&form);
    let mut headers = vec![(CACHE_CONTROL, freshness.cache_control().to_owned()), (ETAG, tag.clone())];
    if has_forms {
        headers.push((VARY, "accept-encoding".to_owned()));
    }
    if !is_known(&tag, asked) {
        headers.push((CONTENT_TYPE, content_type(name).to_owned()));
        headers.extend(encoding.map(|encoding| (CONTENT_ENCODING, encoding.to_owned())));
        with(headers, Response::builder(), Body::from(bytes(form)))
    } else {
        with(headers, Response::builder().status(StatusCode::NOT_MODIFIED), Body::empty())
    }
}

fn with(headers: Vec<(axum::http::HeaderName, String)>, builder: response::Builder, body: Body) -> Response {
    let builder = headers.into_iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    builder.body(body).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Each form has its own tag, as it must: they differ byte for byte.
fn entity_tag(form: &EmbeddedFile) -> String {
    let hash = form.metadata.sha256_hash();
    let short: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{short}\"")
}

/// Whether whoever asks has what is called `tag` already.
pub(crate) fn is_known(tag: &str, asked: &HeaderMap) -> bool {
    let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

/// `br` or `*`, unless its weight is zero.
fn accepts_brotli(asked: &HeaderMap) -> bool {
    let codings = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|value: &HeaderValue| value.to_str().ok());
    codings.flat_map(|value| value.split(',')).any(|coding| {
        let (name, parameters) = coding.split_once(';').unwrap_or((coding, ""));
        let refused =
            parameters.trim().strip_prefix("q=").is_some_and(|weight| weight.trim().parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case("br") && !refused
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}
