//! SQL of pulls: counts by repository, by tag and by day. The tag of what was pulled without one is empty.

use super::{Change, Database, StoreError, read, statements, write};
use crate::access::Entered;
use crate::pulls::Row;
use crate::store::repositories::count;
use model::view::{PulledAs, TagPulls};
use model::{Reference, Tag, Timestamp};
use std::collections::BTreeMap;

/// Whether a tag of `tag_pulls` (`p`) of repository $1 was not deleted since.
macro_rules! is_there {
    () => {
        "EXISTS (SELECT 1 FROM tags t WHERE t.repository_id = $1 AND t.name = p.tag)"
    };
}

/// The pulls of its days since $2. Most tags were last pulled before: their days are not looked for.
macro_rules! recent {
    () => {
        "CASE WHEN p.last_pulled_at < $2 * 86400000 THEN 0 ELSE CAST(COALESCE((SELECT SUM(d.pulls) FROM tag_pull_days d
            WHERE d.repository_id = $1 AND d.tag = p.tag AND d.day >= $2), 0) AS BIGINT) END"
    };
}

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
    /// $5: deleted tags among them.
    TAGS = concat!(
        "SELECT p.tag, p.pulls AS total, p.last_pulled_at, ",
        is_there!(),
        " AS is_there, ",
        recent!(),
        " AS recent FROM tag_pulls p WHERE p.repository_id = $1 AND ($5 OR p.tag = '' OR ",
        is_there!(),
        ") ORDER BY p.pulls DESC, p.tag LIMIT $3 OFFSET $4"
    );
    /// $2: deleted tags among them.
    COUNT_TAGS = concat!(
        "SELECT COUNT(*) FROM tag_pulls p WHERE p.repository_id = $1 AND ($2 OR p.tag = '' OR ",
        is_there!(),
        ")"
    );
    DELETED_TAGS = concat!(
        "SELECT CAST(SUM(g.total) AS BIGINT) AS total, MAX(g.last_pulled_at) AS last_pulled_at,
            CAST(SUM(g.recent) AS BIGINT) AS recent
        FROM (SELECT p.pulls AS total, p.last_pulled_at, ",
        recent!(),
        " AS recent FROM tag_pulls p WHERE p.repository_id = $1 AND p.tag <> '' AND NOT ",
        is_there!(),
        ") g"
    );
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

/// Which rows of the list of tags.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    /// The first recent day.
    pub(crate) since: i64,
    /// Deleted tags among them, by their names.
    pub(crate) deleted: bool,
    pub(crate) most: u32,
    pub(crate) skip: u64,
}

/// A page of what was pulled, the most pulled first, and how many there are.
pub(crate) async fn tags(
    database: &Database,
    entered: &Entered,
    wanted: Wanted,
) -> Result<(Vec<TagPulls>, u64), StoreError> {
    let skip = i64::try_from(wanted.skip).unwrap_or(i64::MAX);
    let rows: Vec<TagRow> = read!(database, pool => sqlx::query_as(TAGS)
        .bind(entered.id()).bind(wanted.since).bind(i64::from(wanted.most)).bind(skip).bind(wanted.deleted)
        .fetch_all(pool).await)?;
    let total: i64 = read!(database, pool => sqlx::query_scalar(COUNT_TAGS)
        .bind(entered.id()).bind(wanted.deleted).fetch_one(pool).await)?;
    Ok((rows.into_iter().map(TagRow::view).collect::<Result<_, _>>()?, count(total)))
}

impl TagRow {
    fn pulled_as(&self) -> Result<PulledAs, StoreError> {
        if self.tag.is_empty() {
            return Ok(PulledAs::Digest);
        }
        let tag = self.tag.parse().map_err(|_| StoreError::corrupt("tag"))?;
        Ok(if self.is_there { PulledAs::Tag(tag) } else { PulledAs::DeletedTag(tag) })
    }

    fn view(self) -> Result<TagPulls, StoreError> {
        Ok(TagPulls {
            pulled_as: self.pulled_as()?,
            total: count(self.total),
            recent: count(self.recent),
            last: Timestamp(self.last_pulled_at),
        })
    }
}

/// Nothing in it: no deleted tag was ever pulled.
#[derive(sqlx::FromRow)]
struct DeletedRow {
    total: Option<i64>,
    last_pulled_at: Option<i64>,
    recent: Option<i64>,
}

/// What was pulled of all tags that were deleted since, as one; `since` is the first recent day.
pub(crate) async fn deleted_tags(
    database: &Database,
    entered: &Entered,
    since: i64,
) -> Result<Option<TagPulls>, StoreError> {
    let row: DeletedRow = read!(database, pool => sqlx::query_as(DELETED_TAGS)
        .bind(entered.id()).bind(since).fetch_one(pool).await)?;
    Ok(row.last_pulled_at.map(|last| TagPulls {
        pulled_as: PulledAs::DeletedTags,
        total: row.total.map(count).unwrap_or_default(),
        recent: row.recent.map(count).unwrap_or_default(),
        last: Timestamp(last),
    }))
}
