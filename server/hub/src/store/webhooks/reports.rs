//! SQL of callbacks: awaited, overdue, taken, shown.

use super::super::{Change, Database, StoreError, read, statements, write};
use model::Timestamp;

statements! {
    OVERDUE = "
        SELECT run_id, position, webhook_id FROM webhook_steps WHERE expires_at <= $1 ORDER BY expires_at LIMIT 100";
    BY_CALLBACK = "
        SELECT s.run_id, s.position, s.webhook_id, s.state, s.waits, s.attempts, s.callback, s.expires_at,
            n.state AS run_state
        FROM webhook_steps s JOIN webhook_runs n ON n.id = s.run_id WHERE s.callback_hash = $1";
    REPORT = "UPDATE webhook_steps SET callback = $3, callback_at = $4 WHERE run_id = $1 AND position = $2";
    CHECKS = "
        SELECT w.name, n.tag, s.callback, s.callback_at FROM webhook_steps s
        JOIN webhook_runs n ON n.id = s.run_id JOIN webhooks w ON w.id = s.webhook_id
        WHERE w.repository_id = $1 AND n.digest = $2 AND n.tag = $3 AND s.callback_at IS NOT NULL
        ORDER BY s.callback_at DESC LIMIT 20";
}

/// Run, step and webhook of callbacks that did not come in time.
pub(crate) async fn overdue(
    database: &Database,
    now: Timestamp,
) -> Result<Vec<(String, i64, String)>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(OVERDUE).bind(now.0).fetch_all(pool).await)?)
}

/// The step that a callback is about.
#[derive(sqlx::FromRow)]
pub(crate) struct ReportedStep {
    pub(crate) run_id: String,
    pub(crate) position: i64,
    pub(crate) webhook_id: String,
    pub(crate) state: String,
    pub(crate) waits: bool,
    pub(crate) attempts: i64,
    pub(crate) callback: String,
    pub(crate) expires_at: Option<i64>,
    pub(crate) run_state: String,
}

/// The step whose callback has this hash.
pub(crate) async fn by_callback(change: &mut Change, hash: &str) -> Result<Option<ReportedStep>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(BY_CALLBACK).bind(hash).fetch_optional(c).await)?)
}

/// Files a callback (JSON).
pub(crate) async fn report(
    change: &mut Change,
    run_id: &str,
    position: i64,
    callback: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(REPORT)
        .bind(run_id).bind(position).bind(callback).bind(now.0).execute(c).await.map(drop))?)
}

/// Webhook, tag, callback and time of what receivers said of an image.
pub(crate) async fn checks(
    database: &Database,
    repository_id: &str,
    digest: &str,
    tag: &str,
) -> Result<Vec<(String, String, String, i64)>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(CHECKS)
        .bind(repository_id).bind(digest).bind(tag).fetch_all(pool).await)?)
}
