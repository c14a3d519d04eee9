//! SQL of what became of attempts.

use super::super::{Change, StoreError, new_id, statements, write};
use model::Timestamp;

statements! {
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
    DELIVERED = "
        UPDATE webhooks SET failing_since = NULL, is_proven = TRUE
        WHERE id = $1 AND (failing_since IS NOT NULL OR NOT is_proven)";
    FAILED = "
        UPDATE webhooks SET failing_since = COALESCE(failing_since, $2) WHERE id = $1
        RETURNING failing_since, disabled";
    OWNER = "
        SELECT w.name, r.id AS repository_id, r.namespace, r.name AS repository FROM webhooks w
        JOIN repositories r ON r.id = w.repository_id WHERE w.id = $1";
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
