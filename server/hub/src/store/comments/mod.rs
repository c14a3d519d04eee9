//! SQL of comments as people see them. `changes` writes them, `moderation` has flags and queues, `blocks` who may not write.

pub(crate) mod blocks;
pub(crate) mod changes;
pub(crate) mod moderation;

use super::repositories::count;
use super::{Database, StoreError, access, read, statements};
use crate::access::Entered;
use model::comment::CommentState;
use model::view::Comment;
use model::{Role, Timestamp};

/// What the viewer ($2) sees; with $3, who moderates, all that is not deleted.
macro_rules! seen {
    ($c:literal) => {
        concat!(
            "(",
            $c,
            ".state = 'visible' OR ($3 OR ",
            $c,
            ".author_id = $2) AND ",
            $c,
            ".state <> 'deleted')"
        )
    };
}

/// The columns of a comment `c` of the author `u`, as the person $2 sees it.
macro_rules! columns {
    () => {
        "c.id, c.parent_id, c.author_id, u.username, c.body, c.html, c.state, c.written_at, c.edited_at, c.because,
        c.by_site, c.judged_by, COALESCE((SELECT MAX(m.role) FROM repository_roles m
            WHERE m.repository_id = c.repository_id AND m.user_id = c.author_id), 0) AS role,
        EXISTS (SELECT 1 FROM comment_flags f WHERE f.comment_id = c.id AND f.user_id = $2
            AND (f.is_open OR f.body = c.body)) AS is_flagged"
    };
}

/// Comments of the repository $1.
macro_rules! comments {
    ($($which:expr),*) => {
        concat!(
            "SELECT ", $crate::store::comments::columns!(), " FROM comments c JOIN users u ON u.id = c.author_id
            WHERE c.repository_id = $1 AND ",
            $($which),*
        )
    };
}

/// What begins a thread of which something is seen.
macro_rules! threads {
    () => {
        concat!(
            "c.repository_id = $1 AND c.parent_id IS NULL AND (",
            seen!("c"),
            " OR EXISTS (SELECT 1 FROM comments a WHERE a.repository_id = $1 AND a.parent_id = c.id AND ",
            seen!("a"),
            "))"
        )
    };
}

pub(crate) use columns;

statements! {
    THREADS = comments!(threads!(), " ORDER BY c.id DESC LIMIT $4 OFFSET $5");
    /// Nobody turns more pages than these fill; older ones are reached by their links.
    COUNT_THREADS = concat!("SELECT COUNT(*) FROM (SELECT 1 FROM comments c WHERE ", threads!(), " LIMIT 5000) AS n");
    /// Replies to the threads $4 to $5, of each those after the place $6 and up to $7.
    REPLIES = concat!(
        "SELECT ", columns!(), ", n.total FROM (
            SELECT a.id, ROW_NUMBER() OVER (PARTITION BY a.parent_id ORDER BY a.id) AS place,
                COUNT(*) OVER (PARTITION BY a.parent_id) AS total
            FROM comments a
            WHERE a.repository_id = $1 AND a.parent_id >= $4 AND a.parent_id <= $5 AND ", seen!("a"), "
        ) n JOIN comments c ON c.id = n.id JOIN users u ON u.id = c.author_id
        WHERE n.place > $6 AND n.place <= $7 ORDER BY c.id"
    );
    COUNT_REPLIES = concat!(
        "SELECT COUNT(*) FROM comments a
        WHERE a.repository_id = $1 AND a.parent_id = $4 AND ($5 = '' OR a.id <= $5) AND ", seen!("a")
    );
    ONE = comments!("c.id = $4 AND ", seen!("c"));
    LATEST = comments!("c.state = 'visible' ORDER BY c.id DESC LIMIT $3 OFFSET $4");
}

/// Who looks.
#[derive(Clone, Copy)]
pub(crate) struct Viewer<'a> {
    /// Empty: a visitor.
    pub(crate) id: &'a str,
    /// Sees what is hidden and what waits too.
    pub(crate) sees_all: bool,
}

#[derive(sqlx::FromRow)]
pub(crate) struct CommentRow {
    id: String,
    parent_id: Option<String>,
    author_id: String,
    username: String,
    body: String,
    html: String,
    state: String,
    written_at: i64,
    edited_at: Option<i64>,
    because: String,
    by_site: bool,
    judged_by: String,
    role: i64,
    is_flagged: bool,
}

#[derive(sqlx::FromRow)]
struct ReplyRow {
    #[sqlx(flatten)]
    comment: CommentRow,
    total: i64,
}

