//! What stands between browsers and the pages: who looks, which requests are forged, what documents may do.
//!
//! Knows nothing of what the pages show.

mod forged;
mod policy;
mod slash;

pub use policy::PageNonce;

use crate::registry::refusal;
use crate::shared::Shared;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};

/// Puts the guards in front of `pages`. Inside, a request has an `Actor` and a [`PageNonce`] as extensions.
pub fn guarded(pages: Router, shared: Shared) -> Router {
    pages
        .layer(from_fn_with_state(shared.clone(), recognise))
        .layer(from_fn_with_state(shared.clone(), policy::layer))
        .layer(from_fn(slash::layer))
        .layer(from_fn(forged::by_cookie))
        .layer(forged::by_origin(&shared.hub.settings().url))
        .layer(from_fn_with_state(shared, limit))
}

/// Finds out whose session it is.
async fn recognise(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    match shared.identity.at_pages(request.headers(), request.extensions()).await {
        Ok(actor) => {
            request.extensions_mut().insert(actor);
            next.run(request).await
        }
        Err(error) => refusal(&error),
    }
}

/// Reads what is posted, and no more than a form may have: the server functions would read without an end.
async fn limit(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let most = shared.rules.form_bytes;
    let (parts, body) = request.into_parts();
    let announced = parts.headers.get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    match read(body, most).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(status) => status.into_response(),
    }
}

async fn read(body: Body, most: usize) -> Result<Bytes, StatusCode> {
    match Limited::new(body, most).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::BAD_REQUEST),
    }
}
