//! SQL of the catalog.

use super::repositories::name_of;
use super::{Database, StoreError, read, statements};
use model::RepositoryName;

statements! {
    /// $1 the viewer, $2 and $3 the namespace and name behind which the page starts. The same scope as the lists
    /// of the pages.
    NAMES = "
        SELECT r.namespace, r.name FROM repositories r
        WHERE (r.namespace > $2 OR (r.namespace = $2 AND r.name > $3)) AND (r.visibility = 'public'
            OR EXISTS (SELECT 1 FROM repository_roles m WHERE m.repository_id = r.id AND m.user_id = $1))
        ORDER BY r.namespace, r.name LIMIT $4";
}

/// Names that the person with `viewer`'s id may see in a list, behind `last`.
pub(crate) async fn names_visible_to(
    database: &Database,
    viewer: &str,
    last: &str,
    most: i64,
) -> Result<Vec<RepositoryName>, StoreError> {
    let (namespace, name) = last.split_once('/').unwrap_or((last, ""));
    let rows: Vec<(String, String)> = read!(database, pool => sqlx::query_as(NAMES)
        .bind(viewer).bind(namespace).bind(name).bind(most).fetch_all(pool).await)?;
    rows.into_iter().map(|(namespace, name)| name_of(&namespace, &name)).collect()
}
