//! Repositories that get another name. What is asked by the old one is answered with 308 or, where it only reads,
//! as if by the new one.

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Input, Named};
use super::repositories::show;
use super::shape::Repository;
use axum::Json;
use axum::extract::State;
use hub::Hub;
use model::{Error, Username};
use serde::Deserialize;
use utoipa::ToSchema;

/// Another name in the same namespace.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewName {
    name: String,
}

/// Another namespace.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewNamespace {
    namespace: String,
}

/// Rename a repository. The old name leads to it, and is nobody else's for 30 days.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/rename", tag = "repositories",
    operation_id = "rename_repository", request_body = NewName,
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 200, body = Repository), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn rename(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    Input(new): Input<NewName>,
) -> Result<Json<Repository>, Refusal> {
    let to = hub.rename_repository(&actor, &name, &new.name).await?;
    show(&hub, &actor, &to).await
}

/// Move a repository to another namespace that one may add to. Teams of the old one lose it.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/transfer", tag = "repositories",
    operation_id = "transfer_repository", request_body = NewNamespace,
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 200, body = Repository), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal, description = "Not allowed, or no private slot is free there"),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn transfer(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    Input(new): Input<NewNamespace>,
) -> Result<Json<Repository>, Refusal> {
    let namespace: Username = new.namespace.parse().map_err(|problem| Error::field("namespace", problem))?;
    let to = hub.transfer_repository(&actor, &name, &namespace, None).await?;
    show(&hub, &actor, &to).await
}
