//! What clients asked for lately, as far as it tells pulls apart (see the head of `pulls`).
//!
//! Clients and repositories are kept as hashes with a secret of this process: nobody can be read from them, and
//! nobody can make them collide.

use super::tally::Tally;
use crate::actor::Actor;
use model::{Digest, Timestamp};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
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
    shards: [Mutex<HashMap<u64, Step>>; Self::SHARDS],
}

struct Step {
    until: i64,
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
        self.note(key, Step { until: now.plus(LOOKED_UP).0, tag: Some(Arc::clone(tally)) }, now);
    }

    /// The tag that `client` looked up to get this digest.
    pub(super) fn tag(
        &self,
        client: Client,
        repository: &str,
        digest: &Digest,
        now: Timestamp,
    ) -> Option<Arc<Tally>> {
        let key = self.secret.hash_one((client.0, repository, digest.as_str()));
        let shard = self.shard(key);
        shard.get(&key).filter(|step| step.until > now.0).and_then(|step| step.tag.clone())
    }

    /// `client` was sent an index of the repository.
    pub(super) fn got_index(&self, client: Client, repository: &str, now: Timestamp) {
        let key = self.secret.hash_one((client.0, repository));
        self.note(key, Step { until: now.plus(COMES_ALONG).0, tag: None }, now);
    }

    /// Whether an image of an index comes along with it: `client` was sent one lately. It may take its time for
    /// the next one.
    pub(super) fn comes_along(&self, client: Client, repository: &str, now: Timestamp) -> bool {
        let key = self.secret.hash_one((client.0, repository));
        let mut shard = self.shard(key);
        let step = shard.get_mut(&key).filter(|step| step.until > now.0);
        step.map(|step| step.until = now.plus(COMES_ALONG).0).is_some()
    }

    /// Forgets what is over.
    pub(super) fn tidy(&self, now: Timestamp) {
        for shard in &self.shards {
            lock(shard).retain(|_, step| step.until > now.0);
        }
    }

    fn note(&self, key: u64, step: Step, now: Timestamp) {
        let mut shard = self.shard(key);
        if shard.len() >= Self::ROOM {
            shard.retain(|_, step| step.until > now.0);
        }
        if shard.len() >= Self::ROOM {
            shard.clear();
        }
        shard.insert(key, step);
    }

    fn shard(&self, key: u64) -> MutexGuard<'_, HashMap<u64, Step>> {
        let [first, ..] = &self.shards;
        let index = usize::try_from(key).unwrap_or_default() % Self::SHARDS;
        lock(self.shards.get(index).unwrap_or(first))
    }
}

impl Default for Trails {
    fn default() -> Self {
        Self { secret: RandomState::new(), shards: std::array::from_fn(|_| Mutex::default()) }
    }
}

fn lock(shard: &Mutex<HashMap<u64, Step>>) -> MutexGuard<'_, HashMap<u64, Step>> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}
