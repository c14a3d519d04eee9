//! The processes that are killed and started again: one over SQLite, two over one PostgreSQL and one data folder.

use crate::ledger::Ledger;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use testing::{Berth, Random};

const BINARY: &str = env!("CARGO_BIN_EXE_berth");
const READY_LIMIT: Duration = Duration::from_secs(2);
/// Nothing is given up: as many attempts as a round of bad luck can need.
const ATTEMPTS: usize = 200;
const PAUSE: &str = "200ms";
/// A receiver that hangs costs so much, and a lease of a dead process some seconds more.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(1);

/// Where living servers are; a server is taken off the list before it is killed.
#[derive(Default)]
pub(crate) struct Roster(Mutex<Vec<Option<String>>>);

impl Roster {
    /// A random one of those that live.
    pub(crate) fn pick(&self, random: &mut Random) -> Option<String> {
        let addresses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let living: Vec<&String> = addresses.iter().flatten().collect();
        let index = random.below(u64::try_from(living.len()).ok()?);
        living.get(usize::try_from(index).ok()?).map(|address| (*address).clone())
    }

    pub(crate) fn is_alive(&self, address: &str) -> bool {
        let addresses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        addresses.iter().flatten().any(|other| other == address)
    }

    fn set(&self, server: usize, address: Option<String>) {
        let mut addresses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if addresses.len() <= server {
            addresses.resize(server + 1, None);
        }
        addresses[server] = address;
    }
}

/// The processes of one data folder.
pub(crate) struct Fleet {
    roster: Arc<Roster>,
    data: PathBuf,
    database: String,
    schedule: String,
    servers: Vec<Berth>,
    pub(crate) slowest_start: Duration,
}

impl Fleet {
    /// Starts `count` processes. An empty `database` is SQLite in the folder.
    pub(crate) fn start(roster: Arc<Roster>, data: &Path, database: &str, count: usize) -> Result<Self> {
        let mut fleet = Self {
            roster,
            data: data.to_owned(),
            database: database.to_owned(),
            schedule: [PAUSE; ATTEMPTS].join(","),
            servers: Vec::new(),
            slowest_start: Duration::ZERO,
        };
        for server in 0..count {
            let berth = fleet.start_one()?;
            fleet.roster.set(server, Some(berth.address.clone()));
            fleet.servers.push(berth);
        }
        Ok(fleet)
    }

    fn start_one(&mut self) -> Result<Berth> {
        let timeout = format!("{}ms", TIMEOUT.as_millis());
        let settings = [
            // Callbacks go to whichever server lives, whatever their address says.
            ("BERTH_URL", "http://berth.test"),
            ("BERTH_DATABASE_URL", &self.database),
            ("BERTH_WEBHOOK_SCHEDULE", &self.schedule),
            ("BERTH_WEBHOOK_TIMEOUT", &timeout),
            ("BERTH_API_TOKEN_TTL", "24h"),
        ];
        let (berth, start) = Berth::start_within(READY_LIMIT, &settings, Path::new(BINARY), &self.data)?;
        self.slowest_start = self.slowest_start.max(start);
        Ok(berth)
    }

    /// One of them, while nobody is killed.
    pub(crate) fn first(&self) -> Result<&Berth> {
        self.servers.first().context("no server")
    }

    /// Kills one of them, or all at once, and starts what was killed again.
    pub(crate) fn kill_some(&mut self, ledger: &Ledger, random: &mut Random) -> Result<()> {
        let count = self.servers.len();
        let choice = usize::try_from(random.below(u64::try_from(count + 1)?))?;
        let victims: Vec<usize> = if choice == count { (0..count).collect() } else { vec![choice] };
        let begun = Instant::now();
        for victim in &victims {
            self.roster.set(*victim, None);
        }
        for victim in &victims {
            self.servers[*victim].kill()?;
        }
        ledger.killed(begun);
        for victim in victims {
            let berth = self.start_one()?;
            self.roster.set(victim, Some(berth.address.clone()));
            self.servers[victim] = berth;
        }
        Ok(())
    }
}
