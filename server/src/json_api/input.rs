//! What comes in, read strictly: names from the path, JSON from the body. Every refusal is in the API's format.
//!
//! A handler names the fields that it takes; whatever else is in a body is ignored.

use super::error::Refusal;
use crate::shared::Shared;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use model::{Error, Missing, RepositoryName, Tag, TeamName, Username};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Longest account of what is wrong with a body, in characters.
const MOST_WORDS: usize = 200;

/// A JSON object.
pub(super) struct Input<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Shared> for Input<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Refusal> {
        if !is_json(request.headers()) {
            let message = "the body must be JSON, with Content-Type: application/json";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
        }
        let largest = shared.rules.form_bytes;
        let bytes = Bytes::from_request(request, shared).await.map_err(|e| unread(&e, largest))?;
        // Serde would take an array, field by field.
        if bytes.trim_ascii_start().first().is_some_and(|byte| *byte != b'{') {
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "the body must be a JSON object"));
        }
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            let reason: String = error.to_string().chars().take(MOST_WORDS).collect();
            Refusal::new(StatusCode::BAD_REQUEST, format!("the body is not the expected JSON: {reason}"))
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn unread(error: &BytesRejection, largest: usize) -> Refusal {
    match error {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
            Error::TooLarge { limit: u64::try_from(largest).unwrap_or(u64::MAX) }.into()
        }
        _ => Refusal::new(StatusCode::BAD_REQUEST, "the body broke off"),
    }
}

/// The words that a path may hold; a route that lacks one leaves it empty, which is no name.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Words {
    namespace: String,
    repository: String,
    tag: String,
    username: String,
    uuid: String,
    group: String,
    run: String,
}

async fn words(parts: &mut Parts, shared: &Shared) -> Result<Words, Refusal> {
    let read = Path::<Words>::from_request_parts(parts, shared).await;
    let Path(words) = read.map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, "the path is not UTF-8"))?;
    Ok(words)
}

/// What can not be a name names nothing: the answer is that of a name that nobody has.
fn missing<E>(what: Missing) -> impl FnOnce(E) -> Refusal {
    move |_| Error::NotFound(what).into()
}

/// The repository that the path names.
pub(super) struct Named(pub(super) RepositoryName);

impl FromRequestParts<Shared> for Named {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let words = words(parts, shared).await?;
        let namespace: Username = words.namespace.parse().map_err(missing(Missing::Repository))?;
        let name = RepositoryName::new(&namespace, &words.repository);
        name.map(Self).map_err(missing(Missing::Repository))
    }
}

/// The tag that the path names.
pub(super) struct NamedTag(pub(super) Tag);

impl FromRequestParts<Shared> for NamedTag {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let words = words(parts, shared).await?;
        words.tag.parse().map(Self).map_err(missing(Missing::Tag))
    }
}

/// The organization that the path names.
pub(super) struct NamedOrganization(pub(super) Username);

impl FromRequestParts<Shared> for NamedOrganization {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let words = words(parts, shared).await?;
        words.namespace.parse().map(Self).map_err(missing(Missing::Account))
    }
}

/// The team that the path names.
pub(super) struct NamedTeam(pub(super) TeamName);

impl FromRequestParts<Shared> for NamedTeam {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let words = words(parts, shared).await?;
        words.group.parse().map(Self).map_err(missing(Missing::Team))
    }
}

/// The id that the path names.
pub(super) struct NamedId(pub(super) String);

impl FromRequestParts<Shared> for NamedId {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        Ok(Self(words(parts, shared).await?.uuid))
    }
}

/// The run that the path names.
pub(super) struct NamedRun(pub(super) String);

impl FromRequestParts<Shared> for NamedRun {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        Ok(Self(words(parts, shared).await?.run))
    }
}

/// The user or namespace that the path names.
pub(super) struct NamedAccount(pub(super) Username);

impl FromRequestParts<Shared> for NamedAccount {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let words = words(parts, shared).await?;
        let word = if words.username.is_empty() { words.namespace } else { words.username };
        word.parse().map(Self).map_err(missing(Missing::Account))
    }
}
