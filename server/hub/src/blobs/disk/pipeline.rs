//! Receiving, writing and hashing at the same time: while one buffer is written and hashed, the next one is
//! gathered. Memory does not depend on the blob's size, and between buffers no thread is held, however slow the
//! sender is.

use super::live::Growing;
use super::{BlobError, blocking};
use crate::blobs::{BodyBroken, Incoming};
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes in one buffer, of which an upload has two: large while at most [`FEW`] uploads are under way, small beyond
/// that. Two sizes and no more, as an allocator keeps memory for every size.
const LARGE: usize = 256 * 1024;
const SMALL: usize = 64 * 1024;
/// Uploads at once that may have large buffers: 8 MiB together.
const FEW: usize = 16;

/// Uploads that are being received by this process.
static RECEIVING: AtomicUsize = AtomicUsize::new(0);

/// One of them, until it is dropped.
struct Receiving;

impl Receiving {
    fn begin() -> Self {
        RECEIVING.fetch_add(1, Ordering::Relaxed);
        Self
    }

    /// How large a buffer is now.
    fn buffer(&self) -> usize {
        if RECEIVING.load(Ordering::Relaxed) <= FEW { LARGE } else { SMALL }
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        RECEIVING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Adds `body` at the end of the upload, and does `then` with it on a thread where waiting is allowed.
pub(super) async fn receive(
    mut upload: Growing,
    mut body: Incoming,
    then: impl FnOnce(Growing) -> Result<u64, BlobError> + Send + 'static,
) -> Result<u64, BlobError> {
    let receiving = Receiving::begin();
    let mut spare = BytesMut::new();
    let mut gathered = gather(&mut body, BytesMut::new(), receiving.buffer()).await;
    while let Gathered::More(bytes) = gathered {
        let next = gather(&mut body, spare, receiving.buffer());
        let (added, next) = tokio::join!(add(upload, bytes.clone()), next);
        upload = added?;
        gathered = next;
        // Nobody else holds the buffer now: it is filled again, so that an upload costs two allocations.
        spare = bytes.try_into_mut().unwrap_or_default();
        spare.clear();
    }
    blocking(move || match gathered {
        Gathered::Last(bytes) | Gathered::More(bytes) => {
            upload.write(&bytes)?;
            then(upload)
        }
        Gathered::Broken(bytes) => {
            upload.write(&bytes)?;
            upload.keep();
            Err(BlobError::BrokenOff)
        }
    })
    .await
}

/// Writes and hashes a buffer, each on a thread of its own. What could not be written whole is cut off.
async fn add(mut upload: Growing, bytes: Bytes) -> Result<Growing, BlobError> {
    let (file, start) = (Arc::clone(upload.file()), upload.received());
    let length = u64::try_from(bytes.len()).unwrap_or_default();
    let hasher = upload.take_hasher();
    let same = bytes.clone();
    let hashing = blocking(move || {
        Ok(hasher.map(|mut hasher| {
            hasher.update(&same);
            hasher
        }))
    });
    let writing = blocking(move || Ok(file.write_all_at(&bytes, start)?));
    let (hashed, written) = tokio::join!(hashing, writing);
    match written {
        Ok(()) => {
            upload.grown(start + length, hashed?);
            Ok(upload)
        }
        Err(error) => {
            blocking(move || {
                upload.cut(start);
                Err(error)
            })
            .await
        }
    }
}

/// What could be gathered into one buffer.
enum Gathered {
    More(Bytes),
    Last(Bytes),
    Broken(Bytes),
}

async fn gather(body: &mut Incoming, mut buffer: BytesMut, size: usize) -> Gathered {
    loop {
        let frame = match body.next().await {
            None => return Gathered::Last(buffer.freeze()),
            Some(Err(BodyBroken)) => return Gathered::Broken(buffer.freeze()),
            Some(Ok(frame)) => frame,
        };
        if buffer.capacity() < buffer.len() + frame.len() {
            // Small bodies are one small frame; whatever needs a second one gets a whole buffer at once.
            buffer.reserve(if buffer.is_empty() { frame.len() } else { size.max(frame.len()) });
        }
        buffer.extend_from_slice(&frame);
        if buffer.len() + frame.len() > size {
            return Gathered::More(buffer.freeze());
        }
    }
}
