//! SQL of links that were mailed to an account's address.

use super::{Change, Database, StoreError, read, statements, write};
use model::Timestamp;

statements! {
    ADD = "
        INSERT INTO mailed_links (token_hash, purpose, user_id, email_key, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    LATEST = "SELECT MAX(created_at) FROM mailed_links WHERE user_id = $1 AND purpose = $2 AND email_key = $3";
    FIND = "
        SELECT l.user_id FROM mailed_links l JOIN users u ON u.id = l.user_id AND u.email_key = l.email_key
        WHERE l.token_hash = $1 AND l.purpose = $2 AND l.expires_at > $3 AND NOT u.is_suspended";
    TAKE = "DELETE FROM mailed_links WHERE token_hash = $1";
    END_OF_USER = "DELETE FROM mailed_links WHERE user_id = $1 AND purpose = $2";
    END_EXPIRED = "DELETE FROM mailed_links WHERE expires_at <= $1";
}

/// What a link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Verification,
    Reset,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::Reset => "reset",
        }
    }
}

/// A link to be filed.
pub(crate) struct NewLink<'a> {
    pub(crate) token_hash: &'a str,
    pub(crate) purpose: Purpose,
    pub(crate) user_id: &'a str,
    /// Lower-cased.
    pub(crate) email_key: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) until: Timestamp,
}

/// Files a link.
pub(crate) async fn add(change: &mut Change, new: &NewLink<'_>) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ADD)
        .bind(new.token_hash).bind(new.purpose.as_str()).bind(new.user_id).bind(new.email_key)
        .bind(new.at.0).bind(new.until.0).execute(c).await.map(drop))?)
}

/// When the last link of this kind went to this address of the account.
pub(crate) async fn latest(
    database: &Database,
    user_id: &str,
    purpose: Purpose,
    email_key: &str,
) -> Result<Option<i64>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(LATEST)
        .bind(user_id).bind(purpose.as_str()).bind(email_key).fetch_one(pool).await)?)
}

/// The id of the account that a good link is for.
pub(crate) async fn find(
    database: &Database,
    token_hash: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(FIND)
        .bind(token_hash).bind(purpose.as_str()).bind(now.0).fetch_optional(pool).await)?)
}

/// Uses a link up; `false`: it was used before.
pub(crate) async fn take(change: &mut Change, token_hash: &str) -> Result<bool, StoreError> {
    let taken = write!(change, c => sqlx::query(TAKE)
        .bind(token_hash).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

/// Ends all of an account's links of a kind.
pub(crate) async fn end_of_user(
    change: &mut Change,
    user_id: &str,
    purpose: Purpose,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_OF_USER)
        .bind(user_id).bind(purpose.as_str()).execute(c).await.map(drop))?)
}

/// Forgets links that can not be used any more.
pub(crate) async fn end_expired(change: &mut Change, now: Timestamp) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_EXPIRED).bind(now.0).execute(c).await.map(drop))?)
}
