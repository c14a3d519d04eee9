//! SQL of repositories: making, changing and reading one. `repository_lists` has many.

use super::{Change, Database, StoreError, access, read, statements, write};
use crate::access::Entered;
use model::comment::CommentPolicy;
use model::view::RepositoryHead;
use model::{RepositoryName, Role, Timestamp, Visibility};

/// What is asked for of $1, with the counts of every page's head, for the eyes of $2.
macro_rules! counted {
    ($what:literal) => {
        concat!(
            "SELECT ",
            $what,
            ", r.stars, r.pulls, r.comments, r.comment_policy, (SELECT COUNT(*) FROM tags t WHERE t.repository_id = r.id) AS tag_count,
                EXISTS (SELECT 1 FROM stars s WHERE s.repository_id = r.id AND s.user_id = $2) AS is_starred
            FROM repositories r WHERE r.id = $1"
        )
    };
}

statements! {
    ADD = "
        INSERT INTO repositories (id, namespace, name, visibility, description, full_description, readme_html,
            created_at, updated_at, readme_version)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $8, $10 WHERE EXISTS (SELECT 1 FROM namespaces WHERE name = $2)
            AND NOT EXISTS (SELECT 1 FROM former_names WHERE namespace = $2 AND name = $3 AND left_at > $9)
        ON CONFLICT (namespace, name) DO NOTHING";
    FORGET_FORMER = "DELETE FROM former_names WHERE namespace = $1 AND name = $2";
    NAMESPACE_ROLE = "SELECT role FROM namespace_members WHERE namespace = $1 AND user_id = $2 AND role > 0";
    TEXTS = counted!("full_description, readme_html, updated_at");
    COUNTS = counted!("1");
    STORED = "
        SELECT CAST(COALESCE(SUM(b.size), 0) AS BIGINT) FROM repository_blobs rb
        JOIN blobs b ON b.digest = rb.digest WHERE rb.repository_id = $1";
    DESCRIBE = "
        UPDATE repositories SET description = COALESCE($2, description),
            full_description = COALESCE($3, full_description), readme_html = COALESCE($4, readme_html),
            readme_version = CASE WHEN $4 IS NULL THEN readme_version ELSE $5 END
        WHERE id = $1";
    VISIBILITY = "SELECT visibility FROM repositories WHERE id = $1";
    SET_VISIBILITY = "UPDATE repositories SET visibility = $2 WHERE id = $1";
    DELETE_TAGS = "DELETE FROM tags WHERE repository_id = $1";
    HOLD = "UPDATE repositories SET updated_at = updated_at WHERE id = $1";
    DELETE = "DELETE FROM repositories WHERE id = $1";
}

/// A README as it is shown, and which version of the renderer wrote it.
#[derive(Clone, Copy)]
pub(crate) struct Rendered<'a> {
    pub(crate) html: &'a str,
    pub(crate) version: i64,
}

/// What a new repository starts with.
pub(crate) struct NewRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a RepositoryName,
    pub(crate) visibility: Visibility,
    pub(crate) description: &'a str,
    pub(crate) full_description: &'a str,
    pub(crate) readme: Rendered<'a>,
    pub(crate) at: Timestamp,
    /// Names that were left after this are nobody's yet.
    pub(crate) guarded_since: Timestamp,
}

/// Adds a repository; `false`: the name is taken or was lately, or its namespace does not exist.
pub(crate) async fn add(change: &mut Change, new: &NewRow<'_>) -> Result<bool, StoreError> {
    let added = write!(change, c => sqlx::query(ADD)
        .bind(new.id).bind(new.name.namespace()).bind(new.name.name()).bind(new.visibility.as_str())
        .bind(new.description).bind(new.full_description).bind(new.readme.html).bind(new.at.0)
        .bind(new.guarded_since.0).bind(new.readme.version).execute(c).await.map(|done| done.rows_affected()))?;
    if added > 0 {
        forget_former(change, new.name).await?;
    }
    Ok(added > 0)
}

/// The name leads to no other repository any more.
pub(crate) async fn forget_former(change: &mut Change, name: &RepositoryName) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(FORGET_FORMER)
        .bind(name.namespace()).bind(name.name()).execute(c).await.map(drop))?)
}

/// The role that somebody has in all of a namespace.
pub(crate) async fn namespace_role(
    database: &Database,
    namespace: &str,
    user_id: &str,
) -> Result<Option<Role>, StoreError> {
    let rank: Option<i64> = read!(database, pool => sqlx::query_scalar(NAMESPACE_ROLE)
        .bind(namespace).bind(user_id).fetch_optional(pool).await)?;
    rank.map(access::role_of_rank).transpose()
}

