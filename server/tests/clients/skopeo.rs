//! skopeo: copies to and from a layout on disk, byte for byte.

use crate::layout::{Layout, blob_in};
use crate::programs::{missing, refused, run, run_with_input};
use crate::stage::Stage;
use anyhow::{Result, ensure};
use std::process::Command;
use testing::{digest, noise};

pub(crate) fn skopeo(stage: &Stage, words: &[&str]) -> Command {
    let mut command = Command::new("skopeo");
    command.arg("--insecure-policy").args(words);
    command.env("REGISTRY_AUTH_FILE", stage.path("auth.json")).env("TMPDIR", stage.folder.path());
    command
}

pub(crate) fn log_in(stage: &Stage) -> Result<()> {
    let login = ["login", "--tls-verify=false", "-u", "anna", "--password-stdin", &stage.berth.address];
    run_with_input(&mut skopeo(stage, &login), &stage.anna.password).map(drop)
}

pub(crate) fn push(stage: &Stage, from: &str, to: &str) -> Command {
    let to = format!("docker://{}", stage.image(to));
    skopeo(stage, &["copy", "--all", "--preserve-digests", "--dest-tls-verify=false", from, &to])
}

pub(crate) fn pull(stage: &Stage, from: &str, to: &str) -> Command {
    let from = format!("docker://{}", stage.image(from));
    skopeo(stage, &["copy", "--all", "--preserve-digests", "--src-tls-verify=false", &from, to])
}

/// The digest of what stands behind a name, taken of its bytes.
pub(crate) fn digest_at(stage: &Stage, image: &str) -> Result<String> {
    let image = format!("docker://{}", stage.image(image));
    let raw = run(&mut skopeo(stage, &["inspect", "--raw", "--tls-verify=false", &image]))?;
    Ok(digest(raw.as_bytes()))
}

#[test]
fn skopeo_pushes_and_pulls_the_same_bytes() -> Result<()> {
    if missing(&["skopeo"])? {
        return Ok(());
    }
    let stage = Stage::new()?;
    log_in(&stage)?;
    let layout = Layout::new(stage.path("out"))?;
    let layer = noise(1, 300_000);
    let image = layout.finish(layout.image(&layer, "amd64")?)?;
    run(&mut push(&stage, &layout.name(), "anna/app:v1"))?;
    ensure!(digest_at(&stage, "anna/app:v1")? == image, "the registry has other bytes");

    run(&mut pull(&stage, "anna/app:v1", &format!("oci:{}:latest", stage.path("back").display())))?;
    let back = std::fs::read(blob_in(&stage.path("back"), &digest(&layer))?)?;
    ensure!(back == layer, "the layer came back changed");

    // A second push finds everything there; copying to a sister repository mounts the blobs.
    run(&mut push(&stage, &layout.name(), "anna/app:v2"))?;
    run(&mut push(&stage, &layout.name(), "anna/sister:v1"))?;
    let list = format!("docker://{}", stage.image("anna/app"));
    let tags = run(&mut skopeo(&stage, &["list-tags", "--tls-verify=false", &list]))?;
    ensure!(tags.contains("v1") && tags.contains("v2"), "{tags}");
    stage.end()
}

#[test]
fn skopeo_deletes_what_it_pushed() -> Result<()> {
    if missing(&["skopeo"])? {
        return Ok(());
    }
    let stage = Stage::new()?;
    log_in(&stage)?;
    let layout = Layout::new(stage.path("out"))?;
    layout.finish(layout.image(&noise(2, 1000), "amd64")?)?;
    run(&mut push(&stage, &layout.name(), "anna/app:v1"))?;
    let image = format!("docker://{}", stage.image("anna/app:v1"));
    run(&mut skopeo(&stage, &["delete", "--tls-verify=false", &image]))?;
    refused(&mut skopeo(&stage, &["inspect", "--tls-verify=false", &image]))?;
    stage.end()
}
