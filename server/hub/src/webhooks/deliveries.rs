//! What is to be sent now: at least once, by whichever process has the lease (SPEC R4.7). `outcomes` has what becomes
//! of it.
//!
//! A lease that runs out makes the step due again, with the same id; whoever held it can change nothing any more.

use super::slots::{Slot, Slots};
use super::{payload, signing};
use crate::store::Change;
use crate::store::webhooks::outcomes::NewAttempt;
use crate::store::webhooks::queue::{self as rows, DueWebhook, LeasedStep};
use crate::{Hub, secrets};
use model::{Error, Timestamp};
use std::sync::Arc;

/// Webhooks that are looked at in one change.
const WEBHOOKS: i64 = 64;
/// Deliveries of one webhook under way at once, and of one whose receiver failed last or never took one.
const AT_ONCE: i64 = 8;
const AT_ONCE_UNPROVEN: i64 = 1;
/// Milliseconds for writing an outcome down, at least: a lease lasts as long as an attempt, and this or as long again.
const MARGIN: i64 = 5_000;
/// Milliseconds until a webhook is looked at again for which there was no room.
const NO_ROOM: i64 = 200;

/// A request that is to be sent now.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    pub(super) run_id: String,
    pub(super) position: i64,
    pub(super) webhook_id: String,
    pub(super) number: i64,
    pub(super) lease: String,
    at: Timestamp,
    header_lines: String,
    /// Until the outcome is written down.
    _slot: Arc<Slot>,
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
    /// What is to be sent now, leased to the caller: as much as there are `slots` for.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn claim_deliveries(&self, slots: &Slots) -> Result<Vec<Delivery>, Error> {
        if slots.is_full() {
            return Ok(Vec::new());
        }
        let lease = secrets::new_token()?;
        let mut change = self.change().await?;
        let pushes = self.fan_out(&mut change).await?;
        // After them: what was made due just now is due.
        let now = self.now();
        let mut deliveries = Vec::new();
        let waiting = rows::due(&mut change, now, WEBHOOKS).await?;
        let changes_something = pushes > 0 || !waiting.is_empty();
        for due in waiting {
            deliveries.extend(self.claim_of(&mut change, &due, slots, &lease, now).await?);
        }
        if changes_something {
            change.commit_quietly().await?;
        }
        Ok(deliveries)
    }

    async fn claim_of(
        &self,
        change: &mut Change,
        due: &DueWebhook,
        slots: &Slots,
        lease: &str,
        now: Timestamp,
    ) -> Result<Vec<Delivery>, Error> {
        let most = if due.is_healthy { AT_ONCE } else { AT_ONCE_UNPROVEN };
        let room = (most - rows::under_way(change, &due.id, now).await?).max(0);
        let steps = rows::due_steps(change, &due.id, now, room).await?;
        let is_full = i64::try_from(steps.len()).unwrap_or(i64::MAX) >= room;
        let mut deliveries = Vec::new();
        for step in steps {
            let Some(slot) = slots.take(&step.url, due.is_healthy) else {
                rows::put_off(change, &due.id, now.plus(NO_ROOM)).await?;
                return Ok(deliveries);
            };
            let leased = rows::lease(change, &step, lease, now.plus(self.lease_time())).await?;
            deliveries.push(self.delivery(change, due, leased, slot, now).await?);
        }
        if is_full {
            rows::note_full(change, &due.id, now).await?;
        } else {
            rows::note_next(change, &due.id, now).await?;
        }
        Ok(deliveries)
    }

    /// Milliseconds of a lease.
    fn lease_time(&self) -> i64 {
        let attempt = self.settings().webhook_timeout;
        attempt + attempt.max(MARGIN)
    }

    async fn delivery(
        &self,
        change: &mut Change,
        due: &DueWebhook,
        step: LeasedStep,
        slot: Slot,
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
            lease: step.lease,
            at: now,
            _slot: Arc::new(slot),
        })
    }

    /// Makes due what a process before this one had under way, where there can be no other: a restart delays nothing.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn take_over_deliveries(&self) -> Result<(), Error> {
        if !self.database().has_one_process() {
            return Ok(());
        }
        let mut change = self.change().await?;
        rows::release(&mut change, self.now()).await?;
        Ok(change.commit_quietly().await?)
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

impl Attempt {
    /// The receiver took the message.
    pub(super) fn is_taken(&self) -> bool {
        matches!(self.outcome, Outcome::Answered(200..=299, _))
    }
}

impl Delivery {
    pub(super) fn row<'a>(&'a self, attempt: &'a Attempt) -> NewAttempt<'a> {
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
