//! A dockerd of one's own, and the docker that speaks to it.

use crate::client::Client;
use crate::programs::{find, run};
use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// A dockerd that is stopped with this value. SIGTERM, since only then it stops its containerd.
pub(crate) struct Engine {
    child: Child,
    folder: PathBuf,
}

impl Engine {
    pub(crate) fn start(folder: &Path) -> Result<Self> {
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
            ensure!(since.elapsed() < Duration::from_secs(120), "dockerd does not start: {}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    pub(crate) fn docker(&self, words: &[&str]) -> Command {
        let mut command = Command::new("docker");
        command.arg("--config").arg(self.folder.join("config"));
        command.arg("--host").arg(format!("unix://{}", self.folder.join("docker.sock").display()));
        command.args(words);
        command
    }
}

impl Client for Engine {
    fn import(&self, layer: &Path, image: &str) -> Command {
        self.docker(&["import", &layer.to_string_lossy(), image])
    }

    fn log_in(&self, name: &str, address: &str) -> Command {
        self.docker(&["login", "--username", name, "--password-stdin", address])
    }

    fn push(&self, image: &str) -> Command {
        self.docker(&["push", image])
    }

    fn pull(&self, image: &str) -> Command {
        self.docker(&["pull", image])
    }

    fn remove(&self, image: &str) -> Command {
        self.docker(&["rmi", image])
    }

    fn search(&self, words: &[&str], text: &str) -> Command {
        let mut command = self.docker(&["search", "--no-trunc"]);
        command.args(words).arg(text);
        command
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}
