//! Whether the hub can do its work right now.

use crate::Hub;
use model::Error;

impl Hub {
    /// Whether the database and the storage can be written to.
    ///
    /// # Errors
    /// What keeps one of them from it.
    pub async fn ready(&self) -> Result<(), Error> {
        self.blobs().check().await?;
        // An empty transaction takes the write lock and finds a read-only or busy database.
        self.change().await?;
        Ok(())
    }
}
