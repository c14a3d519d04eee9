//! kill -9 at random moments during pushes and deliveries of webhooks: no push is lost, no step is skipped or doubled,
//! and only what was under way comes twice, with the same id (SPEC R4.7). On SQLite, and on PostgreSQL with two
//! processes. `make kill-test` runs it; `BERTH_KILL_ROUNDS` changes the number of rounds.

mod check;
mod figures;
mod fleet;
mod folder;
mod history;
mod ledger;
mod plan;
mod pusher;
mod receivers;
mod run_check;

use anyhow::{Context, Result};
use figures::Figures;
use testing::{TestDatabase, kill_rounds};

const ROUNDS: u64 = 100;
/// A fresh folder now and then, so that looking at everything stays quick.
const ROUNDS_PER_FOLDER: u64 = 10;

#[test]
#[ignore = "takes minutes: make kill-test"]
fn nothing_is_lost_on_sqlite() -> Result<()> {
    kill_and_check("SQLite", 1, || Some(String::new()))
}

#[test]
#[ignore = "takes minutes: make kill-test"]
fn nothing_is_lost_on_postgresql_with_two_processes() -> Result<()> {
    kill_and_check("PostgreSQL, two processes", 2, || Some(TestDatabase::postgres()?.url))
}

/// Rounds over `processes`; `new_database` makes the URL of an empty database, or there is none here.
#[expect(clippy::print_stdout, reason = "its figures are what one runs it for")]
fn kill_and_check(name: &'static str, processes: usize, new_database: fn() -> Option<String>) -> Result<()> {
    let rounds = kill_rounds(ROUNDS)?;
    let mut figures = Figures::of(name);
    while figures.rounds < rounds {
        let Some(url) = new_database() else { return Ok(()) };
        let count = ROUNDS_PER_FOLDER.min(rounds - figures.rounds);
        folder::run(&url, processes, count, &mut figures)
            .with_context(|| format!("after {} rounds", figures.rounds))?;
        println!("{figures}");
    }
    Ok(())
}
