//! The webhooks of a repository as an administrator's program sees them: made, looked at, waited for.

use crate::people::Api;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testing::http::Reply;
use testing::{Berth, Login};

const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Webhooks of one repository.
pub(crate) struct Webhooks<'a> {
    pub(crate) api: Api<'a>,
    path: String,
}

impl<'a> Webhooks<'a> {
    pub(crate) fn of(berth: &'a Berth, login: &Login, repository: &str) -> Result<Self> {
        let path = format!("/v2/repositories/{repository}/webhooks");
        Ok(Self { api: Api::new(berth, login)?, path })
    }

    /// Tries to make one of one URL: the answer, whatever it is.
    pub(crate) fn try_add(&self, url: &str) -> Result<Reply> {
        let new = json!({ "name": "one", "webhooks": [{ "hook_url": url }] });
        self.api.send("POST", &self.path, &new)
    }

    /// Makes one of one URL: its id.
    pub(crate) fn add(&self, url: &str) -> Result<String> {
        id_of(&self.try_add(url)?.expect_status(201)?)
    }

    /// Changes one.
    pub(crate) fn change(&self, id: &str, change: &Value) -> Result<()> {
        self.api.send("PATCH", &format!("{}/{id}", self.path), change)?.expect_status(200).map(drop)
    }

    pub(crate) fn delete(&self, id: &str) -> Result<()> {
        self.api.ask("DELETE", &format!("{}/{id}", self.path))?.expect_status(204).map(drop)
    }

    pub(crate) fn show(&self, id: &str) -> Result<Value> {
        self.api.ask("GET", &format!("{}/{id}", self.path))?.expect_status(200)?.json()
    }

    /// The first step of the latest run of a tag; `null`: there is none yet.
    pub(crate) fn step(&self, id: &str, tag: &str) -> Result<Value> {
        let runs = format!("{}/{id}/runs", self.path);
        let page = self.api.ask("GET", &runs)?.expect_status(200)?.json()?;
        let Some(run) = list(&page["results"]).iter().find(|run| run["tag"] == tag) else {
            return Ok(Value::Null);
        };
        let path = format!("{runs}/{}", run["id"].as_str().context("no id")?);
        Ok(self.api.ask("GET", &path)?.expect_status(200)?.json()?["steps"][0].take())
    }

    /// The same, as soon as it has been tried `times` times.
    pub(crate) fn step_tried(&self, id: &str, tag: &str, times: usize, limit: Duration) -> Result<Value> {
        self.step_until(id, tag, limit, |step| list(&step["attempts"]).len() >= times)
    }

    /// The same, as soon as it is as the test wants it.
    pub(crate) fn step_until(
        &self,
        id: &str,
        tag: &str,
        limit: Duration,
        is_so: impl Fn(&Value) -> bool,
    ) -> Result<Value> {
        let since = Instant::now();
        loop {
            let step = self.step(id, tag)?;
            if is_so(&step) {
                return Ok(step);
            }
            ensure!(since.elapsed() < limit, "after {limit:?}: {step}");
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// What is written down of an attempt, counted from 1, as soon as it is.
    pub(crate) fn attempt(&self, id: &str, tag: &str, number: usize, limit: Duration) -> Result<Value> {
        Ok(self.step_tried(id, tag, number, limit)?["attempts"][number - 1].take())
    }
}

/// The id in an answer.
pub(crate) fn id_of(reply: &Reply) -> Result<String> {
    Ok(reply.json()?["id"].as_str().context("no id")?.to_owned())
}

/// A moment of the API's, in milliseconds since 1970.
pub(crate) fn moment(value: &Value) -> Result<i64> {
    let moment: jiff::Timestamp = value.as_str().context("no moment")?.parse()?;
    Ok(moment.as_millisecond())
}

/// When an attempt ended.
pub(crate) fn end_of(attempt: &Value) -> Result<i64> {
    Ok(moment(&attempt["sent_at"])? + attempt["duration_ms"].as_i64().context("no duration")?)
}

/// A list of the API's.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
