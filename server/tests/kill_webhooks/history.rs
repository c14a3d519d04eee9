//! What the hub says became of pushes: its own history, read through the API.

use crate::plan::{self, Kind, REPOSITORIES, Webhook};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use testing::http::{Connection, Reply, Request};
use testing::{Berth, Login};

/// A run, as the list has it.
pub(crate) struct Run {
    pub(crate) id: String,
    /// The push that it tells of.
    pub(crate) push: u64,
    pub(crate) cause: String,
    pub(crate) state: String,
}

/// A step of a run.
pub(crate) struct Step {
    pub(crate) state: String,
    /// State and description.
    pub(crate) callback: Option<(String, String)>,
    /// The HTTP statuses by the attempts' numbers; those that a killed process did not write down are left out.
    pub(crate) attempts: Vec<(u64, Option<u64>)>,
}

/// Anna at the JSON API.
pub(crate) struct Api {
    connection: Connection,
    token: String,
}

impl Api {
    pub(crate) fn new(berth: &Berth, anna: &Login) -> Result<Self> {
        Ok(Self { connection: Connection::new(&berth.address), token: berth.api_token(anna)? })
    }

    /// Makes the repositories and their webhooks, whose URLs are `receiver`'s: `/<webhook>/<step>`.
    pub(crate) fn set_up(&mut self, receiver: &str) -> Result<Vec<Webhook>> {
        let mut webhooks = Vec::new();
        for index in 0..REPOSITORIES {
            let repository = plan::repository(index);
            let (namespace, name) = repository.split_once('/').context("namespace/name")?;
            let new = json!({ "namespace": namespace, "name": name });
            self.send("POST", "/v2/repositories", &new)?.expect_status(201)?;
            for kind in Kind::ALL {
                let id = self.add_webhook(&repository, kind, receiver, webhooks.len())?;
                webhooks.push(Webhook { repository: index, kind, id });
            }
        }
        Ok(webhooks)
    }

    fn add_webhook(&mut self, repository: &str, kind: Kind, receiver: &str, index: usize) -> Result<String> {
        let hook = |step: u64| json!({ "hook_url": format!("{receiver}/{index}/{step}") });
        let hooks: Vec<Value> = (1..=kind.steps()).map(hook).collect();
        let new = json!({ "name": kind.name(), "webhooks": hooks, "wait_for_callback": kind.waits() });
        let path = format!("/v2/repositories/{repository}/webhooks");
        text(&self.send("POST", &path, &new)?.expect_status(201)?.json()?, "id")
    }

    /// All runs of a webhook.
    pub(crate) fn runs(&mut self, webhook: &Webhook) -> Result<Vec<Run>> {
        let mut runs = Vec::new();
        for page in 1.. {
            let list = self.read(&format!("{}?page={page}", runs_of(webhook)))?;
            for run in list["results"].as_array().context("no results")? {
                let tag = text(run, "tag")?;
                let push = plan::number(&tag).with_context(|| format!("nobody pushed {tag}"))?;
                let (id, cause, state) = (text(run, "id")?, text(run, "cause")?, text(run, "state")?);
                runs.push(Run { id, push, cause, state });
            }
            if list["next"].is_null() {
                break;
            }
        }
        Ok(runs)
    }

    /// The steps of a run.
    pub(crate) fn steps(&mut self, webhook: &Webhook, run: &Run) -> Result<Vec<Step>> {
        let details = self.read(&format!("{}/{}", runs_of(webhook), run.id))?;
        details["steps"].as_array().context("no steps")?.iter().map(step).collect()
    }

    fn read(&mut self, path: &str) -> Result<Value> {
        let request = Request::get(path).header("Authorization", format!("Bearer {}", self.token));
        self.connection.send(&request)?.expect_status(200)?.json()
    }

    fn send(&mut self, method: &str, path: &str, body: &Value) -> Result<Reply> {
        let body = body.to_string();
        let request = Request::new(method, path).header("Authorization", format!("Bearer {}", self.token));
        self.connection.send(&request.header("Content-Type", "application/json").body(body.as_bytes()))
    }
}

fn runs_of(webhook: &Webhook) -> String {
    format!("/v2/repositories/{}/webhooks/{}/runs", plan::repository(webhook.repository), webhook.id)
}

fn step(step: &Value) -> Result<Step> {
    let callback = match &step["callback"] {
        Value::Null => None,
        callback => Some((text(callback, "state")?, text(callback, "description")?)),
    };
    let attempts = step["attempts"].as_array().context("no attempts")?;
    let attempt = |one: &Value| Ok((one["number"].as_u64().context("no number")?, one["status"].as_u64()));
    Ok(Step {
        state: text(step, "state")?,
        callback,
        attempts: attempts.iter().map(attempt).collect::<Result<_>>()?,
    })
}

fn text(value: &Value, field: &str) -> Result<String> {
    value[field].as_str().map(str::to_owned).with_context(|| format!("no {field} in {value}"))
}
