//! SQL of passkeys and of the questions that devices were asked.

use super::{Change, Database, StoreError, new_id, read, statements, write};
use model::Timestamp;

statements! {
    OF_USER = "
        SELECT id, label, passkey, created_at, used_at FROM passkeys
        WHERE user_id = $1 ORDER BY created_at, id";
    FIND = "
        SELECT p.id, p.user_id, p.passkey, u.username, u.is_admin FROM passkeys p JOIN users u ON u.id = p.user_id
        WHERE p.credential_id = $1 AND NOT u.is_suspended";
    ADD = "
        INSERT INTO passkeys (id, user_id, credential_id, label, passkey, created_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential_id) DO NOTHING";
    USED = "UPDATE passkeys SET passkey = $2, used_at = $3 WHERE id = $1";
    REMOVE = "DELETE FROM passkeys WHERE user_id = $1 AND id = $2 RETURNING label";
    ASK = "
        INSERT INTO passkey_ceremonies (token_hash, user_id, label, options, state, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    OPTIONS = "
        SELECT options FROM passkey_ceremonies WHERE token_hash = $1 AND user_id = $2 AND expires_at > $3";
    TAKE = "
        DELETE FROM passkey_ceremonies WHERE token_hash = $1 AND expires_at > $2 RETURNING user_id, label, state";
    END_EXPIRED = "DELETE FROM passkey_ceremonies WHERE expires_at <= $1";
}

/// One of somebody's passkeys.
#[derive(sqlx::FromRow)]
pub(crate) struct PasskeyRow {
    pub(crate) id: String,
    pub(crate) label: String,
    /// JSON.
    pub(crate) passkey: String,
    pub(crate) created_at: i64,
    pub(crate) used_at: Option<i64>,
}

/// A passkey with the account that it opens.
#[derive(sqlx::FromRow)]
pub(crate) struct FoundRow {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) passkey: String,
    pub(crate) username: String,
    pub(crate) is_admin: bool,
}

/// A question that waits for its answer.
pub(crate) struct Ceremony<'a> {
    pub(crate) token_hash: &'a str,
    pub(crate) user_id: Option<&'a str>,
    pub(crate) label: &'a str,
    pub(crate) options: &'a str,
    pub(crate) state: &'a str,
    pub(crate) until: Timestamp,
}

/// What is left of a question when its answer comes.
#[derive(sqlx::FromRow)]
pub(crate) struct AskedRow {
    pub(crate) user_id: Option<String>,
    pub(crate) label: String,
    pub(crate) state: String,
}

/// Somebody's passkeys, the oldest first.
pub(crate) async fn of_user(database: &Database, user_id: &str) -> Result<Vec<PasskeyRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(OF_USER).bind(user_id).fetch_all(pool).await)?)
}

/// The passkey that a device calls `credential_id`, unless its account is suspended.
pub(crate) async fn find(change: &mut Change, credential_id: &str) -> Result<Option<FoundRow>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(FIND).bind(credential_id).fetch_optional(c).await)?)
}

/// Files a passkey; `false`: somebody has it already.
pub(crate) async fn add(
    change: &mut Change,
    user_id: &str,
    credential_id: &str,
    label: &str,
    passkey: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let added = write!(change, c => sqlx::query(ADD)
        .bind(new_id()).bind(user_id).bind(credential_id).bind(label).bind(passkey).bind(now.0)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added > 0)
}

/// Notes that a passkey was used, with what its device told.
pub(crate) async fn used(
    change: &mut Change,
    id: &str,
    passkey: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(USED).bind(id).bind(passkey).bind(now.0).execute(c).await.map(drop))?)
}

/// Removes one of somebody's passkeys; the answer is its label.
pub(crate) async fn remove(
    change: &mut Change,
    user_id: &str,
    id: &str,
) -> Result<Option<String>, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(REMOVE).bind(user_id).bind(id).fetch_optional(c).await)?)
}

/// Files a question.
pub(crate) async fn ask(change: &mut Change, asked: &Ceremony<'_>) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ASK)
        .bind(asked.token_hash).bind(asked.user_id).bind(asked.label).bind(asked.options).bind(asked.state)
        .bind(asked.until.0).execute(c).await.map(drop))?)
}

/// What the browser of `user_id` is to be given.
pub(crate) async fn options(
    database: &Database,
    token_hash: &str,
    user_id: &str,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(OPTIONS)
        .bind(token_hash).bind(user_id).bind(now.0).fetch_optional(pool).await)?)
}

/// Takes a question back, for its one answer.
pub(crate) async fn take(
    change: &mut Change,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<AskedRow>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(TAKE).bind(token_hash).bind(now.0).fetch_optional(c).await)?)
}

/// Forgets questions that nobody answered.
pub(crate) async fn end_expired(change: &mut Change, now: Timestamp) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_EXPIRED).bind(now.0).execute(c).await.map(drop))?)
}
