//! Uploads that this process works on: the open file, its length and the hash so far.
//!
//! After a restart an upload is found again by its file; the hash is then computed when it is sealed.

use super::layout::{self, Layout};
use super::{BlobError, blocking};
use crate::blobs::hasher::Hasher;
use model::{Algorithm, Digest};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedMutexGuard;

/// Bytes read at once when a file is hashed again.
const REHASH_BUFFER: usize = 1 << 20;

/// The uploads in memory.
#[derive(Default)]
pub(super) struct Uploads(Mutex<HashMap<String, Arc<tokio::sync::Mutex<Live>>>>);

/// An upload that nobody else works on.
pub(super) type Locked = OwnedMutexGuard<Live>;

impl Uploads {
    pub(super) fn add(&self, id: &str, live: Live) {
        self.all().insert(id.to_owned(), Arc::new(tokio::sync::Mutex::new(live)));
    }

    pub(super) fn forget(&self, id: &str) {
        self.all().remove(id);
    }

    /// The upload, opened again if need be. A second request on the same upload is turned away, not queued:
    /// what it believes of the upload's end is old by then.
    pub(super) async fn lock(&self, layout: &Layout, id: &str) -> Result<Locked, BlobError> {
        let kept = self.all().get(id).cloned();
        let live = match kept {
            Some(live) => live,
            None => {
                let path = layout.upload(id);
                let opened = blocking(move || Live::reopen(&path)).await?;
                let live = Arc::new(tokio::sync::Mutex::new(opened));
                Arc::clone(self.all().entry(id.to_owned()).or_insert(live))
            }
        };
        let locked = live.try_lock_owned().map_err(|_| BlobError::InUse)?;
        if locked.ended { Err(BlobError::Missing) } else { Ok(locked) }
    }

    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<tokio::sync::Mutex<Live>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One upload.
pub(super) struct Live {
    file: Arc<File>,
    received: u64,
    /// `None`: not known for all bytes, so they must be read again.
    hasher: Option<Hasher>,
    /// Sealed or refused; the file is no upload any more.
    ended: bool,
}

impl Live {
    pub(super) fn create(path: &Path, algorithm: Algorithm) -> Result<Self, BlobError> {
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
        Ok(Self { file: Arc::new(file), received: 0, hasher: Some(Hasher::new(algorithm)), ended: false })
    }

    fn reopen(path: &Path) -> Result<Self, BlobError> {
        let received = layout::length(path)?.ok_or(BlobError::Missing)?;
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        Ok(Self { file: Arc::new(file), received, hasher: None, ended: false })
    }

    pub(super) fn file(&self) -> &Arc<File> {
        &self.file
    }

    pub(super) fn received(&self) -> u64 {
        self.received
    }

    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// The hash so far, to be given back by `grown`.
    pub(super) fn take_hasher(&mut self) -> Option<Hasher> {
        self.hasher.take()
    }

    /// `received` bytes are in the file now, and `hasher` has seen them all.
    pub(super) fn grown(&mut self, received: u64, hasher: Option<Hasher>) {
        self.received = received;
        self.hasher = hasher;
    }

    /// Cuts off what was not written whole.
    pub(super) fn cut(&mut self, received: u64) -> Result<(), BlobError> {
        self.received = received;
        self.hasher = None;
        Ok(self.file.set_len(received)?)
    }

    /// Whether the file's bytes have that digest; reads them again where the hash is not at hand.
    pub(super) fn has_digest(&mut self, expected: &Digest) -> Result<bool, BlobError> {
        match self.hasher.clone().filter(|hasher| hasher.algorithm() == expected.algorithm()) {
            Some(hasher) => Ok(hasher.matches(expected)),
            None => Ok(hash_file(&self.file, expected.algorithm())?.matches(expected)),
        }
    }
}

fn hash_file(file: &File, algorithm: Algorithm) -> Result<Hasher, BlobError> {
    let mut hasher = Hasher::new(algorithm);
    let mut buffer = vec![0; REHASH_BUFFER];
    let mut at = 0;
    loop {
        let read = file.read_at(&mut buffer, at)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(hasher);
        };
        hasher.update(bytes);
        at += u64::try_from(read).unwrap_or_default();
    }
}
