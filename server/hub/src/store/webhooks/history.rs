//! SQL of what became of runs, as pages show it.

use super::super::repositories::count;
use super::super::{Database, Snapshot, StoreError, read, read_at, statements};
use model::Timestamp;
use model::view::{AttemptRow, RunRow, Step};
use model::webhook::StepState;

statements! {
    LIST = "
        SELECT id, cause, tag, pusher, state, started_at, ended_at FROM webhook_runs
        WHERE webhook_id = $1 ORDER BY id DESC LIMIT $2 OFFSET $3";
    COUNT_LIST = "SELECT COUNT(*) FROM webhook_runs WHERE webhook_id = $1";
    ONE = "
        SELECT id, cause, tag, pusher, state, started_at, ended_at FROM webhook_runs
        WHERE webhook_id = $1 AND id = $2";
    TEXTS = "SELECT digest, payload FROM webhook_runs WHERE id = $1";
    STEPS = "
        SELECT position, url, state, waits, started_at, called_at, ended_at, due_at, expires_at, callback
        FROM webhook_steps WHERE run_id = $1 ORDER BY position";
    STANDINGS = "
        SELECT state, callback,
               (SELECT COUNT(*) FROM webhook_attempts a WHERE a.run_id = s.run_id AND a.position = s.position)
        FROM webhook_steps s WHERE s.run_id = $1 ORDER BY s.position";
    ATTEMPTS = "
        SELECT position, number, url, sent_at, duration, status, error, request_headers, response_headers, response
        FROM webhook_attempts WHERE run_id = $1 ORDER BY position, number";
}

#[derive(sqlx::FromRow)]
struct RunRowRow {
    id: String,
    cause: String,
    tag: String,
    pusher: String,
    state: String,
    started_at: i64,
    ended_at: Option<i64>,
}

impl RunRowRow {
    fn view(self) -> Result<RunRow, StoreError> {
        Ok(RunRow {
            id: self.id,
            cause: self.cause.parse().map_err(|_| StoreError::corrupt("run"))?,
            tag: self.tag,
            pusher: self.pusher,
            state: self.state.parse().map_err(|_| StoreError::corrupt("run"))?,
            started_at: Timestamp(self.started_at),
            ended_at: self.ended_at.map(Timestamp),
        })
    }
}

/// A part of a webhook's history, the latest first, and how many runs it has.
pub(crate) async fn list(
    database: &Database,
    webhook_id: &str,
    limit: i64,
    offset: i64,
) -> Result<(Vec<RunRow>, u64), StoreError> {
    let rows: Vec<RunRowRow> = read!(database, pool => sqlx::query_as(LIST)
        .bind(webhook_id).bind(limit).bind(offset).fetch_all(pool).await)?;
    let total: i64 =
        read!(database, pool => sqlx::query_scalar(COUNT_LIST).bind(webhook_id).fetch_one(pool).await)?;
    Ok((rows.into_iter().map(RunRowRow::view).collect::<Result<_, _>>()?, count(total)))
}

/// One run of a webhook.
pub(crate) async fn one(
    snapshot: &mut Snapshot,
    webhook_id: &str,
    run_id: &str,
) -> Result<Option<RunRow>, StoreError> {
    let row: Option<RunRowRow> = read_at!(snapshot, c => sqlx::query_as(ONE)
        .bind(webhook_id).bind(run_id).fetch_optional(c).await)?;
    row.map(RunRowRow::view).transpose()
}

/// Digest and payload of a run that was found in the same snapshot.
pub(crate) async fn texts(snapshot: &mut Snapshot, run_id: &str) -> Result<(String, String), StoreError> {
    Ok(read_at!(snapshot, c => sqlx::query_as(TEXTS).bind(run_id).fetch_one(c).await)?)
}

/// What the version of a run is made of: each step's state, its attempts, and whether its receiver has reported.
pub(crate) async fn standings(
    snapshot: &mut Snapshot,
    run_id: &str,
) -> Result<Vec<(StepState, usize, bool)>, StoreError> {
    let rows: Vec<(String, String, i64)> =
        read_at!(snapshot, c => sqlx::query_as(STANDINGS).bind(run_id).fetch_all(c).await)?;
    let standing = |(state, callback, attempts): (String, String, i64)| {
        let state = state.parse().map_err(|_| StoreError::corrupt("step"))?;
        Ok((state, usize::try_from(attempts).unwrap_or_default(), !callback.is_empty()))
    };
    rows.into_iter().map(standing).collect()
}

#[derive(sqlx::FromRow)]
struct StepRow {
    position: i64,
    url: String,
    state: String,
    waits: bool,
    started_at: Option<i64>,
    called_at: Option<i64>,
    ended_at: Option<i64>,
    due_at: Option<i64>,
    expires_at: Option<i64>,
    callback: String,
}

#[derive(sqlx::FromRow)]
struct AttemptRowRow {
    position: i64,
    number: i64,
    url: String,
    sent_at: i64,
    duration: i64,
    status: Option<i64>,
    error: String,
    request_headers: String,
    response_headers: String,
    response: String,
}

/// The steps of a run with all their attempts.
pub(crate) async fn steps(snapshot: &mut Snapshot, run_id: &str) -> Result<Vec<Step>, StoreError> {
    let steps: Vec<StepRow> = read_at!(snapshot, c => sqlx::query_as(STEPS).bind(run_id).fetch_all(c).await)?;
    let attempts: Vec<AttemptRowRow> =
        read_at!(snapshot, c => sqlx::query_as(ATTEMPTS).bind(run_id).fetch_all(c).await)?;
    let (mut attempts, mut all) = (attempts.into_iter().peekable(), Vec::new());
    for row in steps {
        let mut own = Vec::new();
        while let Some(attempt) = attempts.next_if(|attempt| attempt.position == row.position) {
            own.push(attempt.view());
        }
        all.push(row.view(own)?);
    }
    Ok(all)
}

impl StepRow {
    fn view(self, attempts: Vec<AttemptRow>) -> Result<Step, StoreError> {
        let corrupt = || StoreError::corrupt("step");
        let callback = match self.callback.as_str() {
            "" => None,
            text => Some(serde_json::from_str(text).map_err(|_| corrupt())?),
        };
        Ok(Step {
            position: u32::try_from(self.position).map_err(|_| corrupt())?,
            url: self.url,
            state: self.state.parse().map_err(|_| corrupt())?,
            waits: self.waits,
            started_at: self.started_at.map(Timestamp),
            called_at: self.called_at.map(Timestamp),
            ended_at: self.ended_at.map(Timestamp),
            due_at: self.due_at.map(Timestamp),
            expires_at: self.expires_at.map(Timestamp),
            callback,
            attempts,
        })
    }
}

impl AttemptRowRow {
    fn view(self) -> AttemptRow {
        AttemptRow {
            number: u32::try_from(self.number).unwrap_or_default(),
            url: self.url,
            sent_at: Timestamp(self.sent_at),
            duration: count(self.duration),
            status: self.status.and_then(|status| u16::try_from(status).ok()),
            error: self.error,
            request_headers: self.request_headers,
            response_headers: self.response_headers,
            response: self.response,
        }
    }
}
