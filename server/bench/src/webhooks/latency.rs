//! From the 201 of a push to its first POST at a healthy receiver, while a hundred others never answer.
//!
//! The hung ones are where they hurt: half of them beside a healthy webhook on one repository, the others on two
//! more, all of which are pushed to. All have answered before, so that they are trusted as far as any receiver is. The
//! pushes come evenly, and for longer than a receiver's time to answer, so that failures are written down meanwhile.

use super::receiver::Receivers;
use super::site::{Pushed, Pushes, Repository, Site, number};
use crate::figures::{milliseconds, percentile};
use crate::peers::Field;
use crate::table::{Row, Target};
use anyhow::{Context, Result};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Name and hung webhooks of each repository; each has a healthy one too. At most 50 are allowed.
const REPOSITORIES: [(&str, usize); 4] = [("crowded", 49), ("shared", 25), ("other", 26), ("alone", 0)];
const PUSHES: usize = 1000;
const PUSHERS: usize = 8;
/// A thousand take 20 s.
const PAUSE: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn measure(field: &Field) -> Result<Vec<Row>> {
    let site = Site::start(field, "webhooks-latency")?;
    let hung = Receivers::start(REPOSITORIES.iter().map(|(_, count)| count).sum())?;
    let healthy = Receivers::start(REPOSITORIES.len())?;
    let repositories = settle_down(&site, &hung, &healthy)?;
    let push = |first, count| {
        site.push(&Pushes { repositories: &repositories, first, count, pushers: PUSHERS, pause: PAUSE })
    };
    push(PUSHES, REPOSITORIES.len())?;
    hung.take(hung.urls.len(), PATIENCE)?;
    healthy.take(healthy.urls.len(), PATIENCE)?;
    hung.hang();
    let pushed = push(0, PUSHES)?;
    let arrivals = healthy.take(PUSHES, PATIENCE)?;
    let mut first: HashMap<usize, Instant> = HashMap::new();
    for arrival in &arrivals {
        let seen = first.entry(number(&arrival.tag()?)?).or_insert(arrival.at);
        *seen = arrival.at.min(*seen);
    }
    rows(&pushed, &first, hung.count())
}

fn settle_down(site: &Site, hung: &Receivers, healthy: &Receivers) -> Result<Vec<Repository>> {
    let mut hung = hung.urls.iter();
    let mut repositories = Vec::new();
    for ((name, count), url) in REPOSITORIES.iter().zip(&healthy.urls) {
        let repository = site.add_repository(name)?;
        // The healthy one is the last to be asked: it is behind all the others.
        for url in hung.by_ref().take(*count).chain([url]) {
            site.add_webhook(&repository, url)?;
        }
        repositories.push(repository);
    }
    Ok(repositories)
}

fn rows(pushed: &[Pushed], first: &HashMap<usize, Instant>, attempts: usize) -> Result<Vec<Row>> {
    let mut all = Vec::new();
    let mut each = vec![Vec::new(); REPOSITORIES.len()];
    for push in pushed {
        let arrived = first.get(&push.number).context("a push that nobody was told of")?;
        // The POST may come before the 201 has been read.
        let took = arrived.saturating_duration_since(push.at);
        all.push(took);
        each[push.number % REPOSITORIES.len()].push(took);
    }
    let each = |hundredth| {
        let figure = |((name, hung), times): (&(&str, usize), &Vec<Duration>)| {
            format!("{name} ({hung} hung) {:.1}", milliseconds(percentile(times, hundredth)))
        };
        REPOSITORIES.iter().zip(&each).map(figure).collect::<Vec<_>>().join(", ")
    };
    let row = |hundredth, most| {
        let what = format!("commit to first POST, p{hundredth}, 100 hung receivers");
        Row::new(&what, milliseconds(percentile(&all, hundredth)), "ms", Target::AtMost(most))
    };
    let attempts = format!("{}; {attempts} attempts at the hung ones", each(99));
    Ok(vec![row(50, 50.0).remark(each(50)), row(99, 1000.0).remark(attempts)])
}
