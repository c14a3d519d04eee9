//! Which file is where, and what must be synced when one appears.

use crate::blobs::BlobError;
use model::{Algorithm, Digest};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The folders of one store.
#[derive(Clone)]
pub(super) struct Layout {
    root: Arc<Path>,
    /// Folders whose names are known to be on disk. Seeing one there is not enough: whoever made it may not have
    /// synced the folder above yet.
    durable: Arc<Mutex<HashSet<PathBuf>>>,
}

impl Layout {
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
            make_folder(&root.join("blobs").join(algorithm.as_str()))?;
        }
        make_folder(&root.join("uploads"))?;
        Ok(Self { root: root.into(), durable: Arc::default() })
    }

    /// Digests are parsed, so nothing but hex digits gets into the path.
    pub(super) fn blob(&self, digest: &Digest) -> PathBuf {
        let hex = digest.hex();
        let folder = hex.get(..2).unwrap_or_default();
        self.root.join("blobs").join(digest.algorithm().as_str()).join(folder).join(hex)
    }

    /// The names that the hub gives to uploads are made of UUIDs; all the same, only what those consist of can be
    /// part of the path.
    pub(super) fn upload(&self, id: &str) -> PathBuf {
        let name: String =
            id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        self.root.join("uploads").join(name)
    }

    /// Renames the upload to the blob and makes the new name durable.
    pub(super) fn adopt(&self, id: &str, digest: &Digest) -> Result<(), BlobError> {
        let blob = self.blob(digest);
        let folder = blob.parent().unwrap_or(&self.root);
        self.make_durable(folder)?;
        fs::rename(self.upload(id), &blob).map_err(|error| match error.kind() {
            ErrorKind::NotFound => BlobError::Missing,
            _ => error.into(),
        })?;
        Ok(sync_folder(folder)?)
    }

    fn make_durable(&self, folder: &Path) -> io::Result<()> {
        let mut durable = self.durable.lock().unwrap_or_else(PoisonError::into_inner);
        if !durable.contains(folder) {
            make_folder(folder)?;
            folder.parent().map_or(Ok(()), sync_folder)?;
            durable.insert(folder.to_owned());
        }
        Ok(())
    }

    pub(super) fn list(&self) -> Result<Vec<(Digest, u64)>, BlobError> {
        let mut found = Vec::new();
        for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
            for folder in fs::read_dir(self.root.join("blobs").join(algorithm.as_str()))? {
                for file in fs::read_dir(folder?.path())? {
                    let file = file?;
                    if let Ok(digest) = Digest::new(algorithm, &file.file_name().to_string_lossy()) {
                        found.push((digest, file.metadata()?.len()));
                    }
                }
            }
        }
        Ok(found)
    }

    pub(super) fn list_uploads(&self) -> Result<Vec<String>, BlobError> {
        fs::read_dir(self.root.join("uploads"))?
            .map(|file| Ok(file?.file_name().to_string_lossy().into_owned()))
            .collect()
    }

    /// Writes and removes a file.
    pub(super) fn check(&self) -> Result<(), BlobError> {
        let probe = self.root.join("uploads").join(".probe");
        fs::write(&probe, b"berth")?;
        // Another check may have removed it.
        remove(&probe)
    }
}

/// A file's length; `None`: there is no such file.
pub(super) fn length(path: &Path) -> Result<Option<u64>, BlobError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Removes a file that may be gone already.
pub(super) fn remove(path: &Path) -> Result<(), BlobError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Makes a folder with its ancestors; each new name is synced into the folder above it.
fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
        make_folder(above)?;
    }
    match fs::create_dir(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    path.parent().filter(|above| !above.as_os_str().is_empty()).map_or(Ok(()), sync_folder)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
