//! SQL of search: asking the index. Writing it is in `search_index`.

use super::dialect::SearchSql;
use super::repository_lists::{ListedRow, like};
use super::{Database, StoreError, listed, read, statements};
use futures::future::try_join_all;
use model::Timestamp;
use model::view::RepositoryRow;

/// A list in an order that an index has, from its beginning: $1 rows behind the first $2 that were pushed since $3. The
/// plus keeps both databases from reading all of these first, to order them then.
macro_rules! walked {
    ($from:literal, $which:literal, $order:literal) => {
        concat!(
            "SELECT ",
            listed!(),
            " FROM ",
            $from,
            " WHERE ",
            $which,
            " AND r.visibility = 'public' AND +r.updated_at >= $3 ORDER BY ",
            $order,
            " LIMIT $1 OFFSET $2"
        )
    };
}

/// The same where only few were pushed since $3, so that the walk would be long: the latest thousand are put in order.
macro_rules! gathered {
    ($order:literal) => {
        concat!(
            "SELECT ",
            listed!(),
            " FROM repositories r LEFT JOIN search_documents d ON d.repository_id = r.id
            WHERE r.id IN (SELECT x.id FROM repositories x WHERE x.visibility = 'public' AND x.updated_at >= $3
                ORDER BY x.updated_at DESC LIMIT 1000)
            ORDER BY ",
            $order,
            " LIMIT $1 OFFSET $2"
        )
    };
}

statements! {
    /// What somebody has a role in and not everybody may find. Of each source of roles (`repository_roles` has the
    /// same) at most the latest thousand are looked through: anybody can own any number.
    HIDDEN = concat!(
        "SELECT h.words, r.created_at, ",
        listed!(),
        " FROM (SELECT latest.id, latest.updated_at, d.words FROM (
            SELECT x.id, x.updated_at FROM namespace_members m JOIN repositories x ON x.namespace = m.namespace
            WHERE m.user_id = $1 AND m.role > 0 AND x.visibility <> 'public' AND x.updated_at >= COALESCE((
                SELECT y.updated_at FROM repositories y
                WHERE y.namespace = m.namespace AND y.visibility <> 'public' AND y.updated_at >= 0
                ORDER BY y.updated_at DESC LIMIT 1 OFFSET 999), 0)
            UNION SELECT x.id, x.updated_at FROM (
                SELECT repository_id FROM repository_members WHERE user_id = $1
                ORDER BY repository_id DESC LIMIT 1000) m
            JOIN repositories x ON x.id = m.repository_id WHERE x.visibility <> 'public'
            UNION SELECT x.id, x.updated_at FROM (
                SELECT tr.repository_id FROM team_members tm JOIN team_repositories tr ON tr.team_id = tm.team_id
                WHERE tm.user_id = $1 ORDER BY tr.repository_id DESC LIMIT 1000) m
            JOIN repositories x ON x.id = m.repository_id WHERE x.visibility <> 'public'
            ORDER BY updated_at DESC LIMIT 1000) latest
            JOIN search_documents d ON d.repository_id = latest.id
            WHERE d.words LIKE $2 ESCAPE '\\' ORDER BY latest.updated_at DESC LIMIT $3) h
        JOIN repositories r ON r.id = h.id ORDER BY h.updated_at DESC"
    );
    /// Of what was found a moment ago, if it still is as visible.
    BEGINNING = "
        SELECT SUBSTR(full_description, 1, $4) FROM repositories
        WHERE namespace = $1 AND name = $2 AND visibility = $3";
    /// How many public ones were pushed since $1; no more than $2 are counted.
    COUNT_SINCE = "
        SELECT COUNT(*) FROM (
            SELECT 1 AS one FROM repositories WHERE visibility = 'public' AND updated_at >= $1 LIMIT $2) x";
    BEST = walked!(
        "search_documents d CROSS JOIN repositories r",
        "d.position IS NOT NULL AND r.id = d.repository_id",
        "d.position"
    );
    BY_STARS = walked!("repositories r", "r.stars >= 0", "r.stars DESC, r.id DESC");
    BY_PULLS = walked!("repositories r", "r.pulls >= 0", "r.pulls DESC, r.id DESC");
    RECENT = walked!("repositories r", "r.updated_at >= $3", "r.updated_at DESC, r.id DESC");
    /// The latest $2 of all public ones pushed since $1, of these whatever has the platform $3 (empty: any).
    LATELY = concat!(
        "SELECT ",
        listed!(),
        " FROM (SELECT x.id FROM repositories x WHERE x.visibility = 'public' AND x.updated_at >= $1
            ORDER BY x.updated_at DESC, x.id DESC LIMIT $2) latest JOIN repositories r ON r.id = latest.id
        WHERE $3 = '' OR EXISTS (SELECT 1 FROM manifests m WHERE m.repository_id = r.id AND m.platform = $3)
        ORDER BY r.updated_at DESC, r.id DESC"
    );
    /// Young ones that somebody starred or pulled.
    RISING = walked!(
        "search_documents d CROSS JOIN repositories r",
        "d.rising IS NOT NULL AND r.id = d.repository_id",
        "d.rising DESC, d.number DESC"
    );
    OFFICIAL = walked!(
        "repositories r JOIN search_documents d ON d.repository_id = r.id",
        "r.namespace = 'library'",
        "d.position"
    );
    FEW_BEST = gathered!("d.position");
    FEW_BY_STARS = gathered!("r.stars DESC, r.id DESC");
    FEW_BY_PULLS = gathered!("r.pulls DESC, r.id DESC");
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
    let (before, behind) = sql.around;
    let quoted: Vec<String> = words.iter().map(|word| format!("{before}{word}{behind}")).collect();
    let asked = quoted.join(sql.and);
    let statements = match column {
        Column::Heads => sql.find_heads,
        Column::Words => sql.find_words,
    };
    let parts = statements.iter().map(async |statement| {
        read!(database, pool => sqlx::query_scalar(*statement)
            .bind(&asked).bind(i64::from(most)).fetch_all(pool).await)
    });
    let mut positions = try_join_all(parts).await?.concat();
    positions.sort_unstable();
    // Parts are read at different moments: what was moved in between may be in two.
    positions.dedup();
    positions.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(positions)
}

