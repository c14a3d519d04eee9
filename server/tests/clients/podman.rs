//! podman, with a store of its own.

use crate::client::Client;
use crate::programs::{missing, not_root, refused, run, run_with_input};
use crate::stage::Stage;
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A podman that keeps everything in one folder.
pub(crate) struct Podman {
    folder: PathBuf,
}

impl Podman {
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn podman(&self, words: &[&str]) -> Command {
        let mut command = Command::new("podman");
        command.arg("--root").arg(self.folder.join("root")).arg("--runroot").arg(self.folder.join("run"));
        command.args(["--storage-driver", "vfs", "--cgroup-manager", "cgroupfs", "--events-backend", "file"]);
        command.env("REGISTRY_AUTH_FILE", self.folder.join("auth.json")).env("TMPDIR", &self.folder);
        command.args(words);
        command
    }
}

impl Client for Podman {
    fn import(&self, layer: &Path, image: &str) -> Command {
        self.podman(&["import", &layer.to_string_lossy(), image])
    }

    fn log_in(&self, name: &str, address: &str) -> Command {
        self.podman(&["login", "--tls-verify=false", "-u", name, "--password-stdin", address])
    }

    fn push(&self, image: &str) -> Command {
        self.podman(&["push", "--tls-verify=false", image])
    }

    fn pull(&self, image: &str) -> Command {
        self.podman(&["pull", "--tls-verify=false", image])
    }

    fn remove(&self, image: &str) -> Command {
        self.podman(&["rmi", image])
    }

    fn search(&self, words: &[&str], text: &str) -> Command {
        let mut command = self.podman(&["search", "--no-trunc", "--tls-verify=false"]);
        // A search without a login insists on a file that only a login writes.
        if !self.folder.join("auth.json").exists() {
            command.env_remove("REGISTRY_AUTH_FILE");
        }
        command.args(words).arg(text);
        command
    }
}

#[test]
fn podman_pushes_and_pulls_the_same_digest() -> Result<()> {
    if missing(&["podman", "tar"])? || not_root()? {
        return Ok(());
    }
    let stage = Stage::new()?;
    let podman = Podman::new(stage.folder.path());
    let image = stage.image("anna/app:v1");
    let layer = stage.layer("podman")?;
    run(&mut podman.import(&layer, &image))?;

    run_with_input(&mut podman.log_in("anna", &stage.berth.address), &stage.anna.password)?;
    let written = stage.path("digest");
    let push = ["push", "--tls-verify=false", "--digestfile", &written.to_string_lossy(), &image];
    run(&mut podman.podman(&push))?;
    let pushed = std::fs::read_to_string(&written)?;

    run(&mut podman.remove(&image))?;
    run(&mut podman.pull(&image))?;
    let pulled = run(&mut podman.podman(&["image", "inspect", "--format", "{{.Digest}}", &image]))?;
    ensure!(pushed.trim() == pulled.trim(), "pushed {pushed}, pulled {pulled}");

    run(&mut podman.podman(&["logout", &stage.berth.address]))?;
    run(&mut podman.remove(&image))?;
    refused(&mut podman.pull(&image))?;
    stage.berth.set_visibility(&stage.anna, "anna/app", "unlisted")?;
    run(&mut podman.pull(&image))?;
    stage.end()
}
