//! SQL of repositories that get another name.

use super::{Change, StoreError, repositories, statements, write};
use crate::access::Entered;
use model::{RepositoryName, Timestamp};

statements! {
    /// Somebody else's name that was left lately is not to be had.
    IS_GUARDED = "
        SELECT COUNT(*) FROM former_names
        WHERE namespace = $1 AND name = $2 AND left_at > $3 AND repository_id <> $4";
    RENAME = "UPDATE repositories SET namespace = $2, name = $3 WHERE id = $1";
    LEAVE = "INSERT INTO former_names (namespace, name, repository_id, left_at) VALUES ($1, $2, $3, $4)";
    TAKE_TEAMS_AWAY = "DELETE FROM team_repositories WHERE repository_id = $1";
    RENAME_IN_TOKENS = "
        UPDATE access_tokens SET repositories =
            TRIM(REPLACE(' ' || repositories || ' ', ' ' || $1 || ' ', ' ' || $2 || ' '))
        WHERE repositories LIKE '%' || $1 || '%'";
    RENAME_IN_ORGANIZATION_TOKENS = "
        UPDATE organization_tokens SET repositories =
            TRIM(REPLACE(' ' || repositories || ' ', ' ' || $1 || ' ', ' ' || $2 || ' '))
        WHERE repositories LIKE '%' || $1 || '%'";
}

/// Gives it another name; the old one leads to it. `false`: somebody left that name after `guarded_since`. A name
/// that is taken is an error of the unique key.
pub(crate) async fn rename(
    change: &mut Change,
    entered: &Entered,
    to: &RepositoryName,
    at: Timestamp,
    guarded_since: Timestamp,
) -> Result<bool, StoreError> {
    let guarded: i64 = write!(change, c => sqlx::query_scalar(IS_GUARDED)
        .bind(to.namespace()).bind(to.name()).bind(guarded_since.0).bind(entered.id()).fetch_one(c).await)?;
    if guarded > 0 {
        return Ok(false);
    }
    let from = entered.name();
    repositories::forget_former(change, to).await?;
    write!(change, c => sqlx::query(RENAME)
        .bind(entered.id()).bind(to.namespace()).bind(to.name()).execute(c).await.map(drop))?;
    write!(change, c => sqlx::query(LEAVE)
        .bind(from.namespace()).bind(from.name()).bind(entered.id()).bind(at.0).execute(c).await.map(drop))?;
    for sql in [RENAME_IN_TOKENS, RENAME_IN_ORGANIZATION_TOKENS] {
        write!(change, c => sqlx::query(sql)
            .bind(from.as_str()).bind(to.as_str()).execute(c).await.map(drop))?;
    }
    Ok(true)
}

/// The teams of the namespace that it leaves have no business there.
pub(crate) async fn take_teams_away(change: &mut Change, entered: &Entered) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(TAKE_TEAMS_AWAY).bind(entered.id()).execute(c).await.map(drop))?)
}
