//! Signing in: a name and a password for a token.

use super::asking::Guest;
use super::error::Refusal;
use super::input::Input;
use crate::bearer::{Door, Holder};
use crate::shared::Shared;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who one is.
#[derive(Deserialize, ToSchema)]
pub(super) struct Credentials {
    /// A user name.
    identifier: String,
    /// The password, or an access token.
    secret: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct AccessToken {
    /// For the header `Authorization: Bearer`.
    access_token: String,
}

/// Give a user name and a password for a token that lasts ten minutes.
#[utoipa::path(
    post, path = "/v2/auth/token", tag = "authentication", security(()), request_body = Credentials,
    responses((status = 200, body = AccessToken), (status = 401, body = Refusal, description = "Wrong name or password"))
)]
pub(super) async fn token(
    State(shared): State<Shared>,
    guest: Guest,
    Input(given): Input<Credentials>,
) -> Result<Json<AccessToken>, Refusal> {
    let access_token = issue(&shared, &guest, &given.identifier, &given.secret).await?;
    Ok(Json(AccessToken { access_token }))
}

/// Who one is, in the words of older tools.
#[derive(Deserialize, ToSchema)]
pub(super) struct Login {
    username: String,
    password: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct LoginToken {
    /// For the header `Authorization: Bearer` or `Authorization: JWT`.
    token: String,
}

/// The same in the words of older tools.
#[utoipa::path(
    post, path = "/v2/users/login", tag = "authentication", security(()), request_body = Login,
    responses((status = 200, body = LoginToken), (status = 401, body = Refusal, description = "Wrong name or password"))
)]
pub(super) async fn login(
    State(shared): State<Shared>,
    guest: Guest,
    Input(given): Input<Login>,
) -> Result<Json<LoginToken>, Refusal> {
    let token = issue(&shared, &guest, &given.username, &given.password).await?;
    Ok(Json(LoginToken { token }))
}

async fn issue(shared: &Shared, guest: &Guest, name: &str, password: &str) -> Result<String, Refusal> {
    let actor = guest.prove(name, password).await?;
    let issued = shared.bearers.issue(Door::Api, Holder::of(&actor), &[], shared.rules.api_token_ttl)?;
    Ok(issued.token)
}
