//! SQL of what is to be sent: pushes that nobody looked at yet, webhooks with something due, leases of steps.

use super::super::change::Transaction;
use super::super::{Change, StoreError, statements, write};
use model::Timestamp;

statements! {
    ENQUEUE = "
        INSERT INTO event_queue (event_id)
        SELECT $1 WHERE EXISTS (SELECT 1 FROM webhooks WHERE repository_id = $2 AND disabled = '')";
    QUEUED = "SELECT event_id FROM event_queue ORDER BY event_id LIMIT $1";
    TAKE = "DELETE FROM event_queue WHERE event_id = $1";
    DUE = "
        SELECT id, secret, old_secret, old_secret_until, (is_proven AND failing_since IS NULL) AS is_healthy
        FROM webhooks WHERE next_due <= $1 AND disabled = '' ORDER BY next_due LIMIT $2";
    /// `leased_until > 0` lets the index be used that has only what is leased.
    LEASED = "SELECT COUNT(*) FROM webhook_steps WHERE webhook_id = $1 AND leased_until > $2 AND leased_until > 0";
    DUE_STEPS = "
        SELECT run_id, position, url FROM webhook_steps
        WHERE webhook_id = $1 AND due_at <= $2 AND leased_until <= $2 ORDER BY due_at, run_id LIMIT $3";
    LEASE = "
        UPDATE webhook_steps SET lease = $3, leased_until = $4, attempts = attempts + 1
        WHERE run_id = $1 AND position = $2
        RETURNING run_id, position, webhook_id, url, message_id, attempts, lease";
    PAYLOAD = "
        SELECT n.payload, r.namespace, r.name FROM webhook_runs n JOIN webhooks w ON w.id = n.webhook_id
        JOIN repositories r ON r.id = w.repository_id WHERE n.id = $1";
    NEXT = "
        UPDATE webhooks SET is_full = FALSE, next_due = (SELECT MIN(n.at) FROM (
            SELECT MIN(leased_until) AS at FROM webhook_steps
            WHERE webhook_id = $1 AND leased_until > $2 AND leased_until > 0
            UNION ALL
            SELECT MIN(due_at) AS at FROM webhook_steps
            WHERE webhook_id = $1 AND due_at IS NOT NULL AND leased_until <= $2) n)
        WHERE id = $1";
    /// All that it may have under way is: the next when one of them must have ended.
    NEXT_LEASE = "
        UPDATE webhooks SET is_full = TRUE, next_due = (SELECT MIN(s.leased_until) FROM webhook_steps s
            WHERE s.webhook_id = $1 AND s.leased_until > $2 AND s.leased_until > 0)
        WHERE id = $1";
    PUT_OFF = "UPDATE webhooks SET next_due = $2 WHERE id = $1";
    RELEASE = "UPDATE webhook_steps SET lease = '', leased_until = 0 WHERE leased_until > $1 AND leased_until > 0";
    RELEASE_DUE = "
        UPDATE webhooks SET next_due = $1, is_full = FALSE
        WHERE id IN (SELECT webhook_id FROM webhook_steps WHERE leased_until > $1 AND leased_until > 0)";
}

/// The same, for a database in which others may hold rows.
const QUEUED_SKIPPING: &str =
    "SELECT event_id FROM event_queue ORDER BY event_id LIMIT $1 FOR UPDATE SKIP LOCKED";
const DUE_SKIPPING: &str = "
    SELECT id, secret, old_secret, old_secret_until, (is_proven AND failing_since IS NULL) AS is_healthy
    FROM webhooks WHERE next_due <= $1 AND disabled = '' ORDER BY next_due LIMIT $2 FOR UPDATE SKIP LOCKED";

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
    /// The last delivery was taken.
    pub(crate) is_healthy: bool,
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
    pub(crate) lease: String,
}

/// A step that may be leased.
#[derive(sqlx::FromRow)]
pub(crate) struct DueStep {
    pub(crate) run_id: String,
    pub(crate) position: i64,
    pub(crate) url: String,
}

/// How many steps of a webhook are under way.
pub(crate) async fn under_way(
    change: &mut Change,
    webhook_id: &str,
    now: Timestamp,
) -> Result<i64, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(LEASED).bind(webhook_id).bind(now.0).fetch_one(c).await)?)
}

/// Steps of one webhook that are to be sent, the longest waiting first.
pub(crate) async fn due_steps(
    change: &mut Change,
    webhook_id: &str,
    now: Timestamp,
    most: i64,
) -> Result<Vec<DueStep>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(DUE_STEPS)
        .bind(webhook_id).bind(now.0).bind(most).fetch_all(c).await)?)
}

/// Leases a step to `holder`.
pub(crate) async fn lease(
    change: &mut Change,
    step: &DueStep,
    holder: &str,
    until: Timestamp,
) -> Result<LeasedStep, StoreError> {
    Ok(write!(change, c => sqlx::query_as(LEASE)
        .bind(&step.run_id).bind(step.position).bind(holder).bind(until.0).fetch_one(c).await)?)
}

/// Says when a webhook has something to send next.
pub(crate) async fn note_next(
    change: &mut Change,
    webhook_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(NEXT).bind(webhook_id).bind(now.0).execute(c).await.map(drop))?)
}

/// All that a webhook may have under way is: it is looked at again when one of them must have ended.
pub(crate) async fn note_full(
    change: &mut Change,
    webhook_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(NEXT_LEASE)
        .bind(webhook_id).bind(now.0).execute(c).await.map(drop))?)
}

/// A webhook is looked at again at `until`.
pub(crate) async fn put_off(
    change: &mut Change,
    webhook_id: &str,
    until: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(PUT_OFF)
        .bind(webhook_id).bind(until.0).execute(c).await.map(drop))?)
}

/// Ends all leases.
pub(crate) async fn release(change: &mut Change, now: Timestamp) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(RELEASE_DUE).bind(now.0).execute(c).await.map(drop))?;
    Ok(write!(change, c => sqlx::query(RELEASE).bind(now.0).execute(c).await.map(drop))?)
}

/// A run's payload, and the namespace and name of its repository.
pub(crate) async fn payload(
    change: &mut Change,
    run_id: &str,
) -> Result<(String, String, String), StoreError> {
    Ok(write!(change, c => sqlx::query_as(PAYLOAD).bind(run_id).fetch_one(c).await)?)
}
