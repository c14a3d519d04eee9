//! A collaborator pushes and pulls, and is refused everything else.

use super::{administers, both_clients, is_untouched};
use crate::people::Api;
use crate::scene::Scene;
use anyhow::{Result, ensure};
use serde_json::json;

both_clients!(a_collaborator_pushes_and_is_refused_everything_else);

fn a_collaborator_pushes_and_is_refused_everything_else(scene: &Scene) -> Result<()> {
    let (berth, anna) = (&scene.stage.berth, Api::new(&scene.stage.berth, &scene.stage.anna)?);
    let carl = berth.add_user("carl")?;
    for name in ["anna/app", "anna/other"] {
        scene.stage.registry(name).push_image("v1", b"Anna's")?;
    }
    scene.log_in(&carl)?;
    scene.looks_absent("anna/app", "anna/none")?;
    let path = "/v2/repositories/anna/app/collaborators";
    anna.send("POST", path, &json!({ "user": "carl" }))?.expect_status(201)?;

    scene.push("anna/app:v2")?;
    scene.pull("anna/app:v2")?;
    let carls = Api::new(berth, &carl)?;
    let statuses = administers(&carls, "anna/app", "v2")?;
    ensure!(statuses == [403; 4], "{statuses:?}");
    is_untouched(&anna, "anna/app", "v2")?;

    scene.looks_absent("anna/other", "anna/none")?;
    looks_absent_at_the_api(&carls)
}

/// One repository of a person says nothing of the others.
fn looks_absent_at_the_api(carls: &Api<'_>) -> Result<()> {
    let other = carls.ask("GET", "/v2/repositories/anna/other")?.expect_status(404)?;
    let none = carls.ask("GET", "/v2/repositories/anna/none")?.expect_status(404)?;
    ensure!(other.body == none.body, "{}\n{}", other.text(), none.text());
    Ok(())
}
