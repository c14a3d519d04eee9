//! How much somebody may do in a minute, kept in memory.

use crate::actor::Actor;
use model::{Error, Timestamp};
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// One household: an IPv4 address, or the /64 that an IPv6 host can move about in.
#[must_use]
pub fn block_of(source: IpAddr) -> IpAddr {
    match source.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6((u128::from(six) & !u128::from(u64::MAX)).into()),
        four @ IpAddr::V4(_) => four,
    }
}

/// A minute's budget, refilled steadily (GCRA): for each key the moment at which it will be full again.
pub struct Budget<K> {
    full_at: Mutex<HashMap<K, i64>>,
    /// Milliseconds in which one piece grows back.
    step: i64,
    /// Milliseconds in which all of them do.
    whole: i64,
}

/// Keys; those whose budget is full again are forgotten when there are more.
const ROOM: usize = 65_536;
const MINUTE: i64 = 60_000;

impl<K: Eq + Hash + Clone> Budget<K> {
    #[must_use]
    pub fn new(a_minute: u32) -> Self {
        let step = MINUTE / i64::from(a_minute.max(1));
        Self { full_at: Mutex::new(HashMap::new()), step, whole: step * i64::from(a_minute.max(1)) }
    }

    /// Takes a piece.
    ///
    /// # Errors
    /// `TooMany` when the budget is used up.
    pub fn take(&self, key: &K, now: Timestamp) -> Result<(), Error> {
        let mut keys = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= ROOM {
            keys.retain(|_, full_at| *full_at > now.0);
        }
        let full_at = keys.get(key).copied().unwrap_or(now.0).max(now.0) + self.step;
        let wait = full_at - now.0 - self.whole;
        if wait > 0 {
            let retry_after = u64::try_from(wait).unwrap_or_default().div_ceil(1000);
            return Err(Error::TooMany { retry_after });
        }
        keys.insert(key.clone(), full_at);
        Ok(())
    }

    /// The piece was not needed.
    pub fn put_back(&self, key: &K) {
        let mut keys = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(full_at) = keys.get_mut(key) {
            *full_at -= self.step;
        }
    }
}

/// How often signed-in people may do something that costs a commit or a processor.
#[derive(Debug, Clone, Copy)]
pub struct FloodLimits {
    pub a_minute_per_account: u32,
    pub a_minute_per_source: u32,
}

/// Budgets against floods: of each account, and of all accounts that one source uses.
pub(crate) struct Floods {
    accounts: Budget<String>,
    sources: Budget<IpAddr>,
}

impl Floods {
    pub(crate) fn new(limits: FloodLimits) -> Self {
        Self {
            accounts: Budget::new(limits.a_minute_per_account),
            sources: Budget::new(limits.a_minute_per_source),
        }
    }

    /// Lets one thing through, whatever becomes of it.
    ///
    /// # Errors
    /// `SignInNeeded`; `TooMany` when either budget is used up.
    pub(crate) fn take(&self, actor: &Actor, now: Timestamp) -> Result<(), Error> {
        self.accounts.take(&actor.signed_in()?.id, now)?;
        match actor.address() {
            Some(address) => self.sources.take(&block_of(address), now),
            None => Ok(()),
        }
    }
}
