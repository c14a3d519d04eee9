//! `model::Error` to status and JSON: the one table of this edge. Names that were asked for are never echoed.

use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use model::{Error, RepositoryName};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Why a request was refused.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub(super) struct Refusal {
    #[serde(skip)]
    status: StatusCode,
    #[serde(skip)]
    retry_after: Option<u64>,
    /// The former and the present name of what was asked for.
    #[serde(skip)]
    moved: Option<Box<Moved>>,
    /// For people.
    message: String,
    /// What is wrong with single fields of the body or the query.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    errors: BTreeMap<String, Vec<String>>,
}

/// A repository has another name now; the router knows the path that it was asked for by.
#[derive(Debug, Clone)]
pub(super) struct Moved {
    from: RepositoryName,
    to: RepositoryName,
}

impl Moved {
    /// The same call under the present name.
    pub(super) fn location(&self, path: &str) -> Option<HeaderValue> {
        let spelled =
            |name: &RepositoryName, joint: &str| format!("/{}{joint}{}", name.namespace(), name.name());
        let path = ["/", "/repositories/"].iter().fold(path.to_owned(), |path, joint| {
            path.replacen(&spelled(&self.from, joint), &spelled(&self.to, joint), 1)
        });
        HeaderValue::from_str(&path).ok()
    }
}

impl Refusal {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, retry_after: None, moved: None, message: message.into(), errors: BTreeMap::new() }
    }

    /// 400 because of one field; the text goes on after the field's name.
    pub(super) fn field(field: &str, problem: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, format!("{field} {problem}")).and(field, problem.to_owned())
    }

    fn and(mut self, field: &str, problem: String) -> Self {
        self.errors.entry(field.to_owned()).or_default().push(problem);
        self
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let refusal = Self::new(status(&error), error.to_string());
        match error {
            Error::Invalid(problems) => {
                problems.into_iter().fold(refusal, |r, p| r.and(&p.field, p.problem.to_string()))
            }
            Error::TooMany { retry_after } => Self { retry_after: Some(retry_after), ..refusal },
            Error::Busy | Error::StorageFull => Self { retry_after: Some(5), ..refusal },
            Error::Moved { from, to } => Self { moved: Some(Box::new(Moved { from, to })), ..refusal },
            _ => refusal,
        }
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::SignInNeeded
        | Error::WrongCredentials
        | Error::TokenNeeded
        | Error::PasskeyRefused
        | Error::Suspended => StatusCode::UNAUTHORIZED,
        Error::Moved { .. } => StatusCode::PERMANENT_REDIRECT,
        Error::Denied | Error::MayNotComment(_) | Error::NoSlot { .. } | Error::NoRoom { .. } => {
            StatusCode::FORBIDDEN
        }
        Error::Invalid(_)
        | Error::ManifestInvalid(_)
        | Error::PartsMissing(_)
        | Error::DigestMismatch
        | Error::SizeMismatch => StatusCode::BAD_REQUEST,
        Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Error::RangeWrong { .. } => StatusCode::RANGE_NOT_SATISFIABLE,
        Error::InUse(_) | Error::LastOwner => StatusCode::CONFLICT,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, retry_after, moved) = (self.status, self.retry_after, self.moved.clone());
        let mut response = (status, Json(self)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let bearer = HeaderValue::from_static("Bearer realm=\"api\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, bearer);
        }
        if let Some(moved) = moved {
            response.extensions_mut().insert(*moved);
        }
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{FieldProblem, Problem};

    #[test]
    fn each_field_has_its_own_entry() {
        let problem =
            |field: &str| FieldProblem { field: field.into(), problem: Problem::TooLong { max: 9 } };
        let refusal = Refusal::from(Error::Invalid(vec![problem("a"), problem("b"), problem("a")]));
        assert_eq!(refusal.status, 400);
        assert_eq!((refusal.errors["a"].len(), refusal.errors["b"].len()), (2, 1));
        assert!(refusal.errors["b"][0].contains('9'));
    }

    #[test]
    fn who_comes_too_often_is_told_when_to_come_again() {
        let response = Refusal::from(Error::TooMany { retry_after: 7 }).into_response();
        assert_eq!(
            (response.status().as_u16(), &response.headers()[RETRY_AFTER]),
            (429, &HeaderValue::from(7))
        );
    }
}
