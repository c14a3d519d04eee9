//! Receivers that do their worst (BAR W15): each attempt ends in time, is told of in words, costs next to nothing,
//! and holds nobody else up.

mod wild;
mod zoo;

use crate::programs::missing;
use crate::stage::Stage;
use crate::webhook_api::Webhooks;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::time::Duration;
use testing::{Received, Receiver};
use wild::{Behaviour, Caller, Wild};
use zoo::{End, ZOO};

/// What receivers have: as long as a slow machine needs for those that answer, or more than anybody waits here.
const SHORT: &str = "8s";
const LONG: &str = "10m";
/// An attempt may last this many milliseconds: `SHORT`, and what a slow machine needs to end it.
const LONGEST: u64 = 24_000;
const SOON: Duration = Duration::from_secs(120);
/// Attempts at once while memory is looked at, and what each may cost.
const AT_ONCE: u64 = 16;
const COST: u64 = 1024 * 1024;

/// What fails is not tried again while a story lasts, and nobody has to sign in again.
fn stage(timeout: &str) -> Result<Stage> {
    let stage = Stage::with(&[
        ("BERTH_WEBHOOK_TIMEOUT", timeout),
        ("BERTH_WEBHOOK_SCHEDULE", "1h"),
        ("BERTH_TOKEN_TTL", "24h"),
        ("BERTH_API_TOKEN_TTL", "24h"),
    ])?;
    stage.registry("anna/app").push_image("v0", b"before there was a webhook")?;
    Ok(stage)
}

fn fine(_: &Received) -> Option<u16> {
    Some(200)
}

#[test]
fn every_attempt_ends_in_time_and_in_words() -> Result<()> {
    let stage = stage(SHORT)?;
    let webhooks = Webhooks::of(&stage.berth, &stage.anna, "anna/app")?;
    let mut beasts = Vec::new();
    for beast in ZOO {
        let wild = Wild::start(beast.behaviour)?;
        beasts.push((beast, webhooks.add(&format!("{}://{}/", beast.scheme, wild.address))?, wild));
    }
    let healthy = Receiver::start(fine)?;
    webhooks.add(&healthy.url)?;
    stage.registry("anna/app").push_image("v1", b"one")?;
    healthy.next(SOON)?.context("a healthy receiver is held up")?;
    for (beast, id, wild) in &beasts {
        let attempt = webhooks.attempt(id, "v1", 1, SOON).context(beast.name)?;
        let lasted = attempt["duration_ms"].as_u64().context("no duration")?;
        ensure!(lasted <= LONGEST, "{}: {attempt}", beast.name);
        ensure!(is_told(&beast.end, &attempt), "{}: {attempt}", beast.name);
        ensure!(attempt["response"].as_str().is_some_and(|text| text.len() <= 3 * 4096), "{}", beast.name);
        ensure!(wild.connections() == 1, "{} was called {} times", beast.name, wild.connections());
    }
    stage.end()
}

fn is_told(end: &End, attempt: &Value) -> bool {
    let error = attempt["error"].as_str().unwrap_or_default();
    match end {
        End::Answer(status) => attempt["status"] == *status && error.is_empty(),
        End::Words(words) => attempt["status"].is_null() && words.iter().any(|word| error.contains(word)),
    }
}

#[test]
fn of_a_body_64_kib_are_read() -> Result<()> {
    let stage = stage(LONG)?;
    let webhooks = Webhooks::of(&stage.berth, &stage.anna, "anna/app")?;
    let bodies: [Behaviour; 3] = [zoo::begun_body, zoo::begun_chunks, zoo::begun_single_bytes];
    for (number, behaviour) in bodies.into_iter().enumerate() {
        let wild = Wild::start(behaviour)?;
        let id = webhooks.add(&format!("http://{}/", wild.address))?;
        let tag = format!("body{number}");
        stage.registry("anna/app").push_image(&tag, &[1])?;
        let attempt = webhooks.attempt(&id, &tag, 1, SOON)?;
        // More never came: it was not waited for, and can not come any more.
        ensure!(attempt["status"] == 200, "{attempt}");
        ensure!(wild.is_left(SOON), "body {number}: the connection is kept");
        webhooks.delete(&id)?;
    }
    stage.end()
}

/// The largest that one process had in memory, in bytes, and that from now on.
struct Memory(u32);

