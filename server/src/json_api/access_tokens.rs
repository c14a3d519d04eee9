//! Personal access tokens: made, listed, ended.

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Input, NamedId};
use super::paging::{Results, Wanted};
use super::shape::moment;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hub::{Hub, NewAccessToken};
use model::view::{AccessTokenRow, Page};
use model::{Error, Missing, RepositoryName, Timestamp, TokenScope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A token; its secret only when it is made.
#[derive(Serialize, ToSchema)]
pub(super) struct AccessTokenDetails {
    uuid: String,
    token_label: String,
    #[schema(value_type = Vec<String>, example = json!(["repo:write"]))]
    scopes: Vec<TokenScope>,
    /// Only these; empty: all.
    repositories: Vec<String>,
    /// RFC 3339.
    created_at: String,
    expires_at: Option<String>,
    last_used: Option<String>,
    is_active: bool,
    /// What `docker login` takes as the password. Shown once.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl AccessTokenDetails {
    pub(super) fn new(row: AccessTokenRow, token: Option<String>) -> Self {
        Self {
            uuid: row.id,
            token_label: row.label,
            scopes: vec![row.scope],
            repositories: row.repositories.iter().map(RepositoryName::to_string).collect(),
            created_at: moment(row.created_at),
            expires_at: row.expires_at.map(moment),
            last_used: row.used_at.map(moment),
            is_active: true,
            token,
        }
    }
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewToken {
    /// At most 100 characters.
    token_label: String,
    /// `repo:public_read`, `repo:read`, `repo:write` or `repo:admin`; the widest counts.
    #[schema(value_type = Vec<String>)]
    scopes: Vec<TokenScope>,
    /// Only these; without it all.
    #[serde(default)]
    repositories: Vec<String>,
    /// RFC 3339; without it never.
    expires_at: Option<String>,
}

impl NewToken {
    pub(super) fn checked(self) -> Result<NewAccessToken, Refusal> {
        let expires_at = self.expires_at.map(|text| {
            let at: Result<jiff::Timestamp, _> = text.parse();
            at.map(|at| Timestamp(at.as_millisecond()))
                .map_err(|_| Refusal::field("expires_at", "must be RFC 3339"))
        });
        Ok(NewAccessToken {
            label: self.token_label,
            scope: self.scopes.into_iter().max().ok_or_else(|| Refusal::field("scopes", "is required"))?,
            repositories: self.repositories.join(" "),
            expires_at: expires_at.transpose()?,
        })
    }
}

/// One's own tokens, all on one page.
#[utoipa::path(
    get, path = "/v2/access-tokens", tag = "access tokens", operation_id = "list_access_tokens",
    responses((status = 200, body = Results<AccessTokenDetails>), (status = 401, body = Refusal), (status = 403, body = Refusal))
)]
pub(super) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    wanted: Wanted,
) -> Result<Json<Results<AccessTokenDetails>>, Refusal> {
    let page = Page::of_all(hub.access_tokens(&actor).await?);
    Ok(Json(wanted.results(page, |row| AccessTokenDetails::new(row, None))))
}

/// Make a token.
#[utoipa::path(
    post, path = "/v2/access-tokens", tag = "access tokens", operation_id = "make_access_token", request_body = NewToken,
    responses(
        (status = 201, body = AccessTokenDetails), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal)
    )
)]
pub(super) async fn make(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Input(new): Input<NewToken>,
) -> Result<(StatusCode, Json<AccessTokenDetails>), Refusal> {
    let (row, secret) = hub.make_access_token(&actor, &new.checked()?).await?;
    Ok((StatusCode::CREATED, Json(AccessTokenDetails::new(row, Some(secret)))))
}

/// One token.
#[utoipa::path(
    get, path = "/v2/access-tokens/{uuid}", tag = "access tokens", operation_id = "get_access_token",
    params(("uuid" = String, Path)),
    responses(
        (status = 200, body = AccessTokenDetails), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn get(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedId(id): NamedId,
) -> Result<Json<AccessTokenDetails>, Refusal> {
    let found = hub.access_tokens(&actor).await?.into_iter().find(|row| row.id == id);
    let row = found.ok_or(Error::NotFound(Missing::Token))?;
    Ok(Json(AccessTokenDetails::new(row, None)))
}

/// What may change about a token.
#[derive(Deserialize, ToSchema)]
pub(super) struct TokenChange {
    /// At most 100 characters.
    token_label: Option<String>,
    /// Only `true`: a token that is to open nothing any more is deleted.
    is_active: Option<bool>,
}

/// Give a token another label.
#[utoipa::path(
    patch, path = "/v2/access-tokens/{uuid}", tag = "access tokens", operation_id = "change_access_token",
    params(("uuid" = String, Path)), request_body = TokenChange,
    responses(
        (status = 200, body = AccessTokenDetails), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn change(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedId(id): NamedId,
    Input(change): Input<TokenChange>,
) -> Result<Json<AccessTokenDetails>, Refusal> {
    if change.is_active == Some(false) {
        return Err(Refusal::field("is_active", "can not be false here: delete the token instead"));
    }
    let label = change.token_label.ok_or_else(|| Refusal::field("token_label", "is required"))?;
    let row = hub.relabel_access_token(&actor, &id, &label).await?;
    Ok(Json(AccessTokenDetails::new(row, None)))
}

/// End a token, and what was logged in with it.
#[utoipa::path(
    delete, path = "/v2/access-tokens/{uuid}", tag = "access tokens", operation_id = "revoke_access_token",
    params(("uuid" = String, Path)),
    responses(
        (status = 202, description = "It is good for nothing any more"), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn revoke(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedId(id): NamedId,
) -> Result<StatusCode, Refusal> {
    hub.revoke_access_token(&actor, &id).await?;
    Ok(StatusCode::ACCEPTED)
}
