//! Full text: FTS5 of SQLite, `tsvector` and GIN of PostgreSQL. Both hold the same words and answer in the same order.

use crate::store::{Database, listed};

/// The statements that find, add and remove words; all take the same values.
pub(crate) struct SearchSql {
    /// A number that no document has: none.
    pub(in crate::store) next_number: &'static str,
    /// Adds $2 (heads) and $3 (words), with spaces between them, at $1.
    pub(in crate::store) add: &'static str,
    pub(in crate::store) remove: &'static str,
    /// The first $2 positions that have the words of $1.
    pub(in crate::store) find_heads: &'static str,
    pub(in crate::store) find_words: &'static str,
    /// Rows of the positions in the JSON array $1.
    pub(in crate::store) rows: &'static str,
    /// What goes between two words that are both wanted.
    pub(in crate::store) and: &'static str,
    /// What stands around a word.
    pub(in crate::store) quote: char,
    /// Keeps `tidy` away until the change ends; for those who write the words of several repositories, before
    /// they do: it takes rows in another order than they.
    pub(in crate::store) hold: Option<&'static str>,
    /// Run one after the other now and then.
    pub(in crate::store) tidy: &'static [&'static str],
}

impl SearchSql {
    pub(crate) fn of(database: &Database) -> &'static Self {
        match database {
            Database::Sqlite { .. } => &SQLITE,
            Database::Postgres(_) => &POSTGRES,
        }
    }
}

macro_rules! rows {
    ($positions:literal) => {
        concat!(
            "SELECT d.position, ",
            listed!(),
            " FROM search_documents d JOIN repositories r ON r.id = d.repository_id
            WHERE r.visibility = 'public' AND d.position IN (",
            $positions,
            ")"
        )
    };
}

const SQLITE: SearchSql = SearchSql {
    next_number: "SELECT COALESCE(MAX(number), 0) + 1 FROM search_documents",
    add: "INSERT INTO search_words (rowid, heads, words) VALUES ($1, $2, $3)",
    remove: "DELETE FROM search_words WHERE rowid = $1",
    find_heads: "SELECT rowid FROM search_words WHERE search_words MATCH $1 ORDER BY rowid LIMIT $2",
    find_words: "SELECT rowid FROM search_words WHERE search_words MATCH $1 ORDER BY rowid LIMIT $2",
    rows: rows!("SELECT value FROM json_each($1)"),
    and: " AND ",
    quote: '"',
    // There is one writer at a time.
    hold: None,
    tidy: &[],
};

/// Three stages, each only where the one before found too little: the thousand best are looked through in order, which
/// is quick for common words; then the index of the best; then that of all, where few are left. The planner must not
/// know the words (it would rather look through everything in order), hence the inner SELECT.
macro_rules! find {
    ($column:literal, $most_looked_at:literal) => {
        concat!(
            "WITH looked AS MATERIALIZED (SELECT b.position FROM (
                SELECT position, ",
            $column,
            " FROM search_words ORDER BY position LIMIT ",
            $most_looked_at,
            ") b
                WHERE b.",
            $column,
            " @@ ($1::text)::tsquery ORDER BY b.position LIMIT $2),
            top AS MATERIALIZED (SELECT position FROM search_words
                WHERE is_top AND ",
            $column,
            " @@ (SELECT ($1::text)::tsquery)
                    AND (SELECT COUNT(*) FROM looked) < $2),
            whole AS MATERIALIZED (SELECT position FROM search_words
                WHERE ",
            $column,
            " @@ (SELECT ($1::text)::tsquery)
                    AND (SELECT COUNT(*) FROM looked) < $2 AND (SELECT COUNT(*) FROM top) < $2
                    AND (SELECT last FROM search_words_top) < 9223372036854775807)
            SELECT position FROM looked UNION SELECT position FROM top UNION SELECT position FROM whole
            ORDER BY position LIMIT $2"
        )
    };
}

const POSTGRES: SearchSql = SearchSql {
    next_number: "SELECT nextval('search_numbers')",
    add: "
        INSERT INTO search_words (position, is_top, heads, words)
        SELECT $1, $1 <= last, array_to_tsvector(string_to_array($2, ' ')), array_to_tsvector(string_to_array($3, ' '))
        FROM search_words_top",
    remove: "DELETE FROM search_words WHERE position = $1",
    find_heads: find!("heads", "1000"),
    // Long texts are stored apart, which makes looking at them slow.
    find_words: find!("words", "100"),
    rows: rows!("SELECT CAST(value AS BIGINT) FROM json_array_elements_text(($1::text)::json)"),
    and: " & ",
    quote: '\'',
    hold: Some("SELECT last FROM search_words_top FOR SHARE"),
    // The best are a small part of all; they are chosen again as the hub grows and changes. The first
    // statement is also what waits for `hold`.
    tidy: &[
        "UPDATE search_words_top SET last = COALESCE(
            (SELECT position FROM search_words ORDER BY position OFFSET 20000 LIMIT 1), 9223372036854775807)",
        "UPDATE search_words SET is_top = FALSE
            WHERE is_top AND position > (SELECT last FROM search_words_top)",
        "UPDATE search_words SET is_top = TRUE
            WHERE NOT is_top AND position <= (SELECT last FROM search_words_top)",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::Executor;
    use testing::{TestDatabase, both_databases};

    async fn each_statement_can_be_prepared(fresh: TestDatabase) {
        let database = Database::open(&fresh.url).await.unwrap();
        let sql = SearchSql::of(&database);
        let one = [sql.next_number, sql.add, sql.remove, sql.find_heads, sql.find_words, sql.rows];
        for sql in one.iter().chain(sql.tidy) {
            let prepared = crate::store::read!(&database, pool => {
                pool.prepare(sqlx::SqlStr::from_static(sql)).await.map(drop)
            });
            assert!(prepared.is_ok(), "{sql}: {prepared:?}");
        }
    }

    both_databases!(each_statement_can_be_prepared);
}
