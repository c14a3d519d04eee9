//! (method, path, query) to a [`Call`]: the only parser of `/v2/` paths.
//!
//! Each segment is decoded once, after the path was split, and then has to be a valid name: an encoded
//! slash or dot never becomes a path.

mod routes;

pub use routes::ROUTES;

use super::query::Query;
use axum::http::Method;
use model::{Algorithm, Digest, Problem, Reference, RepositoryName, Tag};
use std::borrow::Cow;

/// What a client asks the registry for.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::registry) enum Call {
    Base,
    Catalog { n: Option<u32>, last: String },
    Tags { name: RepositoryName, n: Option<u32>, last: String },
    Referrers { name: RepositoryName, digest: Digest, artifact_type: Option<String>, after: String },
    Manifest { name: RepositoryName, reference: Reference },
    PutManifest { name: RepositoryName, reference: Reference, tags: Vec<Tag> },
    DeleteManifest { name: RepositoryName, reference: Reference },
    Blob { name: RepositoryName, digest: Digest },
    DeleteBlob { name: RepositoryName, digest: Digest },
    BeginUpload { name: RepositoryName, algorithm: Option<Algorithm> },
    PutBlob { name: RepositoryName, digest: Digest },
    Mount { name: RepositoryName, digest: Digest, from: Option<RepositoryName> },
    Upload { name: RepositoryName, id: String },
    Append { name: RepositoryName, id: String },
    Finish { name: RepositoryName, id: String, digest: Digest },
    CancelUpload { name: RepositoryName, id: String },
}

/// Why a request is no call.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::registry) enum NoCall {
    /// No such path.
    Unknown,
    /// The path is right, the method is not; these are.
    Method(&'static str),
    /// The repository's name is not one.
    Name(Problem),
    /// A tag, digest or upload id in the path is not one.
    Reference(Problem),
    Digest(Problem),
    UploadId,
    /// `n` is no number.
    Count,
    /// More tags at once than are taken.
    TooManyTags,
}

/// Tags of one multi-tag push; the specification asks for ten at least.
const MOST_TAGS: usize = 64;

impl Call {
    /// Reads the request line. `path` is what follows `/v2/`, as sent.
    ///
    /// # Errors
    /// See [`NoCall`].
    pub(in crate::registry) fn parse(
        method: &Method,
        path: &str,
        query: Option<&str>,
    ) -> Result<Self, NoCall> {
        let query = Query::new(query);
        let segments: Vec<&str> = path.split('/').collect();
        match segments.as_slice() {
            [""] => reads(method, || Ok(Self::Base)),
            ["_catalog"] => reads(method, || Ok(Self::Catalog { n: query.n()?, last: query.last() })),
            [name @ .., "blobs", "uploads"] if !name.is_empty() => begin(method, name, &query),
            [name @ .., "blobs", "uploads", ""] if !name.is_empty() => begin(method, name, &query),
            [name @ .., "blobs", "uploads", id] if !name.is_empty() => upload(method, name, id, &query),
            [name @ .., "blobs", digest] if !name.is_empty() => blob(method, name, digest),
            [name @ .., "manifests", text] if !name.is_empty() => manifest(method, name, text, &query),
            [name @ .., "tags", "list"] if !name.is_empty() => reads(method, || {
                Ok(Self::Tags { name: repository(name)?, n: query.n()?, last: query.last() })
            }),
            [name @ .., "referrers", digest] if !name.is_empty() => {
                reads(method, || referrers(name, digest, &query))
            }
            _ => Err(NoCall::Unknown),
        }
    }

    /// The repository that it is about, and the right that a token needs for it.
    #[must_use]
    pub(in crate::registry) fn scope(&self) -> Option<(&RepositoryName, &'static str)> {
        match self {
            Self::Base | Self::Catalog { .. } => None,
            Self::Tags { name, .. }
            | Self::Referrers { name, .. }
            | Self::Manifest { name, .. }
            | Self::Blob { name, .. } => Some((name, "pull")),
            Self::PutManifest { name, .. }
            | Self::BeginUpload { name, .. }
            | Self::PutBlob { name, .. }
            | Self::Mount { name, .. }
            | Self::Upload { name, .. }
            | Self::Append { name, .. }
            | Self::Finish { name, .. }
            | Self::CancelUpload { name, .. } => Some((name, "pull,push")),
            Self::DeleteManifest { name, .. } | Self::DeleteBlob { name, .. } => Some((name, "delete")),
        }
    }
}

fn reads(method: &Method, call: impl FnOnce() -> Result<Call, NoCall>) -> Result<Call, NoCall> {
    if *method == Method::GET || *method == Method::HEAD { call() } else { Err(NoCall::Method("GET, HEAD")) }
}

