//! No room, and no right to write: writes are refused in words, reads go on, and it heals by itself.

use crate::programs::{missing, not_root, run, skip};
use crate::stage::BINARY;
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use testing::http::{Reply, Request};
use testing::{Berth, Login, Registry, digest, noise};

/// A small file system of its own, unmounted with this value. `folder` lies outside of it and goes last.
struct SmallDisk {
    mount: PathBuf,
    folder: TempDir,
}

impl SmallDisk {
    /// Mounted, or `None` where mounting is not allowed.
    fn mount(size: &str) -> Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let mount = folder.path().join("data");
        std::fs::create_dir(&mount)?;
        let options = format!("size={size}");
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", &options, "berth-test"]).arg(&mount);
        if let Err(refusal) = run(&mut command) {
            skip(&format!("no file system can be mounted: {refusal}"))?;
            return Ok(None);
        }
        Ok(Some(Self { mount, folder }))
    }

    fn data(&self) -> &Path {
        &self.mount
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.mount).status();
        debug_assert!(self.folder.path().is_dir(), "the folder goes after the mount");
    }
}

/// One attempt to push a blob: the first answer that refuses it, or the last one.
fn try_push(registry: &mut Registry, bytes: &[u8]) -> Result<Reply> {
    let path = registry.path("blobs/uploads/");
    let begun = registry.send(Request::new("POST", &path))?;
    match begun.header("location").map(str::to_owned) {
        Some(location) if begun.status == 202 => registry.finish(&location, &digest(bytes), bytes),
        _ => Ok(begun),
    }
}

/// Writes are refused in words, reads go on, the process lives.
fn refuses_writes_and_reads_on(registry: &mut Registry, manifest: &[u8]) -> Result<()> {
    for round in 0..8 {
        let bytes = noise(1000 + round, 1 << 20);
        let reply = try_push(registry, &bytes)?;
        if reply.status == 201 {
            continue;
        }
        ensure!([503, 507].contains(&reply.status), "{}: {}", reply.status, reply.text());
        reply.json()?;
        let path = registry.path("manifests/v1");
        let read = registry.send(Request::get(&path))?.expect_status(200)?;
        ensure!(read.body == manifest, "a read went wrong");
        let path = registry.path(&format!("blobs/{}", digest(&bytes)));
        registry.send(Request::new("HEAD", &path))?.expect_status(404)?;
        return registry.connection.send(&Request::get("/livez"))?.expect_status(200).map(drop);
    }
    anyhow::bail!("everything was taken")
}

/// Writes are taken again soon, without a restart.
fn heals(registry: &mut Registry) -> Result<()> {
    let since = Instant::now();
    loop {
        let reply = try_push(registry, b"after")?;
        if reply.status == 201 {
            return registry.connection.send(&Request::get("/readyz"))?.expect_status(200).map(drop);
        }
        ensure!(since.elapsed() < Duration::from_secs(60), "{}: {}", reply.status, reply.text());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_full_disk_refuses_writes_and_heals() -> Result<()> {
    if missing(&["mount"])? || not_root()? {
        return Ok(());
    }
    let Some(disk) = SmallDisk::mount("12m")? else { return Ok(()) };
    let berth = Berth::start(Path::new(BINARY), disk.data())?;
    let anna = berth.add_user("anna")?;
    let mut registry = Registry::new(&berth.address, "anna/app", Some(&anna));
    let manifest = registry.push_image("v1", b"small")?;
    let ballast = disk.data().join("ballast");
    fill(&ballast)?;
    refuses_writes_and_reads_on(&mut registry, &manifest)?;
    std::fs::remove_file(&ballast)?;
    heals(&mut registry)?;
    berth.fsck()
}

/// Takes all the room there is but some pages.
fn fill(ballast: &Path) -> Result<()> {
    use std::io::Write;
    let mut file = std::fs::File::create(ballast)?;
    while file.write_all(&[0; 4096]).is_ok() {}
    file.set_len(file.metadata()?.len().saturating_sub(512 * 1024))?;
    Ok(())
}

/// What chmod forbids binds everyone but root, so Berth runs as somebody else here.
#[test]
fn a_folder_that_may_not_be_written_refuses_writes_and_heals() -> Result<()> {
    if missing(&["setpriv", "chown", "chmod", "find"])? || not_root()? {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    run(Command::new("chmod").arg("755").arg(folder.path()))?;
    let data = folder.path().join("data");
    std::fs::create_dir(&data)?;
    run(Command::new("chown").arg("65534:65534").arg(&data))?;
    let binary = folder.path().join("berth");
    std::fs::copy(BINARY, &binary)?;
    let somebody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    let berth = Berth::start_under(&somebody, &binary, &data)?;
    let anna = Login::new("anna", &add_user_as(&somebody, &binary, &data)?);
    let mut registry = Registry::new(&berth.address, "anna/app", Some(&anna));
    let manifest = registry.push_image("v1", b"small")?;

    chmod_folders(&data, "a-w")?;
    let outcome = refuses_writes_and_reads_on(&mut registry, &manifest);
    chmod_folders(&data, "u+w")?;
    outcome?;
    heals(&mut registry)?;
    berth.fsck()
}

fn chmod_folders(data: &Path, mode: &str) -> Result<()> {
    let mut command = Command::new("find");
    command.arg(data).args(["-type", "d", "-exec", "chmod", mode, "{}", "+"]);
    run(&mut command).map(drop)
}

/// The password of a new account `anna`, made by the same person that serves.
fn add_user_as(somebody: &[&str], binary: &Path, data: &Path) -> Result<String> {
    let password = "correct horse battery staple";
    let mut command = Command::new(somebody[0]);
    command.args(&somebody[1..]).arg(binary).args(["user", "add", "anna", "--email", "anna@example.com"]);
    command.arg("--password-stdin").arg("--data").arg(data);
    crate::programs::run_with_input(&mut command, password)?;
    Ok(password.to_owned())
}
