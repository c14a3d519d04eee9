//! Pushes become runs: one for each webhook that listens, told once, with the payload as it was then.

use super::payload;
use crate::store::Change;
use crate::store::webhooks::runs::{self as rows, NewRun, NewStep};
use crate::store::webhooks::{Push, deliveries};
use crate::{Hub, secrets};
use model::webhook::{PayloadFormat, RunState, StepState, Trigger};
use model::{Error, Timestamp};

/// Pushes that are looked at in one change.
const PUSHES: i64 = 100;

impl Hub {
    /// Makes runs of pushes that were not looked at yet; how many pushes there were.
    pub(super) async fn fan_out(&self, change: &mut Change) -> Result<usize, Error> {
        let queued = deliveries::take_queued(change, PUSHES).await?;
        for event_id in &queued {
            if let Some(push) = rows::push(change, event_id).await? {
                self.tell(change, &push, "", Trigger::Push).await?;
            }
        }
        Ok(queued.len())
    }

    /// Starts a run of `push` for each webhook that listens; with `id` only for that one. The id of the last run.
    pub(super) async fn tell(
        &self,
        change: &mut Change,
        push: &Push,
        id: &str,
        cause: Trigger,
    ) -> Result<Option<String>, Error> {
        let mut run = None;
        for (webhook_id, format) in rows::listeners(change, &push.repository_id, id).await? {
            let format: PayloadFormat = format.parse().map_err(|_| Error::Internal)?;
            let payload = payload::of_push(format, push, &self.settings().url)?;
            let new = NewRun {
                webhook_id: &webhook_id,
                // A test is not the push: that stays to be told.
                event_id: (cause != Trigger::Test).then_some(push.event_id.as_str()),
                cause,
                tag: &push.tag,
                digest: &push.digest,
                pusher: &push.pusher,
                payload: &payload,
                at: self.now(),
            };
            run = self.start_run(change, &new, 1).await?.or(run);
        }
        Ok(run)
    }

    /// Files a run and starts its step `from`; those before it are skipped.
    pub(super) async fn start_run(
        &self,
        change: &mut Change,
        new: &NewRun<'_>,
        from: i64,
    ) -> Result<Option<String>, Error> {
        let urls = rows::urls(change, new.webhook_id).await?;
        if urls.is_empty() {
            return Ok(None);
        }
        let Some(run_id) = rows::add(change, new).await? else { return Ok(None) };
        let last = urls.last().map_or(0, |(position, ..)| *position);
        for (position, url, last_waits) in &urls {
            let message_id = crate::store::new_id();
            let step = NewStep {
                run_id: &run_id,
                position: *position,
                webhook_id: new.webhook_id,
                url,
                // In a chain each next one depends on the callback of the one before.
                waits: *last_waits || *position < last,
                state: StepState::Waiting,
                message_id: &message_id,
                callback_hash: &secrets::hash(&self.callback_token(&message_id)),
            };
            rows::add_step(change, &step).await?;
            if *position < from {
                rows::end_step(change, &run_id, *position, StepState::Skipped, new.at).await?;
            }
        }
        rows::start(change, new.webhook_id, &run_id, from, new.at).await?;
        Ok(Some(run_id))
    }

    /// The step is done or skipped: the next one's turn, or the run is complete.
    pub(super) async fn move_on(
        &self,
        change: &mut Change,
        webhook_id: &str,
        run_id: &str,
        position: i64,
        now: Timestamp,
    ) -> Result<(), Error> {
        if position < rows::last_position(change, run_id).await? {
            rows::start(change, webhook_id, run_id, position + 1, now).await?;
        } else {
            rows::end(change, run_id, RunState::Complete, now).await?;
        }
        Ok(())
    }

    /// What a receiver proves itself with; made anew whenever it is needed, stored nowhere.
    pub(super) fn callback_token(&self, message_id: &str) -> String {
        self.vault().derive(&format!("callback {message_id}"))
    }
}