/// The long texts and the counts of one repository.
#[derive(sqlx::FromRow)]
pub(crate) struct TextsRow {
    pub(crate) full_description: String,
    pub(crate) readme_html: String,
    pub(crate) updated_at: i64,
    #[sqlx(flatten)]
    pub(crate) counts: CountsRow,
}

/// The counts of one repository, and whether whoever asks starred it.
#[derive(sqlx::FromRow)]
pub(crate) struct CountsRow {
    tag_count: i64,
    stars: i64,
    is_starred: bool,
    pulls: i64,
    comments: i64,
    comment_policy: String,
}

impl CountsRow {
    /// The head that each page of a repository has.
    pub(crate) fn head(&self, entered: &Entered) -> RepositoryHead {
        RepositoryHead {
            name: entered.name().clone(),
            description: entered.description().to_owned(),
            visibility: entered.visibility(),
            role: entered.role(),
            tag_count: count(self.tag_count),
            stars: count(self.stars),
            is_starred: self.is_starred,
            pulls: count(self.pulls),
            comments: self.comments(),
        }
    }

    fn comments(&self) -> Option<u64> {
        let is_off = self.comment_policy == CommentPolicy::Off.as_str();
        Some(count(self.comments)).filter(|comments| *comments > 0 || !is_off)
    }
}

/// What the overview and the settings show beside the head.
pub(crate) async fn texts(database: &Database, entered: &Entered) -> Result<TextsRow, StoreError> {
    read!(database, pool => sqlx::query_as(TEXTS)
        .bind(entered.id()).bind(entered.user_id()).fetch_optional(pool).await)?
    .ok_or(StoreError::Gone)
}

/// What the head shows, for pages that need no texts.
pub(crate) async fn counts(database: &Database, entered: &Entered) -> Result<CountsRow, StoreError> {
    read!(database, pool => sqlx::query_as(COUNTS)
        .bind(entered.id()).bind(entered.user_id()).fetch_optional(pool).await)?
    .ok_or(StoreError::Gone)
}

/// Bytes of all blobs that it may serve.
pub(crate) async fn stored(database: &Database, entered: &Entered) -> Result<u64, StoreError> {
    let bytes: i64 =
        read!(database, pool => sqlx::query_scalar(STORED).bind(entered.id()).fetch_one(pool).await)?;
    Ok(count(bytes))
}

/// Replaces the descriptions that are given.
pub(crate) async fn describe(
    change: &mut Change,
    entered: &Entered,
    short: Option<&str>,
    full: Option<(&str, Rendered<'_>)>,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(DESCRIBE)
        .bind(entered.id()).bind(short).bind(full.map(|(markdown, _)| markdown))
        .bind(full.map(|(_, readme)| readme.html)).bind(full.map(|(_, readme)| readme.version))
        .execute(c).await.map(drop))?)
}

/// Who can find and pull it, as this change sees it.
pub(crate) async fn visibility(change: &mut Change, entered: &Entered) -> Result<Visibility, StoreError> {
    let word: String =
        write!(change, c => sqlx::query_scalar(VISIBILITY).bind(entered.id()).fetch_one(c).await)?;
    access::visibility_of_word(&word)
}

/// Switches who can find and pull it.
pub(crate) async fn set_visibility(
    change: &mut Change,
    entered: &Entered,
    visibility: Visibility,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(SET_VISIBILITY)
        .bind(entered.id()).bind(visibility.as_str()).execute(c).await.map(drop))?)
}

/// Keeps others from changing the repository until `change` ends; `false`: it was deleted meanwhile.
pub(crate) async fn hold(change: &mut Change, entered: &Entered) -> Result<bool, StoreError> {
    let held = write!(change, c => sqlx::query(HOLD)
        .bind(entered.id()).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(held > 0)
}

/// Deletes the repository with everything that hangs on it. Blobs stay in the store until they are collected.
pub(crate) async fn delete(change: &mut Change, entered: &Entered) -> Result<(), StoreError> {
    // Tags refer to manifests without a cascade, so that no manifest goes while a tag needs it.
    write!(change, c => sqlx::query(DELETE_TAGS).bind(entered.id()).execute(c).await.map(drop))?;
    Ok(write!(change, c => sqlx::query(DELETE).bind(entered.id()).execute(c).await.map(drop))?)
}

/// A count of the database, which is never negative.
pub(crate) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// The name whose halves are stored apart.
pub(crate) fn name_of(namespace: &str, name: &str) -> Result<RepositoryName, StoreError> {
    format!("{namespace}/{name}").parse().map_err(|_| StoreError::corrupt("repository name"))
}
