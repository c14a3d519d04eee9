//! Manifests by tag, 16 at once: Berth with a bearer token, its peer without.

use crate::figures::{Outcome, best};
use crate::load::{self, Until};
use crate::peers::{Field, Peer};
use crate::replay::Replay;
use crate::table::{Row, Target};
use anyhow::Result;
use std::time::Duration;
use testing::MANIFEST;
use testing::http::Request;

const ROUNDS: usize = 3;
const CONNECTIONS: usize = 16;
const ROUND: Duration = Duration::from_secs(2);
const WARM_UP: Duration = Duration::from_millis(300);

pub(crate) fn measure(field: &Field) -> Result<Vec<Row>> {
    let peers = field.registries();
    for peer in &peers {
        peer.registry().push_image("latest", b"a layer")?;
    }
    ["GET", "HEAD"].iter().map(|method| one_method(&peers, method, ROUNDS, Target::Ratio(10.0))).collect()
}

/// Berth and another one in turn.
pub(crate) fn one_method(
    peers: &[Peer; 2],
    method: &'static str,
    rounds: usize,
    target: Target,
) -> Result<Row> {
    let mut figures = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for (peer, figures) in peers.iter().zip(&mut figures) {
            ask(peer, method, "manifests/latest", CONNECTIONS, WARM_UP)?;
            figures.push(ask(peer, method, "manifests/latest", CONNECTIONS, ROUND)?.per_second());
        }
    }
    let [berth, other] = figures.map(best);
    let what = format!("manifest {method} by tag, 16 at once");
    Ok(Row::new(&what, berth, "/s", target).beside(peers[1].name, other))
}

/// Asks one thing again and again.
pub(crate) fn ask(
    peer: &Peer,
    method: &'static str,
    rest: &str,
    connections: usize,
    span: Duration,
) -> Result<Outcome> {
    load::run(connections, Until::Passed(span), || {
        let mut registry = peer.registry();
        let path = registry.path(rest);
        let request = registry.authorized(Request::new(method, &path).header("Accept", MANIFEST))?;
        let mut replay = Replay::new(&peer.address, &request)?;
        Ok(move |_| replay.again())
    })
}
