//! What a webhook costs a push: the time of manifest PUTs to a repository that has one and to one that has none,
//! round by round in turn. The pushes come evenly, so that each delivery falls among the pushes after it.

use super::receiver::Receivers;
use super::site::{Pushes, Repository, Site};
use crate::figures::{milliseconds, percentile};
use crate::peers::Field;
use crate::table::{Row, Target};
use anyhow::Result;
use std::time::Duration;

const ROUNDS: usize = 12;
const PUSHES: usize = 400;
const PUSHERS: usize = 4;
const PAUSE: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn measure(field: &Field) -> Result<Vec<Row>> {
    let site = Site::start(field, "webhooks-pushes")?;
    let receiver = Receivers::start(1)?;
    let told = [site.add_repository("told")?];
    let untold = [site.add_repository("untold")?];
    site.add_webhook(&told[0], &receiver.urls[0])?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let theirs = push(&site, &untold, round)?;
        let ours = push(&site, &told, round)?;
        receiver.take(PUSHES, PATIENCE)?;
        // The first round only warms up.
        if round > 0 {
            with.extend(ours);
            without.extend(theirs);
        }
    }
    let figure = |times: &[Duration], hundredth| milliseconds(percentile(times, hundredth));
    let row = Row::new("a push's own p99, with a webhook", figure(&with, 99), "ms", Target::RatioAtMost(1.1));
    let row = row.beside("without", figure(&without, 99));
    let halves = format!("p50 {:.2} and {:.2} ms", figure(&with, 50), figure(&without, 50));
    Ok(vec![row.remark(halves)])
}

fn push(site: &Site, repositories: &[Repository], round: usize) -> Result<Vec<Duration>> {
    let first = round * PUSHES;
    let pushes = Pushes { repositories, first, count: PUSHES, pushers: PUSHERS, pause: PAUSE };
    Ok(site.push(&pushes)?.iter().map(|push| push.took).collect())
}
