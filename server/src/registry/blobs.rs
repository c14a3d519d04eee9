//! Blobs: whole or in part, never to be shown by a browser.

use super::headers::{CONTENT_DIGEST, FOREVER, SECRET, empty, etag, names, value};
use super::range::{Wanted, wanted};
use super::serve::Asked;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use hub::Blob;
use model::{Digest, Error, RepositoryName};

pub(super) async fn get(
    asked: &Asked<'_>,
    name: &RepositoryName,
    digest: &Digest,
) -> Result<Response<Body>, Error> {
    let blob = asked.hub().blob(&asked.visitor.actor, name, digest).await?;
    let headers = &asked.parts.headers;
    let mut response = if headers.get(IF_NONE_MATCH).is_some_and(|tag| names(tag, digest)) {
        empty(StatusCode::NOT_MODIFIED)
    } else {
        match part_of(headers, &blob) {
            Wanted::Beyond => beyond(blob.size),
            Wanted::All => bytes(asked, &blob, 0..=blob.size.saturating_sub(1), blob.size).await?,
            Wanted::Part(range) => {
                let told = format!("bytes {}-{}/{}", range.start(), range.end(), blob.size);
                let length = range.end() - range.start() + 1;
                let mut response = bytes(asked, &blob, range, length).await?;
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                response.headers_mut().insert(CONTENT_RANGE, value(&told));
                response
            }
        }
    };
    describe(response.headers_mut(), &blob);
    Ok(response)
}

pub(super) async fn delete(
    asked: &Asked<'_>,
    name: &RepositoryName,
    digest: &Digest,
) -> Result<Response<Body>, Error> {
    asked.hub().delete_blob(&asked.visitor.actor, name, digest).await?;
    Ok(empty(StatusCode::ACCEPTED))
}

fn part_of(headers: &HeaderMap, blob: &Blob) -> Wanted {
    let Some(range) = headers.get(RANGE).and_then(|range| range.to_str().ok()) else { return Wanted::All };
    match headers.get(IF_RANGE) {
        Some(tag) if !names(tag, &blob.digest) => Wanted::All,
        _ => wanted(range, blob.size),
    }
}

async fn bytes(
    asked: &Asked<'_>,
    blob: &Blob,
    range: std::ops::RangeInclusive<u64>,
    length: u64,
) -> Result<Response<Body>, Error> {
    let body = if asked.parts.method == Method::HEAD || length == 0 {
        Body::empty()
    } else {
        Body::from_stream(asked.hub().open_blob(blob, *range.start()..range.end() + 1).await?)
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_LENGTH, length.into());
    Ok(response)
}

fn beyond(size: u64) -> Response<Body> {
    let mut response = empty(StatusCode::RANGE_NOT_SATISFIABLE);
    response.headers_mut().insert(CONTENT_RANGE, value(&format!("bytes */{size}")));
    response
}

/// Whatever a blob is, a browser saves it and shows nothing of it.
fn describe(headers: &mut HeaderMap, blob: &Blob) {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CONTENT_DIGEST, value(blob.digest.as_str()));
    headers.insert(ETAG, etag(&blob.digest));
    headers.insert(CACHE_CONTROL, if blob.is_public { FOREVER } else { SECRET });
}
