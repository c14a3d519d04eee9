//! podman, with a store of its own.

use crate::programs::{missing, not_root, refused, run, run_with_input};
use crate::stage::Stage;
use anyhow::{Result, ensure};
use std::process::Command;

fn podman(stage: &Stage, words: &[&str]) -> Command {
    let mut command = Command::new("podman");
    command.arg("--root").arg(stage.path("root")).arg("--runroot").arg(stage.path("run"));
    command.args(["--storage-driver", "vfs", "--cgroup-manager", "cgroupfs", "--events-backend", "file"]);
    command.env("REGISTRY_AUTH_FILE", stage.path("auth.json")).env("TMPDIR", stage.folder.path());
    command.args(words);
    command
}

#[test]
fn podman_pushes_and_pulls_the_same_digest() -> Result<()> {
    if missing(&["podman", "tar"])? || not_root()? {
        return Ok(());
    }
    let stage = Stage::new()?;
    let image = stage.image("anna/app:v1");
    let layer = stage.layer("podman")?;
    run(&mut podman(&stage, &["import", &layer.to_string_lossy(), &image]))?;

    let login = ["login", "--tls-verify=false", "-u", "anna", "--password-stdin", &stage.berth.address];
    run_with_input(&mut podman(&stage, &login), &stage.anna.password)?;
    let written = stage.path("digest");
    let push = ["push", "--tls-verify=false", "--digestfile", &written.to_string_lossy(), &image];
    run(&mut podman(&stage, &push))?;
    let pushed = std::fs::read_to_string(&written)?;

    run(&mut podman(&stage, &["rmi", &image]))?;
    run(&mut podman(&stage, &["pull", "--tls-verify=false", &image]))?;
    let pulled = run(&mut podman(&stage, &["image", "inspect", "--format", "{{.Digest}}", &image]))?;
    ensure!(pushed.trim() == pulled.trim(), "pushed {pushed}, pulled {pulled}");

    run(&mut podman(&stage, &["logout", &stage.berth.address]))?;
    run(&mut podman(&stage, &["rmi", &image]))?;
    refused(&mut podman(&stage, &["pull", "--tls-verify=false", &image]))?;
    stage.berth.set_visibility(&stage.anna, "anna/app", "unlisted")?;
    run(&mut podman(&stage, &["pull", "--tls-verify=false", &image]))?;
    stage.end()
}
