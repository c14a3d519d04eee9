//! Receiving, writing and hashing at the same time: what arrives is gathered into buffers, and each buffer goes
//! to a writer and to a hasher on threads of their own. Memory does not depend on the blob's size.

use super::live::Locked;
use super::{BlobError, blocking};
use crate::blobs::hasher::Hasher;
use crate::blobs::{BodyBroken, Incoming};
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Bytes in one buffer.
const BUFFER: usize = 256 * 1024;
/// Buffers that wait for the writer or the hasher; with the one in each hand about 1 MiB an upload.
const WAITING: usize = 2;

/// Adds `body` at the end of the upload.
pub(super) async fn append(mut live: Locked, mut body: Incoming) -> Result<u64, BlobError> {
    match gather(&mut body).await {
        // A short body needs no threads of its own.
        Gathered::Last(bytes) => {
            blocking(move || {
                let hasher = live.take_hasher().map(|hasher| hashed(hasher, &bytes));
                write_at(&mut live, &bytes, hasher)
            })
            .await
        }
        Gathered::Broken(bytes) => {
            blocking(move || write_at(&mut live, &bytes, None)).await?;
            Err(BlobError::BrokenOff)
        }
        Gathered::More(first) => append_long(live, first, body).await,
    }
}

fn hashed(mut hasher: Hasher, bytes: &[u8]) -> Hasher {
    hasher.update(bytes);
    hasher
}

fn write_at(live: &mut Locked, bytes: &[u8], hasher: Option<Hasher>) -> Result<u64, BlobError> {
    let start = live.received();
    if let Err(error) = live.file().write_all_at(bytes, start) {
        live.cut(start)?;
        return Err(error.into());
    }
    let end = start + length(bytes);
    live.grown(end, hasher);
    Ok(end)
}

async fn append_long(mut live: Locked, first: Bytes, mut body: Incoming) -> Result<u64, BlobError> {
    let start = live.received();
    let mut writer = Worker::writer(Arc::clone(live.file()), start);
    let mut hasher = live.take_hasher().map(Worker::hasher);
    let mut next = Gathered::More(first);
    let broken = loop {
        let (bytes, goes_on, broke) = match next {
            Gathered::More(bytes) => (bytes, true, false),
            Gathered::Last(bytes) => (bytes, false, false),
            Gathered::Broken(bytes) => (bytes, false, true),
        };
        if let Some(hasher) = &mut hasher {
            hasher.send(bytes.clone()).await;
        }
        let writes = writer.send(bytes).await;
        if !goes_on || !writes {
            break broke;
        }
        next = gather(&mut body).await;
    };
    let hashed = match hasher {
        Some(worker) => worker.result().await.ok(),
        None => None,
    };
    let written = writer.result().await?;
    settle(live, start, written, hashed, broken).await
}

/// Notes how far the writer came; what it could not finish is cut off.
async fn settle(
    mut live: Locked,
    start: u64,
    written: Written,
    hasher: Option<Hasher>,
    broken: bool,
) -> Result<u64, BlobError> {
    let received = start + written.bytes;
    match written.failure {
        None => live.grown(received, hasher),
        Some(error) => {
            blocking(move || live.cut(received)).await?;
            return Err(error.into());
        }
    }
    if broken { Err(BlobError::BrokenOff) } else { Ok(received) }
}

/// How far a writer came.
struct Written {
    bytes: u64,
    failure: Option<std::io::Error>,
}

/// A thread that takes buffers in their order.
struct Worker<T> {
    buffers: mpsc::Sender<Bytes>,
    thread: JoinHandle<T>,
}

impl Worker<Written> {
    fn writer(file: Arc<File>, start: u64) -> Self {
        let (buffers, mut incoming) = mpsc::channel::<Bytes>(WAITING);
        let thread = tokio::task::spawn_blocking(move || {
            let mut written = Written { bytes: 0, failure: None };
            while let Some(bytes) = incoming.blocking_recv() {
                if let Err(error) = file.write_all_at(&bytes, start + written.bytes) {
                    written.failure = Some(error);
                    break;
                }
                written.bytes += length(&bytes);
            }
            written
        });
        Self { buffers, thread }
    }
}

impl Worker<Hasher> {
    fn hasher(mut hasher: Hasher) -> Self {
        let (buffers, mut incoming) = mpsc::channel::<Bytes>(WAITING);
        let thread = tokio::task::spawn_blocking(move || {
            while let Some(bytes) = incoming.blocking_recv() {
                hasher.update(&bytes);
            }
            hasher
        });
        Self { buffers, thread }
    }
}

impl<T> Worker<T> {
    /// `false`: the worker gave up.
    async fn send(&mut self, bytes: Bytes) -> bool {
        self.buffers.send(bytes).await.is_ok()
    }

    async fn result(self) -> Result<T, BlobError> {
        drop(self.buffers);
        self.thread.await.map_err(|_| BlobError::Io(std::io::Error::other("a worker was cut off")))
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
        match body.next().await {
            None => return Gathered::Last(buffer.freeze()),
            Some(Err(BodyBroken)) => return Gathered::Broken(buffer.freeze()),
            // A frame that is large enough alone is passed on as it is.
            Some(Ok(frame)) if buffer.is_empty() && frame.len() >= BUFFER => return Gathered::More(frame),
            Some(Ok(frame)) => {
                if buffer.is_empty() {
                    buffer.reserve(frame.len());
                } else if buffer.capacity() < BUFFER {
                    buffer.reserve(BUFFER);
                }
                buffer.extend_from_slice(&frame);
            }
        }
        if buffer.len() >= BUFFER {
            return Gathered::More(buffer.freeze());
        }
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or_default()
}
