//! Opening the database: which one, how, and bringing its tables up to date.

use super::{Change, StoreError, change, dialect};
use crate::cache::Caches;
use futures::TryFutureExt;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use sqlx::{Executor, Postgres, Transaction};
use std::sync::Arc;
use tokio::sync::Notify;

/// A migrated database. SQLite has one writer and several readers (WAL).
#[derive(Debug, Clone)]
pub enum Database {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

/// Why the hub can not start on this database.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database can not be opened: {0}")]
    Connect(#[from] sqlx::Error),
    #[error("the tables can not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("SQLite {0} can lose committed writes; at least 3.51.3 is needed")]
    SqliteTooOld(String),
    #[error("a database URL starts with sqlite: or postgres:")]
    UnknownScheme,
}

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;
/// Compiling a statement takes longer than any of ours, and it is done again each time.
const WITHOUT_JIT: &str = "SET jit = off";

impl Database {
    /// Opens what `url` names and migrates it: `sqlite:<path>` or `postgres://…`.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url).await
        } else {
            Err(OpenError::UnknownScheme)
        }
    }

    async fn open_sqlite(url: &str) -> Result<Self, OpenError> {
        let options = dialect::sqlite_options(url)?;
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&write).await?;
        if dialect::parse_version(&version) < Some(dialect::SQLITE_AT_LEAST) {
            return Err(OpenError::SqliteTooOld(version));
        }
        sqlx::migrate!("migrations/sqlite").run(&write).await?;
        let read = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await?;
        Ok(Self::Sqlite { read, write })
    }

    async fn open_postgres(url: &str) -> Result<Self, OpenError> {
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .after_connect(|connection, _| Box::pin(connection.execute(WITHOUT_JIT).map_ok(drop)))
            .connect(url)
            .await?;
        sqlx::migrate!("migrations/postgres").run(&pool).await?;
        Ok(Self::Postgres(pool))
    }

    /// Whether only this process writes, so that what was read may be kept until it writes.
    pub(crate) fn has_one_process(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    /// What people call it.
    pub(crate) fn product(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Starts a transaction that may write from its first statement on.
    pub(crate) async fn begin(&self, caches: Caches, bell: Arc<Notify>) -> Result<Change, StoreError> {
        let transaction = match self {
            // A deferred transaction fails at once, without waiting, when it turns from reading to writing.
            Self::Sqlite { write, .. } => {
                change::Transaction::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?)
            }
            Self::Postgres(pool) => change::Transaction::Postgres(begin_postgres(pool, "BEGIN").await?),
        };
        Ok(Change::new(transaction, caches, bell))
    }

    /// Waits for running statements and closes all connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// On a task of its own: whoever is dropped while the database answers would hand the connection on to others inside of
/// the transaction (sqlx issue 4385).
pub(super) async fn begin_postgres(
    pool: &PgPool,
    how: &'static str,
) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(how).await });
    begun.await.map_err(|_| sqlx::Error::WorkerCrashed)?
}
