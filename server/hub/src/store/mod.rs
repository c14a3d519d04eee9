//! All SQL. One text for SQLite and PostgreSQL; what really differs is in `dialect`.
//!
//! Functions that read take a [`Database`] (or a [`Snapshot`], where several must agree), functions that write a
//! [`Change`]. Rules live elsewhere: what touches a repository's rows takes an `Entered` to prove that somebody asked.

pub(crate) mod access;
pub(crate) mod access_tokens;
pub(crate) mod accounts;
pub(crate) mod administration;
pub(crate) mod blobs;
pub(crate) mod catalog;
mod change;
pub(crate) mod collaborators;
pub(crate) mod comments;
mod database;
mod dialect;
mod error;
pub(crate) mod events;
pub(crate) mod images;
pub(crate) mod mailed_links;
pub(crate) mod mails;
pub(crate) mod members;
pub(crate) mod moving;
pub(crate) mod notifications;
pub(crate) mod organization_tokens;
pub(crate) mod organizations;
pub(crate) mod passkeys;
pub(crate) mod plans;
pub(crate) mod pulls;
pub(crate) mod readmes;
pub(crate) mod repositories;
pub(crate) mod repository_lists;
pub(crate) mod search;
pub(crate) mod search_index;
pub(crate) mod second_factors;
pub(crate) mod sessions;
pub(crate) mod sharing;
mod snapshot;
pub(crate) mod stars;
pub(crate) mod tags;
pub(crate) mod teams;
pub(crate) mod webhooks;

pub(crate) use change::Change;
pub use database::{Database, OpenError};
pub(crate) use dialect::SearchSql;
pub(crate) use error::StoreError;
pub(crate) use snapshot::Snapshot;

/// Runs `$body` on the pool for reading, whichever database it is. The body is type-checked for both.
macro_rules! read {
    ($database:expr, $connection:ident => $body:expr) => {
        match $database {
            $crate::store::Database::Sqlite { read: $connection, .. } => $body,
            $crate::store::Database::Postgres($connection) => $body,
        }
    };
}

/// Runs `$body` inside the transaction of `$change`, whichever database it is.
macro_rules! write {
    ($change:expr, $connection:ident => $body:expr) => {
        match $change.transaction() {
            $crate::store::change::Transaction::Sqlite(tx) => {
                let $connection = &mut **tx;
                $body
            }
            $crate::store::change::Transaction::Postgres(tx) => {
                let $connection = &mut **tx;
                $body
            }
        }
    };
}

/// Runs `$body` at the moment of `$snapshot`, whichever database it is.
macro_rules! read_at {
    ($snapshot:expr, $connection:ident => $body:expr) => {
        $crate::store::write!($snapshot, $connection => $body)
    };
}

/// Names SQL texts, and lists them all so that a test can prepare each on both databases.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*
        #[cfg(test)]
        pub(in crate::store) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// What a row of a list of repositories (`r`) is made from: the columns of `ListedRow`.
macro_rules! listed {
    () => {
        "r.namespace, r.name, r.description, r.visibility, r.stars, r.pulls, r.updated_at,
            (SELECT COUNT(*) FROM tags t WHERE t.repository_id = r.id) AS tag_count"
    };
}

pub(crate) use {listed, read, read_at, statements, write};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod walks;

/// A new row's id: UUIDv7, so ids sort by the time they were made.
pub(crate) fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
