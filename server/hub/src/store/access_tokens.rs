//! SQL of access tokens.

use super::{Change, Database, StoreError, read, statements, write};
use crate::actor::{Person, TokenLimits};
use model::view::AccessTokenRow;
use model::{RepositoryName, Timestamp, TokenScope};

statements! {
    ADD = "
        INSERT INTO access_tokens (id, user_id, token_hash, label, scope, repositories, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_USER = "
        SELECT id, label, scope, repositories, created_at, expires_at, used_at FROM access_tokens
        WHERE user_id = $1 ORDER BY id DESC";
    BY_HASH = "
        SELECT t.id, t.label, t.scope, t.repositories, t.expires_at, t.used_at, u.id AS user_id, u.username,
            u.email_key, u.is_admin
        FROM access_tokens t JOIN users u ON u.id = t.user_id WHERE t.token_hash = $1 AND NOT u.is_suspended";
    BY_ID = "
        SELECT t.id, t.label, t.scope, t.repositories, t.expires_at, t.used_at, u.id AS user_id, u.username,
            u.email_key, u.is_admin
        FROM access_tokens t JOIN users u ON u.id = t.user_id WHERE t.id = $1 AND NOT u.is_suspended";
    USED = "UPDATE access_tokens SET used_at = $2 WHERE id = $1";
    RELABEL = "UPDATE access_tokens SET label = $3 WHERE user_id = $1 AND id = $2";
    REVOKE = "DELETE FROM access_tokens WHERE user_id = $1 AND id = $2 RETURNING label";
}

/// Files a token.
pub(crate) async fn add(
    change: &mut Change,
    user_id: &str,
    token_hash: &str,
    row: &AccessTokenRow,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ADD)
        .bind(&row.id).bind(user_id).bind(token_hash).bind(&row.label).bind(row.scope.as_str())
        .bind(names_text(row)).bind(row.created_at.0).bind(row.expires_at.map(|at| at.0))
        .execute(c).await.map(drop))?)
}

/// The names that a token is for, as they are stored.
pub(super) fn names_text(row: &AccessTokenRow) -> String {
    let names: Vec<&str> = row.repositories.iter().map(RepositoryName::as_str).collect();
    names.join(" ")
}

#[derive(sqlx::FromRow)]
pub(super) struct ListedRow {
    id: String,
    label: String,
    scope: String,
    repositories: String,
    created_at: i64,
    expires_at: Option<i64>,
    used_at: Option<i64>,
}

/// Gives one of somebody's tokens another label; `false`: they have no such token.
pub(crate) async fn relabel(
    change: &mut Change,
    user_id: &str,
    id: &str,
    label: &str,
) -> Result<bool, StoreError> {
    let done = write!(change, c => sqlx::query(RELABEL)
        .bind(user_id).bind(id).bind(label).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Somebody's tokens, the latest first.
pub(crate) async fn of_user(database: &Database, user_id: &str) -> Result<Vec<AccessTokenRow>, StoreError> {
    let rows: Vec<ListedRow> =
        read!(database, pool => sqlx::query_as(OF_USER).bind(user_id).fetch_all(pool).await)?;
    rows.into_iter().map(ListedRow::view).collect()
}

impl ListedRow {
    pub(super) fn view(self) -> Result<AccessTokenRow, StoreError> {
        Ok(AccessTokenRow {
            id: self.id,
            label: self.label,
            scope: scope(&self.scope)?,
            repositories: names(&self.repositories)?,
            created_at: Timestamp(self.created_at),
            expires_at: self.expires_at.map(Timestamp),
            used_at: self.used_at.map(Timestamp),
        })
    }
}

/// Whoever has a token.
pub(crate) trait FoundOwner {
    /// Whether `name`, lower-cased, is theirs.
    fn is_called(&self, name: &str) -> bool;
}

/// A token with its owner.
#[derive(sqlx::FromRow)]
pub(crate) struct FoundToken<O> {
    id: String,
    label: String,
    scope: String,
    repositories: String,
    expires_at: Option<i64>,
    pub(crate) used_at: Option<i64>,
    #[sqlx(flatten)]
    pub(crate) owner: O,
}

impl<O> FoundToken<O> {
    pub(crate) fn limits(&self) -> Result<TokenLimits, StoreError> {
        Ok(TokenLimits {
            id: self.id.clone(),
            label: self.label.clone(),
            scope: scope(&self.scope)?,
            repositories: names(&self.repositories)?,
            expires_at: self.expires_at.map(Timestamp),
        })
    }
}

/// The person who has a token.
#[derive(sqlx::FromRow)]
pub(crate) struct Owner {
    user_id: String,
    username: String,
    email_key: String,
    is_admin: bool,
}

impl FoundOwner for Owner {
    fn is_called(&self, name: &str) -> bool {
        name == self.username || name == self.email_key
    }
}

impl Owner {
    pub(crate) fn person(&self) -> Result<Person, StoreError> {
        let username = self.username.parse().map_err(|_| StoreError::corrupt("username"))?;
        Ok(Person { id: self.user_id.clone(), username, is_admin: self.is_admin })
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

/// Ends a token, and every docker login that was made with it; its label.
pub(crate) async fn revoke(
    change: &mut Change,
    user_id: &str,
    id: &str,
) -> Result<Option<String>, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(REVOKE).bind(user_id).bind(id).fetch_optional(c).await)?)
}

fn scope(word: &str) -> Result<TokenScope, StoreError> {
    TokenScope::from_word(word).ok_or_else(|| StoreError::corrupt("token scope"))
}

fn names(text: &str) -> Result<Vec<RepositoryName>, StoreError> {
    let parsed = text.split_whitespace().map(|name| name.parse());
    parsed.collect::<Result<_, _>>().map_err(|_| StoreError::corrupt("repository name"))
}
