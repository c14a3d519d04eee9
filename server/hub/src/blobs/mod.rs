//! Where the bytes are: a store of blobs by digest, and of uploads that will become blobs.
//!
//! Knows nothing of repositories or rights. Whoever asks was let in before.

mod disk;
mod error;
pub(crate) mod hasher;

pub use disk::DiskBlobs;
pub use error::BlobError;

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::BoxStream;
use model::{Algorithm, Digest};
use std::ops::Range;

/// Bytes that come in: from a request's body.
pub type Incoming = BoxStream<'static, Result<Bytes, BodyBroken>>;
/// Bytes that go out.
pub type Outgoing = BoxStream<'static, Result<Bytes, std::io::Error>>;
type Answer<'a, T> = BoxFuture<'a, Result<T, BlobError>>;

/// The sender broke off.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the body broke off")]
pub struct BodyBroken;

/// Holds blobs by digest. What `seal` acknowledged is durable: no crash and no power cut loses it.
///
/// Shaped so that an S3 multipart upload fits: an upload only grows at its end and is sealed once.
pub trait BlobStore: Send + Sync {
    /// Starts an upload; `algorithm` is the one that its digest will most likely have.
    fn begin<'a>(&'a self, upload: &'a str, algorithm: Algorithm) -> Answer<'a, ()>;

    /// How many bytes an upload has; `None`: there is no such upload.
    fn received<'a>(&'a self, upload: &'a str) -> Answer<'a, Option<u64>>;

    /// Adds `body` at the end; the answer is how many bytes there are then. With `start` it must be the end.
    /// After an error the upload has what was written before it, as `received` tells.
    fn append<'a>(&'a self, upload: &'a str, start: Option<u64>, body: Incoming) -> Answer<'a, u64>;

    /// Adds `last` at the end, as `append` does, and makes the upload the blob `digest`, durably; the answer is its
    /// size. A wrong digest discards the upload. Of two who seal the same upload one finds it `Missing`.
    fn seal<'a>(
        &'a self,
        upload: &'a str,
        start: Option<u64>,
        last: Incoming,
        digest: &'a Digest,
    ) -> Answer<'a, u64>;

    /// Forgets an upload.
    fn discard<'a>(&'a self, upload: &'a str) -> Answer<'a, ()>;

    /// A blob's size; `None`: there is no such blob.
    fn size<'a>(&'a self, digest: &'a Digest) -> Answer<'a, Option<u64>>;

    /// The bytes of `range` of a blob.
    fn read<'a>(&'a self, digest: &'a Digest, range: Range<u64>) -> Answer<'a, Outgoing>;

    /// Every blob, with its size; for proofs.
    fn list(&self) -> Answer<'_, Vec<(Digest, u64)>>;

    /// Every upload.
    fn uploads(&self) -> Answer<'_, Vec<String>>;

    /// Whether something can be written now.
    fn check(&self) -> Answer<'_, ()>;
}
