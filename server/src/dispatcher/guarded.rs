//! A client that connects only to addresses that the hub admits: what was checked is what is dialled.

use hub::{Hub, Refused};
use reqwest::Client;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use std::error::Error;
use std::time::Duration;

/// A connection must be there after this.
const CONNECT: Duration = Duration::from_secs(5);
const IDLE: Duration = Duration::from_secs(30);
const IDLE_MOST: usize = 8;

/// No redirects, no proxies, no decompression, and names resolved by the guard.
pub(super) fn client(hub: &Hub) -> Result<Client, reqwest::Error> {
    Client::builder()
        .user_agent(concat!("Berth/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .connect_timeout(CONNECT)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(IDLE_MOST)
        .dns_resolver(Guard(hub.clone()))
        .build()
}

struct Guard(Hub);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let hub = self.0.clone();
        Box::pin(async move {
            let found = hub.reach().resolve(name.as_str(), 0).await.map_err(refuse)?;
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

/// Counted: an operator sees that somebody tries.
pub(super) fn refuse(refused: Refused) -> Refused {
    if refused != Refused::Unknown {
        metrics::counter!("berth_webhook_refused_total").increment(1);
    }
    refused
}

/// The innermost cause, in a few words: the wrapping ones say only that something failed.
pub(super) fn why(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string().chars().take(200).collect()
}
