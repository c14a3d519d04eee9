//! SQL of authenticators, their recovery codes, and sign-ins that still owe a code.

use super::repositories::count;
use super::{Change, Database, StoreError, read, statements, write};
use model::Timestamp;

statements! {
    FIND = "
        SELECT secret, is_confirmed, last_step, wrong_codes, wrong_at FROM second_factors WHERE user_id = $1";
    /// Also keeps others from trying a code until the change ends.
    HOLD = "
        UPDATE second_factors SET wrong_codes = wrong_codes WHERE user_id = $1
        RETURNING secret, is_confirmed, last_step, wrong_codes, wrong_at";
    BEGIN = "
        INSERT INTO second_factors (user_id, secret, is_confirmed, last_step, wrong_codes, wrong_at)
        VALUES ($1, $2, FALSE, 0, 0, 0)
        ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret WHERE NOT second_factors.is_confirmed";
    /// Of two that bring the same code at once only one gets through.
    TAKE_STEP = "
        UPDATE second_factors SET last_step = $2, wrong_codes = 0, is_confirmed = TRUE
        WHERE user_id = $1 AND last_step < $2";
    NOTE_WRONG = "UPDATE second_factors SET wrong_codes = wrong_codes + 1, wrong_at = $2 WHERE user_id = $1";
    FORGIVE = "UPDATE second_factors SET wrong_codes = 0 WHERE user_id = $1";
    END = "DELETE FROM second_factors WHERE user_id = $1";
    ADD_CODE = "INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)";
    TAKE_CODE = "DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2";
    END_CODES = "DELETE FROM recovery_codes WHERE user_id = $1";
    CODES = "SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1";
    ADD_PENDING = "INSERT INTO pending_sign_ins (token_hash, user_id, expires_at) VALUES ($1, $2, $3)";
    PENDING = "SELECT user_id FROM pending_sign_ins WHERE token_hash = $1 AND expires_at > $2";
    TAKE_PENDING = "DELETE FROM pending_sign_ins WHERE token_hash = $1";
    END_PENDING = "DELETE FROM pending_sign_ins WHERE user_id = $1";
    END_EXPIRED = "DELETE FROM pending_sign_ins WHERE expires_at <= $1";
}

/// Somebody's authenticator.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct FactorRow {
    /// Base32.
    pub(crate) secret: String,
    pub(crate) is_confirmed: bool,
    pub(crate) last_step: i64,
    pub(crate) wrong_codes: i64,
    pub(crate) wrong_at: i64,
}

/// Somebody's authenticator, confirmed or not.
pub(crate) async fn find(database: &Database, user_id: &str) -> Result<Option<FactorRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(FIND).bind(user_id).fetch_optional(pool).await)?)
}

/// The same, for a change that tries a code: tries at once come one after the other, so that each counts.
pub(crate) async fn hold(change: &mut Change, user_id: &str) -> Result<Option<FactorRow>, StoreError> {
    Ok(write!(change, c => sqlx::query_as(HOLD).bind(user_id).fetch_optional(c).await)?)
}

/// Files a secret that no code has proved yet; a confirmed one stays.
pub(crate) async fn begin(change: &mut Change, user_id: &str, secret: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(BEGIN).bind(user_id).bind(secret).execute(c).await.map(drop))?)
}

/// Uses the code of a time step up, which also confirms the secret; `false`: it was used before.
pub(crate) async fn take_step(change: &mut Change, user_id: &str, step: i64) -> Result<bool, StoreError> {
    let taken = write!(change, c => sqlx::query(TAKE_STEP)
        .bind(user_id).bind(step).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

/// Counts a wrong code.
pub(crate) async fn note_wrong(change: &mut Change, user_id: &str, at: Timestamp) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(NOTE_WRONG).bind(user_id).bind(at.0).execute(c).await.map(drop))?)
}

/// Takes the authenticator and its recovery codes away.
pub(crate) async fn end(change: &mut Change, user_id: &str) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(END_CODES).bind(user_id).execute(c).await.map(drop))?;
    write!(change, c => sqlx::query(END_PENDING).bind(user_id).execute(c).await.map(drop))?;
    Ok(write!(change, c => sqlx::query(END).bind(user_id).execute(c).await.map(drop))?)
}

/// Replaces the recovery codes.
pub(crate) async fn set_codes(
    change: &mut Change,
    user_id: &str,
    hashes: &[String],
) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(END_CODES).bind(user_id).execute(c).await.map(drop))?;
    for hash in hashes {
        write!(change, c => sqlx::query(ADD_CODE).bind(user_id).bind(hash).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Uses a recovery code up; `false`: there is no such code.
pub(crate) async fn take_code(change: &mut Change, user_id: &str, hash: &str) -> Result<bool, StoreError> {
    let taken = write!(change, c => sqlx::query(TAKE_CODE)
        .bind(user_id).bind(hash).execute(c).await.map(|done| done.rows_affected()))?;
    if taken > 0 {
        write!(change, c => sqlx::query(FORGIVE).bind(user_id).execute(c).await.map(drop))?;
    }
    Ok(taken > 0)
}

/// How many recovery codes are left.
pub(crate) async fn codes(database: &Database, user_id: &str) -> Result<u64, StoreError> {
    let codes: i64 = read!(database, pool => sqlx::query_scalar(CODES).bind(user_id).fetch_one(pool).await)?;
    Ok(count(codes))
}

/// Remembers who gave the right password.
pub(crate) async fn add_pending(
    change: &mut Change,
    token_hash: &str,
    user_id: &str,
    until: Timestamp,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(ADD_PENDING)
        .bind(token_hash).bind(user_id).bind(until.0).execute(c).await.map(drop))?)
}

/// Who gave the right password.
pub(crate) async fn pending(
    database: &Database,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    Ok(read!(database, pool => sqlx::query_scalar(PENDING)
        .bind(token_hash).bind(now.0).fetch_optional(pool).await)?)
}

/// Ends a sign-in that owed a code; `false`: it was ended before.
pub(crate) async fn take_pending(change: &mut Change, token_hash: &str) -> Result<bool, StoreError> {
    let taken = write!(change, c => sqlx::query(TAKE_PENDING)
        .bind(token_hash).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

/// Forgets sign-ins that nobody finished.
pub(crate) async fn end_expired(change: &mut Change, now: Timestamp) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_EXPIRED).bind(now.0).execute(c).await.map(drop))?)
}
