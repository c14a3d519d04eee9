//! Tokens that were verified already, by their text: a signature is checked once, not once a request.

use super::{Bearer, Door};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

pub(super) struct Kept {
    registry: Shelf,
    api: Shelf,
}

type Shelf = RwLock<HashMap<Box<str>, Arc<Bearer>>>;

/// Tokens; they live a minute, so this is a few hundred new ones a second.
const ROOM: usize = 8192;

/// Bytes of a token; those of real clients name a few repositories.
const LONGEST: usize = 4096;

impl Kept {
    pub(super) fn new() -> Self {
        Self { registry: Shelf::default(), api: Shelf::default() }
    }

    pub(super) fn get(&self, door: Door, token: &str) -> Option<Arc<Bearer>> {
        self.shelf(door).read().unwrap_or_else(PoisonError::into_inner).get(token).cloned()
    }

    pub(super) fn put(&self, door: Door, token: &str, bearer: Arc<Bearer>) {
        if token.len() > LONGEST {
            return;
        }
        let mut map = self.shelf(door).write().unwrap_or_else(PoisonError::into_inner);
        if map.len() >= ROOM {
            map.clear();
        }
        map.insert(token.into(), bearer);
    }

    fn shelf(&self, door: Door) -> &Shelf {
        match door {
            Door::Registry => &self.registry,
            Door::Api => &self.api,
        }
    }
}
