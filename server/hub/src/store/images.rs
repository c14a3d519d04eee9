//! SQL of manifests and what they need.

use super::{Change, Database, StoreError, read, statements, write};
use crate::access::Entered;
use crate::manifest::Parsed;
use crate::store::repositories::count;
use model::{Digest, Timestamp};

statements! {
    BY_DIGEST = "
        SELECT digest, media_type, body, EXISTS (SELECT 1 FROM manifest_parts p
            WHERE p.repository_id = $1 AND p.digest = $2 AND p.kind = 'manifest') AS is_part
        FROM manifests WHERE repository_id = $1 AND digest = $2";
    BY_TAG = "
        SELECT m.digest, m.media_type, m.body, FALSE AS is_part FROM tags t
        JOIN manifests m ON m.repository_id = t.repository_id AND m.digest = t.digest
        WHERE t.repository_id = $1 AND t.name = $2";
    ADD = "
        INSERT INTO manifests (repository_id, digest, media_type, body, artifact_type, annotations, subject,
            platform, image_size, pushed_at, pushed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (repository_id, digest) DO UPDATE SET pushed_at = excluded.pushed_at,
            pushed_by = excluded.pushed_by";
    MEDIA_TYPE = "SELECT media_type FROM manifests WHERE repository_id = $1 AND digest = $2";
    ADD_PART = "
        INSERT INTO manifest_parts (repository_id, manifest, position, kind, digest, size)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (repository_id, manifest, position) DO NOTHING";
    PARTS = "
        SELECT p.kind, p.digest, p.size, COALESCE(m.platform, '') AS platform,
            COALESCE(m.image_size, 0) AS image_size, m.last_pulled_at
        FROM manifest_parts p
        LEFT JOIN manifests m ON m.repository_id = p.repository_id AND m.digest = p.digest AND p.kind = 'manifest'
        WHERE p.repository_id = $1 AND p.manifest = $2 ORDER BY p.position";
    SUMMARY = "
        SELECT media_type, artifact_type, platform, image_size, last_pulled_at FROM manifests
        WHERE repository_id = $1 AND digest = $2";
    DELETE = "DELETE FROM manifests WHERE repository_id = $1 AND digest = $2";
    TOUCH = "UPDATE repositories SET updated_at = $2 WHERE id = $1";
    REFERRERS = "
        SELECT digest, media_type, artifact_type, annotations, CAST(LENGTH(body) AS BIGINT) AS size FROM manifests
        WHERE repository_id = $1 AND subject = $2 AND digest > $3 AND ($4 = '' OR artifact_type = $4)
        ORDER BY digest LIMIT $5";
    ALL_MANIFESTS = "
        SELECT r.namespace, r.name, m.repository_id, m.digest, m.body FROM manifests m
        JOIN repositories r ON r.id = m.repository_id
        WHERE (m.repository_id, m.digest) > ($1, $2) ORDER BY m.repository_id, m.digest LIMIT 100";
    LOST_PARTS = "
        SELECT r.namespace, r.name, p.manifest, p.digest FROM manifest_parts p
        JOIN repositories r ON r.id = p.repository_id
        WHERE (p.kind IN ('config', 'layer') AND NOT EXISTS (SELECT 1 FROM repository_blobs b
                WHERE b.repository_id = p.repository_id AND b.digest = p.digest))";
}

/// A manifest as stored.
#[derive(sqlx::FromRow)]
pub(crate) struct ManifestRow {
    pub(crate) digest: String,
    pub(crate) media_type: String,
    pub(crate) body: Vec<u8>,
    /// An index names it. Only told of what was asked for by digest.
    pub(crate) is_part: bool,
}

/// The manifest with this digest.
pub(crate) async fn by_digest(
    database: &Database,
    entered: &Entered,
    digest: &Digest,
) -> Result<Option<ManifestRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(BY_DIGEST)
        .bind(entered.id()).bind(digest.as_str()).fetch_optional(pool).await)?)
}

/// The manifest that this tag names.
pub(crate) async fn by_tag(
    database: &Database,
    entered: &Entered,
    tag: &str,
) -> Result<Option<ManifestRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(BY_TAG)
        .bind(entered.id()).bind(tag).fetch_optional(pool).await)?)
}

/// What is stored beside the bytes.
pub(crate) struct NewManifest<'a> {
    pub(crate) digest: &'a Digest,
    pub(crate) parsed: &'a Parsed,
    pub(crate) body: &'a [u8],
    pub(crate) platform: &'a str,
    pub(crate) image_size: u64,
    pub(crate) at: Timestamp,
    pub(crate) by: &'a str,
}

/// The media type under which a digest is stored already.
pub(crate) async fn media_type(
    change: &mut Change,
    entered: &Entered,
    digest: &Digest,
) -> Result<Option<String>, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(MEDIA_TYPE)
        .bind(entered.id()).bind(digest.as_str()).fetch_optional(c).await)?)
}

