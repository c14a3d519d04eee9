//! SQL of stars: who starred what. The count is kept with the repository, which is locked before.

use super::repositories::count;
use super::repository_lists::{ListedRow, like};
use super::{Change, Database, StoreError, listed, read, statements, write};
use crate::access::Entered;
use model::view::{RepositoryRow, Stargazer};
use model::{StarOrder, Timestamp};

/// Stars of $1 on public repositories; with $2 (for $1's own eyes) on all that they may see, with $3 on all.
/// $4 to $7 are patterns; what the index does not know yet has no words.
macro_rules! starred {
    ($what:expr, $tail:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM stars s JOIN repositories r ON r.id = s.repository_id
                LEFT JOIN search_documents d ON d.repository_id = s.repository_id
            WHERE s.user_id = $1 AND (r.visibility = 'public' OR $2 AND ($3 OR r.visibility = 'unlisted'
                OR EXISTS (SELECT 1 FROM repository_roles m WHERE m.repository_id = r.id AND m.user_id = s.user_id)))
            AND COALESCE(d.folded, '') LIKE $4 ESCAPE '\\' AND COALESCE(d.folded, '') LIKE $5 ESCAPE '\\'
            AND COALESCE(d.folded, '') LIKE $6 ESCAPE '\\' AND COALESCE(d.folded, '') LIKE $7 ESCAPE '\\'",
            $tail
        )
    };
}

statements! {
    ADD = "
        INSERT INTO stars (repository_id, user_id, starred_at) VALUES ($1, $2, $3)
        ON CONFLICT (repository_id, user_id) DO NOTHING";
    REMOVE = "DELETE FROM stars WHERE repository_id = $1 AND user_id = $2";
    COUNT_UP = "UPDATE repositories SET stars = stars + $2 WHERE id = $1";
    OF_REPOSITORY = "
        SELECT u.username, s.starred_at FROM stars s JOIN users u ON u.id = s.user_id
        WHERE s.repository_id = $1 ORDER BY s.starred_at DESC, s.user_id DESC LIMIT $2 OFFSET $3";
    STARRED = starred!(
        listed!(),
        " ORDER BY CASE WHEN $8 = 'name' THEN r.namespace || '/' || r.name END ASC,
            CASE WHEN $8 = 'stars' THEN r.stars WHEN $8 = 'updated' THEN r.updated_at ELSE s.starred_at END DESC,
            s.starred_at DESC, r.id DESC
        LIMIT $9 OFFSET $10"
    );
    COUNT_STARRED = starred!("COUNT(*)", "");
}

/// Adds a star and counts it; `false`: it is there already. The change holds the repository.
pub(crate) async fn add(
    change: &mut Change,
    entered: &Entered,
    user_id: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let added = write!(change, c => sqlx::query(ADD)
        .bind(entered.id()).bind(user_id).bind(at.0).execute(c).await.map(|done| done.rows_affected()))?;
    count_up(change, entered, i64::from(added > 0)).await?;
    Ok(added > 0)
}

/// Takes a star away and counts it; `false`: there is none. The change holds the repository.
pub(crate) async fn remove(
    change: &mut Change,
    entered: &Entered,
    user_id: &str,
) -> Result<bool, StoreError> {
    let removed = write!(change, c => sqlx::query(REMOVE)
        .bind(entered.id()).bind(user_id).execute(c).await.map(|done| done.rows_affected()))?;
    count_up(change, entered, -i64::from(removed > 0)).await?;
    Ok(removed > 0)
}

async fn count_up(change: &mut Change, entered: &Entered, by: i64) -> Result<(), StoreError> {
    if by == 0 {
        return Ok(());
    }
    Ok(write!(change, c => sqlx::query(COUNT_UP).bind(entered.id()).bind(by).execute(c).await.map(drop))?)
}

/// Who starred a repository, the latest first.
pub(crate) async fn of_repository(
    database: &Database,
    entered: &Entered,
    limit: i64,
    offset: i64,
) -> Result<Vec<Stargazer>, StoreError> {
    let rows: Vec<(String, i64)> = read!(database, pool => sqlx::query_as(OF_REPOSITORY)
        .bind(entered.id()).bind(limit).bind(offset).fetch_all(pool).await)?;
    rows.into_iter()
        .map(|(username, at)| {
            let username = username.parse().map_err(|_| StoreError::corrupt("username"))?;
            Ok(Stargazer { username, at: Timestamp(at) })
        })
        .collect()
}

/// Which of somebody's stars are wanted.
pub(crate) struct Starred<'a> {
    pub(crate) user_id: &'a str,
    /// For their own eyes: also what is not public.
    pub(crate) is_own: bool,
    /// They administer the hub, and see everything.
    pub(crate) sees_all: bool,
    /// All of these are in name or description; more than four are as good as four.
    pub(crate) words: [&'a str; 4],
    pub(crate) order: StarOrder,
    pub(crate) limit: i64,
    pub(crate) offset: i64,
}

/// A part of them.
pub(crate) async fn starred(
    database: &Database,
    wanted: &Starred<'_>,
) -> Result<Vec<RepositoryRow>, StoreError> {
    let [first, second, third, fourth] = wanted.words.map(like);
    let rows: Vec<ListedRow> = read!(database, pool => sqlx::query_as(STARRED)
        .bind(wanted.user_id).bind(wanted.is_own).bind(wanted.sees_all)
        .bind(&first).bind(&second).bind(&third).bind(&fourth)
        .bind(wanted.order.as_str()).bind(wanted.limit).bind(wanted.offset).fetch_all(pool).await)?;
    rows.into_iter().map(ListedRow::view).collect()
}

/// How many there are.
pub(crate) async fn total(database: &Database, wanted: &Starred<'_>) -> Result<u64, StoreError> {
    let [first, second, third, fourth] = wanted.words.map(like);
    let total: i64 = read!(database, pool => sqlx::query_scalar(COUNT_STARRED)
        .bind(wanted.user_id).bind(wanted.is_own).bind(wanted.sees_all)
        .bind(&first).bind(&second).bind(&third).bind(&fourth).fetch_one(pool).await)?;
    Ok(count(total))
}
