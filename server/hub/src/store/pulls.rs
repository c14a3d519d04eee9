//! SQL of pulls: counts by repository, by tag and by day. The tag of what was pulled without one is empty.

use super::{Change, Database, StoreError, read, statements, write};
use crate::access::Entered;
use crate::pulls::Row;
use crate::store::repositories::count;
use model::view::TagPulls;
use model::{Reference, Tag, Timestamp};
use std::collections::BTreeMap;

statements! {
    /// Also holds the repository, before any other row.
    ADD = "
        UPDATE repositories SET pulls = pulls + $2,
            last_pulled_at = CASE WHEN last_pulled_at > $3 THEN last_pulled_at ELSE $3 END
        WHERE id = $1";
    ADD_DAY = "
        INSERT INTO pull_days (repository_id, day, pulls) VALUES ($1, $2, $3)
        ON CONFLICT (repository_id, day) DO UPDATE SET pulls = pull_days.pulls + excluded.pulls";
    ADD_TO_TAG = "
        INSERT INTO tag_pulls (repository_id, tag, pulls, last_pulled_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (repository_id, tag) DO UPDATE SET pulls = tag_pulls.pulls + excluded.pulls,
            last_pulled_at = CASE WHEN tag_pulls.last_pulled_at > excluded.last_pulled_at
                THEN tag_pulls.last_pulled_at ELSE excluded.last_pulled_at END";
    ADD_TAG_DAY = "
        INSERT INTO tag_pull_days (repository_id, tag, day, pulls) VALUES ($1, $2, $3, $4)
        ON CONFLICT (repository_id, tag, day) DO UPDATE SET pulls = tag_pull_days.pulls + excluded.pulls";
    FORGET_TAG_DAYS = "DELETE FROM tag_pull_days WHERE day < $1";
    TOUCH = "
        UPDATE manifests SET last_pulled_at = $3
        WHERE repository_id = $1 AND digest = $2 AND (last_pulled_at IS NULL OR last_pulled_at < $3)";
    OF_REPOSITORY = "
        SELECT r.pulls AS total, r.last_pulled_at, d.day, d.pulls FROM repositories r
        LEFT JOIN pull_days d ON d.repository_id = r.id AND d.day >= $2
        WHERE r.id = $1 ORDER BY d.day";
    OF_TAG = "
        SELECT t.pulls AS total, t.last_pulled_at, d.day, d.pulls FROM tag_pulls t
        LEFT JOIN tag_pull_days d ON d.repository_id = t.repository_id AND d.tag = t.tag AND d.day >= $3
        WHERE t.repository_id = $1 AND t.tag = $2 ORDER BY d.day";
    TAGS = "
        SELECT p.tag, p.pulls AS total, p.last_pulled_at,
            EXISTS (SELECT 1 FROM tags t WHERE t.repository_id = p.repository_id AND t.name = p.tag) AS is_there,
            CAST(COALESCE((SELECT SUM(d.pulls) FROM tag_pull_days d
                WHERE d.repository_id = p.repository_id AND d.tag = p.tag AND d.day >= $2), 0) AS BIGINT) AS recent
        FROM tag_pulls p WHERE p.repository_id = $1 ORDER BY p.pulls DESC, p.tag LIMIT $3 OFFSET $4";
    COUNT_TAGS = "SELECT COUNT(*) FROM tag_pulls WHERE repository_id = $1";
}

/// Adds what was pulled of one repository. Nothing happens where it was deleted meanwhile.
pub(crate) async fn add(change: &mut Change, rows: &[Row]) -> Result<(), StoreError> {
    let Some(repository) = rows.first().map(|row| row.repository.as_str()) else { return Ok(()) };
    let mut days = BTreeMap::new();
    for (day, pulls) in rows.iter().flat_map(|row| row.days).filter(|(_, pulls)| *pulls > 0) {
        *days.entry(day).or_insert(0_i64) += signed(pulls);
    }
    let last = rows.iter().map(|row| row.last.0).max().unwrap_or_default();
    let there = write!(change, c => sqlx::query(ADD)
        .bind(repository).bind(days.values().sum::<i64>()).bind(last).execute(c).await
        .map(|done| done.rows_affected()))?;
    if there == 0 {
        return Ok(());
    }
    for (day, pulls) in days {
        write!(change, c => sqlx::query(ADD_DAY)
            .bind(repository).bind(day).bind(pulls).execute(c).await.map(drop))?;
    }
    for row in rows {
        match &row.reference {
            Reference::Tag(tag) => add_to_tag(change, row, tag.as_str()).await?,
            Reference::Digest(digest) => {
                write!(change, c => sqlx::query(TOUCH)
                    .bind(repository).bind(digest.as_str()).bind(row.last.0).execute(c).await.map(drop))?;
                add_to_tag(change, row, "").await?;
            }
        }
    }
    Ok(())
}

/// Forgets what was pulled of tags before that day; their sums stay.
pub(crate) async fn forget_tag_days(change: &mut Change, before: i64) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(FORGET_TAG_DAYS).bind(before).execute(c).await.map(drop))?)
}

