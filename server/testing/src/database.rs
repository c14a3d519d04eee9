//! Fresh databases: a file for SQLite, a database of its own in the test run's PostgreSQL.

#![expect(clippy::expect_used, reason = "a test helper fails by panicking")]

use anyhow::Result;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::process::Command;
use tempfile::TempDir;

/// An empty database that goes away with this value (PostgreSQL's goes with the cluster).
pub struct TestDatabase {
    /// What `hub::Database::open` takes.
    pub url: String,
    /// A folder for whatever else the test keeps.
    pub folder: TempDir,
}

impl TestDatabase {
    /// A new SQLite file.
    ///
    /// # Panics
    /// There is no room for a temporary folder.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = temporary_folder();
        let url = format!("sqlite:{}", folder.path().join("hub.db").display());
        Self { url, folder }
    }

    /// A new database in the cluster that `BERTH_TEST_POSTGRES` (`127.0.0.1:<port>`) names; `cargo xtask
    /// with-postgres` starts one. Without it the test is skipped loudly, or fails where `CI` is `true`.
    ///
    /// # Panics
    /// In CI without a cluster; or when the cluster refuses.
    #[must_use]
    pub fn postgres() -> Option<Self> {
        let Ok(address) = std::env::var("BERTH_TEST_POSTGRES") else {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "BERTH_TEST_POSTGRES must be set in CI");
            report_skip();
            return None;
        };
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        let (host, port) = address.split_once(':').expect("host:port");
        let status = Command::new("createdb")
            .args(["-h", host, "-p", port, "-U", "postgres", &name])
            .status()
            .expect("createdb runs");
        assert!(status.success(), "createdb refused");
        Some(Self { url: format!("postgres://postgres@{address}/{name}"), folder: temporary_folder() })
    }
}

impl TestDatabase {
    /// Changes the tables past the hub, for what would take it too long.
    ///
    /// # Errors
    /// The database refuses.
    pub fn execute(&self, sql: &str) -> Result<()> {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        runtime()?.block_on(async {
            if self.url.starts_with("sqlite:") {
                sql.execute(&mut SqliteConnection::connect(&self.url).await?).await?;
            } else {
                sql.execute(&mut PgConnection::connect(&self.url).await?).await?;
            }
            Ok(())
        })
    }

    /// The one number that a question is answered with.
    ///
    /// # Errors
    /// The database refuses.
    pub fn number(&self, sql: &str) -> Result<i64> {
        let sql = AssertSqlSafe(sql.to_owned());
        runtime()?.block_on(async {
            Ok(if self.url.starts_with("sqlite:") {
                sqlx::query_scalar(sql).fetch_one(&mut SqliteConnection::connect(&self.url).await?).await?
            } else {
                sqlx::query_scalar(sql).fetch_one(&mut PgConnection::connect(&self.url).await?).await?
            })
        })
    }
}

/// A thread's own: callers are plain programs.
fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

#[expect(clippy::print_stderr, reason = "a skipped test must be seen")]
fn report_skip() {
    eprintln!("SKIPPED on PostgreSQL: BERTH_TEST_POSTGRES is not set");
}

fn temporary_folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}
