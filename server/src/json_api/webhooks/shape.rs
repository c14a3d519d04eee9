//! Webhooks, runs and steps as JSON.

use crate::json_api::shape::moment;
use model::view::{AttemptRow, RunRow, Step, WebhookPage, WebhookSummary};
use model::webhook::{Callback, PayloadFormat};
use serde::Serialize;
use utoipa::ToSchema;

/// A URL of a webhook, in Docker Hub's shape.
#[derive(Serialize, ToSchema)]
pub(in crate::json_api) struct Hook {
    /// Its place in the chain, from 1.
    id: usize,
    hook_url: String,
}

/// A webhook.
#[derive(Serialize, ToSchema)]
pub(in crate::json_api) struct Webhook {
    id: String,
    name: String,
    /// In the order in which they are called.
    webhooks: Vec<Hook>,
    /// The same, by the name that old tools know.
    hooks: Vec<Hook>,
    active: bool,
    /// Why nothing is sent: `off`, `gone` or `failing`.
    disabled: Option<&'static str>,
    /// `running`, `complete`, `stopped`, `undelivered`, `expired` or `cancelled`.
    last_run: Option<&'static str>,
}

fn hooks(urls: &[String]) -> Vec<Hook> {
    (1..).zip(urls).map(|(id, url)| Hook { id, hook_url: url.clone() }).collect()
}

impl Webhook {
    pub(super) fn new(summary: WebhookSummary) -> Self {
        Self {
            webhooks: hooks(&summary.urls),
            hooks: hooks(&summary.urls),
            active: summary.disabled.is_none(),
            disabled: summary.disabled.map(model::webhook::Disabled::as_str),
            last_run: summary.last_run.map(|run| run.state.as_str()),
            id: summary.id,
            name: summary.name,
        }
    }
}

/// A webhook with its settings.
#[derive(Serialize, ToSchema)]
pub(in crate::json_api) struct WebhookDetails {
    #[serde(flatten)]
    webhook: Webhook,
    /// `hub` or `distribution`.
    #[schema(value_type = String)]
    format: PayloadFormat,
    /// Also the last step waits for its callback.
    wait_for_callback: bool,
    wait_minutes: u32,
    /// What deliveries are signed with. Shown once.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl WebhookDetails {
    pub(super) fn new(page: WebhookPage, secret: Option<String>) -> Self {
        Self {
            webhook: Webhook::new(page.webhook),
            format: page.format,
            wait_for_callback: page.waits,
            wait_minutes: page.wait_minutes,
            secret,
        }
    }
}

/// One push told to one webhook.
#[derive(Serialize, ToSchema)]
pub(in crate::json_api) struct Run {
    id: String,
    /// `push`, `test`, `replay` or `resend`.
    cause: &'static str,
    tag: String,
    pusher: String,
    state: &'static str,
    /// RFC 3339.
    started_at: String,
    ended_at: Option<String>,
}

impl Run {
    pub(super) fn new(row: RunRow) -> Self {
        Self {
            id: row.id,
            cause: row.cause.as_str(),
            tag: row.tag,
            pusher: row.pusher,
            state: row.state.as_str(),
            started_at: moment(row.started_at),
            ended_at: row.ended_at.map(moment),
        }
    }
}

/// A run with its steps.
#[derive(Serialize, ToSchema)]
pub(in crate::json_api) struct RunDetails {
    #[serde(flatten)]
    run: Run,
    digest: String,
    steps: Vec<StepDetails>,
}

impl RunDetails {
    pub(super) fn new(run: RunRow, digest: String, steps: Vec<Step>) -> Self {
        Self { run: Run::new(run), digest, steps: steps.into_iter().map(StepDetails::new).collect() }
    }
}

/// A URL's part of a run.
#[derive(Serialize, ToSchema)]
struct StepDetails {
    position: u32,
    url: String,
    state: &'static str,
    waits_for_callback: bool,
    started_at: Option<String>,
    ended_at: Option<String>,
    next_attempt_at: Option<String>,
    callback_until: Option<String>,
    #[schema(value_type = Option<Object>)]
    callback: Option<Callback>,
    attempts: Vec<Attempt>,
}

impl StepDetails {
    fn new(step: Step) -> Self {
        Self {
            position: step.position,
            url: step.url,
            state: step.state.as_str(),
            waits_for_callback: step.waits,
            started_at: step.started_at.map(moment),
            ended_at: step.ended_at.map(moment),
            next_attempt_at: step.due_at.map(moment),
            callback_until: step.expires_at.map(moment),
            callback: step.callback,
            attempts: step.attempts.into_iter().map(Attempt::new).collect(),
        }
    }
}

/// One time that a step was sent.
#[derive(Serialize, ToSchema)]
struct Attempt {
    number: u32,
    sent_at: String,
    duration_ms: u64,
    status: Option<u16>,
    error: String,
    /// The first 4 KiB.
    response: String,
}

impl Attempt {
    fn new(row: AttemptRow) -> Self {
        Self {
            number: row.number,
            sent_at: moment(row.sent_at),
            duration_ms: row.duration,
            status: row.status,
            error: row.error,
            response: row.response,
        }
    }
}
