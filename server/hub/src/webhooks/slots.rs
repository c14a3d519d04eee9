//! How much may be under way at once in one process: in all, at one host, and with receivers that did not prove
//! themselves. Hung receivers, however many there are, leave room for those that answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use url::{Position, Url};

/// Deliveries under way in all.
const IN_ALL: usize = 1024;
/// Of them those whose receiver failed last, or never took one.
const UNPROVEN: usize = IN_ALL / 2;
/// Of them those to one host and port.
const AT_ONE_HOST: usize = 128;

/// The places that deliveries take while they are under way.
#[derive(Debug, Clone, Default)]
pub struct Slots {
    taken: Arc<Mutex<Taken>>,
}

#[derive(Debug, Default)]
struct Taken {
    in_all: usize,
    unproven: usize,
    hosts: HashMap<String, usize>,
}

/// One place; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Slot {
    slots: Slots,
    host: String,
    is_healthy: bool,
}

impl Slots {
    /// A place for a delivery to `url`; `None`: there is no room for it now.
    pub(super) fn take(&self, url: &str, is_healthy: bool) -> Option<Slot> {
        let host = host_of(url);
        let mut taken = self.taken();
        let at_host = taken.hosts.get(&host).copied().unwrap_or_default();
        let is_unproven_full = !is_healthy && taken.unproven >= UNPROVEN;
        if taken.in_all >= IN_ALL || at_host >= AT_ONE_HOST || is_unproven_full {
            return None;
        }
        taken.in_all += 1;
        taken.unproven += usize::from(!is_healthy);
        taken.hosts.insert(host.clone(), at_host + 1);
        drop(taken);
        Some(Slot { slots: self.clone(), host, is_healthy })
    }

    /// There is no room for anything.
    pub(super) fn is_full(&self) -> bool {
        self.taken().in_all >= IN_ALL
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // Whoever panicked had counted already, or not yet.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.taken();
        taken.in_all -= 1;
        taken.unproven -= usize::from(!self.is_healthy);
        if let Some(at_host) = taken.hosts.get_mut(&self.host) {
            *at_host -= 1;
            if *at_host == 0 {
                taken.hosts.remove(&self.host);
            }
        }
    }
}

/// `example.com:8080`: what answers or hangs as one.
fn host_of(url: &str) -> String {
    Url::parse(url)
        .map_or_else(|_| String::new(), |url| url[Position::BeforeHost..Position::AfterPort].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(slots: &Slots, is_healthy: bool, url: impl Fn(usize) -> String) -> Vec<Slot> {
        (0..10_000).map_while(|number| slots.take(&url(number), is_healthy)).collect()
    }

    #[test]
    fn one_host_and_the_unproven_leave_room_for_others() {
        let slots = Slots::default();
        let crowd = fill(&slots, true, |number| format!("https://one.example/{number}"));
        assert_eq!(crowd.len(), AT_ONE_HOST);
        let hung = fill(&slots, false, |number| format!("https://{number}.example/"));
        assert_eq!(hung.len(), UNPROVEN);
        assert!(slots.take("https://one.example:8443/", true).is_some(), "another service of that host");
        assert!(!slots.is_full());
        let rest = fill(&slots, true, |number| format!("https://{number}.example/"));
        assert_eq!(crowd.len() + hung.len() + rest.len(), IN_ALL);
        assert!(slots.is_full());
        drop((crowd, hung, rest));
        assert!(slots.take("https://one.example/", false).is_some());
        assert!(slots.taken().hosts.is_empty(), "all were given back");
    }
}
