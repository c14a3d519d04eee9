//! SQL of the gate: how somebody stands to a repository.

use super::repositories::name_of;
use super::{Database, StoreError, read, statements};
use crate::access::Standing;
use model::{Membership, RepositoryName, Role, Timestamp, Visibility};

statements! {
    STANDING = "
        SELECT r.namespace, r.name, r.id, r.visibility, r.description, r.created_at,
            (SELECT MAX(m.role) FROM repository_roles m WHERE m.repository_id = r.id AND m.user_id = $3) AS role
        FROM repositories r WHERE r.namespace = $1 AND r.name = $2";
    BY_FORMER_NAME = "
        SELECT r.namespace, r.name, r.id, r.visibility, r.description, r.created_at,
            (SELECT MAX(m.role) FROM repository_roles m WHERE m.repository_id = r.id AND m.user_id = $3) AS role
        FROM former_names f JOIN repositories r ON r.id = f.repository_id WHERE f.namespace = $1 AND f.name = $2";
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    namespace: String,
    name: String,
    id: String,
    visibility: String,
    description: String,
    created_at: i64,
    role: Option<i64>,
}

/// How the person with `user_id` (empty: a visitor) stands to what is, or was, called `name`.
pub(crate) async fn standing(
    database: &Database,
    name: &RepositoryName,
    user_id: &str,
) -> Result<Option<Standing>, StoreError> {
    let mut row = None;
    for sql in [STANDING, BY_FORMER_NAME] {
        row = read!(database, pool => sqlx::query_as::<_, StandingRow>(sql)
            .bind(name.namespace())
            .bind(name.name())
            .bind(user_id)
            .fetch_optional(pool)
            .await)?;
        if row.is_some() {
            break;
        }
    }
    row.map(StandingRow::standing).transpose()
}

impl StandingRow {
    fn standing(self) -> Result<Standing, StoreError> {
        Ok(Standing {
            name: name_of(&self.namespace, &self.name)?,
            repository_id: self.id,
            visibility: visibility_of_word(&self.visibility)?,
            description: self.description,
            created_at: Timestamp(self.created_at),
            role: self.role.map(role_of_rank).transpose()?,
        })
    }
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

/// The rank that stands for `membership` in the tables of namespaces.
pub(crate) const fn membership_rank(membership: Membership) -> i64 {
    match membership {
        Membership::Member => 0,
        Membership::Owner => 4,
    }
}

/// The membership that `number` stands for.
pub(crate) fn membership_of_rank(number: i64) -> Result<Membership, StoreError> {
    let found = Membership::ALL.into_iter().find(|membership| membership_rank(*membership) == number);
    found.ok_or_else(|| StoreError::corrupt("membership"))
}

/// The visibility that `word` stands for.
pub(crate) fn visibility_of_word(word: &str) -> Result<Visibility, StoreError> {
    Visibility::from_word(word).ok_or_else(|| StoreError::corrupt("visibility"))
}
