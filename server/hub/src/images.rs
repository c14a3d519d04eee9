//! Images: manifests as docker pushes, pulls and deletes them.

use crate::access::Entered;
use crate::actor::Actor;
use crate::blobs::hasher::Hasher;
use crate::manifest::{self, Kind, Parsed, PartKind};
use crate::pulls::Counted;
use crate::store::images::{self, ManifestRow, NewManifest};
use crate::store::{Change, StoreError, blobs, search_index, tags};
use crate::tags::by;
use crate::{Hub, events};
use bytes::Bytes;
use model::event::Event;
use model::{Action, Algorithm, Digest, Error, Missing, Reference, RepositoryName, Tag, Visibility};
use std::sync::Arc;

/// A manifest, byte for byte as it was pushed.
#[derive(Debug, Clone)]
pub struct Manifest {
    pub digest: Digest,
    pub media_type: String,
    pub bytes: Bytes,
    /// Anybody may keep it: the repository is public.
    pub is_public: bool,
    pub(crate) counted: Counted,
}

/// A manifest to store.
#[derive(Debug, Clone)]
pub struct PutManifest {
    pub reference: Reference,
    /// More tags for it, beside the one in `reference`.
    pub tags: Vec<Tag>,
    /// The Content-Type.
    pub media_type: Option<String>,
    pub bytes: Bytes,
}

/// What was stored.
#[derive(Debug, Clone)]
pub struct Stored {
    pub digest: Digest,
    /// The manifest that it refers to.
    pub subject: Option<Digest>,
    pub tags: Vec<Tag>,
}

/// Names of tags in one answer.
const TAG_NAMES_MOST: u32 = 10_000;
/// Manifests up to this many bytes are kept in memory.
const KEPT_MOST: usize = 16 * 1024;

impl Hub {
    /// A manifest by tag or digest.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Manifest)`.
    pub async fn manifest(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        reference: &Reference,
    ) -> Result<Arc<Manifest>, Error> {
        // Before the gate: what is kept also tells whether the repository was public then.
        let read_at = self.caches().version();
        let entered = self.enter(actor, name, Action::Pull).await?;
        let key = (entered.id().to_owned(), reference.to_string());
        if let Some(kept) = self.caches().manifests().get(&key) {
            return Ok(kept);
        }
        let row = match reference {
            Reference::Tag(tag) => images::by_tag(self.database(), &entered, tag.as_str()).await?,
            Reference::Digest(digest) => images::by_digest(self.database(), &entered, digest).await?,
        };
        let row = row.ok_or(Error::NotFound(Missing::Manifest))?;
        let manifest = Arc::new(self.read_row(row, &entered, reference)?);
        if manifest.bytes.len() <= KEPT_MOST {
            self.caches().manifests().put(read_at, key, Arc::clone(&manifest));
        }
        Ok(manifest)
    }

    fn read_row(
        &self,
        row: ManifestRow,
        entered: &Entered,
        reference: &Reference,
    ) -> Result<Manifest, StoreError> {
        let digest = row.digest.parse().map_err(|_| StoreError::corrupt("digest"))?;
        Ok(Manifest {
            counted: self.counted(entered, reference, &row, &digest),
            digest,
            media_type: row.media_type,
            bytes: row.body.into(),
            is_public: entered.visibility() == Visibility::Public,
        })
    }

    /// Stores a manifest with its tags, all or nothing.
    ///
    /// # Errors
    /// Those of the gate; `TooLarge`, `ManifestInvalid`, `PartsMissing`, `DigestMismatch`.
    pub async fn put_manifest(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        new: &PutManifest,
    ) -> Result<Stored, Error> {
        let entered = self.enter_to_push(actor, name).await?;
        let (digest, tags) = self.check_manifest(new)?;
        let parsed =
            manifest::parse(&new.bytes, new.media_type.as_deref()).map_err(Error::ManifestInvalid)?;
        let platform = self.platform(&entered, &parsed).await?;
        let mut change = self.change_repository(&entered).await?;
        check_parts(&mut change, &entered, &parsed).await?;
        let stored_as = images::media_type(&mut change, &entered, &digest).await?;
        if stored_as.is_some_and(|stored| stored != parsed.media_type) {
            return Err(Error::ManifestInvalid("this digest is stored with another media type".into()));
        }
        let row = NewManifest {
            digest: &digest,
            parsed: &parsed,
            body: &new.bytes,
            platform: &platform,
            image_size: image_size(&parsed),
            at: self.now(),
            by: by(actor),
        };
        let is_found_by_it =
            platform.is_empty() || search_index::has_platform(&mut change, entered.id(), &platform).await?;
        images::add(&mut change, &entered, &row).await?;
        if !is_found_by_it {
            self.index(&mut change, entered.id()).await?;
        }
        self.put_tags(&mut change, actor, &entered, &row, &tags).await?;
        change.commit().await?;
        Ok(Stored { digest, subject: parsed.subject, tags })
    }

