//! Blobs of a repository: read and taken out. How they come in is in `uploads`.

use crate::Hub;
use crate::actor::Actor;
use crate::blobs::{BlobError, Outgoing};
use crate::store::blobs;
use model::{Action, Digest, Error, Missing, RepositoryName, Visibility};
use std::ops::Range;

/// A blob that may be read.
#[derive(Debug, Clone)]
pub struct Blob {
    pub digest: Digest,
    pub size: u64,
    /// Anybody may keep it: the repository is public.
    pub is_public: bool,
}

impl Hub {
    /// A blob that this repository has.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Blob)`.
    pub async fn blob(&self, actor: &Actor, name: &RepositoryName, digest: &Digest) -> Result<Blob, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let size = blobs::size(self.database(), &entered, digest).await?;
        Ok(Blob {
            digest: digest.clone(),
            size: size.ok_or(Error::NotFound(Missing::Blob))?,
            is_public: entered.visibility() == Visibility::Public,
        })
    }

    /// The bytes of `range` of a blob.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn open_blob(&self, blob: &Blob, range: Range<u64>) -> Result<Outgoing, Error> {
        self.blobs().read(&blob.digest, range).await.map_err(|error| match error {
            BlobError::Missing => Error::NotFound(Missing::Blob),
            error => error.into(),
        })
    }

    /// Takes a blob out of this repository.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Blob)`; `InUse` while a manifest needs it.
    pub async fn delete_blob(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        digest: &Digest,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::DeleteImage).await?;
        let mut change = self.change_repository(&entered).await?;
        if blobs::is_used(&mut change, &entered, digest).await? {
            return Err(Error::InUse("a manifest needs this blob".into()));
        }
        if !blobs::unlink(&mut change, &entered, digest).await? {
            return Err(Error::NotFound(Missing::Blob));
        }
        Ok(change.commit().await?)
    }
}
