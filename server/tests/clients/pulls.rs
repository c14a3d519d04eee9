//! What a pull by a real client counts as.

use crate::layout::{INDEX, Layout};
use crate::people::Api;
use crate::programs::{missing, run};
use crate::scene::{Scene, with_docker, with_podman};
use crate::skopeo::{log_in, pull, push};
use crate::stage::Stage;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testing::http::Request;
use testing::{MANIFEST, noise};

/// Counts are written down every few seconds.
const SOON: Duration = Duration::from_secs(60);
const REPOSITORY: &str = "/v2/namespaces/anna/repositories/app";

/// Pulls of `anna/app`, as soon as there are at least so many.
fn pulls(stage: &Stage, at_least: u64) -> Result<u64> {
    let (api, since) = (Api::new(&stage.berth, &stage.anna)?, Instant::now());
    loop {
        let repository = api.ask("GET", REPOSITORY)?.expect_status(200)?.json()?;
        let pulls = repository["pull_count"].as_u64().context("no pull_count")?;
        if pulls >= at_least {
            return Ok(pulls);
        }
        ensure!(since.elapsed() < SOON, "{pulls} pulls instead of {at_least}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// When a tag was pulled last.
fn last_pulled(stage: &Stage, tag: &str) -> Result<Value> {
    let api = Api::new(&stage.berth, &stage.anna)?;
    let tag = api.ask("GET", &format!("{REPOSITORY}/tags/{tag}"))?.expect_status(200)?.json()?;
    Ok(tag["tag_last_pulled"].clone())
}

/// One more pull, by a plain client. Counts that came before it are written down no later, so that whatever was
/// counted too much is seen.
fn pull_plainly(stage: &Stage, tag: &str) -> Result<()> {
    let mut registry = stage.registry("anna/app");
    let path = registry.path(&format!("manifests/{tag}"));
    registry.send(Request::get(&path))?.expect_status(200).map(drop)
}

/// Puts an index over the image `v1` as `multi`, for the platform that this machine is.
fn push_index(stage: &Stage) -> Result<()> {
    let mut registry = stage.registry("anna/app");
    let path = registry.path("manifests/v1");
    let kinds = format!("{MANIFEST}, application/vnd.docker.distribution.manifest.v2+json");
    let image = registry.send(Request::new("HEAD", &path).header("Accept", kinds))?.expect_status(200)?;
    let header = |name: &str| image.header(name).map(str::to_owned).context("a header");
    let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" };
    let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": [{
        "mediaType": header("content-type")?, "digest": header("docker-content-digest")?,
        "size": header("content-length")?.parse::<u64>()?,
        "platform": { "architecture": architecture, "os": "linux" },
    }] });
    let path = registry.path("manifests/multi");
    let index = index.to_string();
    let request = Request::new("PUT", &path).header("Content-Type", INDEX).body(index.as_bytes());
    registry.send(request)?.expect_status(201).map(drop)
}

/// The image for this platform, and an index with it: each is one pull, of its own tag.
fn one_pull_each(scene: &Scene) -> Result<()> {
    let stage = &scene.stage;
    scene.log_in(&stage.anna)?;
    scene.push("anna/app:v1")?;
    push_index(stage)?;
    let before = pulls(stage, 0)?;
    ensure!(before == 0, "a push counted");
    scene.pull("anna/app:v1")?;
    ensure!(pulls(stage, 1)? == 1 && last_pulled(stage, "multi")?.is_null());
    let first = last_pulled(stage, "v1")?;
    ensure!(first.is_string(), "without its tag");
    // Nothing of it is left, so that the image of the index is fetched too.
    scene.remove("anna/app:v1")?;
    scene.pull_first("anna/app:multi")?;
    ensure!(pulls(stage, 2)? >= 2);
    pull_plainly(stage, "multi")?;
    let all = pulls(stage, 3)?;
    ensure!(all == 3, "{all} pulls: the image of an index counted beside it");
    ensure!(last_pulled(stage, "multi")?.is_string());
    ensure!(last_pulled(stage, "v1")? == first, "the image of an index counted for another tag");
    Ok(())
}

#[test]
fn docker_pull_counts_one() -> Result<()> {
    with_docker(one_pull_each)
}

#[test]
fn podman_pull_counts_one() -> Result<()> {
    with_podman(one_pull_each)
}

#[test]
fn a_copy_of_all_platforms_counts_one() -> Result<()> {
    if missing(&["skopeo"])? {
        return Ok(());
    }
    let stage = Stage::new()?;
    log_in(&stage)?;
    let layout = Layout::new(stage.path("out"))?;
    let images = [layout.image(&noise(5, 5000), "amd64")?, layout.image(&noise(6, 5000), "arm64")?];
    layout.finish(layout.index(&images)?)?;
    run(&mut push(&stage, &layout.name(), "anna/app:v1"))?;
    let before = pulls(&stage, 0)?;
    run(&mut pull(&stage, "anna/app:v1", &format!("oci:{}:latest", stage.path("back").display())))?;
    pull_plainly(&stage, "v1")?;
    let counted = pulls(&stage, before + 2)? - before;
    ensure!(counted == 2, "a copy counted {} pulls", counted - 1);
    stage.end()
}

#[test]
fn an_orderly_end_writes_down_what_was_counted() -> Result<()> {
    let mut stage = Stage::new()?;
    stage.registry("anna/app").push_image("v1", b"a layer")?;
    for _ in 0..10 {
        pull_plainly(&stage, "v1")?;
    }
    stage.restart()?;
    ensure!(pulls(&stage, 0)? == 10);
    stage.end()
}
