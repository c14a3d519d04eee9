//! What came of attempts, and what that leads to: the next step, another try by the schedule, an end.

use super::deliveries::{Attempt, Delivery, Outcome};
use crate::actor::Actor;
use crate::store::Change;
use crate::store::notifications;
use crate::store::webhooks::outcomes::{self as rows, Sent};
use crate::store::webhooks::{self, queue, reports, runs};
use crate::{Hub, events, secrets};
use model::event::Event;
use model::webhook::{Disabled, RunState};
use model::{Error, Notice, RepositoryName, Role, Timestamp};
use std::collections::BTreeSet;

/// A webhook to which nothing was delivered for so long is turned off, in milliseconds.
const PATIENCE: i64 = 5 * 24 * 3_600_000;
const DAY_SECONDS: u64 = 24 * 3600;

impl Hub {
    /// Writes down what came of deliveries, and what that leads to.
    ///
    /// # Errors
    /// Only the database's: then they are sent again when their leases are over.
    pub async fn settle_deliveries(&self, settled: &[(Delivery, Attempt)]) -> Result<(), Error> {
        let (now, mut change) = (self.now(), self.change().await?);
        let ids: BTreeSet<&str> = settled.iter().map(|(delivery, _)| delivery.webhook_id.as_str()).collect();
        for id in &ids {
            webhooks::hold(&mut change, id).await?;
        }
        for (delivery, attempt) in settled {
            self.settle(&mut change, delivery, attempt, now).await?;
        }
        for id in ids {
            queue::note_next(&mut change, id, now).await?;
        }
        change.commit_quietly().await?;
        self.ring_webhook_bell();
        // Mails are filed for webhooks that are turned off, and only failures do that.
        if settled.iter().any(|(_, attempt)| !attempt.is_taken()) {
            self.ring_mail_bell();
        }
        Ok(())
    }

    async fn settle(
        &self,
        change: &mut Change,
        delivery: &Delivery,
        attempt: &Attempt,
        now: Timestamp,
    ) -> Result<(), Error> {
        let Some((waits, ttl)) = rows::waits(change, &delivery.run_id, delivery.position).await? else {
            return Ok(());
        };
        rows::add_attempt(change, &delivery.row(attempt)).await?;
        let sent = Sent { run_id: &delivery.run_id, position: delivery.position, lease: &delivery.lease };
        match attempt.outcome {
            Outcome::Answered(200..=299, _) => {
                rows::note_delivered(change, &delivery.webhook_id).await?;
                if waits {
                    rows::called(change, sent, now, now.plus(ttl)).await?;
                } else if rows::taken(change, sent, now).await? {
                    self.move_on(change, &delivery.webhook_id, sent.run_id, sent.position, now).await?;
                }
                Ok(())
            }
            Outcome::Answered(410, _) => {
                self.give_up(change, delivery, sent, now).await?;
                self.disable(change, &delivery.webhook_id, Disabled::Gone, now).await
            }
            Outcome::Answered(429 | 503, Some(wait)) => {
                let wait = i64::try_from(wait.min(DAY_SECONDS)).unwrap_or_default() * 1000;
                self.try_later(change, delivery, sent, Some(wait), now).await
            }
            _ => self.try_later(change, delivery, sent, None, now).await,
        }
    }

    /// By the schedule, but not before `wait` milliseconds have passed.
    async fn try_later(
        &self,
        change: &mut Change,
        delivery: &Delivery,
        sent: Sent<'_>,
        wait: Option<i64>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let index = usize::try_from(delivery.number - 1).unwrap_or_default();
        match self.settings().webhook_schedule.get(index) {
            Some(pause) => {
                let pause = jittered(*pause)?.max(wait.unwrap_or_default());
                rows::retry(change, sent, now.plus(pause)).await?;
            }
            None => self.give_up(change, delivery, sent, now).await?,
        }
        let since = rows::note_failed(change, &delivery.webhook_id, now).await?;
        match since {
            Some(since) if since.plus(PATIENCE) <= now => {
                self.disable(change, &delivery.webhook_id, Disabled::Failing, now).await
            }
            _ => Ok(()),
        }
    }

    async fn give_up(
        &self,
        change: &mut Change,
        delivery: &Delivery,
        sent: Sent<'_>,
        now: Timestamp,
    ) -> Result<(), Error> {
        if rows::give_up(change, sent, now).await? {
            runs::end(change, &delivery.run_id, RunState::Undelivered, now).await?;
        }
        Ok(())
    }

    /// Nothing more is sent until an administrator turns it on again; the log and a notice to its administrators tell why.
    async fn disable(
        &self,
        change: &mut Change,
        webhook_id: &str,
        because: Disabled,
        now: Timestamp,
    ) -> Result<(), Error> {
        let Some(owner) = rows::owner(change, webhook_id).await? else { return Ok(()) };
        webhooks::set_disabled(change, webhook_id, Some(because)).await?;
        let repository = format!("{}/{}", owner.namespace, owner.repository);
        let repository: RepositoryName = repository.parse().map_err(|_| Error::Internal)?;
        let notice = Notice::WebhookDisabled {
            repository: repository.clone(),
            webhook: owner.name.clone(),
            id: webhook_id.to_owned(),
            because,
        };
        let (nobody, id) = (Actor::anonymous(), owner.repository_id.as_str());
        let to = notifications::holders(change, id, Role::Admin).await?;
        self.notify(change, &nobody, &to, Some(id), &notice).await?;
        let event = Event::WebhookDisabled { repository, name: owner.name, because };
        Ok(events::record(change, now, &nobody, Some(id), &event).await?)
    }

    /// Ends runs whose callback did not come in time.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn expire_callbacks(&self) -> Result<(), Error> {
        let now = self.now();
        for (run_id, position, webhook_id) in reports::overdue(self.database(), now).await? {
            let mut change = self.change().await?;
            let state = runs::hold(&mut change, &webhook_id, &run_id).await?;
            let is_late = runs::expire(&mut change, &run_id, position, now).await?;
            if is_late && state == Some(RunState::Running) {
                runs::end(&mut change, &run_id, RunState::Expired, now).await?;
            }
            change.commit_quietly().await?;
            self.ring_webhook_bell();
        }
        Ok(())
    }
}

/// Up to a tenth more or less: receivers that failed together are not asked together again.
fn jittered(pause: i64) -> Result<i64, Error> {
    let mut byte = [0_u8; 1];
    secrets::fill(&mut byte)?;
    Ok(pause + pause * (i64::from(byte[0]) - 128) / 1280)
}

#[cfg(test)]
mod tests {
    use super::jittered;

    #[test]
    fn jitter_is_a_tenth() {
        for _ in 0..1000 {
            let pause = jittered(300_000).unwrap();
            assert!((270_000..=330_000).contains(&pause), "{pause}");
        }
    }
}
