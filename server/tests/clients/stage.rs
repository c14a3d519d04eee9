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
        let folder = tempfile::tempdir()?;
        let berth = Berth::start(Path::new(BINARY), &folder.path().join("data"))?;
        let anna = berth.add_user("anna")?;
        Ok(Self { berth, anna, folder })
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

/// Bytes that do not repeat and cannot be compressed, the same for the same seed.
pub(crate) fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}
