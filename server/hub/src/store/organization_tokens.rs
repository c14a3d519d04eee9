//! SQL of organizations' tokens.

use super::access_tokens::{FoundOwner, FoundToken, ListedRow, names_text};
use super::{Change, Database, StoreError, read, statements, write};
use model::view::AccessTokenRow;
use model::{Timestamp, Username};

statements! {
    ADD = "
        INSERT INTO organization_tokens (id, organization, token_hash, label, scope, repositories, created_by,
            created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    OF_ORGANIZATION = "
        SELECT id, label, scope, repositories, created_at, expires_at, used_at FROM organization_tokens
        WHERE organization = $1 ORDER BY id DESC";
    BY_HASH = "
        SELECT id, label, scope, repositories, expires_at, used_at, organization FROM organization_tokens
        WHERE token_hash = $1";
    BY_ID = "
        SELECT id, label, scope, repositories, expires_at, used_at, organization FROM organization_tokens
        WHERE id = $1";
    USED = "UPDATE organization_tokens SET used_at = $2 WHERE id = $1";
    REVOKE = "DELETE FROM organization_tokens WHERE organization = $1 AND id = $2 RETURNING label";
}

/// Files a token.
pub(crate) async fn add(
    change: &mut Change,
    organization: &Username,
    created_by: &str,
    token_hash: &str,
    row: &AccessTokenRow,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ADD)
        .bind(&row.id).bind(organization.as_str()).bind(token_hash).bind(&row.label).bind(row.scope.as_str())
        .bind(names_text(row)).bind(created_by).bind(row.created_at.0).bind(row.expires_at.map(|at| at.0))
        .execute(c).await.map(drop))?)
}

/// An organization's tokens, the latest first.
pub(crate) async fn of_organization(
    database: &Database,
    organization: &Username,
) -> Result<Vec<AccessTokenRow>, StoreError> {
    let rows: Vec<ListedRow> = read!(database, pool => sqlx::query_as(OF_ORGANIZATION)
        .bind(organization.as_str()).fetch_all(pool).await)?;
    rows.into_iter().map(ListedRow::view).collect()
}

/// Whose token it is.
#[derive(sqlx::FromRow)]
pub(crate) struct Owner {
    organization: String,
}

impl FoundOwner for Owner {
    fn is_called(&self, name: &str) -> bool {
        name == self.organization
    }
}

impl Owner {
    pub(crate) fn name(&self) -> Result<Username, StoreError> {
        self.organization.parse().map_err(|_| StoreError::corrupt("organization"))
    }
}

/// The token with this secret's hash.
pub(crate) async fn by_hash(
    database: &Database,
    hash: &str,
) -> Result<Option<FoundToken<Owner>>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(BY_HASH).bind(hash).fetch_optional(pool).await)?)
}

/// The token with this id.
pub(crate) async fn by_id(database: &Database, id: &str) -> Result<Option<FoundToken<Owner>>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await)?)
}

/// Notes that a token was used.
pub(crate) async fn used(change: &mut Change, id: &str, at: Timestamp) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(USED).bind(id).bind(at.0).execute(c).await.map(drop))?)
}

/// Ends a token; its label.
pub(crate) async fn revoke(
    change: &mut Change,
    organization: &Username,
    id: &str,
) -> Result<Option<String>, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(REVOKE)
        .bind(organization.as_str()).bind(id).fetch_optional(c).await)?)
}
