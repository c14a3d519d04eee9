//! Deliveries a second at healthy receivers, out of a backlog.
//!
//! Each push is told to sixteen webhooks, each with a receiver of its own, so that neither what one webhook may have
//! under way nor one receiver is what is waited for. The pushes come as fast as they are taken, which is faster than
//! they can be told of: that is the backlog. The clock runs from the first push to the last delivery, so that making
//! runs of pushes counts too, and the pushes themselves.

use super::receiver::Receivers;
use super::site::{Pushes, Site};
use crate::figures::{best, real};
use crate::peers::Field;
use crate::table::{Row, Target};
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

const ROUNDS: usize = 3;
const WEBHOOKS: usize = 16;
const PUSHES: usize = 250;
const PUSHERS: usize = 8;
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn measure(field: &Field) -> Result<Vec<Row>> {
    let site = Site::start(field, "webhooks-throughput")?;
    let receivers = Receivers::start(WEBHOOKS)?;
    let repositories = [site.add_repository("app")?];
    for url in &receivers.urls {
        site.add_webhook(&repositories[0], url)?;
    }
    let mut rates = Vec::new();
    for round in 0..ROUNDS {
        let pushes = Pushes {
            repositories: &repositories,
            first: round * PUSHES,
            count: PUSHES,
            pushers: PUSHERS,
            pause: Duration::ZERO,
        };
        let pushed = site.push(&pushes)?;
        let begun = pushed.iter().map(|push| push.at - push.took).min().context("nothing was pushed")?;
        let arrivals = receivers.take(PUSHES * WEBHOOKS, PATIENCE)?;
        let ended: Instant = arrivals.iter().map(|arrival| arrival.at).max().context("nothing came")?;
        rates.push(real(u64::try_from(arrivals.len())?) / (ended - begun).as_secs_f64());
    }
    let each = rates.iter().map(|rate| format!("{rate:.0}")).collect::<Vec<_>>().join(", ");
    let row =
        Row::new("deliveries to 16 healthy receivers, SQLite", best(rates), "/s", Target::AtLeast(500.0));
    Ok(vec![row.remark(format!("rounds: {each}"))])
}
