//! A transaction that writes. Its commit empties the caches before anybody hears of it.

use super::StoreError;
use crate::cache::Caches;
use std::sync::Arc;
use tokio::sync::Notify;

/// One transaction; dropped without a commit it changes nothing.
pub(crate) struct Change {
    transaction: Transaction,
    caches: Caches,
    bell: Arc<Notify>,
    rings: bool,
    empties: bool,
}

pub(crate) enum Transaction {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Change {
    /// `bell` is rung after a commit that left something for the dispatcher.
    pub(super) fn new(transaction: Transaction, caches: Caches, bell: Arc<Notify>) -> Self {
        Self { transaction, caches, bell, rings: false, empties: false }
    }

    /// Rings the bell once this is committed.
    pub(super) fn ring(&mut self) {
        self.rings = true;
    }

    /// What a cache keeps was written: also a quiet commit empties the caches.
    pub(super) fn empty_caches(&mut self) {
        self.empties = true;
    }

    pub(super) fn transaction(&mut self) -> &mut Transaction {
        &mut self.transaction
    }

    /// Makes it durable and visible.
    ///
    /// # Errors
    /// Nothing was changed, unless the connection broke while the database answered.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.end(true).await
    }

    /// The same for what no cache keeps (blobs, when something was last used): pushes do not make pulls read
    /// everything again.
    ///
    /// # Errors
    /// As for [`Change::commit`].
    pub(crate) async fn commit_quietly(self) -> Result<(), StoreError> {
        self.end(false).await
    }

    /// Changes nothing, and lets go of all rows now; a dropped change does so a moment later.
    ///
    /// # Errors
    /// The connection broke: then nothing was changed either.
    pub(crate) async fn roll_back(self) -> Result<(), StoreError> {
        match self.transaction {
            Transaction::Sqlite(tx) => tx.rollback().await?,
            Transaction::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    async fn end(self, empties: bool) -> Result<(), StoreError> {
        // On a task of its own: a request that is dropped meanwhile must not leave old answers in the caches.
        let committed = tokio::spawn(async move {
            let result = match self.transaction {
                Transaction::Sqlite(tx) => tx.commit().await,
                Transaction::Postgres(tx) => tx.commit().await,
            };
            // Also after a failure: it is not always known whether the commit happened.
            if empties || self.empties {
                self.caches.empty();
            }
            if self.rings {
                self.bell.notify_one();
            }
            result
        });
        Ok(committed.await.map_err(|_| sqlx::Error::WorkerCrashed)??)
    }
}
