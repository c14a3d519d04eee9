//! Full text: FTS5 of SQLite, `tsvector` and GIN of PostgreSQL. Both hold the same words and answer in the same order.

use crate::store::{Database, listed};

/// The statements that find, add and remove words; all take the same values.
pub(crate) struct SearchSql {
    /// A number that no document has: none.
    pub(in crate::store) next_number: &'static str,
    /// Adds $2 (heads) and $3 (words), with spaces between them, at $1.
    pub(in crate::store) add: &'static str,
    pub(in crate::store) remove: &'static str,
    /// The first $2 positions that have the words of $1. Of several statements each finds a part, side by side.
    pub(in crate::store) find_heads: &'static [&'static str],
    pub(in crate::store) find_words: &'static [&'static str],
    /// Rows of the positions in the JSON array $1.
    pub(in crate::store) rows: &'static str,
    /// What goes between two words that are both wanted.
    pub(in crate::store) and: &'static str,
    /// What stands before and behind a word.
    pub(in crate::store) around: (&'static str, &'static str),
    /// Keeps others from changing the repository $1.
    pub(in crate::store) hold_repository: &'static str,
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
    find_heads: &["SELECT rowid FROM search_words WHERE search_words MATCH $1 ORDER BY rowid LIMIT $2"],
    find_words: &["SELECT rowid FROM search_words WHERE search_words MATCH $1 ORDER BY rowid LIMIT $2"],
    rows: rows!("SELECT value FROM json_each($1)"),
    and: " AND ",
    around: ("\"", "\""),
    hold_repository: "UPDATE repositories SET updated_at = updated_at WHERE id = $1",
    // There is one writer at a time.
    hold: None,
    tidy: &[],
};

/// The blocks $which are asked one after the other (the join keeps their order) until enough is found. The planner must
/// not know that few are wanted: it would rather look through a block in order than ask the index, hence OFFSET.
macro_rules! find {
    ($column:literal, $which:literal) => {
        concat!(
            "SELECT position FROM (
                SELECT w.position FROM (SELECT block FROM search_words_blocks WHERE ",
            $which,
            " ORDER BY first, block) b
                CROSS JOIN LATERAL (
                    SELECT position FROM (
                        SELECT position FROM search_words
                        WHERE ",
            $column,
            " @@ replace($1, '#', b.block::text)::tsquery OFFSET 0) f
                    ORDER BY position LIMIT $2) w
                LIMIT $2) found
            ORDER BY position"
        )
    };
}

const POSTGRES: SearchSql = SearchSql {
    next_number: "SELECT nextval('search_numbers')",
    // As `search_words_in`, which would be planned anew for each.
    add: "
        INSERT INTO search_words (position, block, heads, words)
        SELECT $1, block,
            array_to_tsvector(string_to_array(block || '.' || replace($2, ' ', ' ' || block || '.'), ' ')),
            array_to_tsvector(string_to_array(block || '.' || replace($3, ' ', ' ' || block || '.'), ' '))
        FROM search_words_blocks WHERE first <= $1 ORDER BY first DESC, block DESC LIMIT 1",
    remove: "DELETE FROM search_words WHERE position = $1",
    find_heads: &[find!("heads", "TRUE")],
    // Common words that stand nowhere together take their time.
    find_words: &[find!("words", "block % 2 = 0"), find!("words", "block % 2 = 1")],
    rows: rows!("SELECT CAST(value AS BIGINT) FROM json_array_elements_text(($1::text)::json)"),
    and: " & ",
    around: ("'#.", "'"),
    // Writing the row would write it to a dozen indexes.
    hold_repository: "SELECT id FROM repositories WHERE id = $1 FOR NO KEY UPDATE",
    hold: Some("SELECT block FROM search_words_blocks WHERE block = 0 FOR SHARE"),
    tidy: &[
        // Waits for `hold`.
        "SELECT block FROM search_words_blocks WHERE block = 0 FOR UPDATE",
        // Blocks are small where the best are, since most searches end there, and larger behind (`piece`): more of them, and
        // what is rare takes longer; larger ones, and what is common does. Whichever has a third more is cut from behind:
        // new ones mostly come in front (the newest of equal weight), so that what is behind can stay as it is.
        "WITH pieces AS MATERIALIZED (
            SELECT block, first, LEAST(4000, 750 + 250 * row_number() OVER (ORDER BY first, block)) AS piece
            FROM search_words_blocks),
        full_ones AS MATERIALIZED (
            SELECT p.block, p.first, p.piece FROM pieces p WHERE (SELECT COUNT(*) FROM (
                SELECT 1 FROM search_words w WHERE w.block = p.block LIMIT 6001) x) > p.piece * 4 / 3),
        ends AS MATERIALIZED (
            SELECT block, position, place, piece FROM (
                SELECT w.block, w.position, f.piece,
                    row_number() OVER (PARTITION BY w.block ORDER BY w.position DESC) AS place
                FROM full_ones f JOIN search_words w ON w.block = f.block) x
            WHERE place % piece = 0),
        behind AS (
            UPDATE search_words_blocks b SET first = e.position FROM ends e WHERE e.block = b.block AND e.place = e.piece)
        INSERT INTO search_words_blocks (first)
        SELECT first FROM full_ones UNION ALL SELECT position FROM ends WHERE place > piece",
        // What is in another block than its position's. ARRAY: the planner would expect many and read all.
        "WITH spans AS MATERIALIZED (
            SELECT block, first, LEAD(first, 1, 9223372036854775807) OVER (ORDER BY first, block) AS next
            FROM search_words_blocks)
        UPDATE search_words w SET (block, heads, words) = (
            SELECT b.block, search_words_in(tsvector_to_array(w.heads), b.block),
                search_words_in(tsvector_to_array(w.words), b.block)
            FROM search_words_blocks b WHERE b.first <= w.position ORDER BY b.first DESC, b.block DESC LIMIT 1)
        WHERE w.position = ANY (ARRAY(
            SELECT x.position FROM spans s CROSS JOIN LATERAL (
                SELECT position FROM search_words WHERE block = s.block AND position < s.first
                UNION ALL SELECT position FROM search_words WHERE block = s.block AND position >= s.next) x))",
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
        let one = [sql.next_number, sql.add, sql.remove, sql.rows, sql.hold_repository];
        for sql in one.iter().chain(sql.find_heads).chain(sql.find_words).chain(&sql.hold).chain(sql.tidy) {
            let prepared = crate::store::read!(&database, pool => {
                pool.prepare(sqlx::SqlStr::from_static(sql)).await.map(drop)
            });
            assert!(prepared.is_ok(), "{sql}: {prepared:?}");
        }
    }

    both_databases!(each_statement_can_be_prepared);
}
