//! Repositories: listed, made, looked at, edited, deleted.

mod bodies;

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Input, Named, NamedAccount};
use super::paging::{PageParameters, Results, Wanted};
use super::shape::{Repository, RepositoryItem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use bodies::{Changes, New, NewAnywhere, order};
use hub::{Actor, Hub, NewRepository, RepositoryQuery};
use model::RepositoryName;

/// The repositories of a namespace, as far as the asker may find them.
#[utoipa::path(
    get, path = "/v2/namespaces/{namespace}/repositories", tag = "repositories", operation_id = "list_repositories",
    security((), ("token" = [])),
    params(
        ("namespace" = String, Path),
        ("name" = Option<String>, Query, description = "Only names with this in them"),
        ("ordering" = Option<String>, Query, description = "name, last_updated or pull_count, or one of them with a -"),
        PageParameters
    ),
    responses(
        (status = 200, body = Results<RepositoryItem>),
        (status = 400, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(namespace): NamedAccount,
    wanted: Wanted,
) -> Result<Json<Results<RepositoryItem>>, Refusal> {
    let query = RepositoryQuery {
        name_part: wanted.get("name").unwrap_or_default().to_owned(),
        order: order(wanted.get("ordering"))?,
        page: wanted.page,
        size: wanted.size,
    };
    let page = hub.repositories(&actor, &namespace, &query).await?;
    Ok(Json(wanted.results(page, RepositoryItem::new)))
}

type Created = (StatusCode, Json<Repository>);

/// Make a repository in a namespace.
#[utoipa::path(
    post, path = "/v2/namespaces/{namespace}/repositories", tag = "repositories", operation_id = "create_repository_in", request_body = New,
    params(("namespace" = String, Path)),
    responses(
        (status = 201, body = Repository), (status = 400, body = Refusal),
        (status = 401, body = Refusal), (status = 403, body = Refusal)
    )
)]
pub(super) async fn create_in(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(namespace): NamedAccount,
    Input(new): Input<New>,
) -> Result<Created, Refusal> {
    add(&hub, &actor, new.repository(&namespace)?).await
}

/// The same, with the namespace in the body.
#[utoipa::path(
    post, path = "/v2/repositories", tag = "repositories", operation_id = "create_repository", request_body = NewAnywhere,
    responses(
        (status = 201, body = Repository), (status = 400, body = Refusal),
        (status = 401, body = Refusal), (status = 403, body = Refusal)
    )
)]
pub(super) async fn create(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Input(new): Input<NewAnywhere>,
) -> Result<Created, Refusal> {
    add(&hub, &actor, new.repository()?).await
}

async fn add(hub: &Hub, actor: &Actor, new: NewRepository) -> Result<Created, Refusal> {
    hub.add_repository(actor, &new).await?;
    Ok((StatusCode::CREATED, show(hub, actor, &new.name).await?))
}

pub(super) async fn show(
    hub: &Hub,
    actor: &Actor,
    name: &RepositoryName,
) -> Result<Json<Repository>, Refusal> {
    Ok(Json(Repository::new(hub.repository_details(actor, name).await?)))
}

/// One repository.
#[utoipa::path(
    get, path = "/v2/namespaces/{namespace}/repositories/{repository}", tag = "repositories", operation_id = "get_repository",
    security((), ("token" = [])),
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses((status = 200, body = Repository), (status = 404, body = Refusal))
)]
pub(super) async fn get(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
) -> Result<Json<Repository>, Refusal> {
    show(&hub, &actor, &name).await
}

/// Replace the descriptions or the visibility; what is not given stays.
#[utoipa::path(
    patch, path = "/v2/namespaces/{namespace}/repositories/{repository}", tag = "repositories", operation_id = "edit_repository",
    request_body = Changes,
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 200, body = Repository), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn edit(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    Input(changes): Input<Changes>,
) -> Result<Json<Repository>, Refusal> {
    let now = hub.repository_settings(&actor, &name).await?.head.visibility;
    hub.edit_repository(&actor, &name, &changes.edit(now)?).await?;
    show(&hub, &actor, &name).await
}

/// Delete a repository with all its images.
#[utoipa::path(
    delete, path = "/v2/namespaces/{namespace}/repositories/{repository}", tag = "repositories", operation_id = "delete_repository",
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 202, description = "It is gone"),
        (status = 401, body = Refusal), (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn delete(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
) -> Result<StatusCode, Refusal> {
    hub.delete_repository(&actor, &name, None).await?;
    Ok(StatusCode::ACCEPTED)
}
