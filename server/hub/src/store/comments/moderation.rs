//! SQL of flags, of queues for those who decide, and of who may not comment.

use super::changes::{self, Judged};
use super::{CommentRow, Viewer, columns};
use crate::access::Entered;
use crate::store::repositories::count;
use crate::store::{Change, Database, StoreError, organizations, read, statements, write};
use model::comment::FlagReason;
use model::view::{Blocked, Case, Flag};
use model::{RepositoryName, Timestamp};

/// Comments of every repository, as the moderator $2 sees them.
macro_rules! cases {
    ($which:literal) => {
        concat!(
            "SELECT ", columns!(), ", r.namespace, r.name
            FROM comments c JOIN users u ON u.id = c.author_id JOIN repositories r ON r.id = c.repository_id
            WHERE ", $which, " ORDER BY c.id LIMIT $3 OFFSET $4"
        )
    };
}

macro_rules! total {
    ($which:literal) => {
        concat!("SELECT COUNT(*) FROM comments c WHERE ", $which)
    };
}

statements! {
    OPEN_HERE = cases!("c.repository_id = $1 AND (c.open_flags > 0 OR c.state = 'waiting')");
    COUNT_OPEN_HERE = total!("c.repository_id = $1 AND (c.open_flags > 0 OR c.state = 'waiting')");
    HIDDEN_HERE = cases!("c.repository_id = $1 AND c.state = 'hidden'");
    COUNT_HIDDEN_HERE = total!("c.repository_id = $1 AND c.state = 'hidden'");
    /// The first parameter is there for the sake of the others, and empty.
    OPEN_ANYWHERE = cases!("$1 = '' AND c.open_flags > 0");
    COUNT_OPEN_ANYWHERE = total!("$1 = '' AND c.open_flags > 0");
    HIDDEN_ANYWHERE = cases!("$1 = '' AND c.state = 'hidden'");
    COUNT_HIDDEN_ANYWHERE = total!("$1 = '' AND c.state = 'hidden'");
    ANSWERED = concat!(
        "SELECT ", columns!(), " FROM comments c JOIN users u ON u.id = c.author_id
        WHERE c.id = $1 AND c.state <> 'deleted'"
    );
    FLAGS = "
        SELECT u.username, f.reason, f.words, f.body, f.flagged_at FROM comment_flags f
        JOIN users u ON u.id = f.user_id WHERE f.comment_id = $1 AND (f.is_open OR $2)
        ORDER BY f.flagged_at, u.username LIMIT 20";
    FLAG = "
        INSERT INTO comment_flags (comment_id, user_id, reason, words, body, flagged_at, is_open)
        VALUES ($1, $2, $3, $4, $5, $6, TRUE) ON CONFLICT (comment_id, user_id) DO UPDATE
            SET reason = excluded.reason, words = excluded.words, body = excluded.body,
                flagged_at = excluded.flagged_at, is_open = TRUE
            WHERE NOT comment_flags.is_open AND comment_flags.body <> excluded.body";
    COUNT_FLAG = "UPDATE comments SET open_flags = open_flags + 1 WHERE id = $1 RETURNING open_flags";
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
    WHERE_TO_HIDE = "
        SELECT DISTINCT r.namespace, r.name FROM comments c JOIN repositories r ON r.id = c.repository_id
        WHERE c.author_id = $1 AND c.state IN ('visible', 'waiting') ORDER BY r.namespace, r.name";
}

/// Which comments are decided about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Queue {
    /// Flagged ones, and in a repository those that wait.
    Open,
    Hidden,
}

impl Queue {
    /// The list and its count, in one repository or in all.
    const fn sql(self, is_here: bool) -> (&'static str, &'static str) {
        match (self, is_here) {
            (Self::Open, true) => (OPEN_HERE, COUNT_OPEN_HERE),
            (Self::Hidden, true) => (HIDDEN_HERE, COUNT_HIDDEN_HERE),
            (Self::Open, false) => (OPEN_ANYWHERE, COUNT_OPEN_ANYWHERE),
            (Self::Hidden, false) => (HIDDEN_ANYWHERE, COUNT_HIDDEN_ANYWHERE),
        }
    }
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    #[sqlx(flatten)]
    comment: CommentRow,
    namespace: String,
    name: String,
}

