//! What clients asked for lately, as far as it tells pulls apart (see the head of `pulls`).
//!
//! Clients and repositories are kept as hashes with a secret of this process: nobody can be read from them, and
//! nobody can make them collide.

use super::tally::Tally;
use crate::actor::Actor;
use model::{Digest, Timestamp};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A digest that was looked up is fetched at once.
const LOOKED_UP: i64 = 60_000;
/// A copy of all images of an index fetches their layers in between.
const COMES_ALONG: i64 = 10 * 60_000;

/// Who asks: the account, and the address it asks from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Client(u64);

/// The steps of all clients.
pub(crate) struct Trails {
    secret: RandomState,
    steps: AtomicU64,
    shards: [Mutex<HashMap<u64, Step>>; Self::SHARDS],
}

struct Step {
    until: i64,
    /// Which of a client's steps was later.
    number: u64,
    /// The tag whose digest was looked up; `None`: an index was fetched.
    tag: Option<Arc<Tally>>,
}

impl Trails {
    /// Clients do not wait for one another.
    const SHARDS: usize = 64;
    /// Steps in a shard. More are forgotten: then a pull is told of without its tag, or an image of an index is
    /// counted beside it.
    const ROOM: usize = 512;

    pub(super) fn client(&self, actor: &Actor) -> Client {
        let account = actor.user_id().or_else(|| actor.access_token_id());
        Client(self.secret.hash_one((account, actor.address())))
    }

    /// `client` was told that the tag of `tally` has this digest.
    pub(super) fn looked_up(
        &self,
        client: Client,
        repository: &str,
        digest: &Digest,
        tally: &Arc<Tally>,
        now: Timestamp,
    ) {
        let key = self.secret.hash_one((client.0, repository, digest.as_str()));
        self.note(key, now.plus(LOOKED_UP), Some(Arc::clone(tally)), now);
    }

    /// The tag that `client` looked up to get this digest, and the step's number.
    pub(super) fn tag(
        &self,
        client: Client,
        repository: &str,
        digest: &Digest,
        now: Timestamp,
    ) -> Option<(u64, Arc<Tally>)> {
        let key = self.secret.hash_one((client.0, repository, digest.as_str()));
        let shard = self.shard(key);
        let step = shard.get(&key).filter(|step| step.until > now.0)?;
        Some((step.number, step.tag.clone()?))
    }

    /// `client` was sent an index of the repository, or an image that came along with it: the next may take its time.
    pub(super) fn got_index(&self, client: Client, repository: &str, now: Timestamp) {
        let key = self.secret.hash_one((client.0, repository));
        self.note(key, now.plus(COMES_ALONG), None, now);
    }

    /// The number of the step in which `client` was sent an index lately.
    pub(super) fn index(&self, client: Client, repository: &str, now: Timestamp) -> Option<u64> {
        let key = self.secret.hash_one((client.0, repository));
        let shard = self.shard(key);
        shard.get(&key).filter(|step| step.until > now.0).map(|step| step.number)
    }

    /// Forgets what is over.
    pub(super) fn tidy(&self, now: Timestamp) {
        for shard in &self.shards {
            lock(shard).retain(|_, step| step.until > now.0);
        }
    }

    fn note(&self, key: u64, until: Timestamp, tag: Option<Arc<Tally>>, now: Timestamp) {
        let number = self.steps.fetch_add(1, Ordering::Relaxed);
        let mut shard = self.shard(key);
        if shard.len() >= Self::ROOM {
            shard.retain(|_, step| step.until > now.0);
        }
        if shard.len() >= Self::ROOM {
            shard.clear();
        }
        shard.insert(key, Step { until: until.0, number, tag });
    }

    fn shard(&self, key: u64) -> MutexGuard<'_, HashMap<u64, Step>> {
        let [first, ..] = &self.shards;
        let index = usize::try_from(key).unwrap_or_default() % Self::SHARDS;
        lock(self.shards.get(index).unwrap_or(first))
    }
}

impl Default for Trails {
    fn default() -> Self {
        Self {
            secret: RandomState::new(),
            steps: AtomicU64::new(0),
            shards: std::array::from_fn(|_| Mutex::default()),
        }
    }
}

fn lock(shard: &Mutex<HashMap<u64, Step>>) -> MutexGuard<'_, HashMap<u64, Step>> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}
