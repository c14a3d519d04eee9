//! The folder `target/site`: writes what differs, removes what is no longer made, compresses what compresses.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::workspace::files_below;

pub(crate) struct Output {
    folder: PathBuf,
    brotli: bool,
    made: BTreeSet<PathBuf>,
    report: Vec<String>,
}

impl Output {
    pub(crate) fn open(folder: PathBuf, brotli: bool) -> Result<Self> {
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(Self { folder, brotli, made: BTreeSet::new(), report: Vec::new() })
    }

    /// Writes `pkg/STEM.HASH.EXTENSION`, whose name changes with its content, and returns the URL's path.
    pub(crate) fn hashed(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> Result<String> {
        let tag = hash(&[bytes]);
        let name = format!("pkg/{stem}.{}.{extension}", tag.get(..16).context("a hash is longer")?);
        self.compressible(&name, bytes)?;
        Ok(format!("/{name}"))
    }

    /// Writes a file, and beside it the compressed one where that is smaller.
    pub(crate) fn compressible(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let changed = self.plain(name, bytes)?;
        let beside = self.folder.join(format!("{name}.br"));
        if !self.brotli || !compresses(name) {
            return Ok(());
        }
        if changed || !beside.is_file() {
            let compressed = brotli_11(bytes)?;
            if compressed.len() >= bytes.len() {
                return Ok(());
            }
            fs::write(&beside, compressed)?;
        }
        self.report.push(format!("{name} {} B (brotli {} B)", bytes.len(), fs::metadata(&beside)?.len()));
        self.made.insert(beside);
        Ok(())
    }

    /// Writes a file if it differs from what is there; says whether it did.
    pub(crate) fn plain(&mut self, name: &str, bytes: &[u8]) -> Result<bool> {
        let path = self.folder.join(name);
        let changed = fs::read(&path).ok().as_deref() != Some(bytes);
        if changed {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        }
        self.made.insert(path);
        Ok(changed)
    }

    /// Removes every file of an earlier build and returns what to tell the person.
    pub(crate) fn finish(self) -> Result<String> {
        for path in files_below(&self.folder)? {
            if !self.made.contains(&path) {
                fs::remove_file(&path)?;
            }
        }
        Ok(self.report.join(", "))
    }
}

/// SHA-256 over several parts, each with its length, in hex.
pub(crate) fn hash(parts: &[&[u8]]) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update(part.len().to_string());
        sha.update([0]);
        sha.update(part);
    }
    hex::encode(sha.finalize())
}

fn compresses(name: &str) -> bool {
    let kinds = [".js", ".wasm", ".css", ".svg", ".txt", ".json", ".xml", ".html", ".webmanifest"];
    kinds.iter().any(|kind| name.ends_with(kind))
}

fn brotli_11(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, 11, 24);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}
