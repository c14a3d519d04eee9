//! docker, with an engine of its own.

use crate::client::Client;
use crate::engine::Engine;
use crate::programs::{missing, not_root, refused, run, run_with_input};
use crate::stage::Stage;
use anyhow::{Context, Result, ensure};

/// The digest in docker's last words (`digest: sha256:… size: …`, `Digest: sha256:…`).
fn digest_of(output: &str) -> Result<&str> {
    let at = output.to_ascii_lowercase().find("digest: ").context("no digest")? + "digest: ".len();
    output[at..].split_whitespace().next().context("no digest")
}

#[test]
fn docker_pushes_and_pulls_the_same_digest() -> Result<()> {
    if missing(&["docker", "dockerd", "tar"])? || not_root()? {
        return Ok(());
    }
    let stage = Stage::new()?;
    let engine = Engine::start(&stage.path("docker"))?;
    let image = stage.image("anna/app:v1");
    let layer = stage.layer("docker")?;
    run(&mut engine.import(&layer, &image))?;
    refused(&mut engine.push(&image)).context("a push by nobody")?;

    run_with_input(&mut engine.log_in("anna", &stage.berth.address), &stage.anna.password)?;
    let pushed = run(&mut engine.push(&image))?;
    run(&mut engine.remove(&image))?;
    let pulled = run(&mut engine.pull(&image))?;
    ensure!(digest_of(&pushed)? == digest_of(&pulled)?, "{pushed}\n{pulled}");

    run(&mut engine.docker(&["logout", &stage.berth.address]))?;
    run(&mut engine.remove(&image))?;
    let private = refused(&mut engine.pull(&image))?;
    let absent = refused(&mut engine.pull(&stage.image("anna/none:v1")))?;
    ensure!(private.replace("anna/app", "anna/none") == absent, "{private}\n{absent}");

    stage.berth.set_visibility(&stage.anna, "anna/app", "public")?;
    let anonymous = run(&mut engine.pull(&image))?;
    ensure!(digest_of(&pushed)? == digest_of(&anonymous)?, "{pushed}\n{anonymous}");
    // It works in the stage's folder, which would not go away under it.
    drop(engine);
    stage.end()
}

#[test]
fn a_wrong_password_is_refused() -> Result<()> {
    if missing(&["docker", "dockerd"])? || not_root()? {
        return Ok(());
    }
    let stage = Stage::new()?;
    let engine = Engine::start(&stage.path("docker"))?;
    for name in ["anna", "nobody"] {
        let mut login = engine.log_in(name, &stage.berth.address);
        ensure!(run_with_input(&mut login, "wrong").is_err(), "{name} was let in");
    }
    drop(engine);
    stage.end()
}
