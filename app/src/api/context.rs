//! Server side only: who calls, and how an answer leaves.

use super::Failure;
use crate::surroundings::surroundings;
use crate::words::explain_field;
use axum::http::header::{ACCEPT, COOKIE, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use form_urlencoded::Serializer;
use futures::future::BoxFuture;
use hub::{Actor, FirstStep, Hub, PasskeyQuestion, Visit};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use model::{Error, RepositoryName};
use std::sync::Arc;

/// Proves a name and a password, within the limits on guessing.
pub type Prove = Arc<dyn Fn(String, String) -> BoxFuture<'static, Result<Actor, Error>> + Send + Sync>;

/// Signs in with a name and a password, within the same limits.
pub type SigningIn =
    Arc<dyn Fn(String, String) -> BoxFuture<'static, Result<FirstStep, Error>> + Send + Sync>;

/// Asks for a passkey, within a limit of its own.
pub type AskForPasskey = Arc<dyn Fn() -> BoxFuture<'static, Result<PasskeyQuestion, Error>> + Send + Sync>;

/// What the server provides for each page and server function.
#[derive(Clone)]
pub struct Caller {
    pub hub: Hub,
    pub actor: Actor,
    pub visit: Visit,
    pub sign_in: SigningIn,
    pub prove: Prove,
    pub ask_for_passkey: AskForPasskey,
    /// The session cookie's name and, if there is one, its value.
    pub cookie: &'static str,
    pub session: Option<String>,
    /// Browsers reach the hub by TLS.
    pub is_secure: bool,
}

/// Who calls.
pub(super) fn caller() -> Result<Caller, Failure> {
    use_context::<Caller>().ok_or(Failure::Refused(Error::Internal))
}

/// The answer of a reading function; a refusal also sets the status of the page that asks.
pub(super) fn answer<T>(result: Result<T, Error>) -> Result<T, Failure> {
    result.map_err(|error| {
        set_status(&error);
        Failure::Refused(error)
    })
}

/// The answer to an island, which shows a refusal as it is.
pub(super) fn answer_in_words<T>(result: Result<T, Error>) -> Result<T, Failure> {
    result.map_err(|error| {
        set_status(&error);
        Failure::Told(explain_field(surroundings().locale, &error))
    })
}

/// Answers with the status of a refusal.
pub(crate) fn set_status(error: &Error) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status(error));
    }
}

/// The answer of a writing function: to `done`, or back to the form with the refusal and what was typed.
pub(super) fn settle(
    result: Result<(), Error>,
    done: &str,
    back: &str,
    kept: &[(&str, &str)],
) -> Result<(), Failure> {
    match result {
        Ok(()) => go(done),
        Err(error) if is_form() => go(&with_refusal(back, &error, kept)),
        Err(error) => return answer(Err(error)),
    }
    Ok(())
}

/// Sends the browser on. Only local paths come here, and only visible ASCII can be in a header.
pub(super) fn go(path: &str) {
    let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(path)) else {
        return;
    };
    response.insert_header(LOCATION, value);
    response.set_status(StatusCode::SEE_OTHER);
}

/// Sets a cookie; without a value it is deleted.
pub(super) fn set_cookie(name: &str, value: Option<&str>, secure: bool) {
    let life = if value.is_some() { 365 * 24 * 3600 } else { 0 };
    set_cookie_for(name, value.unwrap_or_default(), life, secure);
}

/// Sets a cookie for `life` seconds.
pub(super) fn set_cookie_for(name: &str, value: &str, life: u32, secure: bool) {
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; Max-Age={life}; HttpOnly; SameSite=Lax{secure}");
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(SET_COOKIE, cookie);
    }
}

/// A path of this hub, or the front page: never another site.
pub(super) fn local(path: &str) -> &str {
    let is_local = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if is_local { path } else { "/" }
}

fn with_refusal(back: &str, error: &Error, kept: &[(&str, &str)]) -> String {
    let refused = serde_json::to_string(error).unwrap_or_default();
    let mut query = Serializer::new(String::new());
    query.append_pair("refused", &refused).extend_pairs(kept);
    let joint = if back.contains('?') { '&' } else { '?' };
    format!("{back}{joint}{}", query.finish())
}

/// The value of a cookie that the browser sent.
pub(super) fn sent_cookie(wanted: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let lines = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (name == wanted).then(|| value.to_owned()))
}

/// Sends the browser on to the present name of a repository, for a page that was asked for by a former one.
pub(crate) fn go_where_it_moved(from: &RepositoryName, to: &RepositoryName) {
    let Some(parts) = use_context::<Parts>() else { return };
    let path = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let path = path.replacen(&format!("/r/{from}"), &format!("/r/{to}"), 1);
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&path)) {
        response.insert_header(LOCATION, value);
    }
}

fn is_form() -> bool {
    use_context::<Parts>()
        .and_then(|parts| parts.headers.get(ACCEPT).map(|accept| accept.as_bytes().to_owned()))
        .is_some_and(|accept| String::from_utf8_lossy(&accept).contains("text/html"))
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::SignInNeeded
        | Error::WrongCredentials
        | Error::TokenNeeded
        | Error::PasskeyRefused
        | Error::Suspended => StatusCode::UNAUTHORIZED,
        Error::Moved { .. } => StatusCode::MOVED_PERMANENTLY,
        Error::Denied | Error::MayNotComment(_) | Error::NoSlot { .. } | Error::NoRoom { .. } => {
            StatusCode::FORBIDDEN
        }
        Error::InUse(_) | Error::LastOwner => StatusCode::CONFLICT,
        Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Error::RangeWrong { .. } => StatusCode::RANGE_NOT_SATISFIABLE,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Error::Invalid(_)
        | Error::ManifestInvalid(_)
        | Error::PartsMissing(_)
        | Error::DigestMismatch
        | Error::SizeMismatch => StatusCode::BAD_REQUEST,
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_local_paths_are_gone_to() {
        for path in ["/r/anna/app", "/settings?saved=1"] {
            assert_eq!(local(path), path);
        }
        for path in ["//evil", "/\\evil", "https:evil", "/a\r\nSet-Cookie: x", "", "/é"] {
            assert_eq!(local(path), "/", "{path}");
        }
    }
}
