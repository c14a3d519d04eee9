//! Pulling, beside nginx sending the same bytes from files.

use crate::figures::{Outcome, best};
use crate::load::{self, Until};
use crate::peers::{Field, Peer, settle};
use crate::table::{Row, Target};
use anyhow::{Result, ensure};
use std::time::Duration;
use testing::http::Request;
use testing::{digest, noise};

const ROUNDS: usize = 4;
const MIB: usize = 1 << 20;
const SMALL_BLOBS: usize = 32;

/// One kind of pull: how large, how many different ones, how many connections, how long a round.
struct Kind {
    what: &'static str,
    size: usize,
    blobs: usize,
    connections: usize,
    until: Until,
    target: f64,
}

pub(crate) fn measure(field: &Field) -> Result<Vec<Row>> {
    let few = |what, size, count| Kind {
        what,
        size,
        blobs: 1,
        connections: 1,
        until: Until::Operations(count),
        target: 0.95,
    };
    let many = Kind {
        what: "pull 1 MiB, 16 at once",
        size: MIB,
        blobs: SMALL_BLOBS,
        connections: 16,
        until: Until::Passed(Duration::from_millis(1500)),
        target: 0.8,
    };
    let kinds = [few("pull 1 GiB", 1 << 30, 3), few("pull 64 MiB", 64 * MIB, 24), many];
    kinds.iter().map(|kind| one_kind(field, kind)).collect()
}

fn one_kind(field: &Field, kind: &Kind) -> Result<Row> {
    let paths = place(field, kind)?;
    let [berth, distribution] = field.registries();
    let peers = [berth, field.nginx(), distribution];
    settle()?;
    let mut figures = [Vec::new(), Vec::new(), Vec::new()];
    for round in 0..=ROUNDS {
        for (at, peer) in peers.iter().enumerate() {
            let outcome = pull(peer, kind, &paths[usize::from(at == 1)])?;
            // The first round only warms up.
            if round > 0 {
                figures[at].push(outcome.megabytes());
            }
        }
    }
    let [berth, nginx, distribution] = figures.map(best);
    let row = Row::new(kind.what, berth, "MB/s", Target::Ratio(kind.target)).beside("nginx", nginx);
    Ok(row.remark(format!("distribution 2.8: {distribution:.0}")))
}

/// Pushes the blobs and lays them down for nginx: the paths at a registry, and at nginx.
fn place(field: &Field, kind: &Kind) -> Result<[Vec<String>; 2]> {
    let mut paths = [Vec::new(), Vec::new()];
    for number in 0..kind.blobs {
        let seed = u64::try_from(kind.size + number)? << 8;
        let bytes = noise(seed, kind.size);
        let digest = digest(&bytes);
        for peer in field.registries() {
            peer.registry().push_blob(&digest, &bytes)?;
        }
        let file = format!("{}-{number}", kind.size);
        std::fs::write(field.served_folder().join(&file), &bytes)?;
        paths[0].push(format!("/v2/anna/bench/blobs/{digest}"));
        paths[1].push(format!("/{file}"));
    }
    Ok(paths)
}

fn pull(peer: &Peer, kind: &Kind, paths: &[String]) -> Result<Outcome> {
    let size = u64::try_from(kind.size)?;
    let is_registry = peer.name != "nginx";
    load::run(kind.connections, kind.until, || {
        let mut registry = peer.registry();
        if is_registry {
            registry.token()?;
        }
        Ok(move |number: usize| {
            let request = Request::get(&paths[number % paths.len()]);
            let request = if is_registry { registry.authorized(request)? } else { request };
            let reply = registry.connection.drain(&request)?.expect_status(200)?;
            ensure!(reply.length == size, "{} bytes", reply.length);
            Ok(reply.length)
        })
    })
}
