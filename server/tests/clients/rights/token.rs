//! Access tokens in the place of a password: one for one repository, and one that was ended.

use super::{add_private, both_clients};
use crate::people::Api;
use crate::scene::Scene;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use testing::http::Request;
use testing::{Login, Registry};

both_clients!(a_token_of_one_repository_opens_no_other, an_ended_token_opens_nothing);

fn a_token_of_one_repository_opens_no_other(scene: &Scene) -> Result<()> {
    let anna = Api::new(&scene.stage.berth, &scene.stage.anna)?;
    add_private(&anna, "anna", "app")?;
    scene.stage.registry("anna/other").push_image("v1", b"other")?;
    let (_, login) = token(&anna, &json!(["anna/app"]))?;
    scene.log_in(&login)?;
    scene.push("anna/app:v1")?;
    scene.pull("anna/app:v1")?;
    scene.looks_absent("anna/other", "anna/none")?;
    // Its owner may both: only the token was in the way.
    scene.log_in(&scene.stage.anna)?;
    scene.push("anna/other:v2")?;
    scene.pull("anna/other:v2")
}

fn an_ended_token_opens_nothing(scene: &Scene) -> Result<()> {
    let anna = Api::new(&scene.stage.berth, &scene.stage.anna)?;
    let (uuid, login) = token(&anna, &json!([]))?;
    scene.log_in(&login)?;
    scene.push("anna/app:v1")?;
    scene.pull("anna/app:v1")?;
    // This one keeps its bearer, which is not over yet when the token ends.
    let mut kept = Registry::new(&scene.stage.berth.address, "anna/app", Some(&login));
    let path = kept.path("manifests/v1");
    let accept = || Request::get(&path).header("Accept", "*/*");
    kept.send(accept())?.expect_status(200)?;

    anna.ask("DELETE", &format!("/v2/access-tokens/{uuid}"))?.expect_status(202)?;
    kept.send(accept())?.expect_status(401)?;
    scene.pull_refused("anna/app:v1")?;
    scene.push_refused("anna/app:v2")?;
    scene.log_in_refused(&login)?;
    // Neither did anything arrive, nor is the account itself locked.
    anna.ask("GET", "/v2/repositories/anna/app/tags/v2")?.expect_status(404)?;
    scene.log_in(&scene.stage.anna)?;
    scene.pull("anna/app:v1")
}

/// A token of Anna's that may write to these repositories (none: to all): its id, and a login with it.
pub(super) fn token(anna: &Api<'_>, repositories: &Value) -> Result<(String, Login)> {
    let new = json!({ "token_label": "CI", "scopes": ["repo:write"], "repositories": repositories });
    let made = anna.send("POST", "/v2/access-tokens", &new)?.expect_status(201)?.json()?;
    let word = |field: &str| made[field].as_str().map(str::to_owned).context("no such word");
    Ok((word("uuid")?, Login::new("anna", &word("token")?)))
}
