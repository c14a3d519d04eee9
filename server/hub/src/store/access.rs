//! SQL of the gate: how somebody stands to a repository.

use super::{Database, StoreError, read, statements};
use crate::access::Standing;
use model::{RepositoryName, Role, Timestamp, Visibility};

statements! {
    /// Every source of a role is one branch of the UNION.
    STANDING = "
        SELECT r.id, r.visibility, r.description, r.created_at,
            (SELECT MAX(role) FROM (
                SELECT role FROM namespace_members WHERE namespace = r.namespace AND user_id = $3
                UNION ALL
                SELECT role FROM repository_members WHERE repository_id = r.id AND user_id = $3
            ) AS roles) AS role
        FROM repositories r WHERE r.namespace = $1 AND r.name = $2";
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    id: String,
    visibility: String,
    description: String,
    created_at: i64,
    role: Option<i64>,
}

/// How the person with `user_id` (empty: a visitor) stands to `name`.
pub(crate) async fn standing(
    database: &Database,
    name: &RepositoryName,
    user_id: &str,
) -> Result<Option<Standing>, StoreError> {
    let row: Option<StandingRow> = read!(database, pool => sqlx::query_as(STANDING)
        .bind(name.namespace())
        .bind(name.name())
        .bind(user_id)
        .fetch_optional(pool)
        .await)?;
    row.map(|row| {
        Ok(Standing {
            repository_id: row.id,
            visibility: Visibility::from_word(&row.visibility)
                .ok_or_else(|| StoreError::corrupt("visibility"))?,
            description: row.description,
            created_at: Timestamp(row.created_at),
            role: row.role.map(role_of_rank).transpose()?,
        })
    })
    .transpose()
}

/// The rank that stands for `role` in the tables.
pub(crate) const fn rank(role: Role) -> i64 {
    match role {
        Role::Read => 1,
        Role::Write => 2,
        Role::Admin => 3,
        Role::Owner => 4,
    }
}

/// The role that `number` stands for.
pub(crate) fn role_of_rank(number: i64) -> Result<Role, StoreError> {
    Role::ALL.into_iter().find(|role| rank(*role) == number).ok_or_else(|| StoreError::corrupt("role"))
}
