//! `cargo xtask dev`: build, serve, and do both again when a source changes.
//! The server that runs is stopped only when the new one is built, so a slip of the keyboard costs nothing.

use std::path::Path;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::say;
use crate::site::{self, Mode, Workspace};

const WATCHED: [&str; 5] = ["app", "server", "style", "public", "Cargo.toml"];
const LOOK_EVERY: Duration = Duration::from_millis(500);

pub(crate) fn watch(serve: &[&str]) -> Result<()> {
    let workspace = Workspace::find()?;
    let mut running: Option<Child> = None;
    loop {
        let seen = newest(&workspace.root)?;
        match build(&workspace) {
            Ok(()) => {
                stop(&mut running)?;
                running = Some(start(&workspace, serve)?);
            }
            Err(error) => say(&format!("dev: {error:#}; waiting for a change")),
        }
        while newest(&workspace.root)? == seen {
            sleep(LOOK_EVERY);
        }
        say("dev: a source changed");
    }
}

fn build(workspace: &Workspace) -> Result<()> {
    site::build(Mode::Dev)?;
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--quiet", "--locked", "--release", "--workspace"]);
    site::run(&mut cargo)
}

fn start(workspace: &Workspace, serve: &[&str]) -> Result<Child> {
    let mut berth = std::process::Command::new(workspace.target.join("release/berth"));
    Ok(berth.arg("serve").args(serve).spawn()?)
}

fn stop(running: &mut Option<Child>) -> Result<()> {
    if let Some(mut child) = running.take() {
        child.kill()?;
        child.wait()?;
    }
    Ok(())
}

/// When the last of the watched files was written.
fn newest(root: &Path) -> Result<Option<SystemTime>> {
    let mut newest = None;
    for name in WATCHED {
        let path = root.join(name);
        let files = if path.is_dir() { site::files_below(&path)? } else { vec![path] };
        for file in files {
            newest = newest.max(file.metadata().and_then(|facts| facts.modified()).ok());
        }
    }
    Ok(newest)
}
