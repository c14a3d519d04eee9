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

/// Bytes in one buffer; an upload has two.
const BUFFER: usize = 128 * 1024;

/// Adds `body` at the end of the upload, and does `then` with it on a thread where waiting is allowed.
pub(super) async fn receive(
    mut upload: Growing,
    mut body: Incoming,
    then: impl FnOnce(Growing) -> Result<u64, BlobError> + Send + 'static,
) -> Result<u64, BlobError> {
    let mut gathered = gather(&mut body).await;
    while let Gathered::More(bytes) = gathered {
        let (added, next) = tokio::join!(add(upload, bytes), gather(&mut body));
        upload = added?;
        gathered = next;
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

async fn gather(body: &mut Incoming) -> Gathered {
    let mut buffer = BytesMut::new();
    loop {
        let frame = match body.next().await {
            None => return Gathered::Last(buffer.freeze()),
            Some(Err(BodyBroken)) => return Gathered::Broken(buffer.freeze()),
            // A frame that is large enough alone is passed on as it is.
            Some(Ok(frame)) if buffer.is_empty() && frame.len() >= BUFFER => return Gathered::More(frame),
            Some(Ok(frame)) => frame,
        };
        if buffer.capacity() < buffer.len() + frame.len() {
            // Small bodies are one small frame; whatever needs a second one gets a whole buffer at once.
            buffer.reserve(if buffer.is_empty() { frame.len() } else { BUFFER.max(frame.len()) });
        }
        buffer.extend_from_slice(&frame);
        if buffer.len() + frame.len() > BUFFER {
            return Gathered::More(buffer.freeze());
        }
    }
}
