//! Tests: which indexes lists and the search index's upkeep walk, so that a million repositories are not sorted.

use super::{Database, SearchSql, search, search_index};
use testing::TestDatabase;

const ORDERED: [&str; 7] = ["BEST", "BY_STARS", "BY_PULLS", "RISING", "HIDDEN", "COUNT_SINCE", "UNKNOWN"];

/// The statements that are to walk through an index, and the one that `HIDDEN` and others need.
fn statements() -> impl Iterator<Item = (&'static str, &'static str)> {
    search::ALL.iter().chain(search_index::ALL).copied().filter(|(name, _)| ORDERED.contains(name))
}

fn check(name: &str, plan: &str, sorting: &str) {
    if name == "HIDDEN" {
        assert!(plan.contains("repositories_hidden"), "{name}: {plan}");
    } else {
        assert!(!plan.contains(sorting) && !plan.contains("Anti Join"), "{name}: {plan}");
    }
}

#[tokio::test]
async fn sqlite_sorts_no_list() {
    let fresh = TestDatabase::sqlite();
    let Database::Sqlite { read, .. } = Database::open(&fresh.url).await.unwrap() else { return };
    for (name, sql) in statements() {
        let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(&read).await.unwrap();
        let lines: Vec<String> = plan.into_iter().map(|(_, _, _, line)| line).collect();
        check(name, &lines.join("\n"), "TEMP B-TREE");
    }
}

/// As if one person had all that is hidden, and others nearly nothing.
const STATISTICS: &str = "
    ANALYZE;
    INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
        ('repositories', 'repositories_by_namespace', '1100000 109'),
        ('repositories', 'repositories_hidden', '100000 100000 1 1');
    ANALYZE sqlite_schema";

#[tokio::test]
async fn sqlite_sorts_nothing_hidden_whatever_its_statistics_say() {
    let fresh = TestDatabase::sqlite();
    let Database::Sqlite { write, .. } = Database::open(&fresh.url).await.unwrap() else { return };
    sqlx::raw_sql(STATISTICS).execute(&write).await.unwrap();
    for (_, sql) in statements().filter(|(name, _)| *name == "HIDDEN") {
        let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(&write).await.unwrap();
        assert!(plan.iter().all(|(.., line)| !line.contains("repositories_by_namespace")), "{plan:?}");
    }
}

#[tokio::test]
async fn postgres_sorts_no_list() {
    let Some(fresh) = TestDatabase::postgres() else { return };
    let Database::Postgres(pool) = Database::open(&fresh.url).await.unwrap() else { return };
    let mut connection = pool.acquire().await.unwrap();
    // Tables are empty: reading all of one would be the quickest.
    for method in ["seqscan", "bitmapscan", "sort", "incremental_sort", "hashjoin", "mergejoin"] {
        let sql = sqlx::AssertSqlSafe(format!("SET enable_{method} = off"));
        sqlx::query(sql).execute(&mut *connection).await.unwrap();
    }
    for (name, sql) in statements() {
        let text = if ["HIDDEN", "UNKNOWN"].contains(&name) { "''" } else { "0" };
        let sql = sql.replace("$1", text).replace("$2", text).replace("$3", "9");
        let sql = sqlx::AssertSqlSafe(format!("EXPLAIN {}", sql.replace("LIMIT ''", "LIMIT 9")));
        let plan: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut *connection).await.unwrap();
        check(name, &plan.join("\n"), "Sort");
    }
}

/// As many as a large hub has, spread so that several blocks have each word.
const FILLED: &str = "
    INSERT INTO search_words SELECT i, 0, search_words_in(ARRAY['sall', 'sodd' || i % 2, 's' || i], 0),
        search_words_in(ARRAY['fall'], 0)
    FROM generate_series(1, 9500) i";

#[tokio::test]
async fn tidying_cuts_what_has_too_many() {
    let Some(fresh) = TestDatabase::postgres() else { return };
    let database = Database::open(&fresh.url).await.unwrap();
    let Database::Postgres(pool) = &database else { return };
    sqlx::raw_sql(FILLED).execute(pool).await.unwrap();
    for _ in 0..2 {
        for statement in SearchSql::of(&database).tidy {
            sqlx::query(*statement).execute(pool).await.unwrap();
        }
        let sizes = "SELECT COUNT(w.position) FROM search_words_blocks b
            LEFT JOIN search_words w ON w.block = b.block GROUP BY b.block, b.first ORDER BY b.first";
        let sizes: Vec<i64> = sqlx::query_scalar(sizes).fetch_all(pool).await.unwrap();
        let cut = [[500].as_slice(), &[1000; 9]].concat();
        assert_eq!(sizes, cut, "and what is tidy stays as it is");
    }
    let find_in = async |column, words: &[&str], most| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        search::find(&database, column, &words, most).await.unwrap()
    };
    let all = find_in(search::Column::Words, &["fall"], 6000).await;
    assert_eq!(all, (1..=6000).collect::<Vec<i64>>(), "of all blocks, whoever asks them");
    let find = async |words: &[&str], most| find_in(search::Column::Heads, words, most).await;
    assert_eq!(find(&["sall", "sodd1"], 400).await, (1..800).step_by(2).collect::<Vec<i64>>());
    assert_eq!(find(&["s9001", "sodd1"], 3).await, [9001], "each has the name of its new block");
    assert!(find(&["sodd0", "sodd1"], 3).await.is_empty());
}

#[tokio::test]
async fn common_words_are_looked_up_in_the_index_too() {
    let Some(fresh) = TestDatabase::postgres() else { return };
    let database = Database::open(&fresh.url).await.unwrap();
    let Database::Postgres(pool) = &database else { return };
    let fill = format!("{FILLED}; ANALYZE search_words");
    sqlx::raw_sql(sqlx::AssertSqlSafe(fill)).execute(pool).await.unwrap();
    let sql = SearchSql::of(&database);
    for sql in sql.find_heads.iter().chain(sql.find_words) {
        let sql = sql.replace("$1", "'''#.sall'''").replace("$2", "101");
        let sql = sqlx::AssertSqlSafe(format!("EXPLAIN {sql}"));
        let plan: Vec<String> = sqlx::query_scalar(sql).fetch_all(pool).await.unwrap();
        assert!(plan.join("\n").contains("Bitmap Index Scan on search_words_"), "{plan:?}");
    }
}
