//! SQL of a repository's collaborators.

use super::{Change, Database, StoreError, access, read, statements, write};
use crate::access::Entered;
use model::view::Collaborator;
use model::{Role, Timestamp, Username};

statements! {
    OF_REPOSITORY = "
        SELECT u.username, m.added_at FROM repository_members m JOIN users u ON u.id = m.user_id
        WHERE m.repository_id = $1 ORDER BY u.username";
    IS_ONE = "SELECT COUNT(*) FROM repository_members WHERE repository_id = $1 AND user_id = $2";
    ADD = "
        INSERT INTO repository_members (repository_id, user_id, role, added_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (repository_id, user_id) DO NOTHING";
    REMOVE = "
        DELETE FROM repository_members
        WHERE repository_id = $1 AND user_id = (SELECT id FROM users WHERE username = $2)";
}

/// A repository's collaborators by name.
pub(crate) async fn of_repository(
    database: &Database,
    entered: &Entered,
) -> Result<Vec<Collaborator>, StoreError> {
    let rows: Vec<(String, i64)> =
        read!(database, pool => sqlx::query_as(OF_REPOSITORY).bind(entered.id()).fetch_all(pool).await)?;
    rows.into_iter()
        .map(|(username, added_at)| {
            let username = username.parse().map_err(|_| StoreError::corrupt("username"))?;
            Ok(Collaborator { username, added_at: Timestamp(added_at) })
        })
        .collect()
}

/// Whether somebody was added.
pub(crate) async fn is_one(
    database: &Database,
    entered: &Entered,
    user_id: &str,
) -> Result<bool, StoreError> {
    let count: i64 = read!(database, pool => sqlx::query_scalar(IS_ONE)
        .bind(entered.id()).bind(user_id).fetch_one(pool).await)?;
    Ok(count > 0)
}

/// Lets somebody push; `false`: they are a collaborator already.
pub(crate) async fn add(
    change: &mut Change,
    entered: &Entered,
    user_id: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let added = write!(change, c => sqlx::query(ADD)
        .bind(entered.id()).bind(user_id).bind(access::rank(Role::Write)).bind(at.0)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added > 0)
}

/// Ends that; `false`: they are no collaborator.
pub(crate) async fn remove(
    change: &mut Change,
    entered: &Entered,
    username: &Username,
) -> Result<bool, StoreError> {
    let removed = write!(change, c => sqlx::query(REMOVE)
        .bind(entered.id()).bind(username.as_str()).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(removed > 0)
}
