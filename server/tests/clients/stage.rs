//! What each story starts with: a folder, a Berth of its own, and Anna.

use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use testing::{Berth, Login, Registry};

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_berth");

/// The program runs until this is dropped; then the folder goes too.
pub(crate) struct Stage {
    pub(crate) berth: Berth,
    pub(crate) anna: Login,
    pub(crate) folder: TempDir,
}

impl Stage {
    pub(crate) fn new() -> Result<Self> {
        Self::with(&[])
    }

    /// With settings of its own; a restart is without them.
    pub(crate) fn with(settings: &[(&str, &str)]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let berth = Berth::start_with(settings, Path::new(BINARY), &folder.path().join("data"))?;
        let anna = berth.add_user("anna")?;
        Ok(Self { berth, anna, folder })
    }

    /// Ends in order, and starts again over the same data.
    pub(crate) fn restart(&mut self) -> Result<()> {
        self.berth.stop()?;
        self.berth = Berth::start(Path::new(BINARY), &self.folder.path().join("data"))?;
        Ok(())
    }

    /// A path in the story's folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `127.0.0.1:port/repository`, as clients write it.
    pub(crate) fn image(&self, repository: &str) -> String {
        format!("{}/{repository}", self.berth.address)
    }

    /// A plain client that asks as Anna.
    pub(crate) fn registry(&self, repository: &str) -> Registry {
        Registry::new(&self.berth.address, repository, Some(&self.anna))
    }

    /// A plain client that asks as nobody.
    pub(crate) fn anonymous(&self, repository: &str) -> Registry {
        Registry::new(&self.berth.address, repository, None)
    }

    /// A tar with one file whose text is `text`: a layer.
    pub(crate) fn layer(&self, text: &str) -> Result<PathBuf> {
        std::fs::write(self.path("hello.txt"), text)?;
        let tar = self.path(&format!("{text}.tar"));
        let mut command = Command::new("tar");
        command.arg("-cf").arg(&tar).arg("-C").arg(self.folder.path()).arg("hello.txt");
        crate::programs::run(&mut command)?;
        Ok(tar)
    }

    /// The story's end: nothing is missing.
    pub(crate) fn end(self) -> Result<()> {
        self.berth.fsck()
    }
}
