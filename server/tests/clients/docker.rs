//! docker, with an engine of its own.

use crate::programs::{find, missing, not_root, refused, run, run_with_input};
use crate::stage::Stage;
use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// A dockerd that is stopped with this value. SIGTERM, since only then it stops its containerd.
struct Engine {
    child: Child,
    folder: PathBuf,
}

impl Engine {
    fn start(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let log = File::create(folder.join("log"))?;
        let mut command = Command::new(find("dockerd").context("dockerd")?);
        command.args(["--storage-driver=vfs", "--iptables=false", "--ip6tables=false", "--bridge=none"]);
        command.arg("--data-root").arg(folder.join("data")).arg("--exec-root").arg(folder.join("exec"));
        command.arg("--pidfile").arg(folder.join("pid"));
        command.arg("-H").arg(format!("unix://{}", folder.join("docker.sock").display()));
        let child = command.stdout(log.try_clone()?).stderr(log).spawn()?;
        let engine = Self { child, folder: folder.to_owned() };
        engine.wait()?;
        Ok(engine)
    }

    fn wait(&self) -> Result<()> {
        let since = Instant::now();
        while run(&mut self.docker(&["version"])).is_err() {
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            ensure!(since.elapsed() < Duration::from_secs(30), "dockerd does not start: {}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn docker(&self, words: &[&str]) -> Command {
        let mut command = Command::new("docker");
        command.arg("--config").arg(self.folder.join("config"));
        command.arg("--host").arg(format!("unix://{}", self.folder.join("docker.sock").display()));
        command.args(words);
        command
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

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
    run(&mut engine.docker(&["import", &layer.to_string_lossy(), &image]))?;
    refused(&mut engine.docker(&["push", &image])).context("a push by nobody")?;

    let login = ["login", "--username", "anna", "--password-stdin", &stage.berth.address];
    run_with_input(&mut engine.docker(&login), &stage.anna.password)?;
    let pushed = run(&mut engine.docker(&["push", &image]))?;
    run(&mut engine.docker(&["rmi", &image]))?;
    let pulled = run(&mut engine.docker(&["pull", &image]))?;
    ensure!(digest_of(&pushed)? == digest_of(&pulled)?, "{pushed}\n{pulled}");

    run(&mut engine.docker(&["logout", &stage.berth.address]))?;
    run(&mut engine.docker(&["rmi", &image]))?;
    let private = refused(&mut engine.docker(&["pull", &image]))?;
    let absent = refused(&mut engine.docker(&["pull", &stage.image("anna/none:v1")]))?;
    ensure!(private.replace("anna/app", "anna/none") == absent, "{private}\n{absent}");

    stage.berth.set_visibility(&stage.anna, "anna/app", "public")?;
    let anonymous = run(&mut engine.docker(&["pull", &image]))?;
    ensure!(digest_of(&pushed)? == digest_of(&anonymous)?, "{pushed}\n{anonymous}");
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
        let login = ["login", "--username", name, "--password-stdin", &stage.berth.address];
        ensure!(run_with_input(&mut engine.docker(&login), "wrong").is_err(), "{name} was let in");
    }
    stage.end()
}
