//! What clients and receivers saw, written down as they saw it: pushes, deliveries, callbacks, kills.

use crate::plan;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use testing::{Answer, Received};

/// Shared by all threads; what is written under its lock is in the order of its times.
#[derive(Default)]
pub(crate) struct Ledger(Mutex<Record>);

#[derive(Default)]
pub(crate) struct Record {
    pub(crate) pushes: Vec<Push>,
    /// By their `webhook-id`.
    pub(crate) messages: BTreeMap<String, Message>,
    pub(crate) kills: Vec<Kill>,
    /// What must not have happened, whatever came afterwards.
    pub(crate) faults: Vec<String>,
}

/// A push is a number; its tag is made of it.
pub(crate) struct Push {
    pub(crate) repository: usize,
    pub(crate) is_acknowledged: bool,
}

/// All that came with one `webhook-id`.
pub(crate) struct Message {
    pub(crate) about: About,
    pub(crate) receipts: Vec<Receipt>,
    pub(crate) posts: Vec<Post>,
}

/// The step of the run of a push that a message belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct About {
    pub(crate) webhook: usize,
    pub(crate) push: u64,
    pub(crate) step: u64,
}

/// One time that a message was read.
pub(crate) struct Receipt {
    pub(crate) at: Instant,
    pub(crate) answer: Answer,
    /// Its server was gone before it was read.
    pub(crate) is_orphaned: bool,
}

/// One time that its receiver reported.
pub(crate) struct Post {
    pub(crate) begun: Instant,
    pub(crate) state: &'static str,
    /// What the server answered; `None`: nothing.
    pub(crate) answer: Option<u16>,
}

/// From before the signal until the process was gone.
pub(crate) struct Kill {
    pub(crate) begun: Instant,
    pub(crate) gone: Instant,
}

impl Receipt {
    pub(crate) fn is_taken(&self) -> bool {
        self.answer == Answer::Status(200) && !self.is_orphaned
    }
}

/// What a report says beside its state: which one of a message it is.
pub(crate) fn description(post: usize) -> String {
    format!("report {post}")
}

impl Ledger {
    pub(crate) fn record(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn fault(&self, what: String) {
        self.record().faults.push(what);
    }

    /// The number of a push that is about to be asked for.
    pub(crate) fn push_asked(&self, repository: usize) -> Result<u64> {
        let pushes = &mut self.record().pushes;
        pushes.push(Push { repository, is_acknowledged: false });
        Ok(u64::try_from(pushes.len() - 1)?)
    }

    pub(crate) fn push_acknowledged(&self, number: u64) -> Result<()> {
        let index = usize::try_from(number)?;
        self.record().pushes.get_mut(index).context("no such push")?.is_acknowledged = true;
        Ok(())
    }

    /// Notes a delivery that was read: its id, and what it is about.
    pub(crate) fn received(&self, received: &Received, answer: Answer) -> Result<(String, About)> {
        let (id, about) = read(received)?;
        let mut record = self.record();
        let new = Message { about, receipts: Vec::new(), posts: Vec::new() };
        let message = record.messages.entry(id.clone()).or_insert(new);
        ensure!(message.about == about, "{id} is about {:?} and about {about:?}", message.about);
        let (at, is_orphaned) = (received.at, received.is_orphaned);
        message.receipts.push(Receipt { at, answer, is_orphaned });
        Ok((id, about))
    }

    /// Notes a report that is about to be posted: its number.
    pub(crate) fn posting(&self, id: &str, state: &'static str) -> Result<usize> {
        let mut record = self.record();
        let posts = &mut record.messages.get_mut(id).context("no such message")?.posts;
        posts.push(Post { begun: Instant::now(), state, answer: None });
        Ok(posts.len() - 1)
    }

    pub(crate) fn posted(&self, id: &str, post: usize, answer: u16) -> Result<()> {
        let mut record = self.record();
        let posts = &mut record.messages.get_mut(id).context("no such message")?.posts;
        posts.get_mut(post).context("no such report")?.answer = Some(answer);
        Ok(())
    }

    pub(crate) fn killed(&self, begun: Instant) {
        self.record().kills.push(Kill { begun, gone: Instant::now() });
    }
}

/// The path says webhook and step (`/7/2`), the payload the push.
fn read(received: &Received) -> Result<(String, About)> {
    let id = received.headers.get("webhook-id").context("no webhook-id")?.clone();
    let (webhook, step) = received.path.trim_start_matches('/').split_once('/').context("another path")?;
    let payload = received.json()?;
    let tag = payload["push_data"]["tag"].as_str().context("no tag")?;
    let push = plan::number(tag).with_context(|| format!("nobody pushed {tag}"))?;
    Ok((id, About { webhook: webhook.parse()?, push, step: step.parse()? }))
}
