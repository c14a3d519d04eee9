//! SQL of accounts, their namespaces and the invitations that make them.

use super::{Change, Database, StoreError, access, read, statements, write};
use crate::actor::Person;
use model::{Role, Timestamp, Username, Visibility};

macro_rules! user {
    ($by:literal) => {
        concat!(
            "SELECT id, username, email, email_verified, password_hash, is_admin, is_suspended, default_visibility,
                created_at, EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = users.id AND f.is_confirmed)
                AS has_second_factor
            FROM users WHERE ",
            $by
        )
    };
}

statements! {
    ANY = "SELECT COUNT(*) FROM (SELECT 1 FROM users LIMIT 1) AS one";
    BY_USERNAME = user!("username = $1");
    BY_EMAIL = user!("email_key = $1");
    BY_ID = user!("id = $1");
    ADD_NAMESPACE = "
        INSERT INTO namespaces (name, kind, created_at) VALUES ($1, 'user', $2)
        ON CONFLICT (name) DO NOTHING";
    ADD_USER = "
        INSERT INTO users (id, username, email, email_key, email_verified, password_hash, is_admin,
            default_visibility, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADD_NAMESPACE_MEMBER = "INSERT INTO namespace_members (namespace, user_id, role) VALUES ($1, $2, $3)";
    SET_PASSWORD = "UPDATE users SET password_hash = $2 WHERE id = $1";
    SET_EMAIL = "UPDATE users SET email = $2, email_key = $3, email_verified = $4 WHERE id = $1";
    VERIFY_EMAIL = "UPDATE users SET email_verified = TRUE WHERE id = $1 AND email_key = $2";
    SUSPEND = "UPDATE users SET is_suspended = $2 WHERE id = $1";
    SET_DEFAULT_VISIBILITY = "UPDATE users SET default_visibility = $2 WHERE id = $1";
    ADD_INVITATION = "
        INSERT INTO invitations (token_hash, is_admin, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    HAS_INVITATION = "SELECT COUNT(*) FROM invitations WHERE token_hash = $1 AND expires_at > $2";
    END_INVITATIONS = "DELETE FROM invitations";
    END_EXPIRED_INVITATIONS = "DELETE FROM invitations WHERE expires_at <= $1";
    TAKE_INVITATION = "DELETE FROM invitations WHERE token_hash = $1 AND expires_at > $2 RETURNING is_admin";
}

/// One account, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct UserRow {
    pub(crate) id: String,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) email_verified: bool,
    pub(crate) password_hash: String,
    pub(crate) is_admin: bool,
    pub(crate) is_suspended: bool,
    pub(crate) has_second_factor: bool,
    pub(crate) default_visibility: String,
    pub(crate) created_at: i64,
}

impl UserRow {
    pub(crate) fn username(&self) -> Result<Username, StoreError> {
        self.username.parse().map_err(|_| StoreError::corrupt("username"))
    }

    pub(crate) fn person(&self) -> Result<Person, StoreError> {
        Ok(Person { id: self.id.clone(), username: self.username()?, is_admin: self.is_admin })
    }

    pub(crate) fn default_visibility(&self) -> Result<Visibility, StoreError> {
        access::visibility_of_word(&self.default_visibility)
    }
}

