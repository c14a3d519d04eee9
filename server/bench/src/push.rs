//! Pushing: one large blob, many small ones at once, very small ones one after the other.

use crate::figures::{Outcome, best};
use crate::load::{self, Until};
use crate::peers::{Field, Peer, settle};
use crate::table::{Row, Target};
use anyhow::Result;
use testing::{digest, noise};

const ROUNDS: u64 = 3;
const MIB: usize = 1 << 20;
const SMALL_BLOBS: usize = 384;
const TINY_BLOBS: usize = 1000;

type Blob = (String, Vec<u8>);

pub(crate) fn measure(field: &Field) -> Result<Vec<Row>> {
    let peers = field.registries();
    for peer in &peers {
        push_all(peer, &blobs(0, 1, MIB), 1)?;
    }
    let megabytes: fn(&Outcome) -> f64 = Outcome::megabytes;
    let count: fn(&Outcome) -> f64 = Outcome::per_second;
    Ok(vec![
        rounds(&peers, "push 1 GiB, one stream", ("MB/s", 2.0), (1, 1 << 30), 1, megabytes)?,
        rounds(&peers, "push 1 MiB, 16 at once", ("MB/s", 2.0), (SMALL_BLOBS, MIB), 16, megabytes)?,
        rounds(&peers, "push 1000 x 4 KiB, in turn", ("/s", 3.0), (TINY_BLOBS, 4096), 1, count)?,
    ])
}

/// The same fresh blobs to each peer, in turn.
fn rounds(
    peers: &[Peer; 2],
    what: &str,
    (unit, target): (&'static str, f64),
    (count, size): (usize, usize),
    connections: usize,
    figure: fn(&Outcome) -> f64,
) -> Result<Row> {
    let mut figures = [Vec::new(), Vec::new()];
    for round in 1..=ROUNDS {
        let blobs = blobs(round, count, size);
        for (peer, figures) in peers.iter().zip(&mut figures) {
            settle()?;
            figures.push(figure(&push_all(peer, &blobs, connections)?));
        }
    }
    let [berth, other] = figures.map(best);
    Ok(Row::new(what, berth, unit, Target::Ratio(target)).beside(peers[1].name, other))
}

/// Blobs that no earlier round had.
fn blobs(round: u64, count: usize, size: usize) -> Vec<Blob> {
    let seed = round << 32 | u64::from(u32::try_from(size).unwrap_or(u32::MAX));
    let bytes = noise(seed, count * size);
    if count == 1 {
        return vec![(digest(&bytes), bytes)];
    }
    bytes.chunks_exact(size).map(|chunk| (digest(chunk), chunk.to_vec())).collect()
}

pub(crate) fn push_all(peer: &Peer, blobs: &[Blob], connections: usize) -> Result<Outcome> {
    let count = u64::try_from(blobs.len())?;
    load::run(connections, Until::Operations(count), || {
        let mut registry = peer.registry();
        registry.token()?;
        Ok(move |number: usize| {
            let (digest, bytes) = &blobs[number];
            registry.push_blob(digest, bytes)?;
            Ok(u64::try_from(bytes.len())?)
        })
    })
}
