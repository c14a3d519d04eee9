//! What an administrator does with runs: tests, redelivers, replays, skips, cancels, sends what was missed.

use super::missing;
use crate::Hub;
use crate::actor::Actor;
use crate::store::webhooks::runs::{self as rows, NewRun};
use crate::store::webhooks::{self, Push, history};
use crate::store::{Change, Snapshot};
use model::webhook::{RunState, StepState, Trigger};
use model::{Action, Error, Missing, Problem, RepositoryName, Timestamp};

impl Hub {
    /// Sends the latest push again, as a test; the answer is the run.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Webhook)`, `NotFound(Tag)` where nothing was pushed; `Invalid` while it is off.
    pub async fn test_webhook(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
    ) -> Result<String, Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let found = self.found_webhook(&entered, id).await?;
        let mut change = self.change_repository(&entered).await?;
        let newest = rows::newest_push(&mut change, &entered).await?;
        let push = match newest {
            Some(event_id) => rows::push(&mut change, &event_id).await?,
            None => None,
        };
        let push = push.ok_or(Error::NotFound(Missing::Tag))?;
        let listener = listening(&mut change, &push, &found.id).await?;
        let off = Error::field("webhook", Problem::TurnedOff);
        let run = self.tell(&mut change, &push, &listener.ok_or(off.clone())?, Trigger::Test).await?;
        let run = run.ok_or(off)?;
        self.sent(change).await?;
        Ok(run)
    }

    /// Sends the pushes since `since` that it was not told of; how many.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Webhook)`.
    pub async fn resend_missed(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        since: Timestamp,
    ) -> Result<usize, Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let found = self.found_webhook(&entered, id).await?;
        let mut change = self.change_repository(&entered).await?;
        let missed = rows::missed(&mut change, &entered, &found.id, since).await?;
        let mut told = 0;
        for event_id in missed {
            let Some(push) = rows::push(&mut change, &event_id).await? else { continue };
            let Some(listener) = listening(&mut change, &push, &found.id).await? else { continue };
            told += usize::from(self.tell(&mut change, &push, &listener, Trigger::Resend).await?.is_some());
        }
        self.sent(change).await?;
        Ok(told)
    }

    /// A new run of the same payload, from step `from` (1: all of it); the answer is the run.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Webhook)`; `Invalid` on `step`.
    pub async fn replay(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        run_id: &str,
        from: u32,
    ) -> Result<String, Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let found = self.found_webhook(&entered, id).await?;
        let mut snapshot = Snapshot::of(self.database()).await?;
        let old = history::one(&mut snapshot, &found.id, run_id).await?.ok_or(missing())?;
        let (digest, payload) = history::texts(&mut snapshot, run_id).await?;
        drop(snapshot);
        let mut change = self.change_repository(&entered).await?;
        let steps = rows::urls(&mut change, &found.id).await?.len();
        let from = i64::from(from);
        if !(1..=i64::try_from(steps).unwrap_or_default()).contains(&from) {
            return Err(Error::field("step", Problem::BadValue));
        }
        let new = NewRun {
            webhook_id: &found.id,
            event_id: None,
            cause: Trigger::Replay,
            tag: &old.tag,
            digest: &digest,
            pusher: &old.pusher,
            payload: &payload,
            at: self.now(),
        };
        let run = self.start_run(&mut change, &new, from).await?.ok_or(missing())?;
        self.sent(change).await?;
        Ok(run)
    }

    /// Ends a run; callbacks that come later are too late.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Webhook)`; `Invalid` on `run` when it is over.
    pub async fn cancel_run(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        run_id: &str,
    ) -> Result<(), Error> {
        let mut change = self.running(actor, name, id, run_id).await?;
        rows::end(&mut change, run_id, RunState::Cancelled, self.now()).await?;
        self.sent(change).await
    }

    /// Goes on without a step that is being sent or waited for.
    ///
    /// # Errors
    /// As for `cancel_run`; `Invalid` on `step` when it is not its turn.
    pub async fn skip_step(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        run_id: &str,
        position: u32,
    ) -> Result<(), Error> {
        let (now, position) = (self.now(), i64::from(position));
        let mut change = self.running(actor, name, id, run_id).await?;
        if !rows::is_current(&mut change, run_id, position).await? {
            change.roll_back().await?;
            return Err(Error::field("step", Problem::BadValue));
        }
        rows::end_step(&mut change, run_id, position, StepState::Skipped, now).await?;
        self.move_on(&mut change, id, run_id, position, now).await?;
        self.sent(change).await
    }

    async fn running(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        run_id: &str,
    ) -> Result<Change, Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let found = self.found_webhook(&entered, id).await?;
        let mut change = self.change_repository(&entered).await?;
        let refusal = match rows::hold(&mut change, &found.id, run_id).await? {
            Some(RunState::Running) => return Ok(change),
            Some(_) => Error::field("run", Problem::Over),
            None => missing(),
        };
        change.roll_back().await?;
        Err(refusal)
    }

    async fn sent(&self, change: Change) -> Result<(), Error> {
        change.commit_quietly().await?;
        self.ring_webhook_bell();
        Ok(())
    }
}

/// Id and format of a webhook, unless it is turned off.
async fn listening(change: &mut Change, push: &Push, id: &str) -> Result<Option<(String, String)>, Error> {
    webhooks::hold(change, id).await?;
    Ok(rows::listeners(change, &push.repository_id, id).await?.pop())
}
