//! Uploads that are cut off in the middle, and go on.

use crate::stage::Stage;
use anyhow::{Context, Result, ensure};
use std::time::{Duration, Instant};
use testing::http::{Reply, Request};
use testing::{Registry, digest, next_location, noise};

/// How much the server has; it may still be busy noticing that the client is gone.
fn received(registry: &mut Registry, location: &str) -> Result<usize> {
    let reply = registry.send(Request::get(location))?.expect_status(204)?;
    let range = reply.header("range").context("no Range")?;
    let last: usize = range.strip_prefix("0-").context("Range starts at 0")?.parse()?;
    // `0-0` says nothing or one byte; the specification has no better word.
    Ok(if last == 0 { 0 } else { last + 1 })
}

/// Sends the rest from wherever the server is, until it is taken.
fn resume(registry: &mut Registry, location: &str, bytes: &[u8]) -> Result<Reply> {
    let since = Instant::now();
    loop {
        let start = received(registry, location)?;
        let reply = registry.append(location, start, &bytes[start..])?;
        if reply.status == 202 || since.elapsed() > Duration::from_secs(60) {
            return reply.expect_status(202);
        }
        ensure!(reply.status < 500, "{}: {}", reply.status, reply.text());
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_half_closed_chunk_is_resumed() -> Result<()> {
    let stage = Stage::new()?;
    let mut registry = stage.registry("anna/app");
    let bytes = noise(6, 3_000_000);
    let location = registry.begin()?;
    let half = &bytes[..1_500_000];
    let request = Request::new("PATCH", &location).header("Content-Type", "application/octet-stream");
    let request = registry.authorized(request.body(half))?;
    if let Ok(reply) = registry.connection.send_cut_off(&request, bytes.len()) {
        ensure!((400..500).contains(&reply.status), "half a chunk was answered by {}", reply.status);
    }
    let taken = resume(&mut registry, &location, &bytes)?;
    let location = next_location(&taken)?;
    registry.finish(&location, &digest(&bytes), b"")?.expect_status(201)?;

    let path = registry.path(&format!("blobs/{}", digest(&bytes)));
    let back = registry.send(Request::get(&path))?.expect_status(200)?;
    ensure!(back.body == bytes, "the blob came back changed");
    stage.end()
}

#[test]
fn a_cut_off_last_request_leaves_no_blob() -> Result<()> {
    let stage = Stage::new()?;
    let mut registry = stage.registry("anna/app");
    let bytes = noise(7, 400_000);
    let location = registry.begin()?;
    let mark = if location.contains('?') { '&' } else { '?' };
    let target = format!("{location}{mark}digest={}", digest(&bytes));
    let request = Request::new("PUT", &target).header("Content-Type", "application/octet-stream");
    let request = registry.authorized(request.body(&bytes[..200_000]))?;
    if let Ok(reply) = registry.connection.send_cut_off(&request, bytes.len()) {
        ensure!((400..500).contains(&reply.status), "half a blob was answered by {}", reply.status);
    }
    let path = registry.path(&format!("blobs/{}", digest(&bytes)));
    registry.send(Request::new("HEAD", &path))?.expect_status(404)?;
    stage.end()
}

#[test]
fn an_upload_outlives_a_restart() -> Result<()> {
    let mut stage = Stage::new()?;
    let bytes = noise(8, 2_000_000);
    let mut registry = stage.registry("anna/app");
    let location = registry.begin()?;
    let reply = registry.append(&location, 0, &bytes[..1_000_000])?.expect_status(202)?;
    let location = next_location(&reply)?;
    stage.berth.stop()?;
    let data = stage.path("data");
    stage.berth = testing::Berth::start(std::path::Path::new(crate::stage::BINARY), &data)?;

    let mut registry = stage.registry("anna/app");
    let taken = resume(&mut registry, &location, &bytes)?;
    registry.finish(&next_location(&taken)?, &digest(&bytes), b"")?.expect_status(201)?;
    stage.end()
}
