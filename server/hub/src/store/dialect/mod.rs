//! Where SQLite and PostgreSQL truly differ: opening, error codes, full text.

mod search;

pub(crate) use search::SearchSql;

use model::Error;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use std::str::FromStr;
use std::time::Duration;

/// Older ones can lose committed writes: the WAL reset bug, SQLite 3.7.0 to 3.51.2.
pub(super) const SQLITE_AT_LEAST: (u32, u32, u32) = (3, 51, 3);

/// Durable before fast: a commit is on disk when it returns (WAL with synchronous FULL).
pub(super) fn sqlite_options(url: &str) -> Result<SqliteConnectOptions, sqlx::Error> {
    Ok(SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5)))
}

/// `3.51.3` as numbers.
pub(super) fn parse_version(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?))
}

/// What a client is told of a database failure.
pub(super) fn refusal(error: &sqlx::Error) -> Error {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => Error::Busy,
        sqlx::Error::Database(e) => e.code().map_or(Error::Internal, |code| by_code(&code)),
        _ => Error::Internal,
    }
}

/// SQLite's result codes are numbers (extended ones carry the primary one in the low byte);
/// PostgreSQL's are five characters (53100 disk full, 25006 read-only, 40001/40P01 try again, 57P0x going down).
fn by_code(code: &str) -> Error {
    match code {
        "53100" => return Error::StorageFull,
        "25006" | "40001" | "40P01" | "53200" | "53300" | "57014" | "57P01" | "57P02" | "57P03" => {
            return Error::Busy;
        }
        // Text that PostgreSQL can not hold: a NUL. SQLite can.
        "22021" => return Error::field("text", model::Problem::BadValue),
        code if code.len() == 5 => return Error::Internal,
        _ => {}
    }
    match code.parse::<u32>().map(|number| number & 0xff) {
        Ok(13) => Error::StorageFull,
        Ok(5 | 6 | 8 | 10 | 14) => Error::Busy,
        _ => Error::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_a_full_disk_from_a_busy_database() {
        assert_eq!(by_code("13"), Error::StorageFull);
        assert_eq!(by_code("53100"), Error::StorageFull);
        assert_eq!(by_code("517"), Error::Busy);
        assert_eq!(by_code("1032"), Error::Busy);
        assert_eq!(by_code("23505"), Error::Internal);
        assert_eq!(by_code("42701"), Error::Internal);
        assert!(matches!(by_code("22021"), Error::Invalid(_)));
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(parse_version("3.51.3") >= Some(SQLITE_AT_LEAST));
        assert!(parse_version("3.9.9") < Some(SQLITE_AT_LEAST));
    }
}
