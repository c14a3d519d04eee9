//! SQL of tags and of every move they made.

use super::{Change, Database, StoreError, read, statements, write};
use crate::access::Entered;
use crate::store::images::{self, SummaryRow};
use crate::store::repositories::{count, name_of};
use model::view::{LastPush, PlatformRow, RecentPush};
use model::{Digest, Tag, Timestamp};

statements! {
    RECENT = "
        SELECT r.namespace, r.name, t.name AS tag, t.pushed_at, t.pushed_by
        FROM tags t JOIN repositories r ON r.id = t.repository_id
        WHERE t.repository_id IN (SELECT m.repository_id FROM repository_roles m WHERE m.user_id = $1)
        ORDER BY t.pushed_at DESC, t.name LIMIT $2";
    NAMES = "SELECT name FROM tags WHERE repository_id = $1 AND name > $2 ORDER BY name LIMIT $3";
    SLICE = "
        SELECT t.name, t.digest, t.pushed_at, t.pushed_by, p.last_pulled_at AS pulled_at FROM tags t
        LEFT JOIN tag_pulls p ON p.repository_id = t.repository_id AND p.tag = t.name
        WHERE t.repository_id = $1 ORDER BY t.pushed_at DESC, t.name LIMIT $2 OFFSET $3";
    FIND = "
        SELECT t.name, t.digest, t.pushed_at, t.pushed_by, p.last_pulled_at AS pulled_at FROM tags t
        LEFT JOIN tag_pulls p ON p.repository_id = t.repository_id AND p.tag = t.name
        WHERE t.repository_id = $1 AND t.name = $2";
    COUNT_TAGS = "SELECT COUNT(*) FROM tags WHERE repository_id = $1";
    PUT = "
        INSERT INTO tags (repository_id, name, digest, pushed_at, pushed_by) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (repository_id, name) DO UPDATE SET digest = excluded.digest,
            pushed_at = excluded.pushed_at, pushed_by = excluded.pushed_by";
    OF_DIGEST = "SELECT name FROM tags WHERE repository_id = $1 AND digest = $2 ORDER BY name";
    DELETE = "DELETE FROM tags WHERE repository_id = $1 AND name = $2";
    ADD_MOVE = "
        INSERT INTO tag_moves (id, repository_id, tag, digest, moved_at, moved_by)
        VALUES ($1, $2, $3, $4, $5, $6)";
    MOVES = "
        SELECT v.digest, v.moved_at, v.moved_by,
            CASE WHEN m.digest IS NULL THEN FALSE ELSE TRUE END AS restorable
        FROM tag_moves v LEFT JOIN manifests m ON m.repository_id = v.repository_id AND m.digest = v.digest
        WHERE v.repository_id = $1 AND v.tag = $2 ORDER BY v.id DESC LIMIT 50";
    LOST_TAGS = "
        SELECT r.namespace, r.name, t.name, t.digest FROM tags t JOIN repositories r ON r.id = t.repository_id
        WHERE NOT EXISTS (SELECT 1 FROM manifests m
            WHERE m.repository_id = t.repository_id AND m.digest = t.digest)";
    COUNT_ALL = "SELECT COUNT(*) FROM tags";
}

#[derive(sqlx::FromRow)]
struct TagRow {
    name: String,
    digest: String,
    pushed_at: i64,
    pushed_by: String,
    pulled_at: Option<i64>,
}

/// Where a tag stands.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) tag: Tag,
    pub(crate) digest: Digest,
    pub(crate) pushed_at: Timestamp,
    pub(crate) pushed_by: String,
    pub(crate) pulled_at: Option<Timestamp>,
}

impl TagRow {
    fn found(self) -> Result<Found, StoreError> {
        Ok(Found {
            tag: self.name.parse().map_err(|_| StoreError::corrupt("tag"))?,
            digest: self.digest.parse().map_err(|_| StoreError::corrupt("digest"))?,
            pushed_at: Timestamp(self.pushed_at),
            pushed_by: self.pushed_by,
            pulled_at: self.pulled_at.map(Timestamp),
        })
    }
}

