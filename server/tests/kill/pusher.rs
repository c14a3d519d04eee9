//! One client that pushes images until the server is gone, and writes down what was acknowledged.

use crate::ledger::Ledger;
use anyhow::Result;
use std::sync::atomic::{AtomicBool, Ordering};
use testing::{Login, Random, Registry, digest, image_config, image_manifest, next_location};

pub(crate) const PUSHERS: usize = 8;
/// Few enough that most pushes move a tag.
const TAGS: u64 = 5;

/// Pushes until `stop`; the end of the connection is what ends most of them.
pub(crate) fn push_until(
    stop: &AtomicBool,
    address: &str,
    login: &Login,
    repository: &str,
    ledger: &mut Ledger,
    mut random: Random,
) {
    let mut registry = Registry::new(address, repository, Some(login));
    while !stop.load(Ordering::Relaxed) {
        if push(&mut registry, ledger, &mut random).is_err() && registry.token().is_err() {
            return;
        }
    }
}

fn push(registry: &mut Registry, ledger: &mut Ledger, random: &mut Random) -> Result<()> {
    let layer = layer(random)?;
    push_layer(registry, ledger, &layer, random)?;
    let config = image_config(&digest(&layer));
    registry.push_blob(&digest(&config), &config)?;
    ledger.blob_acknowledged(&config);
    let manifest = image_manifest(&config, &layer);
    let tag = format!("t{}", random.below(TAGS));
    ledger.tag_asked(&tag, &manifest);
    registry.push_manifest(&tag, &manifest)?;
    ledger.tag_acknowledged(&tag, manifest);
    Ok(())
}

/// Mostly small, sometimes of a megabyte.
fn layer(random: &mut Random) -> Result<Vec<u8>> {
    let largest = if random.below(20) == 0 { 1 << 20 } else { 32 << 10 };
    let length = usize::try_from(1 + random.below(largest))?;
    Ok(random.bytes(length))
}

/// In one request or in chunks, as clients do.
fn push_layer(registry: &mut Registry, ledger: &mut Ledger, layer: &[u8], random: &mut Random) -> Result<()> {
    if random.below(2) == 0 {
        registry.push_blob(&digest(layer), layer)?;
    } else {
        let middle = layer.len() / 2;
        let location = registry.begin()?;
        let first = registry.append(&location, 0, &layer[..middle])?.expect_status(202)?;
        registry.finish(&next_location(&first)?, &digest(layer), &layer[middle..])?.expect_status(201)?;
    }
    ledger.blob_acknowledged(layer);
    Ok(())
}
