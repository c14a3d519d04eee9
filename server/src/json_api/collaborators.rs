//! Collaborators of a repository, and whether it is private.

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Input, Named, NamedAccount};
use super::paging::{Results, Wanted};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hub::{Hub, RepositoryEdit};
use model::Visibility;
use model::view::Page;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Somebody who may push.
#[derive(Serialize, ToSchema)]
pub(super) struct Collaborator {
    user: String,
}

/// Who shall be able to push.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewCollaborator {
    user: String,
}

/// Whether a repository shall be private.
#[derive(Deserialize, ToSchema)]
pub(super) struct Privacy {
    is_private: bool,
}

/// Who else may push, all on one page.
#[utoipa::path(
    get, path = "/v2/repositories/{namespace}/{repository}/collaborators", tag = "collaborators",
    operation_id = "list_collaborators",
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 200, body = Results<Collaborator>), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    wanted: Wanted,
) -> Result<Json<Results<Collaborator>>, Refusal> {
    let page = Page::of_all(hub.collaborators(&actor, &name).await?.collaborators);
    Ok(Json(wanted.results(page, |one| Collaborator { user: one.username.to_string() })))
}

/// Let somebody push.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/collaborators", tag = "collaborators",
    operation_id = "add_collaborator", request_body = NewCollaborator,
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 201, body = Collaborator), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn add(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    Input(new): Input<NewCollaborator>,
) -> Result<(StatusCode, Json<Collaborator>), Refusal> {
    hub.add_collaborator(&actor, &name, &new.user).await?;
    Ok((StatusCode::CREATED, Json(Collaborator { user: new.user.trim().to_lowercase() })))
}

/// End somebody's right to push.
#[utoipa::path(
    delete, path = "/v2/repositories/{namespace}/{repository}/collaborators/{username}", tag = "collaborators",
    operation_id = "remove_collaborator",
    params(("namespace" = String, Path), ("repository" = String, Path), ("username" = String, Path)),
    responses(
        (status = 204, description = "They may push no more"), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn remove(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedAccount(username): NamedAccount,
) -> Result<StatusCode, Refusal> {
    hub.remove_collaborator(&actor, &name, &username).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a repository private, or a private one public.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/privacy", tag = "repositories",
    operation_id = "set_privacy", request_body = Privacy,
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 200, description = "It is"), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal, description = "Not allowed, or no private slot is free"),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn set_privacy(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    Input(wanted): Input<Privacy>,
) -> Result<StatusCode, Refusal> {
    let now = hub.repository_settings(&actor, &name).await?.head.visibility;
    let visibility = match (wanted.is_private, now) {
        (true, _) => Some(Visibility::Private),
        (false, Visibility::Private) => Some(Visibility::Public),
        (false, _) => None,
    };
    hub.edit_repository(&actor, &name, &RepositoryEdit { visibility, ..RepositoryEdit::default() }).await?;
    Ok(StatusCode::OK)
}
