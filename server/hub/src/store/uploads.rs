//! SQL of uploads: whose they are. Their bytes and length are the blob store's.

use super::{Change, Database, StoreError, read, statements, write};
use crate::access::Entered;
use model::Timestamp;

statements! {
    ADD = "
        INSERT INTO uploads (id, repository_id, user_id, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)";
    FIND = "SELECT COUNT(*) FROM uploads WHERE id = $1 AND repository_id = $2 AND user_id = $3";
    OF_REPOSITORY = "SELECT id FROM uploads WHERE repository_id = $1 ORDER BY id LIMIT 50";
    END = "DELETE FROM uploads WHERE id = $1 AND repository_id = $2";
    STARTED_BEFORE = "SELECT id FROM uploads WHERE created_at < $1";
    ALL_IDS = "SELECT id FROM uploads";
    END_ANY = "DELETE FROM uploads WHERE id = $1";
}

/// Files a new upload.
pub(crate) async fn add(
    change: &mut Change,
    entered: &Entered,
    id: &str,
    user_id: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ADD)
        .bind(id).bind(entered.id()).bind(user_id).bind(at.0).execute(c).await.map(drop))?)
}

/// Whether the upload belongs to this repository and this person.
pub(crate) async fn belongs(
    database: &Database,
    entered: &Entered,
    id: &str,
    user_id: &str,
) -> Result<bool, StoreError> {
    let count: i64 = read!(database, pool => sqlx::query_scalar(FIND)
        .bind(id).bind(entered.id()).bind(user_id).fetch_one(pool).await)?;
    Ok(count > 0)
}

/// The uploads that are under way in a repository; of many only some.
pub(crate) async fn of_repository(database: &Database, entered: &Entered) -> Result<Vec<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(OF_REPOSITORY).bind(entered.id()).fetch_all(pool).await)?)
}

/// Takes the upload out of the list; `false`: it was not in it any more.
pub(crate) async fn end(change: &mut Change, entered: &Entered, id: &str) -> Result<bool, StoreError> {
    let ended = write!(change, c => sqlx::query(END)
        .bind(id).bind(entered.id()).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(ended > 0)
}

/// Uploads that were started before `moment`.
pub(crate) async fn started_before(
    database: &Database,
    moment: Timestamp,
) -> Result<Vec<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(STARTED_BEFORE).bind(moment.0).fetch_all(pool).await)?)
}

/// Every upload's id.
pub(crate) async fn all_ids(database: &Database) -> Result<Vec<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(ALL_IDS).fetch_all(pool).await)?)
}

/// Takes an expired upload out of the list.
pub(crate) async fn end_expired(change: &mut Change, id: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_ANY).bind(id).execute(c).await.map(drop))?)
}
