//! SQL of what is shown elsewhere: pushes for feeds, public names for search engines.

use super::repositories::name_of;
use super::{Database, StoreError, read, statements};
use crate::access::Entered;
use model::event::Event;
use model::view::{FeedPush, SitemapRow};
use model::{RepositoryName, Timestamp};

statements! {
    /// Only pushes of tags have a number. Of the last $3 of them the last $2 whose tag is there: in a repository that
    /// deletes what it pushes not all are read. `json` is a function of SQLite, and a type of PostgreSQL.
    PUSHES = "
        SELECT e.id, e.actor, e.happened_at, e.body FROM (
            SELECT id, actor, happened_at, body, json(body) ->> 'tag' AS tag FROM events
            WHERE repository_id = $1 AND sequence IS NOT NULL ORDER BY id DESC LIMIT $3) e
        WHERE EXISTS (SELECT 1 FROM tags t WHERE t.repository_id = $1 AND t.name = e.tag)
        ORDER BY e.id DESC LIMIT $2";
    TAGS_BY_PUSH = "SELECT name FROM tags WHERE repository_id = $1 ORDER BY pushed_at DESC, name LIMIT $2";
    /// Both read the index `repositories_by_name` and no further than they need.
    PUBLIC_PART = "
        SELECT namespace, name, updated_at FROM repositories
        WHERE visibility = 'public' AND (namespace, name) > ($1, $2) ORDER BY namespace, name LIMIT $3";
    PUBLIC_STEP = "
        SELECT namespace, name FROM repositories
        WHERE visibility = 'public' AND (namespace, name) > ($1, $2) ORDER BY namespace, name LIMIT 2 OFFSET $3";
}

#[derive(sqlx::FromRow)]
struct PushRow {
    id: String,
    actor: String,
    happened_at: i64,
    body: String,
}

impl PushRow {
    fn view(self) -> Result<FeedPush, StoreError> {
        match serde_json::from_str(&self.body) {
            Ok(Event::Pushed { tag: Some(tag), digest, .. }) => {
                Ok(FeedPush { id: self.id, tag, digest, at: Timestamp(self.happened_at), by: self.actor })
            }
            _ => Err(StoreError::corrupt("event")),
        }
    }
}

/// The last pushes of tags that are there, the latest first; those before the last `among` of all are not looked at.
pub(crate) async fn pushes(
    database: &Database,
    entered: &Entered,
    most: i64,
    among: i64,
) -> Result<Vec<FeedPush>, StoreError> {
    let rows: Vec<PushRow> = read!(database, pool => sqlx::query_as(PUSHES)
        .bind(entered.id()).bind(most).bind(among).fetch_all(pool).await)?;
    rows.into_iter().map(PushRow::view).collect()
}

/// The names of the tags that were pushed last.
pub(crate) async fn tags_by_push(
    database: &Database,
    entered: &Entered,
    most: i64,
) -> Result<Vec<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(TAGS_BY_PUSH)
        .bind(entered.id()).bind(most).fetch_all(pool).await)?)
}

/// Up to `most` public repositories behind `after` (`namespace/name`, empty: from the start), by their names.
pub(crate) async fn public_part(
    database: &Database,
    after: &str,
    most: i64,
) -> Result<Vec<SitemapRow>, StoreError> {
    let (space, last) = after.split_once('/').unwrap_or((after, ""));
    let rows: Vec<(String, String, i64)> = read!(database, pool => sqlx::query_as(PUBLIC_PART)
        .bind(space).bind(last).bind(most).fetch_all(pool).await)?;
    let row = |(space, last, at): (String, String, i64)| {
        Ok(SitemapRow { name: name_of(&space, &last)?, updated_at: Timestamp(at) })
    };
    rows.into_iter().map(row).collect()
}

/// The public repository that has `between` others between it and `after`, if there is one behind it.
pub(crate) async fn public_step(
    database: &Database,
    after: &str,
    between: i64,
) -> Result<Option<RepositoryName>, StoreError> {
    let (space, last) = after.split_once('/').unwrap_or((after, ""));
    let rows: Vec<(String, String)> = read!(database, pool => sqlx::query_as(PUBLIC_STEP)
        .bind(space).bind(last).bind(between).fetch_all(pool).await)?;
    match rows.as_slice() {
        [(space, last), _] => Ok(Some(name_of(space, last)?)),
        _ => Ok(None),
    }
}
