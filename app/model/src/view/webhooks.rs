//! What pages and the API show of webhooks, their runs and their steps.

use super::{Page, RepositoryHead};
use crate::webhook::{Callback, Disabled, PayloadFormat, RunState, StepState, Trigger};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};

/// The webhooks of a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhooksPage {
    pub head: RepositoryHead,
    pub webhooks: Vec<WebhookSummary>,
}

/// A webhook in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookSummary {
    pub id: String,
    pub name: String,
    /// In the order in which they are called.
    pub urls: Vec<String>,
    /// Why nothing is sent; `None`: it is.
    pub disabled: Option<Disabled>,
    pub last_run: Option<LastRun>,
}

/// How the latest run of a webhook stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRun {
    pub id: String,
    pub state: RunState,
    pub at: Timestamp,
}

/// One webhook with its settings and its history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookPage {
    pub head: RepositoryHead,
    pub webhook: WebhookSummary,
    pub format: PayloadFormat,
    /// Also the last one's callback is awaited.
    pub waits: bool,
    /// Minutes that each step may wait for its callback.
    pub wait_minutes: u32,
    /// The secret before the last rotation signs until then.
    pub old_secret_until: Option<Timestamp>,
    pub runs: Page<RunRow>,
}

/// A run in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRow {
    pub id: String,
    pub cause: Trigger,
    pub tag: String,
    pub pusher: String,
    pub state: RunState,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// One run: the chain as it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunPage {
    pub head: RepositoryHead,
    pub webhook: WebhookSummary,
    pub run: RunRow,
    pub digest: String,
    /// What receivers got, but for the callback's address; JSON.
    pub payload: String,
    pub steps: Vec<Step>,
}

impl RunPage {
    /// Changes whenever something happens in the run.
    #[must_use]
    pub fn version(&self) -> String {
        let steps = self.steps.iter();
        let standings = steps.map(|step| (step.state, step.attempts.len(), step.callback.is_some()));
        run_version(self.run.state, standings)
    }
}

/// The version of a run: its state, and of each step the state, the attempts and whether its receiver has reported.
pub fn run_version(state: RunState, steps: impl Iterator<Item = (StepState, usize, bool)>) -> String {
    let steps = steps.map(|(state, attempts, reported)| {
        format!(" {}{attempts}{}", state.as_str(), if reported { "!" } else { "" })
    });
    format!("{}{}", state.as_str(), steps.collect::<String>())
}

/// A URL's part of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// From 1.
    pub position: u32,
    pub url: String,
    pub state: StepState,
    /// Its callback decides what comes next.
    pub waits: bool,
    pub started_at: Option<Timestamp>,
    pub called_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// The next attempt.
    pub due_at: Option<Timestamp>,
    /// When its callback must have come.
    pub expires_at: Option<Timestamp>,
    pub callback: Option<Callback>,
    pub attempts: Vec<AttemptRow>,
}

/// One time that a step was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptRow {
    /// From 1.
    pub number: u32,
    pub url: String,
    pub sent_at: Timestamp,
    /// Milliseconds.
    pub duration: u64,
    /// `None`: there was no answer.
    pub status: Option<u16>,
    /// Why there was none.
    pub error: String,
    /// Name and value a line.
    pub request_headers: String,
    pub response_headers: String,
    /// The first 4 KiB.
    pub response: String,
}

/// What a receiver said of an image, shown with the image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub webhook: String,
    pub tag: Tag,
    pub callback: Callback,
    pub at: Timestamp,
}
