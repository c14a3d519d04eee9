//! SQL of READMEs that are to be rendered again.

use super::{Change, Database, StoreError, read, statements, write};

statements! {
    // In the words of the index: it has only those with a text.
    OLDER = "
        SELECT id, full_description AS markdown FROM repositories
        WHERE readme_version < $1 AND full_description <> '' ORDER BY readme_version LIMIT $2";
    REPLACE = "
        UPDATE repositories SET readme_html = $3, readme_version = $4
        WHERE id = $1 AND full_description = $2 AND readme_version < $4";
}

/// A README as it was typed.
#[derive(sqlx::FromRow)]
pub(crate) struct Readme {
    pub(crate) id: String,
    pub(crate) markdown: String,
}

/// READMEs that an older renderer wrote.
pub(crate) async fn older_than(
    database: &Database,
    version: i64,
    most: u32,
) -> Result<Vec<Readme>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(OLDER)
        .bind(version).bind(i64::from(most)).fetch_all(pool).await)?)
}

/// Puts what was rendered in the place of what was there, unless the text is another by now. How many it was.
pub(crate) async fn replace(
    change: &mut Change,
    readme: &Readme,
    html: &str,
    version: i64,
) -> Result<u64, StoreError> {
    Ok(write!(change, c => sqlx::query(REPLACE)
        .bind(&readme.id).bind(&readme.markdown).bind(html).bind(version)
        .execute(c).await.map(|done| done.rows_affected()))?)
}
