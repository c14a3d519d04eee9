//! SQL that writes comments, and of what is asked before: who writes, how much they wrote, what stands there now.

use super::state;
use crate::access::Entered;
use crate::store::change::Transaction;
use crate::store::{Change, Database, StoreError, read, statements, write};
use model::Timestamp;
use model::comment::{CommentPolicy, CommentState};

statements! {
    POLICY = "SELECT comment_policy, first_comment_waits FROM repositories WHERE id = $1";
    SET_POLICY = "UPDATE repositories SET comment_policy = $2, first_comment_waits = $3 WHERE id = $1";
    /// $3: so many visible comments are enough to be known.
    AUTHOR = "
        SELECT r.comment_policy, r.first_comment_waits, u.email_verified, u.created_at,
            (SELECT b.because FROM comment_blocks b WHERE b.repository_id = r.id AND b.user_id = u.id) AS blocked,
            (SELECT b.because FROM site_comment_blocks b WHERE b.user_id = u.id) AS blocked_everywhere,
            EXISTS (SELECT 1 FROM comments c WHERE c.author_id = u.id AND c.repository_id = r.id
                AND c.state = 'visible') AS is_known_here,
            (SELECT COUNT(*) FROM (SELECT 1 FROM comments c WHERE c.author_id = u.id AND c.state = 'visible'
                LIMIT $3) AS known) AS visible
        FROM repositories r, users u WHERE r.id = $1 AND u.id = $2";
    /// When the comment was written that $3 others were written after.
    NTH_LATEST = "
        SELECT written_at FROM comments WHERE author_id = $1 AND written_at > $2
        ORDER BY written_at DESC LIMIT 1 OFFSET $3";
    ADD = "
        INSERT INTO comments (id, repository_id, parent_id, answered_id, author_id, body, html, state, written_at,
            judged_by, because, by_site, open_flags)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', FALSE, 0)";
    STANDING = "
        SELECT c.parent_id, c.answered_id, c.author_id, u.username, c.body, c.state, c.by_site
        FROM comments c JOIN users u ON u.id = c.author_id WHERE c.repository_id = $1 AND c.id = $2";
    SET_TEXT = "UPDATE comments SET body = $2, html = $3, edited_at = $4 WHERE id = $1";
    SET_STATE = "
        UPDATE comments SET state = $2, judged_by = $3, because = $4, by_site = $5, open_flags = 0 WHERE id = $1";
    SETTLE_FLAGS = "UPDATE comment_flags SET is_open = FALSE WHERE comment_id = $1 AND is_open";
    ERASE = "UPDATE comments SET body = '', html = '' WHERE id = $1";
    /// What people said of it quotes it.
    ERASE_FLAGS = "UPDATE comment_flags SET body = '' WHERE comment_id = $1";
    COUNT = "UPDATE repositories SET comments = comments + $2 WHERE id = $1";
}

const HOLD_AUTHOR: &str = "SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE";

/// Who may comment, and whether a person's first comment waits.
pub(crate) async fn policy(
    database: &Database,
    entered: &Entered,
) -> Result<(CommentPolicy, bool), StoreError> {
    let row: Option<(String, bool)> =
        read!(database, pool => sqlx::query_as(POLICY).bind(entered.id()).fetch_optional(pool).await)?;
    let (word, waits) = row.ok_or(StoreError::Gone)?;
    Ok((policy_of_word(&word)?, waits))
}

/// Chooses both.
pub(crate) async fn set_policy(
    change: &mut Change,
    entered: &Entered,
    policy: CommentPolicy,
    first_waits: bool,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(SET_POLICY)
        .bind(entered.id()).bind(policy.as_str()).bind(first_waits).execute(c).await.map(drop))?)
}

fn policy_of_word(word: &str) -> Result<CommentPolicy, StoreError> {
    word.parse().map_err(|_| StoreError::corrupt("comment policy"))
}

/// Whoever wants to write, and what holds where they do.
#[derive(sqlx::FromRow)]
pub(crate) struct AuthorRow {
    comment_policy: String,
    pub(crate) first_comment_waits: bool,
    pub(crate) email_verified: bool,
    pub(crate) created_at: i64,
    /// Why they may not comment here.
    pub(crate) blocked: Option<String>,
    /// Why they may not comment anywhere.
    pub(crate) blocked_everywhere: Option<String>,
    /// Has a comment here that everybody sees.
    pub(crate) is_known_here: bool,
    /// Comments anywhere that everybody sees, up to what is enough.
    pub(crate) visible: i64,
}

impl AuthorRow {
    pub(crate) fn policy(&self) -> Result<CommentPolicy, StoreError> {
        policy_of_word(&self.comment_policy)
    }
}

/// What a page tells somebody of whether they may write.
pub(crate) async fn author(
    database: &Database,
    entered: &Entered,
    user_id: &str,
    enough: i64,
) -> Result<AuthorRow, StoreError> {
    read!(database, pool => sqlx::query_as(AUTHOR)
        .bind(entered.id()).bind(user_id).bind(enough).fetch_optional(pool).await)?
    .ok_or(StoreError::Gone)
}

