//! SQL of who may not comment, and of hiding all that somebody wrote.

use super::changes::{self, Judged};
use crate::access::Entered;
use crate::store::repositories::name_of;
use crate::store::{Change, Database, StoreError, organizations, read, statements, write};
use model::view::Blocked;
use model::{RepositoryName, Timestamp};

statements! {
    BLOCKED_HERE = "
        SELECT u.username, b.because, b.blocked_by, b.blocked_at FROM comment_blocks b
        JOIN users u ON u.id = b.user_id WHERE b.repository_id = $1 ORDER BY u.username";
    BLOCKED_EVERYWHERE = "
        SELECT u.username, b.because, b.blocked_by, b.blocked_at FROM site_comment_blocks b
        JOIN users u ON u.id = b.user_id WHERE $1 = '' ORDER BY u.username";
    BLOCK_HERE = "
        INSERT INTO comment_blocks (repository_id, user_id, because, blocked_by, blocked_at)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (repository_id, user_id) DO NOTHING";
    BLOCK_EVERYWHERE = "
        INSERT INTO site_comment_blocks (user_id, because, blocked_by, blocked_at)
        VALUES ($1, $2, $3, $4) ON CONFLICT (user_id) DO NOTHING";
    UNBLOCK_HERE = "DELETE FROM comment_blocks WHERE repository_id = $1 AND user_id = $2";
    UNBLOCK_EVERYWHERE = "DELETE FROM site_comment_blocks WHERE user_id = $1";
    HIDE_ALL = "
        UPDATE comments SET state = 'hidden', judged_by = $3, because = $4, by_site = $5, open_flags = 0
        WHERE repository_id = $1 AND author_id = $2 AND state = $6";
    SETTLE_ALL = "
        UPDATE comment_flags SET is_open = FALSE WHERE is_open AND comment_id IN (SELECT id FROM comments
            WHERE repository_id = $1 AND author_id = $2 AND state IN ('visible', 'waiting'))";
    TAKE_BACK_ALL = "
        DELETE FROM notifications WHERE subject <> '' AND subject IN (SELECT id FROM comments
            WHERE repository_id = $1 AND author_id = $2 AND state IN ('visible', 'waiting'))";
    HAS_WRITTEN = "
        SELECT COUNT(*) FROM (SELECT 1 AS one FROM comments WHERE repository_id = $1 AND author_id = $2 LIMIT 1) x";
    WHERE_TO_HIDE = "
        SELECT DISTINCT r.namespace, r.name FROM comments c JOIN repositories r ON r.id = c.repository_id
        WHERE c.author_id = $1 AND c.state IN ('visible', 'waiting') ORDER BY r.namespace, r.name";
}

#[derive(sqlx::FromRow)]
struct BlockRow {
    username: String,
    because: String,
    blocked_by: String,
    blocked_at: i64,
}

/// Who may not comment in a repository, or anywhere without one; by name.
pub(crate) async fn blocked(database: &Database, here: Option<&Entered>) -> Result<Vec<Blocked>, StoreError> {
    let sql = if here.is_some() { BLOCKED_HERE } else { BLOCKED_EVERYWHERE };
    let rows: Vec<BlockRow> = read!(database, pool => sqlx::query_as(sql)
        .bind(here.map_or("", Entered::id)).fetch_all(pool).await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Blocked {
                username: organizations::username(&row.username)?,
                because: row.because,
                by: row.blocked_by,
                at: Timestamp(row.blocked_at),
            })
        })
        .collect()
}

/// Keeps somebody from commenting; `false`: they are kept from it already.
pub(crate) async fn block(
    change: &mut Change,
    here: Option<&Entered>,
    user_id: &str,
    judged: Judged<'_>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let added = match here {
        Some(entered) => write!(change, c => sqlx::query(BLOCK_HERE)
            .bind(entered.id()).bind(user_id).bind(judged.because).bind(judged.by).bind(at.0)
            .execute(c).await.map(|done| done.rows_affected()))?,
        None => write!(change, c => sqlx::query(BLOCK_EVERYWHERE)
            .bind(user_id).bind(judged.because).bind(judged.by).bind(at.0)
            .execute(c).await.map(|done| done.rows_affected()))?,
    };
    Ok(added > 0)
}

/// Whether somebody ever commented in a repository; what was deleted counts too.
pub(crate) async fn has_written(
    change: &mut Change,
    entered: &Entered,
    user_id: &str,
) -> Result<bool, StoreError> {
    let written: i64 = write!(change, c => sqlx::query_scalar(HAS_WRITTEN)
        .bind(entered.id()).bind(user_id).fetch_one(c).await)?;
    Ok(written > 0)
}

/// Lets somebody comment again; `false`: they were not kept from it.
pub(crate) async fn unblock(
    change: &mut Change,
    here: Option<&Entered>,
    user_id: &str,
) -> Result<bool, StoreError> {
    let removed = match here {
        Some(entered) => write!(change, c => sqlx::query(UNBLOCK_HERE)
            .bind(entered.id()).bind(user_id).execute(c).await.map(|done| done.rows_affected()))?,
        None => write!(change, c => sqlx::query(UNBLOCK_EVERYWHERE)
            .bind(user_id).execute(c).await.map(|done| done.rows_affected()))?,
    };
    Ok(removed > 0)
}

/// Hides all that somebody wrote in a repository; how many comments that were.
pub(crate) async fn hide_all(
    change: &mut Change,
    entered: &Entered,
    user_id: &str,
    judged: Judged<'_>,
) -> Result<u64, StoreError> {
    for sql in [SETTLE_ALL, TAKE_BACK_ALL] {
        write!(change, c => sqlx::query(sql).bind(entered.id()).bind(user_id).execute(c).await.map(drop))?;
    }
    change.empty_caches();
    let mut hidden = [0; 2];
    for (number, state) in hidden.iter_mut().zip(["visible", "waiting"]) {
        *number = write!(change, c => sqlx::query(HIDE_ALL)
            .bind(entered.id()).bind(user_id).bind(judged.by).bind(judged.because).bind(judged.by_site).bind(state)
            .execute(c).await.map(|done| done.rows_affected()))?;
    }
    let [seen, waiting] = hidden;
    changes::count(change, entered, i64::try_from(seen).map_or(0, |seen| -seen)).await?;
    Ok(seen.saturating_add(waiting))
}

/// Repositories in which somebody has comments that are not hidden.
pub(crate) async fn where_to_hide(
    database: &Database,
    user_id: &str,
) -> Result<Vec<RepositoryName>, StoreError> {
    let rows: Vec<(String, String)> =
        read!(database, pool => sqlx::query_as(WHERE_TO_HIDE).bind(user_id).fetch_all(pool).await)?;
    rows.iter().map(|(namespace, name)| name_of(namespace, name)).collect()
}