/// An empty `tag`: without one.
async fn add_to_tag(change: &mut Change, row: &Row, tag: &str) -> Result<(), StoreError> {
    let pulls = row.days.iter().map(|(_, pulls)| signed(*pulls)).sum::<i64>();
    if pulls == 0 {
        return Ok(());
    }
    write!(change, c => sqlx::query(ADD_TO_TAG)
        .bind(&row.repository).bind(tag).bind(pulls).bind(row.last.0).execute(c).await.map(drop))?;
    for (day, pulls) in row.days.into_iter().filter(|(_, pulls)| *pulls > 0) {
        write!(change, c => sqlx::query(ADD_TAG_DAY)
            .bind(&row.repository).bind(tag).bind(day).bind(signed(pulls)).execute(c).await.map(drop))?;
    }
    Ok(())
}

fn signed(pulls: u64) -> i64 {
    i64::try_from(pulls).unwrap_or(i64::MAX)
}

/// The total, with one day that had pulls, if there was any.
#[derive(sqlx::FromRow)]
pub(crate) struct CountRow {
    pub(crate) total: i64,
    pub(crate) last_pulled_at: Option<i64>,
    pub(crate) day: Option<i64>,
    pub(crate) pulls: Option<i64>,
}

/// A repository's pulls, with the days since `since` that had any, in their order.
pub(crate) async fn of_repository(
    database: &Database,
    entered: &Entered,
    since: i64,
) -> Result<Vec<CountRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(OF_REPOSITORY)
        .bind(entered.id()).bind(since).fetch_all(pool).await)?)
}

/// The same of one tag; no row: it was never pulled.
pub(crate) async fn of_tag(
    database: &Database,
    entered: &Entered,
    tag: &Tag,
    since: i64,
) -> Result<Vec<CountRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(OF_TAG)
        .bind(entered.id()).bind(tag.as_str()).bind(since).fetch_all(pool).await)?)
}

#[derive(sqlx::FromRow)]
struct TagRow {
    tag: String,
    total: i64,
    last_pulled_at: i64,
    is_there: bool,
    recent: i64,
}

/// A page of what was pulled, the most pulled first, and how many there are. `since` is the first recent day.
pub(crate) async fn tags(
    database: &Database,
    entered: &Entered,
    since: i64,
    most: u32,
    skip: i64,
) -> Result<(Vec<TagPulls>, u64), StoreError> {
    let rows: Vec<TagRow> = read!(database, pool => sqlx::query_as(TAGS)
        .bind(entered.id()).bind(since).bind(i64::from(most)).bind(skip).fetch_all(pool).await)?;
    let total: i64 =
        read!(database, pool => sqlx::query_scalar(COUNT_TAGS).bind(entered.id()).fetch_one(pool).await)?;
    Ok((rows.into_iter().map(TagRow::view).collect::<Result<_, _>>()?, count(total)))
}

impl TagRow {
    fn view(self) -> Result<TagPulls, StoreError> {
        let tag = (!self.tag.is_empty()).then(|| self.tag.parse()).transpose();
        Ok(TagPulls {
            tag: tag.map_err(|_| StoreError::corrupt("tag"))?,
            is_there: self.is_there,
            total: count(self.total),
            recent: count(self.recent),
            last: Timestamp(self.last_pulled_at),
        })
    }
}
