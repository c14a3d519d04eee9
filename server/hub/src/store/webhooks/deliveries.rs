//! SQL of what is to be sent: the queue of pushes, leases of steps, outcomes, callbacks.

use super::super::change::Transaction;
use super::super::{Change, StoreError, new_id, statements, write};
use model::Timestamp;

statements! {
    ENQUEUE = "
        INSERT INTO event_queue (event_id)
        SELECT $1 WHERE EXISTS (SELECT 1 FROM webhooks WHERE repository_id = $2 AND disabled = '')";
    QUEUED = "SELECT event_id FROM event_queue ORDER BY event_id LIMIT $1";
    TAKE = "DELETE FROM event_queue WHERE event_id = $1";
    DUE = "
        SELECT id, secret, old_secret, old_secret_until, failing_since IS NOT NULL AS is_failing FROM webhooks
        WHERE next_due <= $1 AND disabled = '' ORDER BY next_due LIMIT $2";
    LEASED = "SELECT COUNT(*) FROM webhook_steps WHERE webhook_id = $1 AND leased_until > $2 AND due_at IS NOT NULL";
    DUE_STEPS = "
        SELECT run_id, position FROM webhook_steps
        WHERE webhook_id = $1 AND due_at <= $2 AND leased_until <= $2 ORDER BY due_at, run_id LIMIT $3";
    LEASE = "
        UPDATE webhook_steps SET lease = $3, leased_until = $4, attempts = attempts + 1
        WHERE run_id = $1 AND position = $2
        RETURNING run_id, position, webhook_id, url, message_id, attempts";
    PAYLOAD = "
        SELECT n.payload, r.namespace, r.name FROM webhook_runs n JOIN webhooks w ON w.id = n.webhook_id
        JOIN repositories r ON r.id = w.repository_id WHERE n.id = $1";
    NEXT = "
        UPDATE webhooks SET next_due = (SELECT MIN(CASE WHEN s.leased_until > $2 THEN s.leased_until ELSE s.due_at END)
            FROM webhook_steps s WHERE s.webhook_id = $1 AND s.due_at IS NOT NULL)
        WHERE id = $1";
    /// All that it may have under way is: the next when one of them must have ended.
    NEXT_LEASE = "
        UPDATE webhooks SET next_due = (SELECT MIN(s.leased_until) FROM webhook_steps s
            WHERE s.webhook_id = $1 AND s.due_at IS NOT NULL AND s.leased_until > $2)
        WHERE id = $1";
    ADD_ATTEMPT = "
        INSERT INTO webhook_attempts (id, run_id, position, number, url, sent_at, duration, status, error,
            request_headers, response_headers, response)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
        WHERE EXISTS (SELECT 1 FROM webhook_steps WHERE run_id = $2 AND position = $3)";
    CALLED = "
        UPDATE webhook_steps SET state = 'called', called_at = $4, expires_at = $5, due_at = NULL, lease = '',
            leased_until = 0
        WHERE run_id = $1 AND position = $2 AND lease = $3 AND state = 'sending'";
    /// A step whose callback decides nothing is done when it is taken.
    TAKEN = "
        UPDATE webhook_steps SET state = 'done', called_at = $4, ended_at = $4, due_at = NULL, lease = '',
            leased_until = 0
        WHERE run_id = $1 AND position = $2 AND lease = $3 AND state = 'sending'";
    RETRY = "
        UPDATE webhook_steps SET due_at = $4, lease = '', leased_until = 0
        WHERE run_id = $1 AND position = $2 AND lease = $3 AND state = 'sending'";
    GIVE_UP = "
        UPDATE webhook_steps SET state = 'undelivered', ended_at = $4, due_at = NULL, lease = '', leased_until = 0
        WHERE run_id = $1 AND position = $2 AND lease = $3 AND state = 'sending'";
    WAITS = "
        SELECT s.waits, w.step_ttl FROM webhook_steps s JOIN webhooks w ON w.id = s.webhook_id
        WHERE s.run_id = $1 AND s.position = $2";
    DELIVERED = "UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL";
    FAILED = "
        UPDATE webhooks SET failing_since = COALESCE(failing_since, $2) WHERE id = $1
        RETURNING failing_since, disabled";
    OWNER = "
        SELECT w.name, r.id AS repository_id, r.namespace, r.name AS repository FROM webhooks w
        JOIN repositories r ON r.id = w.repository_id WHERE w.id = $1";
}

