//! SQL of search: asking the index. Writing it is in `search_index`.

use super::dialect::SearchSql;
use super::repositories::count;
use super::repository_lists::like;
use super::{Database, StoreError, access, read, statements};
use model::Timestamp;
use model::view::RepositoryRow;

statements! {
    /// Public ones, the best first.
    BEST = "
        SELECT position FROM search_documents WHERE position IS NOT NULL ORDER BY position LIMIT $1 OFFSET $2";
    /// What somebody has a role in and not everybody may find.
    HIDDEN = "
        SELECT d.words, r.namespace, r.name, r.description, r.visibility, r.stars, r.pulls, r.created_at, r.updated_at,
            (SELECT COUNT(*) FROM tags t WHERE t.repository_id = r.id) AS tag_count
        FROM search_documents d JOIN repositories r ON r.id = d.repository_id
        WHERE d.position IS NULL AND d.words LIKE $2 ESCAPE '\\'
            AND r.id IN (SELECT m.repository_id FROM repository_roles m WHERE m.user_id = $1)
        ORDER BY r.updated_at DESC LIMIT $3";
    BY_STARS = "
        SELECT r.namespace, r.name, r.description, r.visibility, r.stars, r.pulls, r.updated_at,
            (SELECT COUNT(*) FROM tags t WHERE t.repository_id = r.id) AS tag_count
        FROM repositories r WHERE r.visibility = 'public' ORDER BY r.stars DESC, r.id DESC LIMIT $1 OFFSET $2";
    BY_PULLS = "
        SELECT r.namespace, r.name, r.description, r.visibility, r.stars, r.pulls, r.updated_at,
            (SELECT COUNT(*) FROM tags t WHERE t.repository_id = r.id) AS tag_count
        FROM repositories r WHERE r.visibility = 'public' ORDER BY r.pulls DESC, r.id DESC LIMIT $1 OFFSET $2";
    RECENT = "
        SELECT r.namespace, r.name, r.description, r.visibility, r.stars, r.pulls, r.updated_at,
            (SELECT COUNT(*) FROM tags t WHERE t.repository_id = r.id) AS tag_count
        FROM repositories r WHERE r.visibility = 'public' ORDER BY r.updated_at DESC, r.id DESC LIMIT $1 OFFSET $2";
    /// Young ones that somebody starred or pulled.
    RISING = "
        SELECT r.namespace, r.name, r.description, r.visibility, r.stars, r.pulls, r.updated_at,
            (SELECT COUNT(*) FROM tags t WHERE t.repository_id = r.id) AS tag_count
        FROM search_documents d JOIN repositories r ON r.id = d.repository_id
        WHERE d.position IS NOT NULL AND r.visibility = 'public' AND (r.stars > 0 OR r.pulls > 0)
        ORDER BY d.rising DESC LIMIT $1 OFFSET $2";
    OFFICIAL = "
        SELECT r.namespace, r.name, r.description, r.visibility, r.stars, r.pulls, r.updated_at,
            (SELECT COUNT(*) FROM tags t WHERE t.repository_id = r.id) AS tag_count
        FROM repositories r JOIN search_documents d ON d.repository_id = r.id
        WHERE r.namespace = 'library' AND r.visibility = 'public' ORDER BY d.position LIMIT $1 OFFSET $2";
}

/// Which words are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// Those of names and short descriptions.
    Heads,
    /// Those of all texts.
    Words,
}

/// The first `most` positions of what has all of `words`, the best first.
pub(crate) async fn find(
    database: &Database,
    column: Column,
    words: &[String],
    most: u32,
) -> Result<Vec<i64>, StoreError> {
    let sql = SearchSql::of(database);
    let quoted: Vec<String> = words.iter().map(|word| format!("{0}{word}{0}", sql.quote)).collect();
    let (statement, asked) = match column {
        Column::Heads => (sql.find_heads, quoted.join(sql.and)),
        Column::Words => (sql.find_words, quoted.join(sql.and)),
    };
    Ok(read!(database, pool => sqlx::query_scalar(statement)
        .bind(&asked).bind(i64::from(most)).fetch_all(pool).await)?)
}

