//! SQL of mails that wait to be sent.

use super::repositories::count;
use super::{Change, Database, StoreError, read, statements, write};
use model::Timestamp;
use model::mail::Mail;

statements! {
    ADD = "INSERT INTO mails (id, body, attempts, due_at, notification_id) VALUES ($1, $2, 0, $3, $4)";
    DUE = "SELECT id, body, attempts, notification_id FROM mails WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2";
    REMOVE = "DELETE FROM mails WHERE id = $1";
    TAKE = "UPDATE mails SET attempts = attempts + 1, due_at = $3 WHERE id = $1 AND attempts = $2";
    POSTPONE = "UPDATE mails SET due_at = $2 WHERE id = $1";
    WAITING = "SELECT COUNT(*) FROM mails";
}

/// Files a mail, and by its id the notice that it is about.
pub(crate) async fn add(
    change: &mut Change,
    mail: &Mail,
    notice: Option<&str>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(mail).map_err(|_| StoreError::corrupt("mail"))?;
    Ok(write!(change, c => sqlx::query(ADD)
        .bind(super::new_id()).bind(body).bind(at.0).bind(notice).execute(c).await.map(drop))?)
}

#[derive(sqlx::FromRow)]
struct MailRow {
    id: String,
    body: String,
    attempts: i64,
    notification_id: Option<String>,
}

/// A mail that waits.
pub(crate) struct Due {
    pub(crate) id: String,
    /// `None`: another version of this program wrote it.
    pub(crate) mail: Option<Mail>,
    /// How often it was tried.
    pub(crate) attempts: i64,
    /// The notice that it is about.
    pub(crate) notice: Option<String>,
}

/// Mails that are to be sent now, the oldest first.
pub(crate) async fn due(database: &Database, now: Timestamp, most: i64) -> Result<Vec<Due>, StoreError> {
    let rows: Vec<MailRow> =
        read!(database, pool => sqlx::query_as(DUE).bind(now.0).bind(most).fetch_all(pool).await)?;
    let due = |row: MailRow| Due {
        mail: serde_json::from_str(&row.body).ok(),
        id: row.id,
        attempts: row.attempts,
        notice: row.notification_id,
    };
    Ok(rows.into_iter().map(due).collect())
}

/// Forgets a mail that was sent, or given up.
pub(crate) async fn remove(change: &mut Change, id: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(REMOVE).bind(id).execute(c).await.map(drop))?)
}

/// Puts a mail off `until` then, unless somebody did since it had so many `attempts`.
pub(crate) async fn take(
    change: &mut Change,
    id: &str,
    attempts: i64,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let taken = write!(change, c => sqlx::query(TAKE)
        .bind(id).bind(attempts).bind(until.0).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

/// Says when a mail that did not leave is to be tried again.
pub(crate) async fn postpone(change: &mut Change, id: &str, until: Timestamp) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(POSTPONE).bind(id).bind(until.0).execute(c).await.map(drop))?)
}

/// How many wait.
pub(crate) async fn waiting(database: &Database) -> Result<u64, StoreError> {
    let waiting: i64 = read!(database, pool => sqlx::query_scalar(WAITING).fetch_one(pool).await)?;
    Ok(count(waiting))
}
