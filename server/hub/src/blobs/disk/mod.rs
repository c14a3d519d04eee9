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
use live::Uploads;
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
}

/// Adds the last bytes and seals; what becomes of the upload's name is decided under one lock.
async fn seal(
    layout: Layout,
    uploads: Uploads,
    id: String,
    start: Option<u64>,
    last: Incoming,
    digest: Digest,
) -> Result<u64, BlobError> {
    let upload = uploads.open_last(&layout, &id).await?;
    upload.check_start(start)?;
    let name = id.clone();
    let sealed = pipeline::receive(upload, last, move |mut upload| {
        let sealed = upload.seal(&layout, &name, &digest);
        upload.keep();
        sealed
    })
    .await;
    if matches!(sealed, Ok(_) | Err(BlobError::DigestMismatch)) {
        uploads.forget(&id);
    }
    sealed
}

/// Runs `work` to its end also when whoever asked for it goes away, so that no upload is left half noted.
async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, BlobError>> + Send + 'static,
) -> Result<T, BlobError> {
    match tokio::spawn(work).await {
        Ok(result) => result,
        Err(_) => Err(BlobError::Io(std::io::Error::other("an upload was cut off"))),
    }
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
        self.uploads.create(&self.layout, upload, algorithm).boxed()
    }

    fn received<'a>(&'a self, upload: &'a str) -> Answer<'a, Option<u64>> {
        async move {
            let path = self.layout.upload(upload);
            blocking(move || layout::length(&path)).await
        }
        .boxed()
    }

    fn append<'a>(&'a self, upload: &'a str, start: Option<u64>, body: Incoming) -> Answer<'a, u64> {
        let (layout, uploads, id) = (self.layout.clone(), self.uploads.clone(), upload.to_owned());
        to_the_end(async move {
            let upload = uploads.open(&layout, &id).await?;
            upload.check_start(start)?;
            pipeline::receive(upload, body, |upload| Ok(upload.keep())).await
        })
        .boxed()
    }

    fn seal<'a>(
        &'a self,
        upload: &'a str,
        start: Option<u64>,
        last: Incoming,
        digest: &'a Digest,
    ) -> Answer<'a, u64> {
        let (layout, uploads) = (self.layout.clone(), self.uploads.clone());
        to_the_end(seal(layout, uploads, upload.to_owned(), start, last, digest.clone())).boxed()
    }

    fn discard<'a>(&'a self, upload: &'a str) -> Answer<'a, ()> {
        async move {
            let path = self.layout.upload(upload);
            blocking(move || layout::remove(&path)).await?;
            self.uploads.forget(upload);
            Ok(())
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
