//! A Berth of its own with repositories, webhooks, and people who push to them.

use crate::load::{self, Until};
use crate::peers::Field;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::sync::OnceLock;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use testing::http::Request;
use testing::{Berth, Login, MANIFEST, Registry};

pub(super) struct Site {
    berth: Berth,
    anna: Login,
    token: String,
}

/// Somebody's repository, and an image in it whose parts all others share.
pub(super) struct Repository {
    name: String,
    manifest: Value,
}

/// Tags that are pushed: to the repositories in turn, each a manifest of its own.
pub(super) struct Pushes<'a> {
    pub(super) repositories: &'a [Repository],
    /// The number of the first tag.
    pub(super) first: usize,
    pub(super) count: usize,
    pub(super) pushers: usize,
    /// From the start of one to the start of the next; zero: as fast as they can.
    pub(super) pause: Duration,
}

/// A tag that was pushed.
pub(super) struct Pushed {
    pub(super) number: usize,
    /// When the 201 had been read.
    pub(super) at: Instant,
    pub(super) took: Duration,
}

impl Site {
    pub(super) fn start(field: &Field, name: &str) -> Result<Self> {
        let berth = Berth::start(&field.binary, &field.folder(name))?;
        let anna = berth.add_user("anna")?;
        let token = format!("Bearer {}", berth.api_token(&anna)?);
        Ok(Self { berth, anna, token })
    }

    pub(super) fn add_repository(&self, name: &str) -> Result<Repository> {
        let name = format!("anna/{name}");
        let manifest = self.registry(&name).push_image("first", b"a layer")?;
        Ok(Repository { manifest: serde_json::from_slice(&manifest)?, name })
    }

    pub(super) fn add_webhook(&self, repository: &Repository, url: &str) -> Result<()> {
        let path = format!("/v2/repositories/{}/webhooks", repository.name);
        let body = json!({ "name": "bench", "webhooks": [{ "hook_url": url }] }).to_string();
        let request = Request::new("POST", &path)
            .header("Content-Type", "application/json")
            .header("Authorization", self.token.clone())
            .body(body.as_bytes());
        self.berth.ask(&request)?.expect_status(201).map(drop)
    }

    fn registry(&self, name: &str) -> Registry {
        Registry::new(&self.berth.address, name, Some(&self.anna))
    }

    /// Pushes them all; in the order in which they were taken.
    pub(super) fn push(&self, pushes: &Pushes<'_>) -> Result<Vec<Pushed>> {
        let (sender, pushed) = mpsc::channel();
        let start = OnceLock::new();
        load::run(pushes.pushers, Until::Operations(u64::try_from(pushes.count)?), || {
            let mut clients: Vec<_> =
                pushes.repositories.iter().map(|repository| self.registry(&repository.name)).collect();
            for client in &mut clients {
                client.token()?;
            }
            let (sender, start) = (sender.clone(), &start);
            Ok(move |turn: usize| {
                let due = *start.get_or_init(Instant::now) + pushes.pause * u32::try_from(turn)?;
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                let at = turn % clients.len();
                let number = pushes.first + turn;
                let manifest = pushes.repositories[at].numbered(number);
                sender.send(push_one(&mut clients[at], number, &manifest)?)?;
                Ok(0)
            })
        })?;
        drop(sender);
        Ok(pushed.iter().collect())
    }
}

impl Repository {
    fn numbered(&self, number: usize) -> Vec<u8> {
        let mut manifest = self.manifest.clone();
        manifest["annotations"] = json!({ "number": number.to_string() });
        manifest.to_string().into_bytes()
    }
}

fn push_one(client: &mut Registry, number: usize, manifest: &[u8]) -> Result<Pushed> {
    let path = client.path(&format!("manifests/{}", tag(number)));
    let request = Request::new("PUT", &path).header("Content-Type", MANIFEST).body(manifest);
    let request = client.authorized(request)?;
    let begun = Instant::now();
    client.connection.send(&request)?.expect_status(201)?;
    let at = Instant::now();
    Ok(Pushed { number, at, took: at - begun })
}

fn tag(number: usize) -> String {
    format!("t{number}")
}

/// The number of a tag.
pub(super) fn number(tag: &str) -> Result<usize> {
    tag.strip_prefix('t').and_then(|number| number.parse().ok()).context("not one of our tags")
}