/// Which column an account is looked up by.
pub(crate) enum By<'a> {
    Id(&'a str),
    Username(&'a str),
    /// Lower-cased.
    Email(&'a str),
}

/// The account that `by` names.
pub(crate) async fn find(database: &Database, by: By<'_>) -> Result<Option<UserRow>, StoreError> {
    let (sql, key) = match by {
        By::Id(key) => (BY_ID, key),
        By::Username(key) => (BY_USERNAME, key),
        By::Email(key) => (BY_EMAIL, key),
    };
    Ok(read!(database, pool => sqlx::query_as(sql).bind(key).fetch_optional(pool).await)?)
}

/// Whether there is any account yet.
pub(crate) async fn any(database: &Database) -> Result<bool, StoreError> {
    let count: i64 = read!(database, pool => sqlx::query_scalar(ANY).fetch_one(pool).await)?;
    Ok(count > 0)
}

/// Takes the namespace and adds its account, who owns it; `false`: the name is taken.
pub(crate) async fn add(change: &mut Change, user: &UserRow) -> Result<bool, StoreError> {
    let taken = write!(change, c => sqlx::query(ADD_NAMESPACE)
        .bind(&user.username).bind(user.created_at).execute(c).await.map(|done| done.rows_affected()))?;
    if taken == 0 {
        return Ok(false);
    }
    write!(change, c => sqlx::query(ADD_USER)
        .bind(&user.id).bind(&user.username).bind(&user.email).bind(user.email.to_lowercase())
        .bind(user.email_verified).bind(&user.password_hash).bind(user.is_admin)
        .bind(&user.default_visibility).bind(user.created_at).execute(c).await.map(drop))?;
    write!(change, c => sqlx::query(ADD_NAMESPACE_MEMBER)
        .bind(&user.username).bind(&user.id).bind(access::rank(Role::Owner)).execute(c).await.map(drop))?;
    Ok(true)
}

/// Replaces the password.
pub(crate) async fn set_password(change: &mut Change, id: &str, hash: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(SET_PASSWORD).bind(id).bind(hash).execute(c).await.map(drop))?)
}

/// Replaces the e-mail; a duplicate is an error of the unique key.
pub(crate) async fn set_email(change: &mut Change, id: &str, email: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(SET_EMAIL)
        .bind(id).bind(email).bind(email.to_lowercase()).bind(false).execute(c).await.map(drop))?)
}

/// The address proved itself, if it still is the account's; `false`: it is not.
pub(crate) async fn verify_email(change: &mut Change, id: &str, email_key: &str) -> Result<bool, StoreError> {
    let verified = write!(change, c => sqlx::query(VERIFY_EMAIL)
        .bind(id).bind(email_key).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(verified > 0)
}

/// Suspends an account, or lets it in again.
pub(crate) async fn suspend(change: &mut Change, id: &str, is_suspended: bool) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(SUSPEND).bind(id).bind(is_suspended).execute(c).await.map(drop))?)
}

/// What the first push to a new name makes.
pub(crate) async fn set_default_visibility(
    change: &mut Change,
    id: &str,
    visibility: Visibility,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(SET_DEFAULT_VISIBILITY)
        .bind(id).bind(visibility.as_str()).execute(c).await.map(drop))?)
}

/// Files a one-time link.
pub(crate) async fn add_invitation(
    change: &mut Change,
    token_hash: &str,
    is_admin: bool,
    at: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ADD_INVITATION)
        .bind(token_hash).bind(is_admin).bind(at.0).bind(until.0).execute(c).await.map(drop))?)
}

/// Whether there is such a link.
pub(crate) async fn has_invitation(
    database: &Database,
    token_hash: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let count: i64 = read!(database, pool => sqlx::query_scalar(HAS_INVITATION)
        .bind(token_hash).bind(now.0).fetch_one(pool).await)?;
    Ok(count > 0)
}

/// Ends every link.
pub(crate) async fn end_invitations(change: &mut Change) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_INVITATIONS).execute(c).await.map(drop))?)
}

/// Forgets links that can not be opened any more.
pub(crate) async fn end_expired_invitations(change: &mut Change, now: Timestamp) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_EXPIRED_INVITATIONS).bind(now.0).execute(c).await.map(drop))?)
}

/// Uses a one-time link up; tells whether it makes an admin, `None` if there is no such link any more.
pub(crate) async fn take_invitation(
    change: &mut Change,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<bool>, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(TAKE_INVITATION)
        .bind(token_hash).bind(now.0).fetch_optional(c).await)?)
}