/// Adds a manifest with its parts; what is there already only gets a new date.
pub(crate) async fn add(
    change: &mut Change,
    entered: &Entered,
    new: &NewManifest<'_>,
) -> Result<(), StoreError> {
    let annotations = new
        .parsed
        .annotations
        .as_ref()
        .map(serde_json::to_string)
        .transpose()
        .map_err(|_| StoreError::corrupt("annotations"))?;
    write!(change, c => sqlx::query(ADD)
        .bind(entered.id()).bind(new.digest.as_str()).bind(&new.parsed.media_type).bind(new.body)
        .bind(&new.parsed.artifact_type).bind(annotations)
        .bind(new.parsed.subject.as_ref().map(Digest::as_str)).bind(new.platform)
        .bind(signed(new.image_size)).bind(new.at.0).bind(new.by).execute(c).await.map(drop))?;
    for (position, part) in new.parsed.parts.iter().enumerate() {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        write!(change, c => sqlx::query(ADD_PART)
            .bind(entered.id()).bind(new.digest.as_str()).bind(position).bind(part.kind.as_str())
            .bind(part.digest.as_str()).bind(signed(part.size)).execute(c).await.map(drop))?;
    }
    Ok(write!(change, c => sqlx::query(TOUCH).bind(entered.id()).bind(new.at.0).execute(c).await.map(drop))?)
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Something that a manifest needs; for a manifest in an index with what is known of it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct PartRow {
    pub(crate) kind: String,
    pub(crate) digest: String,
    pub(crate) size: i64,
    pub(crate) platform: String,
    pub(crate) image_size: i64,
    pub(crate) last_pulled_at: Option<i64>,
}

/// What a manifest needs, in its order.
pub(crate) async fn parts(
    database: &Database,
    entered: &Entered,
    manifest: &Digest,
) -> Result<Vec<PartRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(PARTS)
        .bind(entered.id()).bind(manifest.as_str()).fetch_all(pool).await)?)
}

/// What lists show of a manifest.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct SummaryRow {
    pub(crate) media_type: String,
    pub(crate) artifact_type: Option<String>,
    pub(crate) platform: String,
    pub(crate) image_size: i64,
    pub(crate) last_pulled_at: Option<i64>,
}

/// What lists show of a manifest; `None`: it is gone.
pub(crate) async fn summary(
    database: &Database,
    entered: &Entered,
    digest: &Digest,
) -> Result<Option<SummaryRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(SUMMARY)
        .bind(entered.id()).bind(digest.as_str()).fetch_optional(pool).await)?)
}

/// Deletes a manifest that no tag names any more; `false`: it was not there.
pub(crate) async fn delete(
    change: &mut Change,
    entered: &Entered,
    digest: &Digest,
) -> Result<bool, StoreError> {
    let deleted = write!(change, c => sqlx::query(DELETE)
        .bind(entered.id()).bind(digest.as_str()).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(deleted > 0)
}

/// A manifest that refers to another one.
#[derive(sqlx::FromRow)]
pub(crate) struct ReferrerRow {
    pub(crate) digest: String,
    pub(crate) media_type: String,
    pub(crate) artifact_type: Option<String>,
    pub(crate) annotations: Option<String>,
    size: i64,
}

impl ReferrerRow {
    pub(crate) fn size(&self) -> u64 {
        count(self.size)
    }
}

/// Manifests whose subject is `subject`, by digest, behind `after`; of one artifact type, if it is not empty.
pub(crate) async fn referrers(
    database: &Database,
    entered: &Entered,
    subject: &Digest,
    artifact_type: &str,
    after: &str,
    most: u32,
) -> Result<Vec<ReferrerRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(REFERRERS)
        .bind(entered.id()).bind(subject.as_str()).bind(after).bind(artifact_type).bind(i64::from(most))
        .fetch_all(pool).await)?)
}

/// A manifest with the repository that has it; for proofs.
#[derive(sqlx::FromRow)]
pub(crate) struct AnyRow {
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) repository_id: String,
    pub(crate) digest: String,
    pub(crate) body: Vec<u8>,
}

/// Up to 100 manifests of all repositories, behind the one with `after`'s repository id and digest.
pub(crate) async fn all(database: &Database, after: (&str, &str)) -> Result<Vec<AnyRow>, StoreError> {
    Ok(
        read!(database, pool => sqlx::query_as(ALL_MANIFESTS).bind(after.0).bind(after.1).fetch_all(pool).await)?,
    )
}

/// Parts that a manifest names and its repository does not have: namespace, name, manifest, part.
pub(crate) async fn lost_parts(
    database: &Database,
) -> Result<Vec<(String, String, String, String)>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(LOST_PARTS).fetch_all(pool).await)?)
}
