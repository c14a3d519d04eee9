//! SQL of plans: which one a namespace has, and what it uses.

use super::repositories::count;
use super::{Change, Database, StoreError, read, statements, write};
use model::Timestamp;

statements! {
    NAME = "SELECT plan FROM namespaces WHERE name = $1";
    SET = "UPDATE namespaces SET plan = $2 WHERE name = $1";
    HOLD = "UPDATE namespaces SET plan = plan WHERE name = $1 RETURNING plan";
    USED = "SELECT COUNT(*) FROM repositories WHERE namespace = $1 AND visibility = 'private'";
    STORED = "
        SELECT CAST(COALESCE(SUM(b.size), 0) AS BIGINT) FROM repositories r
        JOIN repository_blobs rb ON rb.repository_id = r.id JOIN blobs b ON b.digest = rb.digest
        WHERE r.namespace = $1 AND (rb.created_at > $2 OR EXISTS (SELECT 1 FROM manifest_parts p
            WHERE p.repository_id = rb.repository_id AND p.digest = rb.digest))";
}

/// The name of a namespace's plan, empty if it never chose; `None`: there is no such namespace.
pub(crate) async fn name(database: &Database, namespace: &str) -> Result<Option<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(NAME).bind(namespace).fetch_optional(pool).await)?)
}

/// How many private repositories a namespace has.
pub(crate) async fn used(database: &Database, namespace: &str) -> Result<u64, StoreError> {
    let used: i64 = read!(database, pool => sqlx::query_scalar(USED).bind(namespace).fetch_one(pool).await)?;
    Ok(count(used))
}

/// Bytes that a namespace's repositories have, each blob once for every repository; what no image needs counts only
/// if it came after `since`.
pub(crate) async fn stored(
    database: &Database,
    namespace: &str,
    since: Timestamp,
) -> Result<u64, StoreError> {
    let stored: i64 = read!(database, pool => sqlx::query_scalar(STORED)
        .bind(namespace).bind(since.0).fetch_one(pool).await)?;
    Ok(count(stored))
}

/// The same inside a change.
pub(crate) async fn stored_now(
    change: &mut Change,
    namespace: &str,
    since: Timestamp,
) -> Result<u64, StoreError> {
    let stored: i64 = write!(change, c => sqlx::query_scalar(STORED)
        .bind(namespace).bind(since.0).fetch_one(c).await)?;
    Ok(count(stored))
}

/// `used`, with the plan's name; nobody else can take a slot there before `change` ends.
pub(crate) async fn hold(change: &mut Change, namespace: &str) -> Result<Option<(String, u64)>, StoreError> {
    let plan: Option<String> =
        write!(change, c => sqlx::query_scalar(HOLD).bind(namespace).fetch_optional(c).await)?;
    let Some(plan) = plan else { return Ok(None) };
    let used: i64 = write!(change, c => sqlx::query_scalar(USED).bind(namespace).fetch_one(c).await)?;
    Ok(Some((plan, count(used))))
}

/// Gives a namespace another plan.
pub(crate) async fn set(change: &mut Change, namespace: &str, plan: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(SET).bind(namespace).bind(plan).execute(c).await.map(drop))?)
}
