//! Stars: given, taken back, listed.

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Named, NamedAccount};
use super::paging::{PageParameters, Results, Wanted};
use super::shape::RepositoryItem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hub::{Hub, StarQuery};

/// What somebody starred, the latest star first; of others only what is public.
#[utoipa::path(
    get, path = "/v2/users/{username}/repositories/starred", tag = "stars", operation_id = "list_starred",
    security((), ("token" = [])),
    params(("username" = String, Path), PageParameters),
    responses(
        (status = 200, body = Results<RepositoryItem>), (status = 400, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn starred(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(username): NamedAccount,
    wanted: Wanted,
) -> Result<Json<Results<RepositoryItem>>, Refusal> {
    let query = StarQuery { page: wanted.page, ..StarQuery::default() };
    let page = hub.starred(&actor, &username, &query, wanted.size).await?;
    Ok(Json(wanted.results(page, RepositoryItem::new)))
}

/// Star a repository; once is enough.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/stars", tag = "stars", operation_id = "star",
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 201, description = "It is starred"), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal), (status = 429, body = Refusal)
    )
)]
pub(super) async fn star(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
) -> Result<StatusCode, Refusal> {
    hub.star(&actor, &name).await?;
    Ok(StatusCode::CREATED)
}

/// Take the star back.
#[utoipa::path(
    delete, path = "/v2/repositories/{namespace}/{repository}/stars", tag = "stars", operation_id = "unstar",
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 204, description = "It is not starred"), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal), (status = 429, body = Refusal)
    )
)]
pub(super) async fn unstar(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
) -> Result<StatusCode, Refusal> {
    hub.unstar(&actor, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}
