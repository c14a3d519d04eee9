//! SQL of what site admins see.

use super::repositories::count;
use super::{Database, StoreError, read, statements};
use model::Timestamp;
use model::view::{AccountRow, OrganizationRow};

statements! {
    ACCOUNTS = "
        SELECT u.username, u.email, u.email_verified, u.is_admin, u.is_suspended, u.created_at, n.plan,
            EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = u.id AND f.is_confirmed) AS has_second_factor,
            (SELECT COUNT(*) FROM repositories r WHERE r.namespace = u.username) AS repositories
        FROM users u JOIN namespaces n ON n.name = u.username
        WHERE u.username LIKE $1 ESCAPE '\\' OR u.email_key LIKE $1 ESCAPE '\\'
        ORDER BY u.username LIMIT $2 OFFSET $3";
    COUNT_ACCOUNTS = "
        SELECT COUNT(*) FROM users u WHERE u.username LIKE $1 ESCAPE '\\' OR u.email_key LIKE $1 ESCAPE '\\'";
    ORGANIZATIONS = "
        SELECT o.name, o.full_name, o.created_at, n.plan,
            (SELECT COUNT(*) FROM namespace_members m WHERE m.namespace = o.name) AS members,
            (SELECT COUNT(*) FROM repositories r WHERE r.namespace = o.name) AS repositories
        FROM organizations o JOIN namespaces n ON n.name = o.name
        WHERE o.name LIKE $1 ESCAPE '\\' ORDER BY o.name LIMIT $2 OFFSET $3";
    COUNT_ORGANIZATIONS = "SELECT COUNT(*) FROM organizations o WHERE o.name LIKE $1 ESCAPE '\\'";
    TOTALS = "
        SELECT (SELECT COUNT(*) FROM users) AS accounts, (SELECT COUNT(*) FROM organizations) AS organizations,
            (SELECT COUNT(*) FROM repositories) AS repositories, (SELECT COUNT(*) FROM tags) AS tags,
            (SELECT COUNT(*) FROM blobs) AS blobs,
            (SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM blobs) AS stored";
}

#[derive(sqlx::FromRow)]
struct StoredAccount {
    username: String,
    email: String,
    email_verified: bool,
    is_admin: bool,
    is_suspended: bool,
    has_second_factor: bool,
    plan: String,
    repositories: i64,
    created_at: i64,
}

/// Accounts whose name or e-mail is `like`, by name, and how many there are.
pub(crate) async fn accounts(
    database: &Database,
    like: &str,
    limit: i64,
    offset: i64,
) -> Result<(Vec<AccountRow>, u64), StoreError> {
    let rows: Vec<StoredAccount> = read!(database, pool => sqlx::query_as(ACCOUNTS)
        .bind(like).bind(limit).bind(offset).fetch_all(pool).await)?;
    let total: i64 =
        read!(database, pool => sqlx::query_scalar(COUNT_ACCOUNTS).bind(like).fetch_one(pool).await)?;
    let rows = rows.into_iter().map(|row| {
        Ok(AccountRow {
            username: super::organizations::username(&row.username)?,
            email: row.email,
            email_verified: row.email_verified,
            is_admin: row.is_admin,
            is_suspended: row.is_suspended,
            has_second_factor: row.has_second_factor,
            plan: row.plan,
            repositories: count(row.repositories),
            created_at: Timestamp(row.created_at),
        })
    });
    Ok((rows.collect::<Result<_, StoreError>>()?, count(total)))
}

#[derive(sqlx::FromRow)]
struct StoredOrganization {
    name: String,
    full_name: String,
    plan: String,
    members: i64,
    repositories: i64,
    created_at: i64,
}

/// Organizations whose name is `like`, by name, and how many there are.
pub(crate) async fn organizations(
    database: &Database,
    like: &str,
    limit: i64,
    offset: i64,
) -> Result<(Vec<OrganizationRow>, u64), StoreError> {
    let rows: Vec<StoredOrganization> = read!(database, pool => sqlx::query_as(ORGANIZATIONS)
        .bind(like).bind(limit).bind(offset).fetch_all(pool).await)?;
    let total: i64 =
        read!(database, pool => sqlx::query_scalar(COUNT_ORGANIZATIONS).bind(like).fetch_one(pool).await)?;
    let rows = rows.into_iter().map(|row| {
        Ok(OrganizationRow {
            name: super::organizations::username(&row.name)?,
            full_name: row.full_name,
            plan: row.plan,
            members: count(row.members),
            repositories: count(row.repositories),
            created_at: Timestamp(row.created_at),
        })
    });
    Ok((rows.collect::<Result<_, StoreError>>()?, count(total)))
}

/// How much of everything there is.
#[derive(sqlx::FromRow)]
pub(crate) struct Totals {
    pub(crate) accounts: i64,
    pub(crate) organizations: i64,
    pub(crate) repositories: i64,
    pub(crate) tags: i64,
    pub(crate) blobs: i64,
    /// Bytes, each blob once.
    pub(crate) stored: i64,
}

/// How much of everything there is.
pub(crate) async fn totals(database: &Database) -> Result<Totals, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(TOTALS).fetch_one(pool).await)?)
}
