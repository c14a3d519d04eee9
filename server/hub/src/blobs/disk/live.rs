//! Uploads under way: who works on one, and the hash of what came so far.
//!
//! The file is the truth: it is opened anew for each request, and its length is what was received. The hash is
//! kept between requests; where it does not fit the file (after a restart, after a failure) it is computed again
//! when the upload is sealed. Nothing is held open for uploads that nobody goes on with.

use super::layout::{self, Layout};
use super::{BlobError, blocking};
use crate::blobs::hasher::Hasher;
use model::{Algorithm, Digest};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;

/// Bytes read at once when a file is hashed again.
const REHASH_BUFFER: usize = 1 << 20;
/// How long the last request of an upload waits for the one before it.
const PATIENCE: Duration = Duration::from_secs(10);

/// A hash, and how many bytes it has seen.
pub(super) struct Hashed {
    hasher: Hasher,
    bytes: u64,
}

/// One upload's hash; locked by the request that works on the upload.
type Slot = Arc<tokio::sync::Mutex<Option<Hashed>>>;

/// The uploads that this process knows.
#[derive(Default, Clone)]
pub(super) struct Uploads(Arc<Mutex<HashMap<String, Slot>>>);

impl Uploads {
    /// Makes the upload's file.
    pub(super) async fn create(
        &self,
        layout: &Layout,
        id: &str,
        algorithm: Algorithm,
    ) -> Result<(), BlobError> {
        let path = layout.upload(id);
        blocking(move || Ok(OpenOptions::new().write(true).create_new(true).open(path).map(drop)?)).await?;
        let hashed = Hashed { hasher: Hasher::new(algorithm), bytes: 0 };
        self.all().insert(id.to_owned(), Arc::new(tokio::sync::Mutex::new(Some(hashed))));
        Ok(())
    }

    pub(super) fn forget(&self, id: &str) {
        self.all().remove(id);
    }

    /// The upload, to add to it. A second request at the same time is turned away, not queued: what it
    /// believes of the upload's end is old by then.
    pub(super) async fn open(&self, layout: &Layout, id: &str) -> Result<Growing, BlobError> {
        let slot = self.slot(id).try_lock_owned().map_err(|_| BlobError::InUse)?;
        self.open_locked(layout, id, slot).await
    }

    /// The upload, to finish it. Waits a while: of two who finish, the second shall learn that it is gone.
    pub(super) async fn open_last(&self, layout: &Layout, id: &str) -> Result<Growing, BlobError> {
        let slot = tokio::time::timeout(PATIENCE, self.slot(id).lock_owned()).await;
        self.open_locked(layout, id, slot.map_err(|_| BlobError::InUse)?).await
    }

    async fn open_locked(
        &self,
        layout: &Layout,
        id: &str,
        slot: OwnedMutexGuard<Option<Hashed>>,
    ) -> Result<Growing, BlobError> {
        let path = layout.upload(id);
        let opened = blocking(move || Growing::open(&path, slot)).await;
        if matches!(opened, Err(BlobError::Missing)) {
            self.forget(id);
        }
        opened
    }

    fn slot(&self, id: &str) -> Slot {
        Arc::clone(self.all().entry(id.to_owned()).or_default())
    }

    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<String, Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An upload that nobody else works on.
pub(super) struct Growing {
    slot: OwnedMutexGuard<Option<Hashed>>,
    file: Arc<File>,
    received: u64,
    /// `None`: not known for all bytes, so they must be read again.
    hasher: Option<Hasher>,
}

impl Growing {
    fn open(path: &Path, mut slot: OwnedMutexGuard<Option<Hashed>>) -> Result<Self, BlobError> {
        let opened = OpenOptions::new().read(true).write(true).open(path);
        let file = opened.map_err(|error| match error.kind() {
            ErrorKind::NotFound => BlobError::Missing,
            _ => error.into(),
        })?;
        let received = file.metadata()?.len();
        let hasher = slot.take().filter(|hashed| hashed.bytes == received).map(|hashed| hashed.hasher);
        Ok(Self { slot, file: Arc::new(file), received, hasher })
    }

    pub(super) fn file(&self) -> &Arc<File> {
        &self.file
    }

    pub(super) fn received(&self) -> u64 {
        self.received
    }

    /// The chunk must start where the upload ends.
    pub(super) fn check_start(&self, start: Option<u64>) -> Result<(), BlobError> {
        match start {
            Some(start) if start != self.received => Err(BlobError::RangeWrong { received: self.received }),
            _ => Ok(()),
        }
    }

    /// Adds a few bytes, hashed and written one after the other.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), BlobError> {
        if let Err(error) = self.file.write_all_at(bytes, self.received) {
            self.cut(self.received);
            return Err(error.into());
        }
        if let Some(hasher) = &mut self.hasher {
            hasher.update(bytes);
        }
        self.received += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(())
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

    /// Cuts off what was not written whole. Where even that fails the file is longer, by bytes that are right:
    /// a write that breaks off leaves a beginning of what it was given.
    pub(super) fn cut(&mut self, received: u64) {
        self.grown(received, None);
        if let Err(error) = self.file.set_len(received) {
            tracing::warn!(%error, "an upload could not be cut");
        }
    }

    /// Lets go of the upload; the next request goes on with its hash.
    pub(super) fn keep(mut self) -> u64 {
        let bytes = self.received;
        *self.slot = self.hasher.take().map(|hasher| Hashed { hasher, bytes });
        bytes
    }

    /// Compare the digest, sync the data, rename, sync the folder: in this order, so that no crash leaves half a
    /// blob under its name. After a failure the upload can be sealed again, unless it is gone.
    pub(super) fn seal(&mut self, layout: &Layout, id: &str, expected: &Digest) -> Result<u64, BlobError> {
        if !self.has_digest(expected)? {
            layout::remove(&layout.upload(id))?;
            return Err(BlobError::DigestMismatch);
        }
        if let Err(error) = self.file.sync_data() {
            // After a failed sync the kernel may drop the pages and say yes to the next one: never ask again.
            layout::remove(&layout.upload(id))?;
            return Err(error.into());
        }
        layout.adopt(id, expected)?;
        Ok(self.received)
    }

    /// Whether the file's bytes have that digest; reads them again where the hash is not at hand.
    fn has_digest(&mut self, expected: &Digest) -> Result<bool, BlobError> {
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
