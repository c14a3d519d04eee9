//! Who people are.

use super::asking::Asking;
use super::error::Refusal;
use super::input::NamedAccount;
use super::shape::moment;
use axum::Json;
use axum::extract::State;
use hub::Hub;
use serde::Serialize;
use utoipa::ToSchema;

/// What anybody may know of somebody.
#[derive(Serialize, ToSchema)]
pub(super) struct User {
    username: String,
    /// RFC 3339.
    date_joined: String,
    r#type: &'static str,
}

/// Oneself.
#[derive(Serialize, ToSchema)]
pub(super) struct Me {
    username: String,
    email: String,
    /// May administer the whole hub.
    is_admin: bool,
    r#type: &'static str,
}

/// The account that the token belongs to.
#[utoipa::path(
    get, path = "/v2/user", tag = "users",
    responses((status = 200, body = Me), (status = 401, body = Refusal, description = "Nobody is signed in"))
)]
pub(super) async fn me(State(hub): State<Hub>, Asking(actor): Asking) -> Result<Json<Me>, Refusal> {
    let account = hub.account(&actor).await?;
    Ok(Json(Me {
        username: account.username.to_string(),
        email: account.email,
        is_admin: actor.is_admin(),
        r#type: "User",
    }))
}

/// Somebody's public profile.
#[utoipa::path(
    get, path = "/v2/users/{username}", tag = "users", security((), ("token" = [])),
    params(("username" = String, Path)),
    responses((status = 200, body = User), (status = 404, body = Refusal))
)]
pub(super) async fn user(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(name): NamedAccount,
) -> Result<Json<User>, Refusal> {
    let profile = hub.profile(&actor, &name, 1).await?;
    Ok(Json(User {
        username: profile.username.to_string(),
        date_joined: moment(profile.joined_at),
        r#type: "User",
    }))
}

/// Private slots of a namespace.
#[derive(Serialize, ToSchema)]
pub(super) struct RegistrySettings {
    private_repo_used: u64,
    /// Null where there is no limit.
    private_repo_limit: Option<u32>,
    private_repo_available: Option<u64>,
    plan: String,
}

/// How many private repositories one has, and may have.
#[utoipa::path(
    get, path = "/v2/users/{username}/registry-settings", tag = "users",
    params(("username" = String, Path)),
    responses(
        (status = 200, body = RegistrySettings), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn registry_settings(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(name): NamedAccount,
) -> Result<Json<RegistrySettings>, Refusal> {
    let page = hub.plan(&actor, &name).await?;
    let limit = page.plan.private_slots;
    Ok(Json(RegistrySettings {
        private_repo_used: page.used,
        private_repo_limit: limit,
        private_repo_available: limit.map(|limit| u64::from(limit).saturating_sub(page.used)),
        plan: page.plan.name,
    }))
}
