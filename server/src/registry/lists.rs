//! Lists: tags, the catalog, referrers, each with the link to what follows.

use super::headers::{OCI_FILTERS, value};
use super::serve::Asked;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Response};
use hub::Referrer;
use model::{Digest, Error, RepositoryName};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct TagList<'a> {
    name: &'a str,
    tags: &'a [String],
}

#[derive(Serialize)]
struct Catalog<'a> {
    repositories: &'a [RepositoryName],
}

pub(super) async fn tags(
    asked: &Asked<'_>,
    name: &RepositoryName,
    n: Option<u32>,
    last: &str,
) -> Result<Response<Body>, Error> {
    let (tags, more) = asked.hub().tag_names(&asked.visitor.actor, name, n, last).await?;
    let mut response = json(&TagList { name: name.as_str(), tags: &tags })?;
    // With n=0 there is nothing that the next page could follow.
    if let (true, Some(last)) = (more, tags.last()) {
        link(&mut response, &format!("/v2/{name}/tags/list"), n, &[("last", last)]);
    }
    Ok(response)
}

pub(super) async fn catalog(asked: &Asked<'_>, n: Option<u32>, last: &str) -> Result<Response<Body>, Error> {
    if !asked.visitor.actor.is_signed_in() && asked.visitor.whole.is_none() {
        return Err(Error::SignInNeeded);
    }
    // Access decides what is listed; a token's scopes name repositories and would hide the list.
    let actor = asked.visitor.whole.as_ref().unwrap_or(&asked.visitor.actor);
    let (names, more) = asked.hub().catalog(actor, n, last).await?;
    let mut response = json(&Catalog { repositories: &names })?;
    if let (true, Some(last)) = (more, names.last()) {
        link(&mut response, "/v2/_catalog", n, &[("last", last.as_str())]);
    }
    Ok(response)
}

/// Manifests that refer to another one, as an image index.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Index<'a> {
    schema_version: u8,
    media_type: &'static str,
    manifests: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    media_type: &'a str,
    digest: &'a Digest,
    size: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifact_type: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: &'a BTreeMap<String, String>,
}

const INDEX: &str = "application/vnd.oci.image.index.v1+json";

pub(super) async fn referrers(
    asked: &Asked<'_>,
    name: &RepositoryName,
    digest: &Digest,
    artifact_type: Option<&str>,
    after: &str,
) -> Result<Response<Body>, Error> {
    let actor = &asked.visitor.actor;
    let (found, more) = asked.hub().referrers(actor, name, digest, artifact_type, after).await?;
    let manifests = found.iter().map(descriptor).collect();
    let mut response = json(&Index { schema_version: 2, media_type: INDEX, manifests })?;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(INDEX));
    if artifact_type.is_some() {
        response.headers_mut().insert(OCI_FILTERS, HeaderValue::from_static("artifactType"));
    }
    if let (true, Some(last)) = (more, found.last()) {
        let mut query = vec![("last", last.digest.as_str())];
        query.extend(artifact_type.map(|kind| ("artifactType", kind)));
        link(&mut response, &format!("/v2/{name}/referrers/{digest}"), None, &query);
    }
    Ok(response)
}

fn descriptor(referrer: &Referrer) -> Descriptor<'_> {
    Descriptor {
        media_type: &referrer.media_type,
        digest: &referrer.digest,
        size: referrer.size,
        artifact_type: referrer.artifact_type.as_deref(),
        annotations: &referrer.annotations,
    }
}

fn json(body: &impl Serialize) -> Result<Response<Body>, Error> {
    let bytes = serde_json::to_vec(body).map_err(|_| Error::Internal)?;
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// Where the list goes on (RFC 8288).
fn link(response: &mut Response<Body>, path: &str, n: Option<u32>, query: &[(&str, &str)]) {
    let mut text = form_urlencoded::Serializer::new(String::new());
    if let Some(n) = n {
        text.append_pair("n", &n.to_string());
    }
    text.extend_pairs(query);
    response.headers_mut().insert(LINK, value(&format!("<{path}?{}>; rel=\"next\"", text.finish())));
}
