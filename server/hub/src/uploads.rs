//! Blobs on their way in: started, continued, finished, cancelled, mounted.
//!
//! An upload belongs to one repository and one person; to all others it does not exist.

use crate::access::Entered;
use crate::actor::Actor;
use crate::blobs::{BlobError, Incoming};
use crate::store::{blobs, uploads};
use crate::{Hub, store};
use model::{Action, Algorithm, Digest, Error, Missing, RepositoryName};
use std::collections::HashSet;

impl Hub {
    /// Starts an upload; the answer is its id. The first push to one's own namespace makes the repository.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn begin_upload(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        algorithm: Algorithm,
    ) -> Result<String, Error> {
        let entered = self.enter_to_push(actor, name).await?;
        let person = actor.signed_in()?;
        let id = store::new_id();
        self.blobs().begin(&id, algorithm).await?;
        let mut change = self.change_images(&entered).await?;
        uploads::add(&mut change, &entered, &id, &person.id, self.now()).await?;
        change.commit().await?;
        Ok(id)
    }

    /// How many bytes an upload has.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Upload)` also for others' uploads.
    pub async fn upload(&self, actor: &Actor, name: &RepositoryName, id: &str) -> Result<u64, Error> {
        self.enter_upload(actor, name, id).await?;
        self.blobs().received(id).await?.ok_or(Error::NotFound(Missing::Upload))
    }

    /// Adds `body` at the end; the answer is how many bytes there are then. With `start` it must be the end.
    ///
    /// # Errors
    /// Those of the gate; `RangeWrong`; `SizeMismatch` when the sender broke off (what came is kept).
    pub async fn append(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        start: Option<u64>,
        body: Incoming,
    ) -> Result<u64, Error> {
        self.enter_upload(actor, name, id).await?;
        Ok(self.blobs().append(id, start, body).await?)
    }

    /// Adds the last bytes and makes the upload a blob, durably.
    ///
    /// # Errors
    /// Those of `append`; `DigestMismatch`, which ends the upload.
    pub async fn finish_upload(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        start: Option<u64>,
        body: Incoming,
        digest: &Digest,
    ) -> Result<(), Error> {
        let entered = self.enter_upload(actor, name, id).await?;
        match self.blobs().seal(id, start, body, digest).await {
            Ok(size) => self.add_blob(actor, name, Some(id), digest, size).await,
            Err(BlobError::DigestMismatch) => {
                let mut change = self.change().await?;
                uploads::end(&mut change, &entered, id).await?;
                change.commit().await?;
                Err(Error::DigestMismatch)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// A whole blob in one request. Nobody could go on with its upload, so that has no row.
    ///
    /// # Errors
    /// Those of `begin_upload` and `finish_upload`.
    pub async fn put_blob(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        digest: &Digest,
        body: Incoming,
    ) -> Result<(), Error> {
        self.enter_to_push(actor, name).await?;
        let id = store::new_id();
        self.blobs().begin(&id, digest.algorithm()).await?;
        match self.blobs().seal(&id, Some(0), body, digest).await {
            Ok(size) => self.add_blob(actor, name, None, digest, size).await,
            Err(error) => {
                self.blobs().discard(&id).await?;
                Err(error.into())
            }
        }
    }

    /// Notes a sealed blob. Whoever lost the right to push meanwhile finishes nothing.
    async fn add_blob(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        upload: Option<&str>,
        digest: &Digest,
        size: u64,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Push).await?;
        let mut change = self.change_images(&entered).await?;
        if let Some(id) = upload {
            uploads::end(&mut change, &entered, id).await?;
        }
        blobs::add(&mut change, &entered, digest, size, self.now()).await?;
        Ok(change.commit().await?)
    }

    /// Forgets an upload.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Upload)`.
    pub async fn cancel_upload(&self, actor: &Actor, name: &RepositoryName, id: &str) -> Result<(), Error> {
        let entered = self.enter_upload(actor, name, id).await?;
        self.blobs().discard(id).await?;
        let mut change = self.change().await?;
        uploads::end(&mut change, &entered, id).await?;
        Ok(change.commit().await?)
    }

    /// Takes a blob over from a repository that one may read; `false`: it must be uploaded.
    ///
    /// # Errors
    /// Those of the gate on `name`. A missing or forbidden `from` is no error, and looks like a missing blob.
    pub async fn mount(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        digest: &Digest,
        from: Option<&RepositoryName>,
    ) -> Result<bool, Error> {
        let entered = self.enter_to_push(actor, name).await?;
        let source = match from {
            Some(from) => self.enter(actor, from, Action::Pull).await.ok(),
            None => Some(entered.clone()),
        };
        let Some(source) = source else { return Ok(false) };
        // Most asks are for what is not here: those wait for no writer.
        if blobs::size(self.database(), &source, digest).await?.is_none() {
            return Ok(false);
        }
        let mut change = self.change_images(&entered).await?;
        if blobs::size_now(&mut change, &source, digest).await?.is_none() {
            return Ok(false);
        }
        blobs::link(&mut change, &entered, digest, self.now()).await?;
        change.commit().await?;
        Ok(true)
    }

    async fn enter_upload(&self, actor: &Actor, name: &RepositoryName, id: &str) -> Result<Entered, Error> {
        let entered = self.enter(actor, name, Action::Push).await?;
        let person = actor.signed_in()?;
        if uploads::belongs(self.database(), &entered, id, &person.id).await? {
            Ok(entered)
        } else {
            Err(Error::NotFound(Missing::Upload))
        }
    }

    /// Forgets uploads that nobody went on with, and files of uploads that no row knows.
    ///
    /// # Errors
    /// The database's and the store's.
    pub async fn sweep_uploads(&self) -> Result<(), Error> {
        let limit = self.now().plus(-self.settings().upload_ttl);
        for id in uploads::started_before(self.database(), limit).await? {
            self.blobs().discard(&id).await?;
            let mut change = self.change().await?;
            uploads::end_expired(&mut change, &id).await?;
            change.commit().await?;
        }
        // Listed before the rows: an upload's row is written after its file, so none that is young is taken.
        let files = self.blobs().uploads().await?;
        let known: HashSet<String> = uploads::all_ids(self.database()).await?.into_iter().collect();
        for id in files.iter().filter(|id| !known.contains(*id) && is_older(id, limit)) {
            self.blobs().discard(id).await?;
        }
        Ok(())
    }
}

/// Whether the upload's id, a UUIDv7, was made before `moment`.
fn is_older(id: &str, moment: model::Timestamp) -> bool {
    let made = uuid::Uuid::parse_str(id).ok().and_then(|id| id.get_timestamp()).map(|at| at.to_unix().0);
    made.is_some_and(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX) < moment.seconds())
}
