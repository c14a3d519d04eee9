//! Pulls: what counts as one, counting without slowing it, and the statistics.
//!
//! A pull is a manifest that was sent in answer to a GET. As at Docker Hub a HEAD is free ("version check"), and so is
//! "not modified". Which tag was pulled, and that an index with one of its images is one pull, can not always be
//! read from one request, so a little of what each client asked for lately is kept (`trail`):
//!
//! - By tag: a pull of that tag.
//! - By digest: of the tag, where the client looked up the tag's digest by HEAD within the last minute, as docker
//!   and containerd do; otherwise a pull without a tag.
//! - An image of an index, by digest, from a client that was sent an index of the repository lately: it comes along
//!   with the index, which was counted.
//!
//! Counts are kept in memory (`tally`) and written down every few seconds; a crash loses those few seconds.

mod statistics;
mod tally;
mod trail;

pub(crate) use tally::{Row, Tallies, beginning, day};
pub(crate) use trail::Trails;

use crate::Hub;
use crate::access::Entered;
use crate::actor::Actor;
use crate::images::Manifest;
use crate::manifest::is_index;
use crate::store::images::ManifestRow;
use crate::store::pulls as rows;
use model::{Digest, Error, Reference};
use std::sync::Arc;
use tally::Tally;

/// Where pulls of a manifest are counted.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    repository: String,
    /// `None`: it was asked for by digest.
    tag: Option<Arc<Tally>>,
    image: Arc<Tally>,
    is_index: bool,
    /// An index names it.
    is_part: bool,
}

impl Hub {
    /// To be called when `manifest` is sent to `actor`, who asked for it with GET.
    pub fn pulled(&self, actor: &Actor, manifest: &Manifest) {
        let (now, counted, trails) = (self.now(), &manifest.counted, self.trails());
        counted.image.touch(now);
        match &counted.tag {
            Some(tag) => tag.count(now),
            None => self.pulled_by_digest(actor, manifest),
        }
        if counted.is_index {
            trails.got_index(trails.client(actor), &counted.repository, now);
        }
    }

    fn pulled_by_digest(&self, actor: &Actor, manifest: &Manifest) {
        let (now, counted, trails) = (self.now(), &manifest.counted, self.trails());
        let client = trails.client(actor);
        let index = counted.is_part.then(|| trails.index(client, &counted.repository, now)).flatten();
        match (trails.tag(client, &counted.repository, &manifest.digest, now), index) {
            // What was looked up before the index was fetched is another pull.
            (Some((number, tag)), index) if index.is_none_or(|index| index < number) => tag.count(now),
            (_, Some(_)) => trails.got_index(client, &counted.repository, now),
            _ => counted.image.count(now),
        }
    }

    /// To be called when `actor`, who asked with HEAD, is told about `manifest`.
    pub fn looked_up(&self, actor: &Actor, manifest: &Manifest) {
        let (counted, trails) = (&manifest.counted, self.trails());
        if let Some(tag) = &counted.tag {
            let client = trails.client(actor);
            trails.looked_up(client, &counted.repository, &manifest.digest, tag, self.now());
        }
    }

    /// Where pulls of a manifest of the repository are counted, if it is asked for as `reference`.
    pub(crate) fn counted(
        &self,
        entered: &Entered,
        reference: &Reference,
        row: &ManifestRow,
        digest: &Digest,
    ) -> Counted {
        let tallies = self.tallies();
        Counted {
            tag: matches!(reference, Reference::Tag(_)).then(|| tallies.of(entered.id(), reference)),
            image: tallies.of(entered.id(), &Reference::Digest(digest.clone())),
            is_index: is_index(&row.media_type),
            is_part: row.is_part,
            repository: entered.id().to_owned(),
        }
    }

    /// Returns when so much was counted that it should be written down before it is time.
    pub async fn pulls_wait(&self) {
        self.tallies().bell.notified().await;
    }

    /// Writes down what was counted. What can not be written now is counted again; dropped on the way, too.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn write_pulls(&self) -> Result<(), Error> {
        self.trails().tidy(self.now());
        let mut batch = self.tallies().take();
        while !batch.next().is_empty() {
            let mut change = self.change().await?;
            for of_one in batch.next().chunk_by(|one, other| one.repository == other.repository) {
                rows::add(&mut change, of_one).await?;
            }
            // No cache keeps counts: pulls must not make pulls read everything again.
            change.commit_quietly().await?;
            batch.arrived();
        }
        Ok(())
    }
}
