//! SQL of flags, and of queues for those who decide.

use super::{CommentRow, Viewer, columns};
use crate::access::Entered;
use crate::store::repositories::{count, name_of};
use crate::store::{Change, Database, Snapshot, StoreError, organizations, read, read_at, statements, write};
use model::Timestamp;
use model::comment::FlagReason;
use model::view::{Case, Flag};

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
    let mut snapshot = Snapshot::of(database).await?;
    let rows: Vec<CaseRow> = read_at!(snapshot, c => sqlx::query_as(sql)
        .bind(here.map_or("", Entered::id)).bind(viewer.id).bind(limit).bind(offset)
        .fetch_all(c).await)?;
    let mut cases = Vec::with_capacity(rows.len());
    for row in rows {
        cases.push(case(&mut snapshot, viewer, queue, row).await?);
    }
    drop(snapshot);
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
    snapshot: &mut Snapshot,
    viewer: Viewer<'_>,
    queue: Queue,
    row: CaseRow,
) -> Result<Case, StoreError> {
    let repository = name_of(&row.namespace, &row.name)?;
    let hidden_by = row.comment.judged_by.clone();
    let comment = row.comment.view(viewer)?;
    let answered: Option<CommentRow> = match &comment.parent {
        Some(parent) => read_at!(snapshot, c => sqlx::query_as(ANSWERED)
            .bind(parent).bind(viewer.id).fetch_optional(c).await)?,
        None => None,
    };
    let flags: Vec<FlagRow> = read_at!(snapshot, c => sqlx::query_as(FLAGS)
            .bind(&comment.id).bind(queue == Queue::Hidden).fetch_all(c).await)?;
    Ok(Case {
        repository,
        answers: answered.map(|row| row.view(viewer)).transpose()?,
        flags: flags.into_iter().map(|flag| flag.view(&comment.body)).collect::<Result<_, _>>()?,
        comment,
        hidden_by,
    })
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
