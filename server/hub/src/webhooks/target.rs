//! Where webhooks may lead: the guard against requests to what only this machine can reach (BAR W12).
//!
//! A URL is looked at when it is saved and again whenever it is sent to; the addresses found here are the ones that
//! are connected to, so that a name can not mean something else meanwhile.

use model::network::{Network, is_public};
use model::webhook::URL_MOST;
use model::{Error, Problem};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket};
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};
use url::{Host, Url};

/// A name must be resolved in this time.
const PATIENCE: Duration = Duration::from_secs(5);
/// Names that are being resolved at once. Silent name servers hold up only this many.
static LOOK_UPS: Semaphore = Semaphore::const_new(512);
/// Ports above 1023 at which a request could do harm: databases, caches, X11, IRC.
const OTHERS_PORTS: [u16; 14] =
    [2049, 3306, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6667, 6697, 9200, 11211, 27017];

/// Whom the operator lets webhooks reach beside the public: none by default.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    allowed: Vec<Network>,
    /// The hub's own host and port.
    own: (String, u16),
}

/// Why nothing is sent to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this is no http(s) URL without a user name")]
    Url,
    #[error("this port is not for webhooks")]
    Port,
    #[error("this leads to the hub itself")]
    Own,
    #[error("this leads to a network that is not public")]
    Network,
    #[error("the name can not be resolved")]
    Unknown,
}

impl Reach {
    /// `url` is the hub's own.
    #[must_use]
    pub fn new(allowed: Vec<Network>, url: &str) -> Self {
        let own = Url::parse(url).ok();
        let host = own.as_ref().and_then(|url| url.host_str()).unwrap_or_default().to_owned();
        let port = own.and_then(|url| url.port_or_known_default()).unwrap_or_default();
        Self { allowed, own: (host, port) }
    }

    /// What can be said of a URL without asking anybody. Odd spellings of addresses (`0x7f.1`, `2130706433`) are
    /// what the WHATWG URL standard makes of them.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn check(&self, text: &str) -> Result<Url, Refused> {
        if text.len() > URL_MOST {
            return Err(Refused::Url);
        }
        let url = Url::parse(text).map_err(|_| Refused::Url)?;
        let is_plain =
            matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        let port = url.port_or_known_default().filter(|_| is_plain).ok_or(Refused::Url)?;
        if !(matches!(port, 80 | 443) || port > 1023 && !OTHERS_PORTS.contains(&port)) {
            return Err(Refused::Port);
        }
        let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_owned();
        if (host.as_str(), port) == (self.own.0.as_str(), self.own.1) {
            return Err(Refused::Own);
        }
        match url.host() {
            Some(Host::Ipv4(address)) => self.admit(address.into())?,
            Some(Host::Ipv6(address)) => self.admit(address.into())?,
            Some(Host::Domain(_)) => {}
            None => return Err(Refused::Url),
        }
        Ok(url)
    }

    /// The addresses of a host. One that is not admitted refuses them all.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn resolve(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, Refused> {
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let found = tokio::time::timeout(PATIENCE, look_up(host, port)).await;
        let found = found.ok().flatten().filter(|found| !found.is_empty()).ok_or(Refused::Unknown)?;
        found.iter().try_for_each(|address| self.admit(address.ip()))?;
        Ok(found)
    }

    fn admit(&self, address: IpAddr) -> Result<(), Refused> {
        if self.allowed.iter().any(|network| network.contains(address)) {
            Ok(())
        } else if !is_public(address) {
            Err(Refused::Network)
        } else if is_ours(address) {
            Err(Refused::Own)
        } else {
            Ok(())
        }
    }

    /// For a form: what is wrong with its `field`. A name that nobody knows yet is let through; it is asked for again
    /// whenever something is sent.
    pub(super) async fn check_field(&self, field: &'static str, text: &str) -> Result<String, Error> {
        let text = text.trim();
        let refuse = |refused| Error::field(field, problem(refused));
        let url = self.check(text).map_err(refuse)?;
        match self.resolve(url.host_str().unwrap_or_default(), 0).await {
            Ok(_) | Err(Refused::Unknown) => Ok(text.to_owned()),
            Err(refused) => Err(refuse(refused)),
        }
    }
}