impl Found {
    pub(crate) fn last_push(self) -> LastPush {
        LastPush { tag: Some(self.tag), at: self.pushed_at, by: self.pushed_by }
    }
}

/// Up to `most` names behind `after`, in the order of their bytes.
pub(crate) async fn names(
    database: &Database,
    entered: &Entered,
    after: &str,
    most: i64,
) -> Result<Vec<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(NAMES)
        .bind(entered.id()).bind(after).bind(most).fetch_all(pool).await)?)
}

/// The tag that was pushed last.
pub(crate) async fn newest(database: &Database, entered: &Entered) -> Result<Option<Found>, StoreError> {
    let row: Option<TagRow> = read!(database, pool => sqlx::query_as(SLICE)
        .bind(entered.id()).bind(1_i64).bind(0_i64).fetch_optional(pool).await)?;
    row.map(TagRow::found).transpose()
}

/// Where one tag stands.
pub(crate) async fn find(
    database: &Database,
    entered: &Entered,
    tag: &str,
) -> Result<Option<Found>, StoreError> {
    let row: Option<TagRow> = read!(database, pool => sqlx::query_as(FIND)
        .bind(entered.id()).bind(tag).fetch_optional(pool).await)?;
    row.map(TagRow::found).transpose()
}

/// The same inside a change.
pub(crate) async fn find_now(
    change: &mut Change,
    entered: &Entered,
    tag: &str,
) -> Result<Option<Found>, StoreError> {
    let row: Option<TagRow> = write!(change, c => sqlx::query_as(FIND)
        .bind(entered.id()).bind(tag).fetch_optional(c).await)?;
    row.map(TagRow::found).transpose()
}

/// A page of tags, the latest push first, and how many there are.
pub(crate) async fn slice(
    database: &Database,
    entered: &Entered,
    size: u32,
    skip: u64,
) -> Result<(Vec<Found>, u64), StoreError> {
    let skip = i64::try_from(skip).unwrap_or(i64::MAX);
    let rows: Vec<TagRow> = read!(database, pool => sqlx::query_as(SLICE)
        .bind(entered.id()).bind(i64::from(size)).bind(skip).fetch_all(pool).await)?;
    let total: i64 = read!(database, pool => sqlx::query_scalar(COUNT_TAGS)
        .bind(entered.id()).fetch_one(pool).await)?;
    Ok((rows.into_iter().map(TagRow::found).collect::<Result<_, _>>()?, count(total)))
}

/// The platforms of an image or index, with what a pull of each moves.
pub(crate) async fn platforms(
    database: &Database,
    entered: &Entered,
    digest: &Digest,
) -> Result<Vec<PlatformRow>, StoreError> {
    let Some(summary) = images::summary(database, entered, digest).await? else {
        return Ok(Vec::new());
    };
    let parts = images::parts(database, entered, digest).await?;
    let children: Vec<_> = parts.into_iter().filter(|part| part.kind == "manifest").collect();
    if children.is_empty() {
        return Ok(vec![platform_row(&summary, digest.clone())]);
    }
    let images = children.into_iter().filter(|child| !child.platform.is_empty());
    images
        .map(|child| {
            let digest = child.digest.parse().map_err(|_| StoreError::corrupt("digest"))?;
            let pulled_at = child.last_pulled_at.map(Timestamp);
            Ok(PlatformRow { platform: child.platform, digest, size: count(child.image_size), pulled_at })
        })
        .collect()
}

fn platform_row(summary: &SummaryRow, digest: Digest) -> PlatformRow {
    let name = if summary.platform.is_empty() {
        summary.artifact_type.as_ref().unwrap_or(&summary.media_type)
    } else {
        &summary.platform
    };
    let pulled_at = summary.last_pulled_at.map(Timestamp);
    PlatformRow { platform: name.clone(), digest, size: count(summary.image_size), pulled_at }
}

