//! Where a request comes from: the peer, or what a trusted proxy says.

use crate::accept::Peer;
use crate::config::Network;
use axum::http::HeaderMap;
use std::net::{IpAddr, Ipv4Addr};

/// The proxies that are believed.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    trusted: Vec<Network>,
}

impl Sources {
    #[must_use]
    pub fn new(trusted: Vec<Network>) -> Self {
        Self { trusted }
    }

    /// The last address in the chain of forwarders that is not itself a trusted proxy.
    pub(super) fn find(&self, headers: &HeaderMap, peer: Option<Peer>) -> IpAddr {
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip()).to_canonical();
        if !self.trusts(peer) {
            return peer;
        }
        let lines: Vec<&str> =
            headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
        let mut source = peer;
        for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
            source = address.to_canonical();
            if !self.trusts(source) {
                break;
            }
        }
        source
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let sources = Sources::new(vec!["10.0.0.0/8".parse().unwrap()]);
        let peer = |text: &str| Some(Peer(format!("{text}:1").parse().unwrap()));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 192.0.2.1, 10.0.0.2".parse().unwrap());
        let home: IpAddr = "192.0.2.1".parse().unwrap();
        assert_eq!(sources.find(&headers, peer("10.0.0.1")), home);
        assert_eq!(sources.find(&headers, peer("203.0.113.9")), "203.0.113.9".parse::<IpAddr>().unwrap());
        assert_eq!(
            Sources::default().find(&headers, peer("127.0.0.1")),
            "127.0.0.1".parse::<IpAddr>().unwrap()
        );
    }
}
