//! `make bench`: Berth, Debian's `docker-registry` (CNCF distribution 2.8) and nginx on one machine in one run,
//! round by round in turn, as ratios. The best round of each counts; machines are noisy.
//!
//! `BERTH_BENCH_EARLIER` names an earlier build of Berth, to see what a change costs.
//!
//! `bench BERTH [WORD]`: the program to measure, and only the measurements whose name has the word.

mod earlier;
mod figures;
mod load;
mod manifests;
mod memory;
mod pages;
mod peers;
mod pull;
mod push;
mod replay;
mod search;
mod table;
mod tags;
mod webhooks;

use anyhow::{Context, Result};
use peers::Field;
use std::path::PathBuf;
use table::Row;

type Measurement = fn(&Field) -> Result<Vec<Row>>;

/// In the order of the table. Memory first: it starts a program of its own, on a quiet machine.
const MEASUREMENTS: [(&str, Measurement); 10] = [
    ("memory", memory::measure),
    ("push", push::measure),
    ("pull", pull::measure),
    ("manifests", manifests::measure),
    ("earlier", earlier::measure),
    ("tags", tags::measure),
    ("pages", pages::measure),
    ("webhooks", webhooks::measure),
    ("search on sqlite", search::measure_sqlite),
    ("search on postgres", search::measure_postgres),
];

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let binary = PathBuf::from(words.next().context("usage: bench BERTH [WORD]")?);
    let only = words.next().unwrap_or_default();
    let field = Field::start(binary)?;
    let (mut rows, mut failure) = (Vec::new(), Ok(()));
    for (name, measure) in MEASUREMENTS.iter().filter(|(name, _)| name.contains(&only)) {
        table::progress(name);
        match measure(&field).with_context(|| (*name).to_owned()) {
            Ok(measured) => rows.extend(measured),
            // What was measured so far took minutes.
            Err(error) => {
                failure = Err(error);
                break;
            }
        }
    }
    table::print(&rows);
    failure
}
