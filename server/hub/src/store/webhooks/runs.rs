//! SQL of runs and steps: made and moved on.

use super::super::repositories::name_of;
use super::super::{Change, StoreError, new_id, statements, write};
use super::Push;
use crate::access::Entered;
use model::event::Event;
use model::webhook::{RunState, StepState, Trigger};
use model::{Timestamp, Visibility};

statements! {
    EVENT = "
        SELECT e.id AS event_id, e.actor AS pusher, e.happened_at, COALESCE(e.sequence, 0) AS sequence, e.body,
            r.id AS repository_id, r.namespace, r.name, r.description, r.full_description, r.visibility,
            r.stars, r.comments, r.created_at
        FROM events e JOIN repositories r ON r.id = e.repository_id WHERE e.id = $1";
    SIZE = "SELECT CAST(LENGTH(body) AS BIGINT) FROM manifests WHERE repository_id = $1 AND digest = $2";
    LISTENERS = "
        SELECT id, format FROM webhooks WHERE repository_id = $1 AND disabled = '' AND ($2 = '' OR id = $2)
        ORDER BY id";
    ADD = "
        INSERT INTO webhook_runs (id, webhook_id, event_id, cause, tag, digest, pusher, payload, state, started_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $9) ON CONFLICT (webhook_id, event_id) DO NOTHING";
    URLS = "
        SELECT u.position, u.url, w.waits FROM webhook_urls u JOIN webhooks w ON w.id = u.webhook_id
        WHERE u.webhook_id = $1 ORDER BY u.position";
    ADD_STEP = "
        INSERT INTO webhook_steps (run_id, position, webhook_id, url, waits, state, message_id, callback_hash,
            attempts, lease, leased_until, callback)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', 0, '')";
    START = "
        UPDATE webhook_steps SET state = 'sending', started_at = $3, due_at = $3
        WHERE run_id = $1 AND position = $2 AND state = 'waiting'";
    RING = "
        UPDATE webhooks SET next_due = CASE
            WHEN next_due IS NULL OR (next_due > $2 AND NOT is_full) THEN $2 ELSE next_due END
        WHERE id = $1";
    END_STEP = "
        UPDATE webhook_steps SET state = $3, ended_at = $4, due_at = NULL, expires_at = NULL, lease = '',
            leased_until = 0
        WHERE run_id = $1 AND position = $2 AND ended_at IS NULL";
    /// Only what is still overdue: a callback may have come meanwhile.
    EXPIRE = "
        UPDATE webhook_steps SET state = 'expired', ended_at = $3, expires_at = NULL
        WHERE run_id = $1 AND position = $2 AND expires_at <= $3";
    END_RUN = "
        UPDATE webhook_runs SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'running'";
    CANCEL_STEPS = "
        UPDATE webhook_steps SET state = 'cancelled', ended_at = $2, due_at = NULL, expires_at = NULL, lease = '',
            leased_until = 0
        WHERE run_id = $1 AND ended_at IS NULL";
    NEXT_POSITION = "
        SELECT MIN(position) FROM webhook_steps WHERE run_id = $1 AND position > $2 AND state = 'waiting'";
    /// What leads to an address that the webhook does not have any more.
    BEYOND = "
        SELECT s.run_id, s.position, s.state FROM webhook_steps s JOIN webhook_runs n ON n.id = s.run_id
        WHERE s.webhook_id = $1 AND s.position > $2 AND s.ended_at IS NULL AND n.state = 'running'
        ORDER BY s.run_id, s.position DESC";
    STATE = "SELECT state FROM webhook_runs WHERE id = $1 AND webhook_id = $2";
    IS_CURRENT = "
        SELECT COUNT(*) FROM webhook_steps
        WHERE run_id = $1 AND position = $2 AND state IN ('sending', 'called')";
    MISSED = "
        SELECT e.id FROM events e WHERE e.repository_id = $1 AND e.kind = 'repo.tag.push' AND e.happened_at >= $2
            AND e.sequence IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM webhook_runs r WHERE r.webhook_id = $3 AND r.event_id = e.id)
        ORDER BY e.id LIMIT 1000";
    NEWEST_PUSH = "
        SELECT id FROM events WHERE repository_id = $1 AND sequence IS NOT NULL ORDER BY id DESC LIMIT 1";
}

