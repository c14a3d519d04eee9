//! Tags: listed, looked at, taken away.

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Named, NamedTag};
use super::paging::{PageParameters, Results, Wanted};
use super::shape::Tag;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hub::Hub;

/// The tags of a repository, the latest push first.
#[utoipa::path(
    get, path = "/v2/namespaces/{namespace}/repositories/{repository}/tags", tag = "tags", operation_id = "list_tags",
    security((), ("token" = [])),
    params(("namespace" = String, Path), ("repository" = String, Path), PageParameters),
    responses((status = 200, body = Results<Tag>), (status = 404, body = Refusal))
)]
pub(super) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    wanted: Wanted,
) -> Result<Json<Results<Tag>>, Refusal> {
    let page = hub.tags(&actor, &name, wanted.page, wanted.size).await?;
    Ok(Json(wanted.results(page.tags, Tag::in_list)))
}

/// One tag with the layers of its images.
#[utoipa::path(
    get, path = "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}", tag = "tags", operation_id = "get_tag",
    security((), ("token" = [])),
    params(("namespace" = String, Path), ("repository" = String, Path), ("tag" = String, Path)),
    responses((status = 200, body = Tag), (status = 404, body = Refusal))
)]
pub(super) async fn get(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedTag(tag): NamedTag,
) -> Result<Json<Tag>, Refusal> {
    Ok(Json(Tag::with_layers(hub.tag(&actor, &name, &tag).await?)))
}

/// Take a tag away. The image stays.
#[utoipa::path(
    delete, path = "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}", tag = "tags", operation_id = "delete_tag",
    params(("namespace" = String, Path), ("repository" = String, Path), ("tag" = String, Path)),
    responses(
        (status = 204, description = "It is gone"),
        (status = 401, body = Refusal), (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn delete(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedTag(tag): NamedTag,
) -> Result<StatusCode, Refusal> {
    hub.delete_tag(&actor, &name, &tag).await?;
    Ok(StatusCode::NO_CONTENT)
}
