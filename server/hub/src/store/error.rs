//! What a database may answer instead of rows. Its text goes to the log and nowhere else.

use super::dialect;
use model::{Error, Missing};

/// Why there are no rows.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// A failure of the database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The repository that somebody entered was deleted a moment ago.
    #[error("the repository is gone")]
    Gone,
}

impl StoreError {
    /// Whether a row with the same key is there already.
    pub(crate) fn is_duplicate(&self) -> bool {
        let Self::Database(error) = self else { return false };
        error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
    }

    /// A stored value that this program can not have written.
    pub(crate) fn corrupt(what: &'static str) -> Self {
        Self::Database(sqlx::Error::Decode(what.into()))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let StoreError::Database(error) = error else { return Self::NotFound(Missing::Repository) };
        let refusal = dialect::refusal(&error);
        match refusal {
            Self::Internal => tracing::error!(%error, "database error"),
            _ => tracing::warn!(%error, "database refuses for now"),
        }
        refusal
    }
}