/// The same as the change sees it; nobody else writes in this person's name until it ends.
pub(crate) async fn hold_author(
    change: &mut Change,
    entered: &Entered,
    user_id: &str,
    enough: i64,
) -> Result<AuthorRow, StoreError> {
    // SQLite has one writer anyway.
    if let Transaction::Postgres(tx) = change.transaction() {
        sqlx::query(HOLD_AUTHOR).bind(user_id).execute(&mut **tx).await?;
    }
    write!(change, c => sqlx::query_as(AUTHOR)
        .bind(entered.id()).bind(user_id).bind(enough).fetch_optional(c).await)?
    .ok_or(StoreError::Gone)
}

/// When somebody wrote the comment that is the `nth` from the latest, if that was after `since`.
pub(crate) async fn nth_latest(
    change: &mut Change,
    user_id: &str,
    since: Timestamp,
    nth: u32,
) -> Result<Option<Timestamp>, StoreError> {
    let skipped = i64::from(nth.saturating_sub(1));
    let at: Option<i64> = write!(change, c => sqlx::query_scalar(NTH_LATEST)
        .bind(user_id).bind(since.0).bind(skipped).fetch_optional(c).await)?;
    Ok(at.map(Timestamp))
}

/// A comment to be filed.
pub(crate) struct NewRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) parent: Option<&'a str>,
    /// Whose comment it answers.
    pub(crate) answered_id: Option<&'a str>,
    pub(crate) author_id: &'a str,
    pub(crate) body: &'a str,
    pub(crate) html: &'a str,
    pub(crate) state: CommentState,
    pub(crate) at: Timestamp,
}

/// Files a comment, and counts it if everybody sees it.
pub(crate) async fn add(change: &mut Change, entered: &Entered, new: &NewRow<'_>) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(ADD)
        .bind(new.id).bind(entered.id()).bind(new.parent).bind(new.answered_id).bind(new.author_id).bind(new.body).bind(new.html)
        .bind(new.state.as_str()).bind(new.at.0).execute(c).await.map(drop))?;
    count(change, entered, i64::from(new.state.is_public())).await
}

/// `more` comments are seen by everybody now.
pub(super) async fn count(change: &mut Change, entered: &Entered, more: i64) -> Result<(), StoreError> {
    if more == 0 {
        return Ok(());
    }
    Ok(write!(change, c => sqlx::query(COUNT).bind(entered.id()).bind(more).execute(c).await.map(drop))?)
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    parent_id: Option<String>,
    answered_id: Option<String>,
    author_id: String,
    username: String,
    body: String,
    state: String,
    by_site: bool,
}

/// How a comment stands, as a change sees it.
pub(crate) struct Standing {
    pub(crate) parent: Option<String>,
    /// Whose comment it answers.
    pub(crate) answered_id: Option<String>,
    pub(crate) author_id: String,
    pub(crate) author: model::Username,
    pub(crate) body: String,
    pub(crate) state: CommentState,
    pub(crate) by_site: bool,
}

/// How a comment stands; `None`: there is none with this id.
pub(crate) async fn standing(
    change: &mut Change,
    entered: &Entered,
    id: &str,
) -> Result<Option<Standing>, StoreError> {
    let row: Option<StandingRow> = write!(change, c => sqlx::query_as(STANDING)
        .bind(entered.id()).bind(id).fetch_optional(c).await)?;
    row.map(|row| {
        Ok(Standing {
            author: crate::store::organizations::username(&row.username)?,
            state: state(&row.state)?,
            parent: row.parent_id,
            answered_id: row.answered_id,
            author_id: row.author_id,
            body: row.body,
            by_site: row.by_site,
        })
    })
    .transpose()
}

/// Replaces the text.
pub(crate) async fn set_text(
    change: &mut Change,
    id: &str,
    body: &str,
    html: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(SET_TEXT)
        .bind(id).bind(body).bind(html).bind(at.0).execute(c).await.map(drop))?)
}

/// Who moved a comment to another state, and why; empty texts: its author.
#[derive(Clone, Copy, Default)]
pub(crate) struct Judged<'a> {
    pub(crate) by: &'a str,
    pub(crate) because: &'a str,
    pub(crate) by_site: bool,
}

/// Moves a comment from one state to another, keeps the count, and settles its flags. What is deleted loses its text.
pub(crate) async fn set_state(
    change: &mut Change,
    entered: &Entered,
    id: &str,
    (from, to): (CommentState, CommentState),
    judged: Judged<'_>,
) -> Result<(), StoreError> {
    // Why it was hidden matters no more once it is not.
    let why = if to == CommentState::Hidden { judged } else { Judged { by: judged.by, ..Judged::default() } };
    write!(change, c => sqlx::query(SET_STATE)
        .bind(id).bind(to.as_str()).bind(why.by).bind(why.because).bind(why.by_site)
        .execute(c).await.map(drop))?;
    let erased: &[&'static str] = if to == CommentState::Deleted { &[ERASE, ERASE_FLAGS] } else { &[] };
    for sql in [SETTLE_FLAGS].iter().chain(erased) {
        write!(change, c => sqlx::query(*sql).bind(id).execute(c).await.map(drop))?;
    }
    count(change, entered, i64::from(to.is_public()) - i64::from(from.is_public())).await
}
