//! Every statement is prepared on both databases: the check that `query!` would give, for two of them.
//! And both have the same tables and columns.

use super::{
    Database, access, access_tokens, accounts, administration, blobs, catalog, collaborators, comments,
    events, images, mailed_links, mails, members, moving, notifications, organization_tokens, organizations,
    passkeys, plans, pulls, readmes, repositories, repository_lists, search, search_index, second_factors,
    sessions, sharing, stars, tags, teams, webhooks,
};
use sqlx::Executor;
use testing::{TestDatabase, both_databases};

/// Every statement of the store, by file.
const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("access", access::ALL),
    ("access_tokens", access_tokens::ALL),
    ("accounts", accounts::ALL),
    ("administration", administration::ALL),
    ("blobs", blobs::ALL),
    ("catalog", catalog::ALL),
    ("collaborators", collaborators::ALL),
    ("comments", comments::ALL),
    ("comment changes", comments::changes::ALL),
    ("comment moderation", comments::moderation::ALL),
    ("comment blocks", comments::blocks::ALL),
    ("events", events::ALL),
    ("images", images::ALL),
    ("mailed_links", mailed_links::ALL),
    ("mails", mails::ALL),
    ("members", members::ALL),
    ("moving", moving::ALL),
    ("notifications", notifications::ALL),
    ("organization_tokens", organization_tokens::ALL),
    ("organizations", organizations::ALL),
    ("plans", plans::ALL),
    ("pulls", pulls::ALL),
    ("readmes", readmes::ALL),
    ("repositories", repositories::ALL),
    ("repository_lists", repository_lists::ALL),
    ("passkeys", passkeys::ALL),
    ("search", search::ALL),
    ("search_index", search_index::ALL),
    ("second_factors", second_factors::ALL),
    ("sessions", sessions::ALL),
    ("sharing", sharing::ALL),
    ("stars", stars::ALL),
    ("tags", tags::ALL),
    ("teams", teams::ALL),
    ("webhooks", webhooks::ALL),
    ("webhook runs", webhooks::runs::ALL),
    ("webhook queue", webhooks::queue::ALL),
    ("webhook outcomes", webhooks::outcomes::ALL),
    ("webhook history", webhooks::history::ALL),
    ("webhook reports", webhooks::reports::ALL),
];

async fn every_statement_can_be_prepared(fresh: TestDatabase) {
    let database = Database::open(&fresh.url).await.unwrap();
    for (file, statements) in STATEMENTS {
        for (name, sql) in *statements {
            let prepared =
                super::read!(&database, pool => pool.prepare(sqlx::SqlStr::from_static(sql)).await.map(drop));
            assert!(prepared.is_ok(), "store/{file}.rs {name}: {prepared:?}");
        }
    }
}

both_databases!(every_statement_can_be_prepared);

/// Full text is a table of another kind on each: `dialect`.
const SQLITE_COLUMNS: &str = "
    SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'
        AND m.name NOT LIKE 'search_words%' ORDER BY 1";
const POSTGRES_COLUMNS: &str = r#"
    SELECT (table_name || '.' || column_name) COLLATE "C" FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'
        AND table_name NOT LIKE 'search_words%' ORDER BY 1"#;

#[tokio::test]
async fn both_databases_have_the_same_columns() {
    let Some(fresh) = TestDatabase::postgres() else { return };
    let postgres = Database::open(&fresh.url).await.unwrap();
    let fresh = TestDatabase::sqlite();
    let sqlite = Database::open(&fresh.url).await.unwrap();
    let (Database::Sqlite { read, .. }, Database::Postgres(pool)) = (&sqlite, &postgres) else {
        panic!("the URLs choose the databases");
    };
    let ours: Vec<String> = sqlx::query_scalar(SQLITE_COLUMNS).fetch_all(read).await.unwrap();
    let theirs: Vec<String> = sqlx::query_scalar(POSTGRES_COLUMNS).fetch_all(pool).await.unwrap();
    assert!(ours.len() > 60);
    assert_eq!(ours, theirs);
}