impl Memory {
    /// What it has now; the largest is counted anew.
    fn begin(&self) -> Result<u64> {
        fs::write(format!("/proc/{}/clear_refs", self.0), "5")?;
        self.bytes("VmRSS:")
    }

    fn largest(&self) -> Result<u64> {
        self.bytes("VmHWM:")
    }

    fn bytes(&self, field: &str) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0))?;
        let line = status.lines().find_map(|line| line.strip_prefix(field)).context("no such field")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
    }
}

#[test]
fn no_attempt_costs_a_mebibyte() -> Result<()> {
    if missing(&["gzip"])? {
        return Ok(());
    }
    ensure!(!zoo::PACKED.is_empty(), "gzip packs nothing");
    let stage = stage(SHORT)?;
    let webhooks = Webhooks::of(&stage.berth, &stage.anna, "anna/app")?;
    let memory = Memory(stage.berth.pid());
    // Signed in before anything is counted, and for all rounds: a password takes 19 MiB to check.
    let mut registry = stage.registry("anna/app");
    registry.token()?;
    let heavy: [(&str, Behaviour); 7] = [
        ("a body of 1 GB", zoo::large_body),
        ("a body without end", zoo::endless_body),
        ("a header of 1 MB", zoo::one_large_header),
        ("headers without end", |caller| zoo::flood(caller, "X-A: b\r\n")),
        ("a header without end", |caller| zoo::flood(caller, "x")),
        ("100 Continue without end", zoo::only_continue),
        ("a packed body", zoo::bomb),
    ];
    // The first of them pays for what the program keeps ready from then on.
    for (round, (name, behaviour)) in heavy[..1].iter().chain(&heavy).enumerate() {
        let wild = Wild::start(*behaviour)?;
        let ids: Result<Vec<String>> =
            (0..AT_ONCE).map(|_| webhooks.add(&format!("http://{}/", wild.address))).collect();
        let (ids, before) = (ids?, memory.begin()?);
        let tag = format!("round{round}");
        registry.push_image(&tag, &[2])?;
        for id in &ids {
            webhooks.attempt(id, &tag, 1, SOON).context(*name)?;
        }
        let grown = memory.largest()?.saturating_sub(before);
        ensure!(round == 0 || grown < AT_ONCE * COST, "{name}: {grown} bytes for {AT_ONCE} attempts");
        for id in &ids {
            webhooks.delete(id)?;
        }
    }
    stage.end()
}

#[test]
fn what_is_packed_stays_packed() -> Result<()> {
    if missing(&["gzip"])? {
        return Ok(());
    }
    let stage = stage(LONG)?;
    let webhooks = Webhooks::of(&stage.berth, &stage.anna, "anna/app")?;
    ensure!(!zoo::PACKED.is_empty(), "gzip packs nothing");
    let wild = Wild::start(zoo::bomb)?;
    let id = webhooks.add(&format!("http://{}/", wild.address))?;
    stage.registry("anna/app").push_image("v1", b"one")?;
    let attempt = webhooks.attempt(&id, "v1", 1, SOON)?;
    let kept = attempt["response"].as_str().context("no response")?;
    ensure!(attempt["status"] == 200 && kept.starts_with('\u{1f}'), "{attempt}");
    stage.end()
}

/// Where an answer leads is not gone to, whatever its status.
#[test]
fn redirects_are_not_followed() -> Result<()> {
    let stage = stage(LONG)?;
    let webhooks = Webhooks::of(&stage.berth, &stage.anna, "anna/app")?;
    let elsewhere = Wild::start(Caller::wait)?;
    let mut ids = Vec::new();
    for status in [301, 302, 303, 307, 308, 300, 305] {
        let lead = format!("HTTP/1.1 {status} X\r\nLocation: http://{}/\r\n\r\n", elsewhere.address);
        let wild = Wild::start(move |caller: &mut Caller| zoo::say(caller, &lead))?;
        ids.push((status, webhooks.add(&format!("http://{}/", wild.address))?));
    }
    stage.registry("anna/app").push_image("v1", b"one")?;
    for (status, id) in ids {
        let attempt = webhooks.attempt(&id, "v1", 1, SOON)?;
        ensure!(attempt["status"] == status, "{attempt}");
    }
    ensure!(elsewhere.connections() == 0, "it was followed");
    stage.end()
}
