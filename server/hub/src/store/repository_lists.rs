//! SQL of lists of repositories: who may find which, in which order.

use super::repositories::{count, name_of};
use super::{Database, StoreError, access, listed, read, statements};
use model::Timestamp;
use model::view::RepositoryRow;

/// $1 is the namespace, $2 the viewer who sees all of theirs, $3 a pattern.
macro_rules! in_namespace {
    ($what:expr, $tail:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM repositories r
            WHERE r.namespace = $1 AND r.name LIKE $3 ESCAPE '\\' AND (r.visibility = 'public'
                OR EXISTS (SELECT 1 FROM repository_roles m WHERE m.repository_id = r.id AND m.user_id = $2))",
            $tail
        )
    };
}

statements! {
    /// Public ones for everybody.
    LISTED = in_namespace!(
        listed!(),
        " ORDER BY
            CASE WHEN $4 = 'name' THEN r.name END ASC, CASE WHEN $4 = '-name' THEN r.name END DESC,
            CASE WHEN $4 = 'last_updated' THEN r.updated_at END ASC,
            CASE WHEN $4 = '-last_updated' THEN r.updated_at END DESC,
            CASE WHEN $4 = 'pull_count' THEN r.pulls END ASC,
            CASE WHEN $4 = '-pull_count' THEN r.pulls END DESC, r.id DESC
        LIMIT $5 OFFSET $6"
    );
    COUNT_LISTED = in_namespace!("COUNT(*)", "");
    OWN = concat!(
        "SELECT ",
        listed!(),
        " FROM repositories r
        WHERE r.id IN (SELECT m.repository_id FROM repository_roles m WHERE m.user_id = $1)
        ORDER BY r.updated_at DESC, r.id DESC LIMIT $2"
    );
}

/// Which part of a list is wanted.
pub(crate) struct Slice<'a> {
    pub(crate) namespace: &'a str,
    /// Only names with this in them.
    pub(crate) name_part: &'a str,
    /// `name`, `last_updated`, `pull_count`, or one of them with a `-` in front.
    pub(crate) order: &'a str,
    pub(crate) size: u32,
    pub(crate) skip: u64,
}

/// A repository in a list, as stored.
#[derive(sqlx::FromRow)]
pub(crate) struct ListedRow {
    namespace: String,
    name: String,
    description: String,
    visibility: String,
    updated_at: i64,
    tag_count: i64,
    stars: i64,
    pulls: i64,
}

/// What `user_id` (empty: a visitor) may find: public ones, and all that they have a role in.
pub(crate) async fn listed_for(
    database: &Database,
    user_id: &str,
    slice: &Slice<'_>,
) -> Result<(Vec<RepositoryRow>, u64), StoreError> {
    let pattern = like(slice.name_part);
    let skip = i64::try_from(slice.skip).unwrap_or(i64::MAX);
    let rows: Vec<ListedRow> = read!(database, pool => sqlx::query_as(LISTED)
        .bind(slice.namespace).bind(user_id).bind(&pattern).bind(slice.order).bind(i64::from(slice.size))
        .bind(skip).fetch_all(pool).await)?;
    let total: i64 = read!(database, pool => sqlx::query_scalar(COUNT_LISTED)
        .bind(slice.namespace).bind(user_id).bind(&pattern).fetch_one(pool).await)?;
    let rows = rows.into_iter().map(ListedRow::view).collect::<Result<_, _>>()?;
    Ok((rows, count(total)))
}

/// All that somebody has a role in, the latest first.
pub(crate) async fn own(
    database: &Database,
    user_id: &str,
    most: u32,
) -> Result<Vec<RepositoryRow>, StoreError> {
    let rows: Vec<ListedRow> = read!(database, pool => sqlx::query_as(OWN)
        .bind(user_id).bind(i64::from(most)).fetch_all(pool).await)?;
    rows.into_iter().map(ListedRow::view).collect()
}

impl ListedRow {
    /// The row that pages show.
    pub(crate) fn view(self) -> Result<RepositoryRow, StoreError> {
        Ok(RepositoryRow {
            name: name_of(&self.namespace, &self.name)?,
            description: self.description,
            visibility: access::visibility_of_word(&self.visibility)?,
            tag_count: count(self.tag_count),
            stars: count(self.stars),
            pulls: count(self.pulls),
            updated_at: Timestamp(self.updated_at),
        })
    }
}

/// Characters of a pattern that count: no text that is looked through is longer, and SQLite refuses patterns of
/// 50,000 bytes.
const PATTERN_MOST: usize = 1000;

/// A pattern for texts that contain `part` literally.
pub(crate) fn like(part: &str) -> String {
    let mut pattern = String::from("%");
    for c in folded(part).chars().take(PATTERN_MOST) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Small letters, whatever stands around them: both a text and a part of it become this. (SQLite knows only those of
/// ASCII, PostgreSQL those of its locale.)
pub(crate) fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{folded, like};

    #[test]
    fn patterns_are_literal_folded_and_short_enough_for_sqlite() {
        assert_eq!(like("50%_\\Ü"), "%50\\%\\_\\\\ü%");
        assert_eq!(folded("ΟΔΟΣ"), folded("ΟΔΟ") + &folded("Σ"));
        assert!(like(&"𝒳".repeat(100_000)).len() < 50_000);
        assert!(like(&"%".repeat(100_000)).len() < 50_000);
    }
}