/// The same, for a database in which others may hold rows.
const QUEUED_SKIPPING: &str =
    "SELECT event_id FROM event_queue ORDER BY event_id LIMIT $1 FOR UPDATE SKIP LOCKED";
const DUE_SKIPPING: &str = "
    SELECT id, secret, old_secret, old_secret_until, failing_since IS NOT NULL AS is_failing FROM webhooks
    WHERE next_due <= $1 AND disabled = '' ORDER BY next_due LIMIT $2 FOR UPDATE SKIP LOCKED";

/// Remembers a push until webhooks were asked about it; costs a look where there are none.
pub(crate) async fn enqueue(
    change: &mut Change,
    event_id: &str,
    repository_id: &str,
) -> Result<bool, StoreError> {
    let added = write!(change, c => sqlx::query(ENQUEUE)
        .bind(event_id).bind(repository_id).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added > 0)
}

/// Takes pushes out of the queue, the oldest first.
pub(crate) async fn take_queued(change: &mut Change, most: i64) -> Result<Vec<String>, StoreError> {
    let ids: Vec<String> = match change.transaction() {
        Transaction::Sqlite(tx) => sqlx::query_scalar(QUEUED).bind(most).fetch_all(&mut **tx).await?,
        Transaction::Postgres(tx) => {
            sqlx::query_scalar(QUEUED_SKIPPING).bind(most).fetch_all(&mut **tx).await?
        }
    };
    for id in &ids {
        write!(change, c => sqlx::query(TAKE).bind(id).execute(c).await.map(drop))?;
    }
    Ok(ids)
}

/// A webhook that has something to send, and what it signs with (sealed).
#[derive(sqlx::FromRow)]
pub(crate) struct DueWebhook {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) old_secret: String,
    pub(crate) old_secret_until: i64,
    pub(crate) is_failing: bool,
}

/// Webhooks that have something to send, the longest waiting first.
pub(crate) async fn due(
    change: &mut Change,
    now: Timestamp,
    most: i64,
) -> Result<Vec<DueWebhook>, StoreError> {
    Ok(match change.transaction() {
        Transaction::Sqlite(tx) => sqlx::query_as(DUE).bind(now.0).bind(most).fetch_all(&mut **tx).await?,
        Transaction::Postgres(tx) => {
            sqlx::query_as(DUE_SKIPPING).bind(now.0).bind(most).fetch_all(&mut **tx).await?
        }
    })
}

/// A step that is ours to send for a while.
#[derive(sqlx::FromRow)]
pub(crate) struct LeasedStep {
    pub(crate) run_id: String,
    pub(crate) position: i64,
    pub(crate) webhook_id: String,
    pub(crate) url: String,
    pub(crate) message_id: String,
    pub(crate) attempts: i64,
}

/// Leases steps of one webhook: as many as make `most` under way together.
pub(crate) async fn lease(
    change: &mut Change,
    webhook_id: &str,
    holder: &str,
    most: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<LeasedStep>, StoreError> {
    let under_way: i64 = write!(change, c => sqlx::query_scalar(LEASED)
        .bind(webhook_id).bind(now.0).fetch_one(c).await)?;
    let room = (most - under_way).max(0);
    let due: Vec<(String, i64)> = write!(change, c => sqlx::query_as(DUE_STEPS)
        .bind(webhook_id).bind(now.0).bind(room).fetch_all(c).await)?;
    let mut leased = Vec::new();
    for (run_id, position) in due {
        leased.push(write!(change, c => sqlx::query_as(LEASE)
            .bind(&run_id).bind(position).bind(holder).bind(until.0).fetch_one(c).await)?);
    }
    let is_full = leased.len() >= usize::try_from(room).unwrap_or_default();
    let next = if is_full { NEXT_LEASE } else { NEXT };
    write!(change, c => sqlx::query(next).bind(webhook_id).bind(now.0).execute(c).await.map(drop))?;
    Ok(leased)
}

/// A run's payload, and the namespace and name of its repository.
pub(crate) async fn payload(
    change: &mut Change,
    run_id: &str,
) -> Result<(String, String, String), StoreError> {
    Ok(write!(change, c => sqlx::query_as(PAYLOAD).bind(run_id).fetch_one(c).await)?)
}

/// Says when a webhook has something to send next.
pub(crate) async fn note_next(
    change: &mut Change,
    webhook_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(NEXT).bind(webhook_id).bind(now.0).execute(c).await.map(drop))?)
}