    fn check_manifest(&self, new: &PutManifest) -> Result<(Digest, Vec<Tag>), Error> {
        let limit = self.settings().manifest_bytes;
        if u64::try_from(new.bytes.len()).unwrap_or(u64::MAX) > limit {
            return Err(Error::TooLarge { limit });
        }
        let algorithm = match &new.reference {
            Reference::Digest(digest) => digest.algorithm(),
            Reference::Tag(_) => Algorithm::Sha256,
        };
        let digest = Hasher::digest(algorithm, &new.bytes).map_err(|_| Error::Internal)?;
        let mut tags = new.tags.clone();
        match &new.reference {
            Reference::Digest(expected) if *expected != digest => return Err(Error::DigestMismatch),
            Reference::Digest(_) => {}
            Reference::Tag(tag) => tags.insert(0, tag.clone()),
        }
        let mut seen = std::collections::HashSet::new();
        tags.retain(|tag| seen.insert(tag.clone()));
        Ok((digest, tags))
    }

    /// The platform that the image's config names; empty for indexes and artifacts.
    async fn platform(&self, entered: &Entered, parsed: &Parsed) -> Result<String, Error> {
        let config = parsed.parts.iter().find(|part| part.kind == PartKind::Config);
        let Some(config) = config else { return Ok(String::new()) };
        // Only what this repository has: a digest must not open others' blobs.
        if blobs::size(self.database(), entered, &config.digest).await?.is_none() {
            return Ok(String::new());
        }
        Ok(self.image_config(config.digest.as_str()).await.platform())
    }

    async fn put_tags(
        &self,
        change: &mut Change,
        actor: &Actor,
        entered: &Entered,
        new: &NewManifest<'_>,
        names: &[Tag],
    ) -> Result<(), StoreError> {
        for tag in names {
            tags::put(change, entered, tag, new.digest, new.at, new.by).await?;
        }
        let pushes = if names.is_empty() { vec![None] } else { names.iter().cloned().map(Some).collect() };
        for tag in pushes {
            let event = Event::Pushed {
                repository: entered.name().clone(),
                digest: new.digest.clone(),
                media_type: new.parsed.media_type.clone(),
                tag,
            };
            events::record(change, new.at, actor, Some(entered.id()), &event).await?;
        }
        Ok(())
    }

    /// Deletes a tag, or a manifest with all tags on it.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Manifest)`.
    pub async fn delete_manifest(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        reference: &Reference,
    ) -> Result<(), Error> {
        match reference {
            Reference::Tag(tag) => self.delete_tag(actor, name, tag).await.map_err(|error| match error {
                Error::NotFound(Missing::Tag) => Error::NotFound(Missing::Manifest),
                other => other,
            }),
            Reference::Digest(digest) => self.delete_digest(actor, name, digest).await,
        }
    }

    async fn delete_digest(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        digest: &Digest,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::DeleteImage).await?;
        let (now, mut change) = (self.now(), self.change_repository(&entered).await?);
        for tag in tags::of_digest(&mut change, &entered, digest).await? {
            tags::delete(&mut change, &entered, &tag, now, by(actor)).await?;
            let event = Event::TagDeleted { repository: name.clone(), tag, digest: digest.clone() };
            events::record(&mut change, now, actor, Some(entered.id()), &event).await?;
        }
        if !images::delete(&mut change, &entered, digest).await? {
            return Err(Error::NotFound(Missing::Manifest));
        }
        self.index(&mut change, entered.id()).await?;
        let event = Event::ManifestDeleted { repository: name.clone(), digest: digest.clone() };
        events::record(&mut change, now, actor, Some(entered.id()), &event).await?;
        Ok(change.commit().await?)
    }

    /// Up to `most` tags (10,000 at once) behind `last`, in the order of their bytes, and whether there are more.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn tag_names(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        most: Option<u32>,
        last: &str,
    ) -> Result<(Vec<String>, bool), Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let most = most.unwrap_or(TAG_NAMES_MOST).min(TAG_NAMES_MOST);
        let mut names = tags::names(self.database(), &entered, last, i64::from(most) + 1).await?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let more = names.len() > most;
        names.truncate(most);
        Ok((names, more))
    }
}

/// Everything the manifest needs must be in this repository, with the size that it says.
async fn check_parts(change: &mut Change, entered: &Entered, parsed: &Parsed) -> Result<(), Error> {
    let mut missing = Vec::new();
    for part in &parsed.parts {
        let there = match part.kind {
            PartKind::Foreign => true,
            PartKind::Manifest => images::media_type(change, entered, &part.digest).await?.is_some(),
            PartKind::Config | PartKind::Layer => match blobs::size_now(change, entered, &part.digest).await?
            {
                Some(size) if size != part.size => {
                    return Err(Error::ManifestInvalid(format!("{} has {size} bytes", part.digest)));
                }
                size => size.is_some(),
            },
        };
        if !there {
            missing.push(part.digest.clone());
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(Error::PartsMissing(missing)) }
}

/// Bytes that a pull moves beside the manifest; 0 for an index.
fn image_size(parsed: &Parsed) -> u64 {
    match parsed.kind {
        Kind::Index => 0,
        Kind::Image => parsed.parts.iter().fold(0, |sum, part| part.size.saturating_add(sum)),
    }
}
