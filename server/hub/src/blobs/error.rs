//! What a blob store may answer instead of bytes.

use model::{Error, Missing};
use std::io::{self, ErrorKind};

/// A failure of the blob store.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    #[error("no such upload or blob")]
    Missing,
    /// The chunk must start where the upload ends.
    #[error("the upload has {received} bytes")]
    RangeWrong { received: u64 },
    #[error("the bytes have another digest")]
    DigestMismatch,
    #[error("the sender broke off")]
    BrokenOff,
    /// Another request works on the same upload.
    #[error("the upload is in use")]
    InUse,
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<BlobError> for Error {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Missing => Self::NotFound(Missing::Upload),
            BlobError::RangeWrong { received } => Self::RangeWrong { received },
            BlobError::DigestMismatch => Self::DigestMismatch,
            BlobError::BrokenOff => Self::SizeMismatch,
            BlobError::InUse => Self::InUse("another request works on this upload".into()),
            BlobError::Io(error) => refusal(&error),
        }
    }
}

/// A full or read-only disk heals; the client is told to come back. All else is our fault.
fn refusal(error: &io::Error) -> Error {
    tracing::error!(%error, "blob store");
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::StorageFull,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Error::Busy,
        // Too many open files, here or in the whole system.
        _ if matches!(error.raw_os_error(), Some(23 | 24)) => Error::Busy,
        _ => Error::Internal,
    }
}
