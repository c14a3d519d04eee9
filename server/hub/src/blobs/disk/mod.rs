//! Blobs as files: `blobs/<algorithm>/<2 hex>/<hex>`, and uploads as `uploads/<id>`.
//!
//! A blob appears by a rename of a synced file, and its folder is synced before anybody is told: there is
//! no moment at which a crash leaves half a blob under its name.

mod layout;
mod live;
mod pipeline;
mod read;

use super::{Answer, BlobError, BlobStore, Incoming, Outgoing};
use futures::FutureExt;
use layout::Layout;
use live::{Live, Uploads};
use model::{Algorithm, Digest};
use std::ops::Range;
use std::path::Path;

/// A [`BlobStore`] in a folder of the local file system.
pub struct DiskBlobs {
    layout: Layout,
    uploads: Uploads,
}

impl DiskBlobs {
    /// Uses `folder`, and makes it where it is missing.
    ///
    /// # Errors
    /// The folder can not be made.
    pub fn open(folder: &Path) -> Result<Self, std::io::Error> {
        Ok(Self { layout: Layout::open(folder)?, uploads: Uploads::default() })
    }

    async fn lock(&self, upload: &str) -> Result<live::Locked, BlobError> {
        self.uploads.lock(&self.layout, upload).await
    }

    async fn seal_file(&self, upload: &str, digest: &Digest) -> Result<u64, BlobError> {
        let locked = self.lock(upload).await?;
        let (layout, id, expected) = (self.layout.clone(), upload.to_owned(), digest.clone());
        let sealed = blocking(move || seal(&layout, &id, locked, &expected)).await;
        if matches!(sealed, Ok(_) | Err(BlobError::DigestMismatch)) {
            self.uploads.forget(upload);
        }
        sealed
    }
}

/// Sync the data, compare the digest, rename, sync the folder: in this order.
fn seal(layout: &Layout, id: &str, mut live: live::Locked, expected: &Digest) -> Result<u64, BlobError> {
    if !live.has_digest(expected)? {
        std::fs::remove_file(layout.upload(id))?;
        live.end();
        return Err(BlobError::DigestMismatch);
    }
    live.file().sync_data()?;
    layout.adopt(id, expected)?;
    live.end();
    Ok(live.received())
}

/// Runs file work where waiting is allowed.
async fn blocking<T: Send + 'static>(
    job: impl FnOnce() -> Result<T, BlobError> + Send + 'static,
) -> Result<T, BlobError> {
    match tokio::task::spawn_blocking(job).await {
        Ok(result) => result,
        Err(_) => Err(BlobError::Io(std::io::Error::other("file work was cut off"))),
    }
}

impl BlobStore for DiskBlobs {
    fn begin<'a>(&'a self, upload: &'a str, algorithm: Algorithm) -> Answer<'a, ()> {
        async move {
            let path = self.layout.upload(upload);
            let live = blocking(move || Live::create(&path, algorithm)).await?;
            self.uploads.add(upload, live);
            Ok(())
        }
        .boxed()
    }

    fn received<'a>(&'a self, upload: &'a str) -> Answer<'a, Option<u64>> {
        async move {
            let path = self.layout.upload(upload);
            blocking(move || layout::length(&path)).await
        }
        .boxed()
    }

    fn append<'a>(&'a self, upload: &'a str, start: Option<u64>, body: Incoming) -> Answer<'a, u64> {
        async move {
            let locked = self.lock(upload).await?;
            let received = locked.received();
            if start.is_some_and(|start| start != received) {
                return Err(BlobError::RangeWrong { received });
            }
            pipeline::append(locked, body).await
        }
        .boxed()
    }

    fn seal<'a>(&'a self, upload: &'a str, digest: &'a Digest) -> Answer<'a, u64> {
        self.seal_file(upload, digest).boxed()
    }

    fn discard<'a>(&'a self, upload: &'a str) -> Answer<'a, ()> {
        async move {
            self.uploads.forget(upload);
            let path = self.layout.upload(upload);
            blocking(move || layout::remove(&path)).await
        }
        .boxed()
    }

    fn size<'a>(&'a self, digest: &'a Digest) -> Answer<'a, Option<u64>> {
        async move {
            let path = self.layout.blob(digest);
            blocking(move || layout::length(&path)).await
        }
        .boxed()
    }

    fn read<'a>(&'a self, digest: &'a Digest, range: Range<u64>) -> Answer<'a, Outgoing> {
        read::read(self.layout.blob(digest), range).boxed()
    }

    fn list(&self) -> Answer<'_, Vec<(Digest, u64)>> {
        let layout = self.layout.clone();
        blocking(move || layout.list()).boxed()
    }

    fn uploads(&self) -> Answer<'_, Vec<String>> {
        let layout = self.layout.clone();
        blocking(move || layout.list_uploads()).boxed()
    }

    fn check(&self) -> Answer<'_, ()> {
        let layout = self.layout.clone();
        blocking(move || layout.check()).boxed()
    }
}

#[cfg(test)]
mod tests;
