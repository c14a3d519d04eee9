//! The first hundred of 10,000 tags.

use crate::figures::best;
use crate::load::{self, Until};
use crate::manifests::ask;
use crate::peers::{Field, Peer};
use crate::table::{Row, Target};
use anyhow::Result;
use std::fs;
use std::time::Duration;

const TAGS: u64 = 10_000;
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_secs(1);
const PUSHERS: usize = 8;

pub(crate) fn measure(field: &Field) -> Result<Vec<Row>> {
    let peers = field.registries();
    push_tags(&peers[0])?;
    lay_tags_down(field, &peers[1])?;
    let mut figures = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (peer, figures) in peers.iter().zip(&mut figures) {
            figures.push(ask(peer, "GET", "tags/list?n=100", 1, ROUND)?.per_second());
        }
    }
    let [berth, other] = figures.map(best);
    let row = Row::new("tags/list?n=100 of 10,000", berth, "/s", Target::Ratio(20.0));
    Ok(vec![row.beside(peers[1].name, other).remark("it has no pages: it answers with all".into())])
}

fn push_tags(berth: &Peer) -> Result<()> {
    let manifest = berth.registry().push_image("t0", b"a tagged layer")?;
    load::run(PUSHERS, Until::Operations(TAGS), || {
        let mut registry = berth.registry();
        registry.token()?;
        let manifest = &manifest;
        Ok(move |number| registry.push_manifest(&format!("t{number}"), manifest).map(|()| 0))
    })?;
    Ok(())
}

/// distribution keeps a tag as a folder: copies of one that was pushed cost it nothing and us a second.
fn lay_tags_down(field: &Field, peer: &Peer) -> Result<()> {
    peer.registry().push_image("t0", b"a tagged layer")?;
    let tags = field.distribution_tags();
    let link = fs::read(tags.join("t0/current/link"))?;
    for number in 1..TAGS {
        let current = tags.join(format!("t{number}/current"));
        fs::create_dir_all(&current)?;
        fs::write(current.join("link"), &link)?;
    }
    Ok(())
}
