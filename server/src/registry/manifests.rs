//! Manifests: byte for byte as they were pushed.

use super::headers::{
    ASK_AGAIN, CONTENT_DIGEST, FOREVER, OCI_SUBJECT, OCI_TAG, SECRET, empty, etag, location, names, value,
};
use super::serve::Asked;
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION};
use axum::http::{Method, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hub::PutManifest;
use model::{Error, Reference, RepositoryName, Tag};

pub(super) async fn get(
    asked: &Asked<'_>,
    name: &RepositoryName,
    reference: &Reference,
) -> Result<Response<Body>, Error> {
    let (hub, actor) = (asked.hub(), &asked.visitor.actor);
    let manifest = hub.manifest(actor, name, reference).await?;
    let known = asked.parts.headers.get(IF_NONE_MATCH).is_some_and(|tag| names(tag, &manifest.digest));
    match asked.parts.method {
        Method::HEAD => hub.looked_up(actor, &manifest),
        _ if known => {}
        _ => hub.pulled(actor, &manifest),
    }
    let mut response = if known {
        empty(StatusCode::NOT_MODIFIED)
    } else {
        let mut response = Response::new(Body::from(manifest.bytes.clone()));
        response.headers_mut().insert(CONTENT_TYPE, value(&manifest.media_type));
        response.headers_mut().insert(CONTENT_LENGTH, manifest.bytes.len().into());
        response
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_DIGEST, value(manifest.digest.as_str()));
    headers.insert(ETAG, etag(&manifest.digest));
    let keep = match reference {
        _ if !manifest.is_public => SECRET,
        Reference::Digest(_) => FOREVER,
        Reference::Tag(_) => ASK_AGAIN,
    };
    headers.insert(CACHE_CONTROL, keep);
    Ok(response)
}

pub(super) async fn put(
    asked: &Asked<'_>,
    name: &RepositoryName,
    reference: &Reference,
    tags: &[Tag],
    body: Body,
) -> Result<Response<Body>, Error> {
    let bytes = read(body, asked).await?;
    let media_type = asked.parts.headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let manifest = PutManifest {
        reference: reference.clone(),
        tags: tags.to_vec(),
        media_type: media_type.map(|text| text.split(';').next().unwrap_or(text).trim().to_owned()),
        bytes,
    };
    let stored = asked.hub().put_manifest(&asked.visitor.actor, name, &manifest).await?;
    let mut response = empty(StatusCode::CREATED);
    let headers = response.headers_mut();
    headers.insert(LOCATION, location(name, "manifests", stored.digest.as_str()));
    headers.insert(CONTENT_DIGEST, value(stored.digest.as_str()));
    if let Some(subject) = &stored.subject {
        headers.insert(OCI_SUBJECT, value(subject.as_str()));
    }
    if matches!(reference, Reference::Digest(_)) {
        for tag in &stored.tags {
            headers.append(OCI_TAG, value(tag.as_str()));
        }
    }
    Ok(response)
}

pub(super) async fn delete(
    asked: &Asked<'_>,
    name: &RepositoryName,
    reference: &Reference,
) -> Result<Response<Body>, Error> {
    asked.hub().delete_manifest(&asked.visitor.actor, name, reference).await?;
    Ok(empty(StatusCode::ACCEPTED))
}

/// The whole body, if it is not longer than a manifest may be.
async fn read(body: Body, asked: &Asked<'_>) -> Result<Bytes, Error> {
    let limit = asked.hub().settings().manifest_bytes;
    let announced =
        asked.parts.headers.get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Error::TooLarge { limit });
    }
    match Limited::new(body, usize::try_from(limit).unwrap_or(usize::MAX)).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Error::TooLarge { limit }),
        Err(_) => Err(Error::SizeMismatch),
    }
}