/// Each name on a thread of its own: a silent name server holds a thread for long, and files are read and written on
/// those that the runtime has for waiting. `None`: nobody knows the name.
async fn look_up(host: String, port: u16) -> Option<Vec<SocketAddr>> {
    let permit = LOOK_UPS.acquire().await.ok()?;
    let (sender, found) = oneshot::channel();
    let job = move || {
        let found = (host.as_str(), port).to_socket_addrs().map(Iterator::collect);
        drop(permit);
        // Whoever asked may have gone.
        sender.send(found).ok();
    };
    std::thread::Builder::new().name("names".into()).spawn(job).ok()?;
    found.await.ok()?.ok()
}

/// Whether an address of the public is this machine's own: from here its ports are open that a firewall before it
/// closes. What goes to oneself comes from the same address, which the kernel tells without sending anything.
fn is_ours(address: IpAddr) -> bool {
    let address = address.to_canonical();
    let any: IpAddr = match address {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let source = UdpSocket::bind((any, 0)).and_then(|socket| {
        socket.connect((address, 9))?;
        socket.local_addr()
    });
    source.is_ok_and(|source| source.ip() == address)
}

fn problem(refused: Refused) -> Problem {
    match refused {
        Refused::Url | Refused::Unknown => Problem::BadUrl,
        Refused::Port | Refused::Own | Refused::Network => Problem::NotPublic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach() -> Reach {
        Reach::new(Vec::new(), "https://hub.example")
    }

    #[test]
    fn only_plain_urls_of_the_public_are_taken() {
        for good in [
            "https://ci.example/hook",
            "http://ci.example:8080/?a=b",
            "https://1.1.1.1/",
            "http://例子.example/",
        ] {
            assert!(reach().check(good).is_ok(), "{good}");
        }
        assert_eq!(
            reach().check(&format!("https://ci.example/{}", "a".repeat(10_240))).err(),
            Some(Refused::Url)
        );
    }

    /// The list that tests with a network are asked too, by every door.
    const CORPUS: &str = include_str!("../../../tests/clients/webhook_reach/corpus.txt");

    #[test]
    fn each_url_of_the_corpus_is_seen_through() {
        let reach = Reach::new(Vec::new(), "http://hub.test:8080");
        let lines = CORPUS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines {
            let (reason, url) = line.split_once(' ').unwrap();
            let expected = match reason {
                "url" => Some(Refused::Url),
                "port" => Some(Refused::Port),
                "own" => Some(Refused::Own),
                "network" => Some(Refused::Network),
                "place" => None,
                other => panic!("{other}"),
            };
            assert_eq!(reach.check(url.trim()).err(), expected, "{line}");
        }
    }

    #[test]
    fn the_operator_lets_networks_in_but_not_the_hub_itself() {
        let here = Reach::new(vec!["127.0.0.0/8".parse().unwrap()], "http://127.0.0.1:8080");
        assert!(here.check("http://127.0.0.1:9000/").is_ok());
        assert!(here.check("http://[::ffff:127.0.0.1]:9000/").is_ok());
        assert_eq!(here.check("http://127.0.0.1:8080/").err(), Some(Refused::Own));
        assert_eq!(here.check("http://2130706433:8080/").err(), Some(Refused::Own));
        assert_eq!(here.check("http://10.0.0.1/").err(), Some(Refused::Network));
    }

    #[test]
    fn this_machine_s_addresses_are_its_own() {
        assert!(is_ours("127.0.0.1".parse().unwrap()));
        assert!(is_ours("::ffff:127.0.0.1".parse().unwrap()));
        assert!(!is_ours("1.1.1.1".parse().unwrap()));
        assert!(!is_ours("2606:4700::1111".parse().unwrap()));
    }

    #[tokio::test]
    async fn names_are_looked_behind() {
        assert!(reach().check("http://localhost:9000/").is_ok(), "only its addresses tell");
        assert_eq!(reach().resolve("localhost", 9000).await, Err(Refused::Network));
        let here =
            Reach::new(vec!["127.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()], "https://hub.example");
        assert!(!here.resolve("localhost", 9000).await.unwrap().is_empty());
    }
}