/// A pushed tag, as the event tells of it.
#[derive(sqlx::FromRow)]
struct PushRow {
    event_id: String,
    pusher: String,
    happened_at: i64,
    sequence: i64,
    body: String,
    repository_id: String,
    namespace: String,
    name: String,
    description: String,
    full_description: String,
    visibility: String,
    stars: i64,
    comments: i64,
    created_at: i64,
}

/// The push that an event tells of; `None`: its repository is gone, or it told of something else.
pub(crate) async fn push(change: &mut Change, event_id: &str) -> Result<Option<Push>, StoreError> {
    let row: Option<PushRow> =
        write!(change, c => sqlx::query_as(EVENT).bind(event_id).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let event = serde_json::from_str(&row.body).map_err(|_| StoreError::corrupt("event"))?;
    let Event::Pushed { digest, media_type, tag: Some(tag), .. } = event else { return Ok(None) };
    let size: Option<i64> = write!(change, c => sqlx::query_scalar(SIZE)
        .bind(&row.repository_id).bind(digest.as_str()).fetch_optional(c).await)?;
    Ok(Some(Push {
        event_id: row.event_id,
        repository_id: row.repository_id,
        repository: name_of(&row.namespace, &row.name)?,
        description: row.description,
        full_description: row.full_description,
        is_private: row.visibility == Visibility::Private.as_str(),
        stars: row.stars,
        comments: row.comments,
        created_at: Timestamp(row.created_at),
        at: Timestamp(row.happened_at),
        pusher: row.pusher,
        tag: tag.to_string(),
        digest: digest.to_string(),
        media_type,
        size: size.unwrap_or_default(),
        sequence: row.sequence,
    }))
}

/// The id and the format of each webhook that a repository's pushes are told to; with `id` only that one.
pub(crate) async fn listeners(
    change: &mut Change,
    repository_id: &str,
    id: &str,
) -> Result<Vec<(String, String)>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(LISTENERS).bind(repository_id).bind(id).fetch_all(c).await)?)
}

/// A run to be filed.
pub(crate) struct NewRun<'a> {
    pub(crate) webhook_id: &'a str,
    /// The push that is told once; `None` for a test or a replay.
    pub(crate) event_id: Option<&'a str>,
    pub(crate) cause: Trigger,
    pub(crate) tag: &'a str,
    pub(crate) digest: &'a str,
    pub(crate) pusher: &'a str,
    pub(crate) payload: &'a str,
    pub(crate) at: Timestamp,
}

/// Files a run without steps; `None`: this push was told to this webhook already.
pub(crate) async fn add(change: &mut Change, new: &NewRun<'_>) -> Result<Option<String>, StoreError> {
    let id = new_id();
    let added = write!(change, c => sqlx::query(ADD)
        .bind(&id).bind(new.webhook_id).bind(new.event_id).bind(new.cause.as_str()).bind(new.tag)
        .bind(new.digest).bind(new.pusher).bind(new.payload).bind(new.at.0)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok((added > 0).then_some(id))
}

/// Position, URL and whether the webhook waits for the last callback, in order.
pub(crate) async fn urls(
    change: &mut Change,
    webhook_id: &str,
) -> Result<Vec<(i64, String, bool)>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(URLS).bind(webhook_id).fetch_all(c).await)?)
}

/// A step to be filed.
pub(crate) struct NewStep<'a> {
    pub(crate) run_id: &'a str,
    pub(crate) position: i64,
    pub(crate) webhook_id: &'a str,
    pub(crate) url: &'a str,
    pub(crate) waits: bool,
    pub(crate) state: StepState,
    pub(crate) message_id: &'a str,
    pub(crate) callback_hash: &'a str,
}