#[derive(sqlx::FromRow)]
struct FlagRow {
    username: String,
    reason: String,
    words: String,
    body: String,
    flagged_at: i64,
}

impl FlagRow {
    fn view(self, body_now: &str) -> Result<Flag, StoreError> {
        Ok(Flag {
            by: organizations::username(&self.username)?,
            reason: self.reason.parse().map_err(|_| StoreError::corrupt("flag"))?,
            words: self.words,
            at: Timestamp(self.flagged_at),
            body_then: Some(self.body).filter(|then| then != body_now),
        })
    }
}

/// A page of a queue, the oldest first; of every repository without `here`.
pub(crate) async fn cases(
    database: &Database,
    here: Option<&Entered>,
    viewer: Viewer<'_>,
    queue: Queue,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Case>, u64), StoreError> {
    let (sql, _) = queue.sql(here.is_some());
    let rows: Vec<CaseRow> = read!(database, pool => sqlx::query_as(sql)
        .bind(here.map_or("", Entered::id)).bind(viewer.id).bind(limit).bind(offset)
        .fetch_all(pool).await)?;
    let mut cases = Vec::with_capacity(rows.len());
    for row in rows {
        cases.push(case(database, viewer, queue, row).await?);
    }
    Ok((cases, total(database, here, queue).await?))
}

/// How many comments a queue has.
pub(crate) async fn total(
    database: &Database,
    here: Option<&Entered>,
    queue: Queue,
) -> Result<u64, StoreError> {
    let (_, sql) = queue.sql(here.is_some());
    let total: i64 = read!(database, pool => sqlx::query_scalar(sql)
        .bind(here.map_or("", Entered::id)).fetch_one(pool).await)?;
    Ok(count(total))
}

/// What is open says why; what is hidden says why it was.
async fn case(
    database: &Database,
    viewer: Viewer<'_>,
    queue: Queue,
    row: CaseRow,
) -> Result<Case, StoreError> {
    let repository = name_of(&row.namespace, &row.name)?;
    let hidden_by = row.comment.judged_by.clone();
    let comment = row.comment.view(viewer)?;
    let answered: Option<CommentRow> = match &comment.parent {
        Some(parent) => read!(database, pool => sqlx::query_as(ANSWERED)
            .bind(parent).bind(viewer.id).fetch_optional(pool).await)?,
        None => None,
    };
    let flags: Vec<FlagRow> = read!(database, pool => sqlx::query_as(FLAGS)
            .bind(&comment.id).bind(queue == Queue::Hidden).fetch_all(pool).await)?;
    Ok(Case {
        repository,
        answers: answered.map(|row| row.view(viewer)).transpose()?,
        flags: flags.into_iter().map(|flag| flag.view(&comment.body)).collect::<Result<_, _>>()?,
        comment,
        hidden_by,
    })
}

fn name_of(namespace: &str, name: &str) -> Result<RepositoryName, StoreError> {
    format!("{namespace}/{name}").parse().map_err(|_| StoreError::corrupt("repository name"))
}

/// A flag to be filed.
pub(crate) struct NewFlag<'a> {
    pub(crate) comment: &'a str,
    pub(crate) by: &'a str,
    pub(crate) reason: FlagReason,
    pub(crate) words: &'a str,
    /// What the comment says.
    pub(crate) body: &'a str,
    pub(crate) at: Timestamp,
}

/// Files a flag; how many are open then, or `None` where this person flagged the same before.
pub(crate) async fn flag(change: &mut Change, new: &NewFlag<'_>) -> Result<Option<i64>, StoreError> {
    let added = write!(change, c => sqlx::query(FLAG)
        .bind(new.comment).bind(new.by).bind(new.reason.as_str()).bind(new.words).bind(new.body).bind(new.at.0)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if added == 0 {
        return Ok(None);
    }
    let open = write!(change, c => sqlx::query_scalar(COUNT_FLAG).bind(new.comment).fetch_one(c).await)?;
    Ok(Some(open))
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
