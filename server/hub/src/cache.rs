//! What was read lately, kept until anything is written.
//!
//! Right by construction: every commit of this process empties every cache, and a value that was read
//! before a commit can not be put in after it. Only of use where one process owns the database.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use crate::access::Standing;
use crate::actor::{Actor, Person};
use crate::images::Manifest;

/// All caches of the hub, emptied together.
#[derive(Clone)]
pub(crate) struct Caches(Arc<Inner>);

struct Inner {
    is_on: bool,
    version: AtomicU64,
    standings: Kept<(String, String), Option<Standing>>,
    people: Kept<String, Option<Arc<Person>>>,
    manifests: Kept<(String, String), Arc<Manifest>>,
    access_tokens: Kept<String, Option<Actor>>,
    unread: Kept<String, u64>,
}

/// A moment between two commits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version(u64);

impl Caches {
    pub(crate) fn new(is_on: bool) -> Self {
        let kept = Inner {
            is_on,
            version: AtomicU64::new(0),
            standings: Kept::new(),
            people: Kept::new(),
            manifests: Kept::new(),
            access_tokens: Kept::new(),
            unread: Kept::new(),
        };
        Self(Arc::new(kept))
    }

    /// To be taken before reading what will be put in.
    pub(crate) fn version(&self) -> Version {
        Version(self.0.version.load(Ordering::SeqCst))
    }

    /// To be called after each commit, before anyone is told of it.
    pub(crate) fn empty(&self) {
        self.0.version.fetch_add(1, Ordering::SeqCst);
        self.0.standings.empty();
        self.0.people.empty();
        self.0.manifests.empty();
        self.0.access_tokens.empty();
        self.0.unread.empty();
    }

    /// How someone (id, or empty) stands to a repository.
    pub(crate) fn standings(&self) -> Shelf<'_, (String, String), Option<Standing>> {
        Shelf { caches: self, kept: &self.0.standings }
    }

    /// Small manifests by repository id and reference.
    pub(crate) fn manifests(&self) -> Shelf<'_, (String, String), Arc<Manifest>> {
        Shelf { caches: self, kept: &self.0.manifests }
    }

    /// Access tokens by id.
    pub(crate) fn access_tokens(&self) -> Shelf<'_, String, Option<Actor>> {
        Shelf { caches: self, kept: &self.0.access_tokens }
    }

    /// How many notices a person (id) has not read.
    pub(crate) fn unread(&self) -> Shelf<'_, String, u64> {
        Shelf { caches: self, kept: &self.0.unread }
    }

    /// Accounts by name.
    pub(crate) fn people(&self) -> Shelf<'_, String, Option<Arc<Person>>> {
        Shelf { caches: self, kept: &self.0.people }
    }
}

/// One of the caches, with the guard of all.
pub(crate) struct Shelf<'a, K, V> {
    caches: &'a Caches,
    kept: &'a Kept<K, V>,
}

impl<K: Eq + Hash, V: Clone> Shelf<'_, K, V> {
    pub(crate) fn get(&self, key: &K) -> Option<V> {
        self.kept.0.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps `value`, unless something was committed since `read_at`.
    pub(crate) fn put(&self, read_at: Version, key: K, value: V) {
        if !self.caches.0.is_on {
            return;
        }
        let mut map = self.kept.0.write().unwrap_or_else(PoisonError::into_inner);
        // Checked under the lock: `empty` raises the version first and takes the lock afterwards.
        if self.caches.version() == read_at {
            if map.len() >= Kept::<K, V>::ROOM {
                map.clear();
            }
            map.insert(key, value);
        }
    }
}

struct Kept<K, V>(RwLock<HashMap<K, V>>);

impl<K, V> Kept<K, V> {
    /// Entries; more than the working set of a small hub, and some MiB at most.
    const ROOM: usize = 1024;

    fn new() -> Self {
        Self(RwLock::new(HashMap::new()))
    }

    fn empty(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_commit_is_not_kept_after_it() {
        let caches = Caches::new(true);
        let before = caches.version();
        caches.empty();
        caches.people().put(before, "anna".into(), None);
        assert!(caches.people().get(&"anna".into()).is_none());
        caches.people().put(caches.version(), "anna".into(), None);
        assert!(caches.people().get(&"anna".into()).is_some());
        caches.empty();
        assert!(caches.people().get(&"anna".into()).is_none());
    }
}
