//! Signing in: a name and a password for a token.

use super::asking::Guest;
use super::error::Refusal;
use super::input::Input;
use crate::bearer::{Door, Holder};
use crate::shared::Shared;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hub::Actor;
use model::Error;
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
    let actor = guest.prove(&given.identifier, &given.secret).await?;
    Ok(Json(AccessToken { access_token: issued(&shared, &actor)? }))
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
    responses((status = 200, body = LoginToken),
        (status = 401, body = CodeNeeded, description = "Wrong name or password, or the code is still owed"))
)]
pub(super) async fn login(
    State(shared): State<Shared>,
    guest: Guest,
    Input(given): Input<Login>,
) -> Result<Response, Refusal> {
    match guest.prove(&given.username, &given.password).await {
        Ok(actor) => Ok(Json(LoginToken { token: issued(&shared, &actor)? }).into_response()),
        Err(Error::TokenNeeded) => {
            let login_2fa_token = guest.pending(&given.username, &given.password).await?;
            let detail = "a code of the authenticator is needed".to_owned();
            let body = CodeNeeded { detail, login_2fa_token };
            Ok((StatusCode::UNAUTHORIZED, Json(body)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The password was right; the code is still owed, within ten minutes.
#[derive(Serialize, ToSchema)]
pub(super) struct CodeNeeded {
    /// For people.
    detail: String,
    /// To be sent along with the code.
    login_2fa_token: String,
}

/// The code that a login owes.
#[derive(Deserialize, ToSchema)]
pub(super) struct SecondStep {
    login_2fa_token: String,
    /// Of the authenticator, or a recovery code.
    code: String,
}

/// Bring the code of the authenticator that a login asked for.
#[utoipa::path(
    post, path = "/v2/users/2fa-login", tag = "authentication", security(()), request_body = SecondStep,
    responses(
        (status = 200, body = LoginToken), (status = 400, body = Refusal, description = "Wrong code"),
        (status = 401, body = Refusal, description = "No login is waiting for this"),
        (status = 429, body = Refusal, description = "Too many wrong codes")
    )
)]
pub(super) async fn second_step(
    State(shared): State<Shared>,
    Input(given): Input<SecondStep>,
) -> Result<Json<LoginToken>, Refusal> {
    let actor = shared.hub.prove_code(&given.login_2fa_token, &given.code).await?;
    Ok(Json(LoginToken { token: issued(&shared, &actor)? }))
}

fn issued(shared: &Shared, actor: &Actor) -> Result<String, Error> {
    let issued = shared.bearers.issue(Door::Api, Holder::of(actor), &[], shared.rules.api_token_ttl)?;
    Ok(issued.token)
}
