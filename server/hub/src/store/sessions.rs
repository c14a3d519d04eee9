//! SQL of signed-in browsers and of what `docker login` keeps.

use super::{Change, Database, StoreError, read, statements, write};
use crate::actor::Person;
use crate::sessions::Visit;
use model::Timestamp;

statements! {
    ADD = "
        INSERT INTO sessions (token_hash, id, user_id, user_agent, address, created_at, seen_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6, $7)";
    SPEAKS = "UPDATE users SET language = $2 WHERE id = $1 AND $2 <> '' AND language <> $2";
    FIND = "
        SELECT s.id AS session_id, s.seen_at, u.id, u.username, u.is_admin
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.token_hash = $1 AND s.expires_at > $2 AND NOT u.is_suspended";
    SEEN = "UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE id = $1";
    OF_USER = "
        SELECT id, user_agent, address, created_at, seen_at FROM sessions
        WHERE user_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id";
    END = "DELETE FROM sessions WHERE token_hash = $1";
    END_ONE = "DELETE FROM sessions WHERE user_id = $1 AND id = $2";
    END_OTHERS = "DELETE FROM sessions WHERE user_id = $1 AND id <> $2";
    END_EXPIRED = "DELETE FROM sessions WHERE expires_at <= $1";
    ADD_REFRESH = "
        INSERT INTO refresh_tokens (token_hash, user_id, access_token_id, client_id, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    FIND_REFRESH = "
        SELECT COALESCE(t.used_at, t.created_at) AS used_at, t.access_token_id, u.id, u.username, u.is_admin
        FROM refresh_tokens t JOIN users u ON u.id = t.user_id
        WHERE t.token_hash = $1 AND t.expires_at > $2 AND NOT u.is_suspended";
    USE_REFRESH = "UPDATE refresh_tokens SET used_at = $2, expires_at = $3 WHERE token_hash = $1";
    /// Those that were made with a password, not with an access token.
    END_REFRESH_BY_PASSWORD = "DELETE FROM refresh_tokens WHERE user_id = $1 AND access_token_id IS NULL";
    END_REFRESH = "DELETE FROM refresh_tokens WHERE user_id = $1";
    END_EXPIRED_REFRESH = "DELETE FROM refresh_tokens WHERE expires_at <= $1";
}

/// A live session with the account it belongs to.
#[derive(sqlx::FromRow)]
pub(crate) struct FoundRow {
    pub(crate) session_id: String,
    pub(crate) seen_at: i64,
    #[sqlx(flatten)]
    pub(crate) person: PersonRow,
}

/// Just who somebody is.
#[derive(sqlx::FromRow)]
pub(crate) struct PersonRow {
    id: String,
    username: String,
    is_admin: bool,
}

impl PersonRow {
    pub(crate) fn person(self) -> Result<Person, StoreError> {
        let username = self.username.parse().map_err(|_| StoreError::corrupt("username"))?;
        Ok(Person { id: self.id, username, is_admin: self.is_admin })
    }
}

/// A session as its owner sees it.
#[derive(sqlx::FromRow)]
pub(crate) struct SessionRow {
    pub(crate) id: String,
    pub(crate) user_agent: String,
    pub(crate) address: String,
    pub(crate) created_at: i64,
    pub(crate) seen_at: i64,
}

/// Starts a session, and keeps the language in which it was.
pub(crate) async fn add(
    change: &mut Change,
    token_hash: &str,
    user_id: &str,
    visit: &Visit,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(SPEAKS).bind(user_id).bind(&visit.language).execute(c).await.map(drop))?;
    Ok(write!(change, c => sqlx::query(ADD)
        .bind(token_hash).bind(super::new_id()).bind(user_id).bind(&visit.user_agent).bind(&visit.address)
        .bind(now.0).bind(until.0).execute(c).await.map(drop))?)
}

/// The live session with this token.
pub(crate) async fn find(
    database: &Database,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<FoundRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(FIND).bind(token_hash).bind(now.0).fetch_optional(pool).await)?)
}

/// Notes that a session was used, and lets it live on.
pub(crate) async fn seen(
    change: &mut Change,
    id: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(SEEN).bind(id).bind(now.0).bind(until.0).execute(c).await.map(drop))?)
}

/// Somebody's live sessions, the latest used first.
pub(crate) async fn of_user(
    database: &Database,
    user_id: &str,
    now: Timestamp,
) -> Result<Vec<SessionRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(OF_USER).bind(user_id).bind(now.0).fetch_all(pool).await)?)
}

/// Ends the session with this token.
pub(crate) async fn end(change: &mut Change, token_hash: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END).bind(token_hash).execute(c).await.map(drop))?)
}

/// Ends one of somebody's sessions; `false`: they have no such session.
pub(crate) async fn end_one(change: &mut Change, user_id: &str, id: &str) -> Result<bool, StoreError> {
    let ended = write!(change, c => sqlx::query(END_ONE)
        .bind(user_id).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(ended > 0)
}

/// Ends all of somebody's sessions but `keep`, and what docker logins they left.
pub(crate) async fn end_others(change: &mut Change, user_id: &str, keep: &str) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(END_OTHERS).bind(user_id).bind(keep).execute(c).await.map(drop))?;
    Ok(write!(change, c => sqlx::query(END_REFRESH).bind(user_id).execute(c).await.map(drop))?)
}

/// Ends the docker logins that were made with a password.
pub(crate) async fn end_password_logins(change: &mut Change, user_id: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_REFRESH_BY_PASSWORD).bind(user_id).execute(c).await.map(drop))?)
}

/// What `docker login` keeps.
pub(crate) struct NewRefresh<'a> {
    pub(crate) token_hash: &'a str,
    pub(crate) user_id: &'a str,
    /// The access token that it was made with.
    pub(crate) access_token_id: Option<&'a str>,
    pub(crate) client_id: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) until: Timestamp,
}

/// Files a refresh token.
pub(crate) async fn add_refresh(change: &mut Change, new: &NewRefresh<'_>) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ADD_REFRESH)
        .bind(new.token_hash).bind(new.user_id).bind(new.access_token_id).bind(new.client_id)
        .bind(new.at.0).bind(new.until.0).execute(c).await.map(drop))?)
}

/// A live refresh token.
#[derive(sqlx::FromRow)]
pub(crate) struct RefreshRow {
    /// The last time that was noted.
    pub(crate) used_at: i64,
    pub(crate) access_token_id: Option<String>,
    #[sqlx(flatten)]
    pub(crate) person: PersonRow,
}

/// Whose refresh token this is.
pub(crate) async fn find_refresh(
    database: &Database,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<RefreshRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(FIND_REFRESH)
        .bind(token_hash).bind(now.0).fetch_optional(pool).await)?)
}

/// Notes that a refresh token was used, and lets it live on.
pub(crate) async fn use_refresh(
    change: &mut Change,
    token_hash: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(USE_REFRESH)
        .bind(token_hash).bind(now.0).bind(until.0).execute(c).await.map(drop))?)
}

/// Forgets what is over by itself.
pub(crate) async fn end_expired(change: &mut Change, now: Timestamp) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(END_EXPIRED).bind(now.0).execute(c).await.map(drop))?;
    Ok(write!(change, c => sqlx::query(END_EXPIRED_REFRESH).bind(now.0).execute(c).await.map(drop))?)
}
