//! Reading ahead of the socket: a thread fills large buffers while the previous ones are sent.

use super::{BlobError, blocking};
use crate::blobs::Outgoing;
use bytes::Bytes;
use futures::StreamExt;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use tokio::sync::mpsc;

/// Bytes in one buffer.
const BUFFER: u64 = 512 * 1024;
/// Buffers read ahead.
const AHEAD: usize = 2;

/// The bytes of `range` of the file at `path`.
pub(super) async fn read(path: PathBuf, range: Range<u64>) -> Result<Outgoing, BlobError> {
    let first_end = range.end.min(range.start.saturating_add(BUFFER));
    let start = range.start;
    let (file, first) = blocking(move || {
        let file = File::open(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => BlobError::Missing,
            _ => error.into(),
        })?;
        let first = piece(&file, start..first_end)?;
        Ok((file, first))
    })
    .await?;
    let first = futures::stream::once(async move { Ok(first) });
    if first_end == range.end {
        return Ok(first.boxed());
    }
    Ok(first.chain(read_ahead(file, first_end..range.end)).boxed())
}

fn read_ahead(file: File, range: Range<u64>) -> Outgoing {
    let (pieces, incoming) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        let mut at = range.start;
        while at < range.end {
            let end = range.end.min(at + BUFFER);
            let read = piece(&file, at..end);
            let failed = read.is_err();
            // A receiver that is gone closed its connection: there is nothing left to do.
            if pieces.blocking_send(read).is_err() || failed {
                return;
            }
            at = end;
        }
    });
    futures::stream::unfold(incoming, |mut incoming| async {
        incoming.recv().await.map(|piece| (piece, incoming))
    })
    .boxed()
}

fn piece(file: &File, range: Range<u64>) -> io::Result<Bytes> {
    let length = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
    let mut buffer = vec![0; length];
    file.read_exact_at(&mut buffer, range.start)?;
    Ok(buffer.into())
}
