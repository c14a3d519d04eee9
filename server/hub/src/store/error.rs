//! What a database may answer instead of rows. Its text goes to the log and nowhere else.

use super::dialect;
use model::Error;

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct StoreError(#[from] sqlx::Error);

impl StoreError {
    /// Whether a row with the same key is there already.
    pub(crate) fn is_duplicate(&self) -> bool {
        self.0.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
    }

    /// A stored value that this program can not have written.
    pub(crate) fn corrupt(what: &'static str) -> Self {
        Self(sqlx::Error::Decode(what.into()))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let refusal = dialect::refusal(&error.0);
        match refusal {
            Self::Internal => tracing::error!(error = %error.0, "database error"),
            _ => tracing::warn!(error = %error.0, "database refuses for now"),
        }
        refusal
    }
}