/// Puts a tag on a manifest, and notes the move unless it stood there already.
pub(crate) async fn put(
    change: &mut Change,
    entered: &Entered,
    tag: &Tag,
    digest: &Digest,
    at: Timestamp,
    by: &str,
) -> Result<(), StoreError> {
    let before = find_now(change, entered, tag.as_str()).await?;
    write!(change, c => sqlx::query(PUT)
        .bind(entered.id()).bind(tag.as_str()).bind(digest.as_str()).bind(at.0).bind(by)
        .execute(c).await.map(drop))?;
    if before.is_some_and(|before| before.digest == *digest) {
        return Ok(());
    }
    add_move(change, entered, tag, Some(digest), at, by).await
}

async fn add_move(
    change: &mut Change,
    entered: &Entered,
    tag: &Tag,
    digest: Option<&Digest>,
    at: Timestamp,
    by: &str,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ADD_MOVE)
        .bind(super::new_id()).bind(entered.id()).bind(tag.as_str()).bind(digest.map(Digest::as_str))
        .bind(at.0).bind(by).execute(c).await.map(drop))?)
}

/// The tags on a manifest.
pub(crate) async fn of_digest(
    change: &mut Change,
    entered: &Entered,
    digest: &Digest,
) -> Result<Vec<Tag>, StoreError> {
    let names: Vec<String> = write!(change, c => sqlx::query_scalar(OF_DIGEST)
        .bind(entered.id()).bind(digest.as_str()).fetch_all(c).await)?;
    names.into_iter().map(|name| name.parse().map_err(|_| StoreError::corrupt("tag"))).collect()
}

/// Takes a tag away and notes it; `false`: there was none.
pub(crate) async fn delete(
    change: &mut Change,
    entered: &Entered,
    tag: &Tag,
    at: Timestamp,
    by: &str,
) -> Result<bool, StoreError> {
    let deleted = write!(change, c => sqlx::query(DELETE)
        .bind(entered.id()).bind(tag.as_str()).execute(c).await.map(|done| done.rows_affected()))?;
    if deleted > 0 {
        add_move(change, entered, tag, None, at, by).await?;
    }
    Ok(deleted > 0)
}

/// A move of a tag.
#[derive(sqlx::FromRow)]
pub(crate) struct MoveRow {
    pub(crate) digest: Option<String>,
    pub(crate) moved_at: i64,
    pub(crate) moved_by: String,
    pub(crate) restorable: bool,
}

/// The last moves of a tag, the newest first.
pub(crate) async fn moves(
    database: &Database,
    entered: &Entered,
    tag: &Tag,
) -> Result<Vec<MoveRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(MOVES)
        .bind(entered.id()).bind(tag.as_str()).fetch_all(pool).await)?)
}

/// Tags whose manifest is missing: namespace, name, tag, digest. There can be none.
pub(crate) async fn lost(database: &Database) -> Result<Vec<(String, String, String, String)>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(LOST_TAGS).fetch_all(pool).await)?)
}

/// All tags of all repositories.
pub(crate) async fn count_all(database: &Database) -> Result<u64, StoreError> {
    let total: i64 = read!(database, pool => sqlx::query_scalar(COUNT_ALL).fetch_one(pool).await)?;
    Ok(count(total))
}

/// The last pushes to all that somebody has a role in, the latest first.
pub(crate) async fn recent(
    database: &Database,
    user_id: &str,
    most: u32,
) -> Result<Vec<RecentPush>, StoreError> {
    let rows: Vec<RecentRow> = read!(database, pool => sqlx::query_as(RECENT)
        .bind(user_id).bind(i64::from(most)).fetch_all(pool).await)?;
    rows.into_iter().map(RecentRow::view).collect()
}

#[derive(sqlx::FromRow)]
struct RecentRow {
    namespace: String,
    name: String,
    tag: String,
    pushed_at: i64,
    pushed_by: String,
}

impl RecentRow {
    fn view(self) -> Result<RecentPush, StoreError> {
        Ok(RecentPush {
            repository: name_of(&self.namespace, &self.name)?,
            tag: self.tag.parse().map_err(|_| StoreError::corrupt("tag"))?,
            at: Timestamp(self.pushed_at),
            by: self.pushed_by,
        })
    }
}
