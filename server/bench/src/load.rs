//! The load: some connections at once, each in a thread of its own, all started at one moment.

use crate::figures::Outcome;
use anyhow::{Context, Result};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long it goes on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Until {
    Operations(u64),
    Passed(Duration),
}

/// Lets `connections` workers work until it is over. `prepare` makes a worker before the clock starts (it logs in);
/// a worker gets the number of the operation and tells how many bytes it moved.
pub(crate) fn run<W>(
    connections: usize,
    until: Until,
    prepare: impl Fn() -> Result<W> + Sync,
) -> Result<Outcome>
where
    W: FnMut(usize) -> Result<u64>,
{
    let next = AtomicU64::new(0);
    let start = Barrier::new(connections + 1);
    thread::scope(|scope| {
        let (next, start, prepare) = (&next, &start, &prepare);
        let worker = move || {
            let worker = prepare();
            start.wait();
            work(worker?, next, until)
        };
        let workers: Vec<_> = (0..connections).map(|_| scope.spawn(worker)).collect();
        start.wait();
        let since = Instant::now();
        let mut times = Vec::new();
        let mut bytes = 0;
        for worker in workers {
            let (theirs, moved) = worker.join().ok().context("a worker died")??;
            times.extend(theirs);
            bytes += moved;
        }
        summary(times, bytes, since.elapsed())
    })
}

fn work<W>(mut worker: W, next: &AtomicU64, until: Until) -> Result<(Vec<Duration>, u64)>
where
    W: FnMut(usize) -> Result<u64>,
{
    let since = Instant::now();
    let mut times = Vec::new();
    let mut bytes = 0;
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let over = match until {
            Until::Operations(count) => number >= count,
            Until::Passed(span) => since.elapsed() >= span,
        };
        if over {
            return Ok((times, bytes));
        }
        let begun = Instant::now();
        bytes += worker(usize::try_from(number)?)?;
        times.push(begun.elapsed());
    }
}

fn summary(mut times: Vec<Duration>, bytes: u64, took: Duration) -> Result<Outcome> {
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    Ok(Outcome { operations: u64::try_from(times.len())?, bytes, took, median })
}
