//! Receiving, writing and hashing at the same time: what arrives is gathered into buffers, and each buffer goes
//! to a writer and to a hasher on threads of their own. Memory does not depend on the blob's size.

use super::live::Growing;
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

/// Adds `body` at the end of the upload, and does `then` with it on a thread where waiting is allowed.
pub(super) async fn receive(
    mut upload: Growing,
    mut body: Incoming,
    then: impl FnOnce(Growing) -> Result<u64, BlobError> + Send + 'static,
) -> Result<u64, BlobError> {
    match gather(&mut body).await {
        // A short body needs no threads of its own: all is done in one go.
        Gathered::Last(bytes) => {
            blocking(move || {
                upload.write(&bytes)?;
                then(upload)
            })
            .await
        }
        Gathered::Broken(bytes) => {
            blocking(move || {
                upload.write(&bytes)?;
                upload.keep();
                Err(BlobError::BrokenOff)
            })
            .await
        }
        Gathered::More(first) => {
            let upload = receive_long(upload, first, body).await?;
            blocking(move || then(upload)).await
        }
    }
}

async fn receive_long(mut upload: Growing, first: Bytes, mut body: Incoming) -> Result<Growing, BlobError> {
    let start = upload.received();
    let mut writer = Worker::writer(Arc::clone(upload.file()), start);
    let mut hasher = upload.take_hasher().map(Worker::hasher);
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
    settle(upload, start, written, hashed, broken).await
}

/// Notes how far the writer came; what it could not finish is cut off.
async fn settle(
    mut upload: Growing,
    start: u64,
    written: Written,
    hasher: Option<Hasher>,
    broken: bool,
) -> Result<Growing, BlobError> {
    let received = start + written.bytes;
    match written.failure {
        Some(error) => {
            blocking(move || {
                upload.cut(received);
                Err(error.into())
            })
            .await
        }
        None => {
            upload.grown(received, hasher);
            if broken {
                upload.keep();
                return Err(BlobError::BrokenOff);
            }
            Ok(upload)
        }
    }
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