/// The first `most` positions of all, behind the first `skip`.
pub(crate) async fn best(database: &Database, most: u32, skip: u32) -> Result<Vec<i64>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(BEST)
        .bind(i64::from(most)).bind(i64::from(skip)).fetch_all(pool).await)?)
}

#[derive(sqlx::FromRow)]
struct FoundRow {
    namespace: String,
    name: String,
    description: String,
    visibility: String,
    stars: i64,
    pulls: i64,
    updated_at: i64,
    tag_count: i64,
}

impl FoundRow {
    fn found(self) -> Result<RepositoryRow, StoreError> {
        let name = format!("{}/{}", self.namespace, self.name);
        Ok(RepositoryRow {
            name: name.parse().map_err(|_| StoreError::corrupt("repository name"))?,
            description: self.description,
            visibility: access::visibility_of_word(&self.visibility)?,
            tag_count: count(self.tag_count),
            stars: count(self.stars),
            pulls: count(self.pulls),
            updated_at: Timestamp(self.updated_at),
        })
    }
}

#[derive(sqlx::FromRow)]
struct PlacedRow {
    position: i64,
    #[sqlx(flatten)]
    row: FoundRow,
}

/// What stands at `positions`, in any order; what is gone meanwhile is left out.
pub(crate) async fn rows(
    database: &Database,
    positions: &[i64],
) -> Result<Vec<(i64, RepositoryRow)>, StoreError> {
    let list: Vec<String> = positions.iter().map(ToString::to_string).collect();
    let list = format!("[{}]", list.join(","));
    let rows: Vec<PlacedRow> = read!(database, pool => sqlx::query_as(SearchSql::of(database).rows)
        .bind(&list).fetch_all(pool).await)?;
    rows.into_iter().map(|placed| Ok((placed.position, placed.row.found()?))).collect()
}

/// A repository that not everybody may find.
pub(crate) struct Hidden {
    /// Its words, a space around each.
    pub(crate) line: String,
    pub(crate) found: RepositoryRow,
    pub(crate) created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct HiddenRow {
    words: String,
    created_at: i64,
    #[sqlx(flatten)]
    row: FoundRow,
}

/// What `user_id` has a role in, is not public, and has `part` in its words; the latest pushes first.
pub(crate) async fn hidden(
    database: &Database,
    user_id: &str,
    part: &str,
    most: u32,
) -> Result<Vec<Hidden>, StoreError> {
    let rows: Vec<HiddenRow> = read!(database, pool => sqlx::query_as(HIDDEN)
        .bind(user_id).bind(like(part)).bind(i64::from(most)).fetch_all(pool).await)?;
    let hidden = |row: HiddenRow| {
        let created_at = Timestamp(row.created_at);
        Ok(Hidden { line: row.words, created_at, found: row.row.found()? })
    };
    rows.into_iter().map(hidden).collect()
}

/// A list of public repositories that nobody asked words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Stars,
    Pulls,
    Recent,
    Rising,
    Official,
}

/// The first `most` of a list, behind the first `skip`.
pub(crate) async fn list(
    database: &Database,
    list: List,
    most: u32,
    skip: u32,
) -> Result<Vec<RepositoryRow>, StoreError> {
    let sql = match list {
        List::Stars => BY_STARS,
        List::Pulls => BY_PULLS,
        List::Recent => RECENT,
        List::Rising => RISING,
        List::Official => OFFICIAL,
    };
    let rows: Vec<FoundRow> = read!(database, pool => sqlx::query_as(sql)
        .bind(i64::from(most)).bind(i64::from(skip)).fetch_all(pool).await)?;
    rows.into_iter().map(FoundRow::found).collect()
}