/// What is written down of an attempt.
pub(crate) struct NewAttempt<'a> {
    pub(crate) run_id: &'a str,
    pub(crate) position: i64,
    pub(crate) number: i64,
    pub(crate) url: &'a str,
    pub(crate) sent_at: Timestamp,
    pub(crate) duration: i64,
    pub(crate) status: Option<i64>,
    pub(crate) error: &'a str,
    pub(crate) request_headers: &'a str,
    pub(crate) response_headers: &'a str,
    pub(crate) response: &'a str,
}

/// Files an attempt, if its step is still there.
pub(crate) async fn add_attempt(change: &mut Change, new: &NewAttempt<'_>) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ADD_ATTEMPT)
        .bind(new_id()).bind(new.run_id).bind(new.position).bind(new.number).bind(new.url).bind(new.sent_at.0)
        .bind(new.duration).bind(new.status).bind(new.error).bind(new.request_headers)
        .bind(new.response_headers).bind(new.response).execute(c).await.map(drop))?)
}

/// A step that `lease` sent.
#[derive(Clone, Copy)]
pub(crate) struct Sent<'a> {
    pub(crate) run_id: &'a str,
    pub(crate) position: i64,
    pub(crate) lease: &'a str,
}

async fn settle(
    change: &mut Change,
    sql: &'static str,
    sent: Sent<'_>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let done = write!(change, c => sqlx::query(sql)
        .bind(sent.run_id).bind(sent.position).bind(sent.lease).bind(at.0)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Its callback is awaited; `false`: somebody else has the step meanwhile, or it is over.
pub(crate) async fn called(
    change: &mut Change,
    sent: Sent<'_>,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let done = write!(change, c => sqlx::query(CALLED)
        .bind(sent.run_id).bind(sent.position).bind(sent.lease).bind(now.0).bind(until.0)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// It was taken, and nothing is awaited; `false` as above.
pub(crate) async fn taken(change: &mut Change, sent: Sent<'_>, now: Timestamp) -> Result<bool, StoreError> {
    settle(change, TAKEN, sent, now).await
}

/// It is to be sent again; `false` as above.
pub(crate) async fn retry(change: &mut Change, sent: Sent<'_>, at: Timestamp) -> Result<bool, StoreError> {
    settle(change, RETRY, sent, at).await
}

/// It is not tried again; `false` as above.
pub(crate) async fn give_up(change: &mut Change, sent: Sent<'_>, now: Timestamp) -> Result<bool, StoreError> {
    settle(change, GIVE_UP, sent, now).await
}

/// Whether a step waits for its callback, and how long (milliseconds); `None`: it is gone.
pub(crate) async fn waits(
    change: &mut Change,
    run_id: &str,
    position: i64,
) -> Result<Option<(bool, i64)>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(WAITS).bind(run_id).bind(position).fetch_optional(c).await)?)
}

/// Something was delivered.
pub(crate) async fn note_delivered(change: &mut Change, webhook_id: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(DELIVERED).bind(webhook_id).execute(c).await.map(drop))?)
}

/// Something was not; since when that has been so, unless it was turned off already.
pub(crate) async fn note_failed(
    change: &mut Change,
    webhook_id: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let row: Option<(i64, String)> = write!(change, c => sqlx::query_as(FAILED)
        .bind(webhook_id).bind(now.0).fetch_optional(c).await)?;
    Ok(row.filter(|(_, disabled)| disabled.is_empty()).map(|(since, _)| Timestamp(since)))
}

/// Whose webhook it is.
#[derive(sqlx::FromRow)]
pub(crate) struct OwnerRow {
    pub(crate) name: String,
    pub(crate) repository_id: String,
    pub(crate) namespace: String,
    pub(crate) repository: String,
}

/// Whose webhook it is.
pub(crate) async fn owner(change: &mut Change, webhook_id: &str) -> Result<Option<OwnerRow>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(OWNER).bind(webhook_id).fetch_optional(c).await)?)
}
