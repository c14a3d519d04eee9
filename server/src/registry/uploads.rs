//! Uploads: in one request, streamed, in chunks, or not at all because the blob is here already.

use super::headers::{CONTENT_DIGEST, UPLOAD_ID, empty, location, value};
use super::range::chunk;
use super::serve::Asked;
use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_RANGE, LOCATION, RANGE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use bytes::Bytes;
use futures::StreamExt;
use hub::{BodyBroken, Incoming};
use model::{Algorithm, Digest, Error, Problem, RepositoryName};

pub(super) async fn begin(
    asked: &Asked<'_>,
    name: &RepositoryName,
    algorithm: Option<Algorithm>,
) -> Result<Response<Body>, Error> {
    let algorithm = algorithm.unwrap_or(Algorithm::Sha256);
    let id = asked.hub().begin_upload(&asked.visitor.actor, name, algorithm).await?;
    Ok(session(StatusCode::ACCEPTED, name, &id, 0))
}

pub(super) async fn mount(
    asked: &Asked<'_>,
    name: &RepositoryName,
    digest: &Digest,
    from: Option<&RepositoryName>,
) -> Result<Response<Body>, Error> {
    if asked.hub().mount(&asked.visitor.actor, name, digest, from).await? {
        Ok(created(name, digest))
    } else {
        begin(asked, name, Some(digest.algorithm())).await
    }
}

pub(super) async fn put(
    asked: &Asked<'_>,
    name: &RepositoryName,
    digest: &Digest,
    body: Body,
) -> Result<Response<Body>, Error> {
    asked.hub().put_blob(&asked.visitor.actor, name, digest, incoming(body, None)).await?;
    Ok(created(name, digest))
}

pub(super) async fn status(
    asked: &Asked<'_>,
    name: &RepositoryName,
    id: &str,
) -> Result<Response<Body>, Error> {
    let received = asked.hub().upload(&asked.visitor.actor, name, id).await?;
    Ok(session(StatusCode::NO_CONTENT, name, id, received))
}

pub(super) async fn append(
    asked: &Asked<'_>,
    name: &RepositoryName,
    id: &str,
    body: Body,
) -> Result<Response<Body>, Error> {
    let (start, length) = place(&asked.parts.headers)?;
    match asked.hub().append(&asked.visitor.actor, name, id, start, incoming(body, length)).await {
        Ok(received) => Ok(session(StatusCode::ACCEPTED, name, id, received)),
        Err(Error::RangeWrong { received }) => Ok(out_of_order(name, id, received)),
        Err(error) => Err(error),
    }
}

pub(super) async fn finish(
    asked: &Asked<'_>,
    name: &RepositoryName,
    id: &str,
    digest: &Digest,
    body: Body,
) -> Result<Response<Body>, Error> {
    let (start, length) = place(&asked.parts.headers)?;
    let incoming = incoming(body, length);
    match asked.hub().finish_upload(&asked.visitor.actor, name, id, start, incoming, digest).await {
        Ok(()) => Ok(created(name, digest)),
        Err(Error::RangeWrong { received }) => Ok(out_of_order(name, id, received)),
        Err(error) => Err(error),
    }
}

pub(super) async fn cancel(
    asked: &Asked<'_>,
    name: &RepositoryName,
    id: &str,
) -> Result<Response<Body>, Error> {
    asked.hub().cancel_upload(&asked.visitor.actor, name, id).await?;
    Ok(empty(StatusCode::NO_CONTENT))
}

/// Where a chunk starts and how long it must be; its length is only known here if its range is.
fn place(headers: &HeaderMap) -> Result<(Option<u64>, Option<u64>), Error> {
    let Some(header) = headers.get(CONTENT_RANGE) else { return Ok((None, None)) };
    let range = header.to_str().ok().and_then(chunk);
    let range = range.ok_or_else(|| Error::field("content-range", Problem::BadValue))?;
    let length = (range.end() - range.start()).saturating_add(1);
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|announced| announced != length) {
        return Err(Error::SizeMismatch);
    }
    Ok((Some(*range.start()), Some(length)))
}

/// The body as the hub takes it. One of another length than announced counts as broken off.
fn incoming(body: Body, length: Option<u64>) -> Incoming {
    let frames = body.into_data_stream().map(|frame| frame.map_err(|_| BodyBroken));
    let Some(length) = length else { return frames.boxed() };
    let end = futures::stream::once(async { Err(BodyBroken) });
    let mut left = length;
    let counted = frames
        .chain(end)
        .scan(false, move |over, frame| std::future::ready(next_counted(&mut left, over, frame)));
    counted.boxed()
}

/// One frame of a body of which `left` bytes are missing; `None` once it is whole.
fn next_counted(
    left: &mut u64,
    over: &mut bool,
    frame: Result<Bytes, BodyBroken>,
) -> Option<Result<Bytes, BodyBroken>> {
    if *over {
        return None;
    }
    let Ok(bytes) = frame else {
        *over = true;
        return if *left == 0 { None } else { Some(Err(BodyBroken)) };
    };
    match left.checked_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX)) {
        Some(rest) => {
            *left = rest;
            Some(Ok(bytes))
        }
        None => {
            *over = true;
            Some(Err(BodyBroken))
        }
    }
}

fn created(name: &RepositoryName, digest: &Digest) -> Response<Body> {
    let mut response = empty(StatusCode::CREATED);
    response.headers_mut().insert(LOCATION, location(name, "blobs", digest.as_str()));
    response.headers_mut().insert(CONTENT_DIGEST, value(digest.as_str()));
    response
}

/// Where an upload stands. `Range` is inclusive, so of nothing it can only say `0-0`.
fn session(status: StatusCode, name: &RepositoryName, id: &str, received: u64) -> Response<Body> {
    let mut response = empty(status);
    let headers = response.headers_mut();
    headers.insert(LOCATION, location(name, "blobs/uploads", id));
    headers.insert(RANGE, value(&format!("0-{}", received.saturating_sub(1))));
    headers.insert(UPLOAD_ID, value(id));
    if status == StatusCode::ACCEPTED {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    response
}

fn out_of_order(name: &RepositoryName, id: &str, received: u64) -> Response<Body> {
    let mut response = super::error::refusal(&Error::RangeWrong { received });
    let told = session(StatusCode::RANGE_NOT_SATISFIABLE, name, id, received);
    response.headers_mut().extend(told.headers().clone());
    response
}
