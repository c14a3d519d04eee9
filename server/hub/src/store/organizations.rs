//! SQL of organizations: making, finding and changing them. Their people are in `members`.

use super::{Change, Database, StoreError, access, read, statements, write};
use model::{Timestamp, Username, Visibility};

statements! {
    ADD_NAMESPACE = "
        INSERT INTO namespaces (name, kind, created_at) VALUES ($1, 'organization', $2)
        ON CONFLICT (name) DO NOTHING";
    ADD = "
        INSERT INTO organizations (name, full_name, default_visibility, created_at) VALUES ($1, $2, $3, $4)";
    FIND = "
        SELECT o.full_name, o.default_visibility, o.created_at, m.role
        FROM organizations o LEFT JOIN namespace_members m ON m.namespace = o.name AND m.user_id = $2
        WHERE o.name = $1";
    OF_USER = "
        SELECT o.name FROM organizations o JOIN namespace_members m ON m.namespace = o.name
        WHERE m.user_id = $1 ORDER BY o.name";
    OWNED = "SELECT namespace FROM namespace_members WHERE user_id = $1 AND role = 4 ORDER BY namespace";
    CHANGE = "UPDATE organizations SET full_name = $2, default_visibility = $3 WHERE name = $1";
    HOLD = "UPDATE organizations SET full_name = full_name WHERE name = $1";
    DEFAULT_VISIBILITY = "
        SELECT default_visibility FROM users WHERE username = $1
        UNION ALL SELECT default_visibility FROM organizations WHERE name = $1";
}

/// An organization, and how the asker belongs to it.
#[derive(sqlx::FromRow)]
pub(crate) struct OrganizationRow {
    pub(crate) full_name: String,
    default_visibility: String,
    pub(crate) created_at: i64,
    pub(crate) role: Option<i64>,
}

impl OrganizationRow {
    pub(crate) fn default_visibility(&self) -> Result<Visibility, StoreError> {
        access::visibility_of_word(&self.default_visibility)
    }
}

/// Takes the name and makes the organization, yet without anybody; `false`: the name is taken.
pub(crate) async fn add(
    change: &mut Change,
    name: &Username,
    full_name: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let taken = write!(change, c => sqlx::query(ADD_NAMESPACE)
        .bind(name.as_str()).bind(at.0).execute(c).await.map(|done| done.rows_affected()))?;
    if taken == 0 {
        return Ok(false);
    }
    write!(change, c => sqlx::query(ADD)
        .bind(name.as_str()).bind(full_name).bind(Visibility::Private.as_str()).bind(at.0)
        .execute(c).await.map(drop))?;
    Ok(true)
}

/// The organization as the person with `user_id` (empty: a visitor) stands to it.
pub(crate) async fn find(
    database: &Database,
    name: &str,
    user_id: &str,
) -> Result<Option<OrganizationRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(FIND).bind(name).bind(user_id).fetch_optional(pool).await)?)
}

/// The organizations that somebody belongs to, by name.
pub(crate) async fn of_user(database: &Database, user_id: &str) -> Result<Vec<Username>, StoreError> {
    let names: Vec<String> =
        read!(database, pool => sqlx::query_scalar(OF_USER).bind(user_id).fetch_all(pool).await)?;
    names.iter().map(|name| username(name)).collect()
}

/// Every namespace that somebody owns: their own, and organizations.
pub(crate) async fn owned(database: &Database, user_id: &str) -> Result<Vec<Username>, StoreError> {
    let names: Vec<String> =
        read!(database, pool => sqlx::query_scalar(OWNED).bind(user_id).fetch_all(pool).await)?;
    names.iter().map(|name| username(name)).collect()
}

/// Replaces what its settings say.
pub(crate) async fn change(
    change: &mut Change,
    name: &Username,
    full_name: &str,
    default_visibility: Visibility,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(CHANGE)
        .bind(name.as_str()).bind(full_name).bind(default_visibility.as_str()).execute(c).await.map(drop))?)
}

/// Keeps others from changing its people until `change` ends.
pub(crate) async fn hold(change: &mut Change, name: &Username) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(HOLD).bind(name.as_str()).execute(c).await.map(drop))?)
}

/// What the first push to a new name of the namespace makes.
pub(crate) async fn default_visibility(
    database: &Database,
    namespace: &str,
) -> Result<Option<Visibility>, StoreError> {
    let word: Option<String> = read!(database, pool => sqlx::query_scalar(DEFAULT_VISIBILITY)
        .bind(namespace).fetch_optional(pool).await)?;
    word.map(|word| access::visibility_of_word(&word)).transpose()
}

/// A name that the database holds.
pub(crate) fn username(text: &str) -> Result<Username, StoreError> {
    text.parse().map_err(|_| StoreError::corrupt("username"))
}
