//! Tests: which indexes lists and the search index's upkeep walk, so that a million repositories are not sorted.

use super::{Database, SearchSql, search};
use testing::TestDatabase;

const ORDERED: [&str; 6] = ["BEST", "BY_STARS", "BY_PULLS", "RISING", "HIDDEN", "COUNT_SINCE"];

/// The statements that are to walk through an index, and the one that `HIDDEN` and others need.
fn statements() -> impl Iterator<Item = (&'static str, &'static str)> {
    search::ALL.iter().copied().filter(|(name, _)| ORDERED.contains(name))
}

fn check(name: &str, plan: &str, sorting: &str) {
    if name == "HIDDEN" {
        assert!(plan.contains("repositories_hidden"), "{name}: {plan}");
    } else {
        assert!(!plan.contains(sorting), "{name}: {plan}");
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
        let text = if name == "HIDDEN" { "''" } else { "0" };
        let sql = sql.replace("$1", text).replace("$2", text).replace("$3", "9");
        let sql = sqlx::AssertSqlSafe(format!("EXPLAIN {}", sql.replace("LIMIT ''", "LIMIT 9")));
        let plan: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut *connection).await.unwrap();
        check(name, &plan.join("\n"), "Sort");
    }
}

#[tokio::test]
async fn tidying_finds_those_that_are_no_longer_the_best() {
    let Some(fresh) = TestDatabase::postgres() else { return };
    let database = Database::open(&fresh.url).await.unwrap();
    let Database::Postgres(pool) = &database else { return };
    let fill = "INSERT INTO search_words SELECT i, i <= 100, 'a'::tsvector, ''::tsvector
        FROM generate_series(1, 5000) i; UPDATE search_words_top SET last = 100; ANALYZE search_words";
    sqlx::raw_sql(fill).execute(pool).await.unwrap();
    let sql = SearchSql::of(&database).tidy.iter().find(|sql| sql.contains("is_top = FALSE")).unwrap();
    let sql = sqlx::AssertSqlSafe(format!("EXPLAIN {sql}"));
    let plan: Vec<String> = sqlx::query_scalar(sql).fetch_all(pool).await.unwrap();
    assert!(plan.join("\n").contains("search_words_top_positions"), "{plan:?}");
}
