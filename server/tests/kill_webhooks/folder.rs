//! Some rounds over one data folder: everything pushes, delivers and reports while servers are killed; then all comes
//! to its end and is looked at.

use crate::check::check;
use crate::figures::Figures;
use crate::fleet::{Fleet, Roster};
use crate::history::Api;
use crate::ledger::Ledger;
use crate::plan::{self, REPOSITORIES, Webhook};
use crate::pusher::{PUSHERS, push, push_until};
use crate::receivers::{self, CALLERS, report_until};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use testing::{Login, Random, Registry};

const LONGEST_LIFE_MS: u64 = 2_000;
/// In a life as long as this there is time to look at everything that is stored.
const FSCK_LIFE: Duration = Duration::from_secs(1);
const DRAIN_LIMIT: Duration = Duration::from_secs(120);
const LOOK_EVERY: Duration = Duration::from_millis(500);
const FAULTS_SHOWN: usize = 20;

/// What all threads of a folder share.
struct Scene {
    roster: Arc<Roster>,
    ledger: Arc<Ledger>,
    anna: Login,
    webhooks: Vec<Webhook>,
    pushes_end: AtomicBool,
    reports_end: AtomicBool,
}

/// Runs `rounds`, and adds what they were to `figures`.
pub(crate) fn run(database: &str, processes: usize, rounds: u64, figures: &mut Figures) -> Result<()> {
    let (folder, roster, ledger) =
        (TempDir::new()?, Arc::new(Roster::default()), Arc::new(Ledger::default()));
    let (sender, reports) = channel();
    let receiver = receivers::start(Arc::clone(&ledger), sender)?;
    let mut fleet = Fleet::start(Arc::clone(&roster), &folder.path().join("data"), database, processes)?;
    let anna = fleet.first()?.add_user("anna")?;
    let webhooks = Api::new(fleet.first()?, &anna)?.set_up(&receiver.url)?;
    let (pushes_end, reports_end) = (AtomicBool::new(false), AtomicBool::new(false));
    let scene = Scene { roster, ledger, anna, webhooks, pushes_end, reports_end };
    let reports = Mutex::new(reports);
    let drain = thread::scope(|scope| {
        for caller in 0..CALLERS {
            let (scene, reports, random) = (&scene, &reports, Random::from_entropy(caller));
            let Scene { reports_end, roster, ledger, webhooks, .. } = scene;
            scope.spawn(move || report_until(reports_end, roster, ledger, webhooks, reports, random));
        }
        let drain = scene.push_and_kill(&mut fleet, rounds).and_then(|()| scene.drain(&fleet));
        scene.reports_end.store(true, Ordering::Relaxed);
        drain
    })?;
    fleet.first()?.fsck()?;
    figures.rounds += rounds;
    figures.slowest_start = figures.slowest_start.max(fleet.slowest_start);
    figures.longest_drain = figures.longest_drain.max(drain);
    scene.check(&fleet, figures)
}

impl Scene {
    /// Lets all push, and kills at random moments.
    fn push_and_kill(&self, fleet: &mut Fleet, rounds: u64) -> Result<()> {
        thread::scope(|scope| {
            for pusher in 0..PUSHERS {
                let random = Random::from_entropy(rounds);
                let Self { pushes_end, roster, ledger, anna, .. } = self;
                let repository = pusher % REPOSITORIES;
                scope.spawn(move || push_until(pushes_end, roster, ledger, anna, repository, random));
            }
            let killed = (0..rounds).try_for_each(|round| {
                live_and_die(fleet, &self.ledger).with_context(|| format!("round {round} of this folder"))
            });
            self.pushes_end.store(true, Ordering::Relaxed);
            killed
        })
    }

    /// Waits until every run is over, or has had its time: how long that took.
    fn drain(&self, fleet: &Fleet) -> Result<Duration> {
        let since = Instant::now();
        // Pushes are told in their order: when these are, so are all before them, also the unacknowledged.
        let mut random = Random::from_entropy(0);
        for repository in 0..REPOSITORIES {
            let mut registry = Registry::new("", &plan::repository(repository), Some(&self.anna));
            push(&mut registry, &fleet.first()?.address, &self.ledger, repository, &mut random)?;
        }
        let mut api = Api::new(fleet.first()?, &self.anna)?;
        let mut before = None;
        loop {
            let (open, runs) = self.open(&mut api)?;
            // Twice, since another process may have been about to write a run down.
            if open == 0 && before == Some(runs) {
                return Ok(since.elapsed());
            }
            if since.elapsed() > DRAIN_LIMIT {
                // What is missing is said when everything is looked at.
                self.ledger.fault(format!("{open} of {runs} runs are not over after {DRAIN_LIMIT:?}"));
                return Ok(since.elapsed());
            }
            before = (open == 0).then_some(runs);
            sleep(LOOK_EVERY);
        }
    }

    /// Runs that are missing or not over, and how many there are at all.
    fn open(&self, api: &mut Api) -> Result<(usize, usize)> {
        let (mut open, mut all) = (0, 0);
        for webhook in &self.webhooks {
            let runs = api.runs(webhook)?;
            let told: BTreeSet<u64> = runs.iter().map(|run| run.push).collect();
            let pushes = &self.ledger.record().pushes;
            let awaited = (0..).zip(pushes).filter(|(_, push)| push.is_acknowledged);
            let awaited = awaited.filter(|(_, push)| push.repository == webhook.repository);
            open += awaited.filter(|(number, _)| !told.contains(number)).count();
            open += runs.iter().filter(|run| run.state == "running").count();
            all += runs.len();
        }
        Ok((open, all))
    }

    fn check(&self, fleet: &Fleet, figures: &mut Figures) -> Result<()> {
        let mut api = Api::new(fleet.first()?, &self.anna)?;
        let faults = check(&self.ledger.record(), &self.webhooks, &mut api, figures)?;
        let shown = faults.iter().take(FAULTS_SHOWN).map(String::as_str).collect::<Vec<_>>().join("\n");
        ensure!(faults.is_empty(), "{} faults:\n{shown}", faults.len());
        Ok(())
    }
}

/// A life of random length: it ends with a kill, and the next one begins.
fn live_and_die(fleet: &mut Fleet, ledger: &Ledger) -> Result<()> {
    let (since, mut random) = (Instant::now(), Random::from_entropy(0));
    let life = Duration::from_millis(random.below(LONGEST_LIFE_MS + 1));
    if life > FSCK_LIFE {
        fleet.first()?.fsck()?;
    }
    sleep(life.saturating_sub(since.elapsed()));
    fleet.kill_some(ledger, &mut random)
}