impl CommentRow {
    /// As somebody sees it who sees it at all.
    fn view(self, viewer: Viewer<'_>) -> Result<Comment, StoreError> {
        let is_own = self.author_id == viewer.id;
        Ok(Comment {
            state: state(&self.state)?,
            author: super::organizations::username(&self.username)?,
            is_maintainer: self.role >= access::rank(Role::Write),
            id: self.id,
            parent: self.parent_id,
            body: self.body,
            html: self.html,
            written_at: Timestamp(self.written_at),
            edited_at: self.edited_at.map(Timestamp),
            because: if is_own || viewer.sees_all { self.because } else { String::new() },
            by_site: self.by_site,
            is_own,
            is_flagged: self.is_flagged,
        })
    }

    /// What begins a thread: its id, and the comment unless it is gone for this viewer.
    fn head(self, viewer: Viewer<'_>) -> Result<(String, Option<Comment>), StoreError> {
        let (id, state) = (self.id.clone(), state(&self.state)?);
        let may_see_all = viewer.sees_all || self.author_id == viewer.id;
        let is_seen = state.is_public() || may_see_all && state != CommentState::Deleted;
        Ok((id, if is_seen { Some(self.view(viewer)?) } else { None }))
    }
}

/// The state that `word` stands for.
fn state(word: &str) -> Result<CommentState, StoreError> {
    word.parse().map_err(|_| StoreError::corrupt("comment"))
}

/// A page of threads, the newest first, and how many there are.
pub(crate) async fn threads(
    database: &Database,
    entered: &Entered,
    viewer: Viewer<'_>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<(String, Option<Comment>)>, u64), StoreError> {
    let rows: Vec<CommentRow> = read!(database, pool => sqlx::query_as(THREADS)
        .bind(entered.id()).bind(viewer.id).bind(viewer.sees_all).bind(limit).bind(offset)
        .fetch_all(pool).await)?;
    let total: i64 = read!(database, pool => sqlx::query_scalar(COUNT_THREADS)
        .bind(entered.id()).bind(viewer.id).bind(viewer.sees_all).fetch_one(pool).await)?;
    Ok((rows.into_iter().map(|row| row.head(viewer)).collect::<Result<_, _>>()?, count(total)))
}

/// Which replies are wanted.
pub(crate) struct Replies<'a> {
    /// The ids of the first and the last thread.
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    /// Of each thread, how many are left out at first.
    pub(crate) after: i64,
    pub(crate) most: i64,
}

/// Replies with the number that their thread has of them, the oldest first.
pub(crate) async fn replies(
    database: &Database,
    entered: &Entered,
    viewer: Viewer<'_>,
    wanted: &Replies<'_>,
) -> Result<Vec<(Comment, u64)>, StoreError> {
    let until = wanted.after.saturating_add(wanted.most);
    let rows: Vec<ReplyRow> = read!(database, pool => sqlx::query_as(REPLIES)
        .bind(entered.id()).bind(viewer.id).bind(viewer.sees_all).bind(wanted.from).bind(wanted.to)
        .bind(wanted.after).bind(until).fetch_all(pool).await)?;
    rows.into_iter().map(|row| Ok((row.comment.view(viewer)?, count(row.total)))).collect()
}

/// How many replies of a thread come up to the one with this id; without one, all of them.
pub(crate) async fn place(
    database: &Database,
    entered: &Entered,
    viewer: Viewer<'_>,
    thread: &str,
    id: &str,
) -> Result<u64, StoreError> {
    let place: i64 = read!(database, pool => sqlx::query_scalar(COUNT_REPLIES)
        .bind(entered.id()).bind(viewer.id).bind(viewer.sees_all).bind(thread).bind(id)
        .fetch_one(pool).await)?;
    Ok(count(place))
}

/// One comment, if the viewer sees it.
pub(crate) async fn one(
    database: &Database,
    entered: &Entered,
    viewer: Viewer<'_>,
    id: &str,
) -> Result<Option<Comment>, StoreError> {
    let row: Option<CommentRow> = read!(database, pool => sqlx::query_as(ONE)
        .bind(entered.id()).bind(viewer.id).bind(viewer.sees_all).bind(id).fetch_optional(pool).await)?;
    row.map(|row| row.view(viewer)).transpose()
}

/// All comments that everybody sees, replies among them, the newest first.
pub(crate) async fn latest(
    database: &Database,
    entered: &Entered,
    viewer: Viewer<'_>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Comment>, StoreError> {
    let rows: Vec<CommentRow> = read!(database, pool => sqlx::query_as(LATEST)
        .bind(entered.id()).bind(viewer.id).bind(limit).bind(offset).fetch_all(pool).await)?;
    rows.into_iter().map(|row| row.view(viewer)).collect()
}
