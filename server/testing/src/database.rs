//! Fresh databases: a file for SQLite, a database of its own in the test run's PostgreSQL.

#![expect(clippy::expect_used, reason = "a test helper fails by panicking")]

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

#[expect(clippy::print_stderr, reason = "a skipped test must be seen")]
fn report_skip() {
    eprintln!("SKIPPED on PostgreSQL: BERTH_TEST_POSTGRES is not set");
}

fn temporary_folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}
