//! Tokens of organizations: made, listed, ended.

use super::access_tokens::{AccessTokenDetails, NewToken};
use super::asking::Asking;
use super::error::Refusal;
use super::input::{Input, NamedAccount, NamedId};
use super::paging::{Results, Wanted};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hub::Hub;
use model::view::Page;
use model::{Error, Missing};

/// An organization's tokens, all on one page.
#[utoipa::path(
    get, path = "/v2/orgs/{namespace}/access-tokens", tag = "organizations", operation_id = "list_organization_tokens",
    params(("namespace" = String, Path)),
    responses((status = 200, body = Results<AccessTokenDetails>), (status = 401, body = Refusal), (status = 403, body = Refusal))
)]
pub(super) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(name): NamedAccount,
    wanted: Wanted,
) -> Result<Json<Results<AccessTokenDetails>>, Refusal> {
    let page = Page::of_all(hub.organization_tokens(&actor, &name).await?.tokens);
    Ok(Json(wanted.results(page, |row| AccessTokenDetails::new(row, None))))
}

/// Make a token.
#[utoipa::path(
    post, path = "/v2/orgs/{namespace}/access-tokens", tag = "organizations", operation_id = "make_organization_token",
    params(("namespace" = String, Path)), request_body = NewToken,
    responses(
        (status = 201, body = AccessTokenDetails), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal)
    )
)]
pub(super) async fn make(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(name): NamedAccount,
    Input(new): Input<NewToken>,
) -> Result<(StatusCode, Json<AccessTokenDetails>), Refusal> {
    let (row, secret) = hub.make_organization_token(&actor, &name, &new.checked()?).await?;
    Ok((StatusCode::CREATED, Json(AccessTokenDetails::new(row, Some(secret)))))
}

/// One token.
#[utoipa::path(
    get, path = "/v2/orgs/{namespace}/access-tokens/{uuid}", tag = "organizations", operation_id = "get_organization_token",
    params(("namespace" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 200, body = AccessTokenDetails), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn get(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(name): NamedAccount,
    NamedId(id): NamedId,
) -> Result<Json<AccessTokenDetails>, Refusal> {
    let found = hub.organization_tokens(&actor, &name).await?.tokens.into_iter().find(|row| row.id == id);
    let row = found.ok_or(Error::NotFound(Missing::Token))?;
    Ok(Json(AccessTokenDetails::new(row, None)))
}

/// End a token, and what was logged in with it.
#[utoipa::path(
    delete, path = "/v2/orgs/{namespace}/access-tokens/{uuid}", tag = "organizations", operation_id = "revoke_organization_token",
    params(("namespace" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 202, description = "It is good for nothing any more"), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn revoke(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(name): NamedAccount,
    NamedId(id): NamedId,
) -> Result<StatusCode, Refusal> {
    hub.revoke_organization_token(&actor, &name, &id).await?;
    Ok(StatusCode::ACCEPTED)
}