#[derive(sqlx::FromRow)]
struct PlacedRow {
    position: i64,
    #[sqlx(flatten)]
    row: ListedRow,
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
    rows.into_iter().map(|placed| Ok((placed.position, placed.row.view()?))).collect()
}

/// The first `most` characters of the full description of what was found.
pub(crate) async fn beginning(
    database: &Database,
    found: &RepositoryRow,
    most: i32,
) -> Result<String, StoreError> {
    let text: Option<String> = read!(database, pool => sqlx::query_scalar(BEGINNING)
        .bind(found.name.namespace()).bind(found.name.name()).bind(found.visibility.as_str())
        .bind(most).fetch_optional(pool).await)?;
    Ok(text.unwrap_or_default())
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
    row: ListedRow,
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
        Ok(Hidden { line: row.words, created_at, found: row.row.view()? })
    };
    rows.into_iter().map(hidden).collect()
}

/// A list of public repositories that nobody asked words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// What weighs the most.
    Best,
    Stars,
    Pulls,
    Recent,
    Rising,
    Official,
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) most: u32,
    pub(crate) skip: u32,
    /// Only what was pushed since.
    pub(crate) since: Timestamp,
    /// No more than a thousand were.
    pub(crate) are_few: bool,
}

impl Part {
    /// The first `most`, whenever they were pushed.
    pub(crate) const fn first(most: u32) -> Self {
        Self { most, skip: 0, since: Timestamp(i64::MIN), are_few: false }
    }
}

/// A part of a list.
pub(crate) async fn list(
    database: &Database,
    list: List,
    part: &Part,
) -> Result<Vec<RepositoryRow>, StoreError> {
    let sql = match (list, part.are_few) {
        (List::Best, true) => FEW_BEST,
        (List::Stars, true) => FEW_BY_STARS,
        (List::Pulls, true) => FEW_BY_PULLS,
        (List::Best, false) => BEST,
        (List::Stars, false) => BY_STARS,
        (List::Pulls, false) => BY_PULLS,
        (List::Recent, _) => RECENT,
        (List::Rising, _) => RISING,
        (List::Official, _) => OFFICIAL,
    };
    let rows: Vec<ListedRow> = read!(database, pool => sqlx::query_as(sql)
        .bind(i64::from(part.most)).bind(i64::from(part.skip)).bind(part.since.0).fetch_all(pool).await)?;
    rows.into_iter().map(ListedRow::view).collect()
}

/// Of the latest `most` public ones that were pushed since `since`, those with that platform (empty: any), the latest
/// first.
pub(crate) async fn lately(
    database: &Database,
    since: Timestamp,
    most: u32,
    platform: &str,
) -> Result<Vec<RepositoryRow>, StoreError> {
    let rows: Vec<ListedRow> = read!(database, pool => sqlx::query_as(LATELY)
        .bind(since.0).bind(i64::from(most)).bind(platform).fetch_all(pool).await)?;
    rows.into_iter().map(ListedRow::view).collect()
}

/// How many public ones were pushed since `since`; no more than `most` are counted.
pub(crate) async fn count_since(database: &Database, since: Timestamp, most: u32) -> Result<u32, StoreError> {
    let found: i64 = read!(database, pool => sqlx::query_scalar(COUNT_SINCE)
        .bind(since.0).bind(i64::from(most)).fetch_one(pool).await)?;
    Ok(u32::try_from(found).unwrap_or_default())
}
