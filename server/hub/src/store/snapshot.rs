//! A transaction that only reads: all its statements see the database as it was at one moment. For what would
//! contradict itself if a change came between two statements.

use super::change::Transaction;
use super::database::begin_postgres;
use super::{Database, StoreError};

/// PostgreSQL's default shows each statement what was committed before it; WAL readers of SQLite keep their moment.
const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// One moment of the database; dropped when all is read.
pub(crate) struct Snapshot(Transaction);

impl Snapshot {
    pub(crate) async fn of(database: &Database) -> Result<Self, StoreError> {
        Ok(Self(match database {
            Database::Sqlite { read, .. } => Transaction::Sqlite(read.begin().await?),
            Database::Postgres(pool) => Transaction::Postgres(begin_postgres(pool, ONE_MOMENT).await?),
        }))
    }

    pub(super) fn transaction(&mut self) -> &mut Transaction {
        &mut self.0
    }
}
