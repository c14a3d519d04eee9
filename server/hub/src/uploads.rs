//! Blobs on their way in: started, continued, finished, cancelled, mounted.
//!
//! An upload belongs to one repository and one person, and its name in the blob store says so; to all others it
//! does not exist. To start one costs no commit: a power cut may take it, a 201 it never had.

use crate::Hub;
use crate::access::Entered;
use crate::actor::Actor;
use crate::blobs::Incoming;
use crate::store::blobs;
use model::{Action, Algorithm, Digest, Error, Missing, RepositoryName};

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
        let uploader = actor.uploader_id()?;
        let id = self.upload_id();
        self.blobs().begin(&stored_name(&id, &entered, uploader), algorithm).await?;
        Ok(id)
    }

    /// How many bytes an upload has.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Upload)` also for others' uploads.
    pub async fn upload(&self, actor: &Actor, name: &RepositoryName, id: &str) -> Result<u64, Error> {
        Ok(self.enter_upload(actor, name, id).await?.received)
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
        let upload = self.enter_upload(actor, name, id).await?;
        Ok(self.blobs().append(&upload.stored_name, start, body).await?)
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
        let upload = self.enter_upload(actor, name, id).await?;
        // What has no room must not stay on the disk as a blob that nobody may have.
        if let Err(error) = self.foresee_room(name.namespace(), upload.received).await {
            self.blobs().discard(&upload.stored_name).await?;
            return Err(error);
        }
        let size = self.blobs().seal(&upload.stored_name, start, body, digest).await?;
        self.add_blob(actor, name, digest, size).await
    }

    /// A whole blob in one request. Nobody can go on with its upload.
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
        let id = self.upload_id();
        self.blobs().begin(&id, digest.algorithm()).await?;
        match self.blobs().seal(&id, Some(0), body, digest).await {
            Ok(size) => self.add_blob(actor, name, digest, size).await,
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
        digest: &Digest,
        size: u64,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Push).await?;
        let mut change = self.change_repository(&entered).await?;
        blobs::add(&mut change, &entered, digest, size, self.now()).await?;
        self.check_room(&mut change, name.namespace()).await?;
        Ok(change.commit_quietly().await?)
    }

    /// Forgets an upload.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Upload)`.
    pub async fn cancel_upload(&self, actor: &Actor, name: &RepositoryName, id: &str) -> Result<(), Error> {
        let upload = self.enter_upload(actor, name, id).await?;
        Ok(self.blobs().discard(&upload.stored_name).await?)
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
        let mut change = self.change_repository(&entered).await?;
        if blobs::size_now(&mut change, &source, digest).await?.is_none() {
            return Ok(false);
        }
        blobs::link(&mut change, &entered, digest, self.now()).await?;
        self.check_room(&mut change, entered.name().namespace()).await?;
        change.commit_quietly().await?;
        Ok(true)
    }

    /// A UUIDv7: when it was started is in it, and guessing it takes longer than it lives.
    fn upload_id(&self) -> String {
        let at = self.now();
        let seconds = u64::try_from(at.seconds()).unwrap_or_default();
        let nanos = u32::try_from(at.0.rem_euclid(1000)).unwrap_or_default() * 1_000_000;
        uuid::Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos)).to_string()
    }

    async fn enter_upload(&self, actor: &Actor, name: &RepositoryName, id: &str) -> Result<Upload, Error> {
        let entered = self.enter(actor, name, Action::Push).await?;
        let stored_name = stored_name(id, &entered, actor.uploader_id()?);
        match self.blobs().received(&stored_name).await? {
            Some(received) => Ok(Upload { stored_name, received }),
            None => Err(Error::NotFound(Missing::Upload)),
        }
    }

    /// Bytes received by the repository's uploads that are under way; `None` when there are none.
    pub(crate) async fn uploading(&self, entered: &Entered) -> Result<Option<u64>, Error> {
        let mut total = None;
        let all = self.blobs().uploads().await?;
        for stored_name in all.iter().filter(|name| is_of(name, entered)).take(UPLOADS_COUNTED) {
            let received = self.blobs().received(stored_name).await?.unwrap_or_default();
            total = Some(total.unwrap_or_default() + received);
        }
        Ok(total)
    }

    /// Forgets uploads that were not finished in time.
    ///
    /// # Errors
    /// The store's.
    pub async fn sweep_uploads(&self) -> Result<(), Error> {
        let limit = self.now().plus(-self.settings().upload_ttl);
        for stored_name in self.blobs().uploads().await? {
            if is_older(&stored_name, limit) {
                self.blobs().discard(&stored_name).await?;
            }
        }
        Ok(())
    }
}

/// Uploads whose bytes are added up for a page.
const UPLOADS_COUNTED: usize = 50;

/// An upload that the actor may go on with.
struct Upload {
    stored_name: String,
    received: u64,
}

/// What the blob store calls an upload. All three are UUIDs; a client's `id` has no underscore (`registry::call`).
fn stored_name(id: &str, entered: &Entered, user_id: &str) -> String {
    format!("{id}_{}_{user_id}", entered.id())
}

fn is_of(stored_name: &str, entered: &Entered) -> bool {
    stored_name.split('_').nth(1) == Some(entered.id())
}

/// Whether the upload, whose name begins with a UUIDv7, was started before `moment`.
fn is_older(stored_name: &str, moment: model::Timestamp) -> bool {
    let id = stored_name.split('_').next().unwrap_or_default();
    let made = uuid::Uuid::parse_str(id).ok().and_then(|id| id.get_timestamp()).map(|at| at.to_unix().0);
    made.is_some_and(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX) < moment.seconds())
}