/// Files a step.
pub(crate) async fn add_step(change: &mut Change, new: &NewStep<'_>) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ADD_STEP)
        .bind(new.run_id).bind(new.position).bind(new.webhook_id).bind(new.url).bind(new.waits)
        .bind(new.state.as_str()).bind(new.message_id).bind(new.callback_hash)
        .execute(c).await.map(drop))?)
}

/// A step's turn has come.
pub(crate) async fn start(
    change: &mut Change,
    webhook_id: &str,
    run_id: &str,
    position: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(START)
        .bind(run_id).bind(position).bind(now.0).execute(c).await.map(drop))?;
    Ok(write!(change, c => sqlx::query(RING).bind(webhook_id).bind(now.0).execute(c).await.map(drop))?)
}

/// A step is over; `false`: it was already.
pub(crate) async fn end_step(
    change: &mut Change,
    run_id: &str,
    position: i64,
    state: StepState,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = write!(change, c => sqlx::query(END_STEP)
        .bind(run_id).bind(position).bind(state.as_str()).bind(now.0)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// A step's callback did not come; `false`: it did meanwhile.
pub(crate) async fn expire(
    change: &mut Change,
    run_id: &str,
    position: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = write!(change, c => sqlx::query(EXPIRE)
        .bind(run_id).bind(position).bind(now.0).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// A run is over, with what was left of it.
pub(crate) async fn end(
    change: &mut Change,
    run_id: &str,
    state: RunState,
    now: Timestamp,
) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(CANCEL_STEPS).bind(run_id).bind(now.0).execute(c).await.map(drop))?;
    Ok(write!(change, c => sqlx::query(END_RUN)
        .bind(run_id).bind(state.as_str()).bind(now.0).execute(c).await.map(drop))?)
}

/// The step after `position` whose turn has not come yet.
pub(crate) async fn next_position(
    change: &mut Change,
    run_id: &str,
    position: i64,
) -> Result<Option<i64>, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(NEXT_POSITION)
        .bind(run_id).bind(position).fetch_one(c).await)?)
}

/// Run, number and state of steps after `position` that are not over, the last of each run first.
pub(crate) async fn beyond(
    change: &mut Change,
    webhook_id: &str,
    position: i64,
) -> Result<Vec<(String, i64, String)>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(BEYOND)
        .bind(webhook_id).bind(position).fetch_all(c).await)?)
}

/// How a run of this webhook stands; others that would change it or another one of this webhook wait.
pub(crate) async fn hold(
    change: &mut Change,
    webhook_id: &str,
    run_id: &str,
) -> Result<Option<RunState>, StoreError> {
    super::hold(change, webhook_id).await?;
    let state: Option<String> = write!(change, c => sqlx::query_scalar(STATE)
        .bind(run_id).bind(webhook_id).fetch_optional(c).await)?;
    state.map(|word| word.parse().map_err(|_| StoreError::corrupt("run"))).transpose()
}

/// Whether it is this step's turn.
pub(crate) async fn is_current(change: &mut Change, run_id: &str, position: i64) -> Result<bool, StoreError> {
    let current: i64 = write!(change, c => sqlx::query_scalar(IS_CURRENT)
        .bind(run_id).bind(position).fetch_one(c).await)?;
    Ok(current > 0)
}

/// Pushes since `since` that were not told to a webhook, the oldest first; at most 1,000.
pub(crate) async fn missed(
    change: &mut Change,
    entered: &Entered,
    webhook_id: &str,
    since: Timestamp,
) -> Result<Vec<String>, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(MISSED)
        .bind(entered.id()).bind(since.0).bind(webhook_id).fetch_all(c).await)?)
}

/// The latest push of a tag.
pub(crate) async fn newest_push(
    change: &mut Change,
    entered: &Entered,
) -> Result<Option<String>, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(NEWEST_PUSH).bind(entered.id()).fetch_optional(c).await)?)
}
