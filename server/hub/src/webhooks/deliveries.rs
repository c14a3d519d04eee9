//! What is to be sent now, and what becomes of it: at least once, by whichever process has the lease (SPEC R4.7).
//!
//! A lease that runs out makes the step due again, with the same id; whoever held it can change nothing any more.

use super::{payload, signing};
use crate::actor::Actor;
use crate::store::Change;
use crate::store::webhooks::deliveries::{self as rows, DueWebhook, LeasedStep, NewAttempt, Sent};
use crate::store::webhooks::{self, reports, runs};
use crate::{Hub, events, secrets};
use model::event::Event;
use model::webhook::{Disabled, RunState};
use model::{Error, Timestamp};

/// Webhooks that are looked at in one change.
const WEBHOOKS: i64 = 64;
/// Deliveries of one webhook under way at once, and of one that fails: hung receivers must not take all.
const AT_ONCE: i64 = 8;
const AT_ONCE_FAILING: i64 = 1;
/// Milliseconds of a lease: an attempt's time and what writing it down may take.
const LEASE: i64 = 30_000;
/// A webhook to which nothing was delivered for so long is turned off, in milliseconds.
const PATIENCE: i64 = 5 * 24 * 3_600_000;
const DAY_SECONDS: u64 = 24 * 3600;

/// A request that is to be sent now.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    run_id: String,
    position: i64,
    webhook_id: String,
    number: i64,
    lease: String,
    at: Timestamp,
    header_lines: String,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub outcome: Outcome,
    /// Milliseconds.
    pub duration: u64,
    /// Name and value a line.
    pub response_headers: String,
    /// The first 4 KiB.
    pub response: String,
}

/// Whether there was an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The HTTP status, and the seconds of `Retry-After`.
    Answered(u16, Option<u64>),
    /// None; why.
    Unanswered(String),
}

impl Hub {
    /// What is to be sent now, leased to the caller.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn claim_deliveries(&self) -> Result<Vec<Delivery>, Error> {
        let (now, lease) = (self.now(), secrets::new_token()?);
        let mut change = self.change().await?;
        let pushes = self.fan_out(&mut change).await?;
        let mut deliveries = Vec::new();
        let waiting = rows::due(&mut change, now, WEBHOOKS).await?;
        let changes_something = pushes > 0 || !waiting.is_empty();
        for due in waiting {
            let most = if due.is_failing { AT_ONCE_FAILING } else { AT_ONCE };
            let steps = rows::lease(&mut change, &due.id, &lease, most, now, now.plus(LEASE)).await?;
            for step in steps {
                deliveries.push(self.delivery(&mut change, &due, step, &lease, now).await?);
            }
        }
        if changes_something {
            change.commit_quietly().await?;
        }
        Ok(deliveries)
    }

    async fn delivery(
        &self,
        change: &mut Change,
        due: &DueWebhook,
        step: LeasedStep,
        lease: &str,
        now: Timestamp,
    ) -> Result<Delivery, Error> {
        let (stored, namespace, name) = rows::payload(change, &step.run_id).await?;
        let token = self.callback_token(&step.message_id);
        let callback = format!("{}/u/{namespace}/{name}/hook/{token}/", self.settings().url);
        let body = payload::with_callback(&stored, callback)?;
        let mut secrets = vec![self.vault().open(&due.secret)?];
        if due.old_secret_until > now.0 && !due.old_secret.is_empty() {
            secrets.push(self.vault().open(&due.old_secret)?);
        }
        let headers = signing::headers(&step.message_id, now, &body, &secrets);
        let lines: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        Ok(Delivery {
            url: step.url,
            headers,
            header_lines: lines.join("\n"),
            body,
            run_id: step.run_id,
            position: step.position,
            webhook_id: step.webhook_id,
            number: step.attempts,
            lease: lease.to_owned(),
            at: now,
        })
    }

    /// Writes down what came of deliveries, and what that leads to.
    ///
    /// # Errors
    /// Only the database's: then they are sent again when their leases are over.
    pub async fn settle_deliveries(&self, settled: &[(Delivery, Attempt)]) -> Result<(), Error> {
        let (now, mut change) = (self.now(), self.change().await?);
        for (delivery, attempt) in settled {
            self.settle(&mut change, delivery, attempt, now).await?;
            rows::note_next(&mut change, &delivery.webhook_id, now).await?;
        }
        change.commit_quietly().await?;
        self.ring_webhook_bell();
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

    /// Nothing more is sent until an administrator turns it on again; the log tells why.
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
        let repository = repository.parse().map_err(|_| Error::Internal)?;
        let event = Event::WebhookDisabled { repository, name: owner.name, because };
        Ok(events::record(change, now, &Actor::anonymous(), Some(&owner.repository_id), &event).await?)
    }

    /// Ends runs whose callback did not come in time.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn expire_callbacks(&self) -> Result<(), Error> {
        let now = self.now();
        let overdue = reports::overdue(self.database(), now).await?;
        if overdue.is_empty() {
            return Ok(());
        }
        let mut change = self.change().await?;
        for (run_id, position, webhook_id) in overdue {
            let state = runs::hold(&mut change, &webhook_id, &run_id).await?;
            let is_late = runs::expire(&mut change, &run_id, position, now).await?;
            if is_late && state == Some(RunState::Running) {
                runs::end(&mut change, &run_id, RunState::Expired, now).await?;
            }
        }
        change.commit_quietly().await?;
        self.ring_webhook_bell();
        Ok(())
    }

    /// Returns when there may be something to send.
    pub async fn webhooks_wait(&self) {
        self.inner.webhook_bell.notified().await;
    }

    pub(crate) fn ring_webhook_bell(&self) {
        self.inner.webhook_bell.notify_one();
        self.inner.webhook_news.send_replace(());
    }
}

impl Delivery {
    fn row<'a>(&'a self, attempt: &'a Attempt) -> NewAttempt<'a> {
        let (status, error) = match &attempt.outcome {
            Outcome::Answered(status, _) => (Some(i64::from(*status)), ""),
            Outcome::Unanswered(why) => (None, why.as_str()),
        };
        NewAttempt {
            run_id: &self.run_id,
            position: self.position,
            number: self.number,
            url: &self.url,
            sent_at: self.at,
            duration: i64::try_from(attempt.duration).unwrap_or(i64::MAX),
            status,
            error,
            request_headers: &self.header_lines,
            response_headers: &attempt.response_headers,
            response: &attempt.response,
        }
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
