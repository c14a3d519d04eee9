//! Pushes become runs: one for each webhook that listens, told once, with the payload as it was then.

use super::payload;
use crate::store::Change;
use crate::store::webhooks::runs::{self as rows, NewRun, NewStep};
use crate::store::webhooks::{self, Push, queue};
use crate::{Hub, secrets};
use model::webhook::{PayloadFormat, RunState, StepState, Trigger};
use model::{Error, Timestamp};
use std::collections::BTreeSet;

/// Pushes that are looked at in one change.
const PUSHES: i64 = 100;

impl Hub {
    /// Makes runs of pushes that were not looked at yet; how many pushes there were.
    pub(super) async fn fan_out(&self, change: &mut Change) -> Result<usize, Error> {
        let queued = queue::take_queued(change, PUSHES).await?;
        let (mut told, mut ids) = (Vec::new(), BTreeSet::new());
        for event_id in &queued {
            let Some(push) = rows::push(change, event_id).await? else { continue };
            let listeners = rows::listeners(change, &push.repository_id, "").await?;
            ids.extend(listeners.iter().map(|(id, _)| id.clone()));
            told.push((push, listeners));
        }
        for id in &ids {
            webhooks::hold(change, id).await?;
        }
        for (push, listeners) in &told {
            for listener in listeners {
                self.tell(change, push, listener, Trigger::Push).await?;
            }
        }
        Ok(queued.len())
    }

    /// Starts a run of `push` for a webhook that listens (its id and its format); `None`: it was told already, or has
    /// no address.
    pub(super) async fn tell(
        &self,
        change: &mut Change,
        push: &Push,
        (webhook_id, format): &(String, String),
        cause: Trigger,
    ) -> Result<Option<String>, Error> {
        let format: PayloadFormat = format.parse().map_err(|_| Error::Internal)?;
        let payload = payload::of_push(format, push, &self.settings().url)?;
        let new = NewRun {
            webhook_id,
            // A test is not the push: that stays to be told.
            event_id: (cause != Trigger::Test).then_some(push.event_id.as_str()),
            cause,
            tag: &push.tag,
            digest: &push.digest,
            pusher: &push.pusher,
            payload: &payload,
            at: self.now(),
        };
        self.start_run(change, &new, 1).await
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
        match rows::next_position(change, run_id, position).await? {
            Some(next) => rows::start(change, webhook_id, run_id, next, now).await?,
            None => rows::end(change, run_id, RunState::Complete, now).await?,
        }
        Ok(())
    }

    /// A webhook has only so many addresses now: what is under way goes on without the others.
    pub(super) async fn leave_out_beyond(
        &self,
        change: &mut Change,
        webhook_id: &str,
        addresses: usize,
    ) -> Result<(), Error> {
        let now = self.now();
        let last = i64::try_from(addresses).unwrap_or(i64::MAX);
        // From the end: whichever was current finds nothing left after it.
        for (run_id, position, state) in rows::beyond(change, webhook_id, last).await? {
            rows::end_step(change, &run_id, position, StepState::Skipped, now).await?;
            if state != StepState::Waiting.as_str() {
                self.move_on(change, webhook_id, &run_id, position, now).await?;
            }
        }
        Ok(())
    }

    /// What a receiver proves itself with; made anew whenever it is needed, stored nowhere.
    pub(super) fn callback_token(&self, message_id: &str) -> String {
        self.vault().derive(&format!("callback {message_id}"))
    }
}
