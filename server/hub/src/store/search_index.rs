//! SQL that keeps the search index, in the transactions of the changes that it tells of.

use super::dialect::SearchSql;
use super::repositories::count;
use super::{Change, Database, StoreError, access, read, statements, write};
use model::{Timestamp, Visibility};

statements! {
    FACTS = "
        SELECT namespace, name, visibility, description, full_description, stars, pulls, created_at, updated_at
        FROM repositories WHERE id = $1";
    PLATFORMS = "
        SELECT DISTINCT platform FROM manifests WHERE repository_id = $1 AND platform <> '' ORDER BY platform LIMIT 50";
    HAS_PLATFORM = "SELECT COUNT(*) FROM (SELECT 1 FROM manifests WHERE repository_id = $1 AND platform = $2 LIMIT 1) x";
    PLACE = "SELECT number, position FROM search_documents WHERE repository_id = $1";
    PUT = "
        INSERT INTO search_documents (repository_id, number, position, words, folded, rising, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (repository_id) DO UPDATE SET position = excluded.position, words = excluded.words,
            folded = excluded.folded, rising = excluded.rising, due_at = excluded.due_at";
    DELETE = "DELETE FROM search_documents WHERE repository_id = $1";
    /// NOT EXISTS would be a join, for which PostgreSQL reads all of both.
    UNKNOWN = "
        SELECT r.id FROM repositories r
        WHERE r.id > $1 AND (SELECT COUNT(*) FROM search_documents d WHERE d.repository_id = r.id) = 0
        ORDER BY r.id LIMIT $2";
    DUE = "SELECT repository_id FROM search_documents WHERE due_at <= $1 ORDER BY due_at, repository_id LIMIT $2";
}

/// What the index is made from.
pub(crate) struct Facts {
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) visibility: Visibility,
    pub(crate) short: String,
    pub(crate) full: String,
    pub(crate) platforms: Vec<String>,
    pub(crate) stars: u64,
    pub(crate) pulls: u64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct FactsRow {
    namespace: String,
    name: String,
    visibility: String,
    description: String,
    full_description: String,
    stars: i64,
    pulls: i64,
    created_at: i64,
    updated_at: i64,
}

/// What is to be known of a repository; `None`: it is gone.
pub(crate) async fn facts(change: &mut Change, id: &str) -> Result<Option<Facts>, StoreError> {
    let row: Option<FactsRow> = write!(change, c => sqlx::query_as(FACTS).bind(id).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let platforms = write!(change, c => sqlx::query_scalar(PLATFORMS).bind(id).fetch_all(c).await)?;
    Ok(Some(Facts {
        visibility: access::visibility_of_word(&row.visibility)?,
        namespace: row.namespace,
        name: row.name,
        short: row.description,
        full: row.full_description,
        platforms,
        stars: count(row.stars),
        pulls: count(row.pulls),
        created_at: Timestamp(row.created_at),
        updated_at: Timestamp(row.updated_at),
    }))
}

/// Whether an image of the repository is for that platform.
pub(crate) async fn has_platform(change: &mut Change, id: &str, platform: &str) -> Result<bool, StoreError> {
    let found: i64 =
        write!(change, c => sqlx::query_scalar(HAS_PLATFORM).bind(id).bind(platform).fetch_one(c).await)?;
    Ok(found > 0)
}

/// Where a repository stands in the index.
#[derive(Clone, Copy, sqlx::FromRow)]
pub(crate) struct Place {
    pub(crate) number: i64,
    /// `None`: it is not public.
    pub(crate) position: Option<i64>,
}

/// Where a repository stands; `None`: the index does not know it yet.
pub(crate) async fn place(change: &mut Change, id: &str) -> Result<Option<Place>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(PLACE).bind(id).fetch_optional(c).await)?)
}

/// A number for a repository that has none.
pub(crate) async fn next_number(change: &mut Change, sql: &SearchSql) -> Result<i64, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(sql.next_number).fetch_one(c).await)?)
}

/// What is written of a repository.
pub(crate) struct NewDocument<'a> {
    pub(crate) id: &'a str,
    pub(crate) place: Place,
    /// Of what is not public; empty otherwise.
    pub(crate) line: &'a str,
    /// Name and short description, folded.
    pub(crate) folded: &'a str,
    /// `None`: it is not public, or nobody cares yet.
    pub(crate) rising: Option<i64>,
    pub(crate) due_at: i64,
}

/// Writes what is known of a repository beside its words.
pub(crate) async fn put(change: &mut Change, new: &NewDocument<'_>) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(PUT)
        .bind(new.id).bind(new.place.number).bind(new.place.position).bind(new.line).bind(new.folded)
        .bind(new.rising).bind(new.due_at).execute(c).await.map(drop))?)
}

/// Adds the words of what is public; each with spaces between them.
pub(crate) async fn add_words(
    change: &mut Change,
    sql: &SearchSql,
    position: i64,
    heads: &str,
    words: &str,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(sql.add)
        .bind(position).bind(heads).bind(words).execute(c).await.map(drop))?)
}

/// Takes the words away that stand at `position`.
pub(crate) async fn remove_words(
    change: &mut Change,
    sql: &SearchSql,
    position: i64,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(sql.remove).bind(position).execute(c).await.map(drop))?)
}

/// Forgets a repository. Its words go first.
pub(crate) async fn delete(change: &mut Change, id: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(DELETE).bind(id).execute(c).await.map(drop))?)
}

/// Keeps others from changing a repository until `change` ends; `false`: it is gone.
pub(crate) async fn hold(change: &mut Change, sql: &SearchSql, id: &str) -> Result<bool, StoreError> {
    let held = write!(change, c => sqlx::query(sql.hold_repository)
        .bind(id).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(held > 0)
}

/// Repositories behind `after` that the index does not know.
pub(crate) async fn unknown(database: &Database, after: &str, most: u32) -> Result<Vec<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(UNKNOWN)
        .bind(after).bind(i64::from(most)).fetch_all(pool).await)?)
}

/// Repositories whose weight is to be looked at again.
pub(crate) async fn due(database: &Database, now: Timestamp, most: u32) -> Result<Vec<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(DUE)
        .bind(now.0).bind(i64::from(most)).fetch_all(pool).await)?)
}

/// Keeps `tidy` away until `change` ends. Before any repository is held.
pub(crate) async fn hold_off_tidy(change: &mut Change, sql: &SearchSql) -> Result<(), StoreError> {
    if let Some(statement) = sql.hold {
        write!(change, c => sqlx::query(statement).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// What this database wants done to its index now and then.
pub(crate) async fn tidy(change: &mut Change, sql: &SearchSql) -> Result<(), StoreError> {
    for statement in sql.tidy {
        write!(change, c => sqlx::query(*statement).execute(c).await.map(drop))?;
    }
    Ok(())
}
