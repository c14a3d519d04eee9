//! Reading ahead of the socket: a large buffer is filled while the previous one is sent.

use super::{BlobError, blocking};
use crate::blobs::Outgoing;
use bytes::Bytes;
use futures::StreamExt;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// Bytes in one buffer.
const BUFFER: u64 = 512 * 1024;

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

/// Reads a piece while the one before it is sent. Between pieces no thread is held, however slow the client is.
fn read_ahead(file: File, range: Range<u64>) -> Outgoing {
    let file = Arc::new(file);
    let first = begin(&file, range.clone());
    futures::stream::unfold(first, move |reading| {
        let (file, end) = (Arc::clone(&file), range.end);
        async move {
            let (until, piece) = reading?;
            let piece = piece.await.map_err(io::Error::other).flatten();
            let next = piece.is_ok().then(|| begin(&file, until..end)).flatten();
            Some((piece, next))
        }
    })
    .boxed()
}

/// A piece that is being read, and where it ends.
type Reading = (u64, JoinHandle<io::Result<Bytes>>);

fn begin(file: &Arc<File>, range: Range<u64>) -> Option<Reading> {
    let end = range.end.min(range.start.saturating_add(BUFFER));
    let file = Arc::clone(file);
    (range.start < end).then(|| (end, tokio::task::spawn_blocking(move || piece(&file, range.start..end))))
}

fn piece(file: &File, range: Range<u64>) -> io::Result<Bytes> {
    let length = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
    let mut buffer = vec![0; length];
    file.read_exact_at(&mut buffer, range.start)?;
    Ok(buffer.into())
}