fn begin(method: &Method, name: &[&str], query: &Query<'_>) -> Result<Call, NoCall> {
    if *method != Method::POST {
        return Err(NoCall::Method("POST"));
    }
    let name = repository(name)?;
    if let Some(text) = query.get("mount") {
        // A `from` that is no name names nothing that could be mounted: the client uploads instead.
        let from = query.get("from").map(|from| from.parse());
        return match from {
            Some(Err(_)) => Ok(Call::BeginUpload { name, algorithm: None }),
            Some(Ok(from)) => Ok(Call::Mount { name, digest: digest_of(&text)?, from: Some(from) }),
            None => Ok(Call::Mount { name, digest: digest_of(&text)?, from: None }),
        };
    }
    if let Some(text) = query.get("digest") {
        return Ok(Call::PutBlob { name, digest: digest_of(&text)? });
    }
    let algorithm = query.get("digest-algorithm").map(|word| word.parse().map_err(NoCall::Digest));
    Ok(Call::BeginUpload { name, algorithm: algorithm.transpose()? })
}

fn upload(method: &Method, name: &[&str], id: &str, query: &Query<'_>) -> Result<Call, NoCall> {
    let name = repository(name)?;
    let good = id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let id = if good { id.to_owned() } else { return Err(NoCall::UploadId) };
    match *method {
        Method::GET | Method::HEAD => Ok(Call::Upload { name, id }),
        Method::PATCH => Ok(Call::Append { name, id }),
        Method::PUT => {
            let text = query.get("digest").ok_or(NoCall::Digest(Problem::Required))?;
            Ok(Call::Finish { name, id, digest: digest_of(&text)? })
        }
        Method::DELETE => Ok(Call::CancelUpload { name, id }),
        _ => Err(NoCall::Method("GET, HEAD, PATCH, PUT, DELETE")),
    }
}

fn blob(method: &Method, name: &[&str], digest: &str) -> Result<Call, NoCall> {
    let (name, digest) = (repository(name)?, digest_of(&decoded(digest).map_err(NoCall::Digest)?)?);
    match *method {
        Method::GET | Method::HEAD => Ok(Call::Blob { name, digest }),
        Method::DELETE => Ok(Call::DeleteBlob { name, digest }),
        _ => Err(NoCall::Method("GET, HEAD, DELETE")),
    }
}

fn manifest(method: &Method, name: &[&str], text: &str, query: &Query<'_>) -> Result<Call, NoCall> {
    let name = repository(name)?;
    let text = decoded(text).map_err(NoCall::Reference)?;
    let reference = match text.parse::<Reference>() {
        Ok(reference) => reference,
        Err(problem @ Problem::BadDigest) => return Err(NoCall::Digest(problem)),
        Err(problem) => return Err(NoCall::Reference(problem)),
    };
    match *method {
        Method::GET | Method::HEAD => Ok(Call::Manifest { name, reference }),
        Method::PUT => Ok(Call::PutManifest { name, reference, tags: tags(query)? }),
        Method::DELETE => Ok(Call::DeleteManifest { name, reference }),
        _ => Err(NoCall::Method("GET, HEAD, PUT, DELETE")),
    }
}

fn tags(query: &Query<'_>) -> Result<Vec<Tag>, NoCall> {
    let tags: Vec<Tag> = query
        .all("tag")
        .take(MOST_TAGS + 1)
        .map(|text| text.parse().map_err(NoCall::Reference))
        .collect::<Result<_, _>>()?;
    if tags.len() > MOST_TAGS { Err(NoCall::TooManyTags) } else { Ok(tags) }
}

fn referrers(name: &[&str], digest: &str, query: &Query<'_>) -> Result<Call, NoCall> {
    let name = repository(name)?;
    let digest = digest_of(&decoded(digest).map_err(NoCall::Digest)?)?;
    let after = query.last();
    let artifact_type = query.get("artifactType").map(Cow::into_owned).filter(|text| !text.is_empty());
    Ok(Call::Referrers { name, digest, artifact_type, after })
}

fn repository(segments: &[&str]) -> Result<RepositoryName, NoCall> {
    if segments.len() > 2 {
        return Err(NoCall::Name(Problem::BadRepositoryName));
    }
    let parts: Vec<_> =
        segments.iter().map(|s| decoded(s)).collect::<Result<_, _>>().map_err(NoCall::Name)?;
    if parts.iter().any(|part| part.contains('/')) {
        return Err(NoCall::Name(Problem::BadName));
    }
    parts.join("/").parse().map_err(NoCall::Name)
}

fn digest_of(text: &str) -> Result<Digest, NoCall> {
    text.parse().map_err(NoCall::Digest)
}

/// One percent-decoding, as clients send `sha256%3A…`.
fn decoded(segment: &str) -> Result<Cow<'_, str>, Problem> {
    if !segment.contains('%') {
        return Ok(Cow::Borrowed(segment));
    }
    percent_encoding::percent_decode_str(segment).decode_utf8().map_err(|_| Problem::BadName)
}

#[cfg(test)]
mod tests;
