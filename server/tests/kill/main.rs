//! kill -9 at random moments during parallel pushes: what was acknowledged is there afterwards, whole, without a
//! repair, within two seconds. `make kill-test` runs it; `BERTH_KILL_ROUNDS` changes the number of rounds.

mod ledger;
mod pusher;

use anyhow::{Context, Result};
use ledger::Ledger;
use pusher::{PUSHERS, push_until};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;
use testing::{Berth, Login, Random, kill_rounds};

const BINARY: &str = env!("CARGO_BIN_EXE_berth");
const ROUNDS: u64 = 200;
/// A fresh folder now and then, so that `fsck` of everything stays quick.
const ROUNDS_PER_FOLDER: u64 = 10;
const LONGEST_LIFE_MS: u64 = 2_000;
const READY_LIMIT: Duration = Duration::from_secs(2);

/// What the rounds add up to.
#[derive(Default)]
struct Figures {
    rounds: u64,
    blobs: usize,
    images: usize,
    slowest_start: Duration,
}

#[test]
#[ignore = "takes minutes: make kill-test"]
#[expect(clippy::print_stdout, reason = "its figures are what one runs it for")]
fn nothing_acknowledged_is_lost() -> Result<()> {
    let rounds = kill_rounds(ROUNDS)?;
    let mut figures = Figures::default();
    while figures.rounds < rounds {
        one_folder(&mut figures, rounds)?;
        println!(
            "{} rounds of kill -9 during {PUSHERS} parallel pushes: {} blobs and {} manifests with tags \
             acknowledged, 0 lost; slowest start until /readyz: {} ms",
            figures.rounds,
            figures.blobs,
            figures.images,
            figures.slowest_start.as_millis()
        );
    }
    Ok(())
}

/// Some rounds over one data folder. Everything acknowledged in any of them is looked at after each.
fn one_folder(figures: &mut Figures, rounds: u64) -> Result<()> {
    let folder = TempDir::new()?;
    let data = folder.path().join("data");
    let mut berth = Berth::start(Path::new(BINARY), &data)?;
    let anna = berth.add_user("anna")?;
    let mut ledgers: Vec<Ledger> = (0..PUSHERS).map(|_| Ledger::default()).collect();
    for _ in 0..ROUNDS_PER_FOLDER.min(rounds - figures.rounds) {
        let round = figures.rounds;
        push_and_kill(&mut berth, &anna, &mut ledgers, round)?;
        let started = Berth::start_within(READY_LIMIT, &[], Path::new(BINARY), &data);
        let (again, start) = started.with_context(|| format!("round {round}"))?;
        berth = again;
        figures.slowest_start = figures.slowest_start.max(start);
        for (pusher, ledger) in ledgers.iter_mut().enumerate() {
            let place = || format!("round {round}, pusher {pusher}");
            ledger.check(&berth.address, &anna, &repository(pusher)).with_context(place)?;
        }
        berth.fsck().with_context(|| format!("round {round}"))?;
        figures.rounds += 1;
    }
    figures.blobs += ledgers.iter().map(Ledger::blobs).sum::<usize>();
    figures.images += ledgers.iter().map(Ledger::manifests).sum::<usize>();
    Ok(())
}

fn repository(pusher: usize) -> String {
    format!("anna/kill-{pusher}")
}

/// Lets all push, and kills at a random moment.
fn push_and_kill(berth: &mut Berth, anna: &Login, ledgers: &mut [Ledger], round: u64) -> Result<()> {
    let stop = AtomicBool::new(false);
    let address = berth.address.clone();
    let life = Duration::from_millis(Random::from_entropy(round).below(LONGEST_LIFE_MS + 1));
    thread::scope(|scope| {
        let (stop, address) = (&stop, &address);
        for (pusher, ledger) in ledgers.iter_mut().enumerate() {
            let random = Random::from_entropy(round);
            scope.spawn(move || push_until(stop, address, anna, &repository(pusher), ledger, random));
        }
        thread::sleep(life);
        let killed = berth.kill();
        stop.store(true, Ordering::Relaxed);
        killed
    })
}
