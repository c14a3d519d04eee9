//! SQL of blobs: which there are, and which repository may serve which.

use super::{Change, Database, StoreError, read, statements, write};
use crate::access::Entered;
use crate::store::repositories::count;
use model::{Digest, Timestamp};

statements! {
    ADD = "INSERT INTO blobs (digest, size, created_at) VALUES ($1, $2, $3) ON CONFLICT (digest) DO NOTHING";
    LINK = "
        INSERT INTO repository_blobs (repository_id, digest, created_at) VALUES ($1, $2, $3)
        ON CONFLICT (repository_id, digest) DO NOTHING";
    SIZE = "
        SELECT b.size FROM repository_blobs rb JOIN blobs b ON b.digest = rb.digest
        WHERE rb.repository_id = $1 AND rb.digest = $2";
    USES = "
        SELECT COUNT(*) FROM manifest_parts WHERE repository_id = $1 AND digest = $2 AND kind <> 'manifest'";
    UNLINK = "DELETE FROM repository_blobs WHERE repository_id = $1 AND digest = $2";
    ALL_BLOBS = "SELECT digest, size FROM blobs ORDER BY digest";
}

/// A blob is in the store, and `entered` may serve it from now on.
pub(crate) async fn add(
    change: &mut Change,
    entered: &Entered,
    digest: &Digest,
    size: u64,
    at: Timestamp,
) -> Result<(), StoreError> {
    let size = i64::try_from(size).map_err(|_| StoreError::corrupt("size"))?;
    write!(change, c => sqlx::query(ADD)
        .bind(digest.as_str()).bind(size).bind(at.0).execute(c).await.map(drop))?;
    link(change, entered, digest, at).await
}

/// `entered` may serve a blob that another repository has already.
pub(crate) async fn link(
    change: &mut Change,
    entered: &Entered,
    digest: &Digest,
    at: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(LINK)
        .bind(entered.id()).bind(digest.as_str()).bind(at.0).execute(c).await.map(drop))?)
}

/// A blob's size; `None`: this repository does not have it, whoever else may.
pub(crate) async fn size(
    database: &Database,
    entered: &Entered,
    digest: &Digest,
) -> Result<Option<u64>, StoreError> {
    let size: Option<i64> = read!(database, pool => sqlx::query_scalar(SIZE)
        .bind(entered.id()).bind(digest.as_str()).fetch_optional(pool).await)?;
    Ok(size.map(count))
}

/// The same inside a change.
pub(crate) async fn size_now(
    change: &mut Change,
    entered: &Entered,
    digest: &Digest,
) -> Result<Option<u64>, StoreError> {
    let size: Option<i64> = write!(change, c => sqlx::query_scalar(SIZE)
        .bind(entered.id()).bind(digest.as_str()).fetch_optional(c).await)?;
    Ok(size.map(count))
}

/// Whether a manifest of this repository needs the blob.
pub(crate) async fn is_used(
    change: &mut Change,
    entered: &Entered,
    digest: &Digest,
) -> Result<bool, StoreError> {
    let uses: i64 = write!(change, c => sqlx::query_scalar(USES)
        .bind(entered.id()).bind(digest.as_str()).fetch_one(c).await)?;
    Ok(uses > 0)
}

/// `entered` serves the blob no more; `false`: it never did.
pub(crate) async fn unlink(
    change: &mut Change,
    entered: &Entered,
    digest: &Digest,
) -> Result<bool, StoreError> {
    let unlinked = write!(change, c => sqlx::query(UNLINK)
        .bind(entered.id()).bind(digest.as_str()).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(unlinked > 0)
}

/// Every blob that the store should hold, with its size.
pub(crate) async fn all(database: &Database) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(ALL_BLOBS).fetch_all(pool).await)?)
}
