//! Clients that push images to whichever server lives, and write down what was acknowledged.

use crate::fleet::Roster;
use crate::ledger::Ledger;
use crate::plan;
use anyhow::Result;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;
use testing::http::Connection;
use testing::{Login, Random, Registry, digest, image_config, image_manifest};

/// As many as there are repositories, and one more for some of them.
pub(crate) const PUSHERS: usize = 8;
/// People push now and then: what is pushed must also be delivered between the kills.
const LONGEST_PAUSE_MS: u64 = 150;
const NOBODY_LIVES: Duration = Duration::from_millis(5);
const LARGEST_LAYER: u64 = 4 << 10;

/// Pushes to one repository until `stop`.
pub(crate) fn push_until(
    stop: &AtomicBool,
    roster: &Roster,
    ledger: &Ledger,
    anna: &Login,
    repository: usize,
    mut random: Random,
) {
    let mut registry = Registry::new("", &plan::repository(repository), Some(anna));
    while !stop.load(Ordering::Relaxed) {
        let Some(address) = roster.pick(&mut random) else {
            sleep(NOBODY_LIVES);
            continue;
        };
        let pushed = push(&mut registry, &address, ledger, repository, &mut random);
        if let Err(error) = pushed
            && roster.is_alive(&address)
        {
            ledger.fault(format!("a living server refused a push: {error:#}"));
        }
        sleep(Duration::from_millis(random.below(LONGEST_PAUSE_MS)));
    }
}

/// Pushes an image under a new tag.
pub(crate) fn push(
    registry: &mut Registry,
    address: &str,
    ledger: &Ledger,
    repository: usize,
    random: &mut Random,
) -> Result<()> {
    registry.connection = Connection::new(address);
    let length = usize::try_from(1 + random.below(LARGEST_LAYER))?;
    let layer = random.bytes(length);
    let config = image_config(&digest(&layer));
    registry.push_blob(&digest(&layer), &layer)?;
    registry.push_blob(&digest(&config), &config)?;
    // Over a new connection nothing is asked twice: that would be a second push.
    registry.connection = Connection::new(address);
    let number = ledger.push_asked(repository)?;
    registry.push_manifest(&plan::tag(number), &image_manifest(&config, &layer))?;
    ledger.push_acknowledged(number)
}
