//! SQL of teams: who is in them, and what they may do where.

use super::organizations::username;
use super::repositories::{count, name_of};
use super::{Change, Database, StoreError, access, read, statements, write};
use model::view::{TeamRepository, TeamRow};
use model::{RepositoryName, Role, TeamName, Timestamp, Username};

statements! {
    /// $2: only those with this person in them; empty: all.
    OF_ORGANIZATION = "
        SELECT t.name, t.description,
            (SELECT COUNT(*) FROM team_members m WHERE m.team_id = t.id) AS members,
            (SELECT COUNT(*) FROM team_repositories r WHERE r.team_id = t.id) AS repositories
        FROM teams t
        WHERE t.organization = $1 AND ($2 = ''
            OR EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = t.id AND m.user_id = $2))
        ORDER BY t.name";
    FIND = "SELECT id, description FROM teams WHERE organization = $1 AND name = $2";
    HAS = "SELECT COUNT(*) FROM team_members WHERE team_id = $1 AND user_id = $2";
    MEMBERS = "
        SELECT u.username FROM team_members m JOIN users u ON u.id = m.user_id WHERE m.team_id = $1
        ORDER BY u.username";
    REPOSITORIES = "
        SELECT r.namespace, r.name, t.role FROM team_repositories t JOIN repositories r ON r.id = t.repository_id
        WHERE t.team_id = $1 ORDER BY r.name";
    NAMES = "SELECT namespace, name FROM repositories WHERE namespace = $1 ORDER BY name LIMIT 1000";
    ADD = "
        INSERT INTO teams (id, organization, name, description, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (organization, name) DO NOTHING";
    DELETE = "DELETE FROM teams WHERE id = $1";
    /// Only somebody who belongs to the organization.
    ADD_MEMBER = "
        INSERT INTO team_members (team_id, user_id)
        SELECT t.id, m.user_id FROM teams t JOIN namespace_members m ON m.namespace = t.organization
        WHERE t.id = $1 AND m.user_id = $2
        ON CONFLICT (team_id, user_id) DO NOTHING";
    REMOVE_MEMBER = "
        DELETE FROM team_members
        WHERE team_id = $1 AND user_id = (SELECT id FROM users WHERE username = $2)";
    GIVE = "
        INSERT INTO team_repositories (team_id, repository_id, role) VALUES ($1, $2, $3)
        ON CONFLICT (team_id, repository_id) DO UPDATE SET role = excluded.role";
    TAKE = "DELETE FROM team_repositories WHERE team_id = $1 AND repository_id = $2";
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    name: String,
    description: String,
    members: i64,
    repositories: i64,
}

/// The teams of an organization by name; with `user_id` only theirs.
pub(crate) async fn of_organization(
    database: &Database,
    organization: &Username,
    user_id: &str,
) -> Result<Vec<TeamRow>, StoreError> {
    let rows: Vec<ListedRow> = read!(database, pool => sqlx::query_as(OF_ORGANIZATION)
        .bind(organization.as_str()).bind(user_id).fetch_all(pool).await)?;
    rows.into_iter()
        .map(|row| {
            Ok(TeamRow {
                name: row.name.parse().map_err(|_| StoreError::corrupt("team name"))?,
                description: row.description,
                member_count: count(row.members),
                repository_count: count(row.repositories),
            })
        })
        .collect()
}

/// A team as stored.
#[derive(sqlx::FromRow)]
pub(crate) struct FoundTeam {
    pub(crate) id: String,
    pub(crate) description: String,
}

/// The team of that name.
pub(crate) async fn find(
    database: &Database,
    organization: &Username,
    name: &TeamName,
) -> Result<Option<FoundTeam>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(FIND)
        .bind(organization.as_str()).bind(name.as_str()).fetch_optional(pool).await)?)
}

/// Whether somebody is in the team.
pub(crate) async fn has(database: &Database, team_id: &str, user_id: &str) -> Result<bool, StoreError> {
    let found: i64 = read!(database, pool => sqlx::query_scalar(HAS)
        .bind(team_id).bind(user_id).fetch_one(pool).await)?;
    Ok(found > 0)
}

/// Who is in it, by name.
pub(crate) async fn members(database: &Database, team_id: &str) -> Result<Vec<Username>, StoreError> {
    let names: Vec<String> =
        read!(database, pool => sqlx::query_scalar(MEMBERS).bind(team_id).fetch_all(pool).await)?;
    names.iter().map(|name| username(name)).collect()
}

/// What it may do where, by name.
pub(crate) async fn repositories(
    database: &Database,
    team_id: &str,
) -> Result<Vec<TeamRepository>, StoreError> {
    let rows: Vec<(String, String, i64)> =
        read!(database, pool => sqlx::query_as(REPOSITORIES).bind(team_id).fetch_all(pool).await)?;
    rows.into_iter()
        .map(|(namespace, name, rank)| {
            Ok(TeamRepository { name: name_of(&namespace, &name)?, role: access::role_of_rank(rank)? })
        })
        .collect()
}

/// The repositories of an organization, by name; of many only the first thousand.
pub(crate) async fn choices(
    database: &Database,
    organization: &Username,
) -> Result<Vec<RepositoryName>, StoreError> {
    let rows: Vec<(String, String)> = read!(database, pool => sqlx::query_as(NAMES)
        .bind(organization.as_str()).fetch_all(pool).await)?;
    rows.iter().map(|(namespace, name)| name_of(namespace, name)).collect()
}

/// Adds a team; `false`: the name is taken.
pub(crate) async fn add(
    change: &mut Change,
    organization: &Username,
    name: &TeamName,
    description: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let added = write!(change, c => sqlx::query(ADD)
        .bind(super::new_id()).bind(organization.as_str()).bind(name.as_str()).bind(description).bind(at.0)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added > 0)
}

/// Deletes a team with all that it gave.
pub(crate) async fn delete(change: &mut Change, team_id: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(DELETE).bind(team_id).execute(c).await.map(drop))?)
}

/// Adds somebody; `false`: they are in it already, or not in the organization.
pub(crate) async fn add_member(
    change: &mut Change,
    team_id: &str,
    user_id: &str,
) -> Result<bool, StoreError> {
    let added = write!(change, c => sqlx::query(ADD_MEMBER)
        .bind(team_id).bind(user_id).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added > 0)
}

/// Takes somebody out; `false`: they are not in it.
pub(crate) async fn remove_member(
    change: &mut Change,
    team_id: &str,
    member: &Username,
) -> Result<bool, StoreError> {
    let removed = write!(change, c => sqlx::query(REMOVE_MEMBER)
        .bind(team_id).bind(member.as_str()).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(removed > 0)
}

/// Gives the team a role in a repository.
pub(crate) async fn give(
    change: &mut Change,
    team_id: &str,
    repository_id: &str,
    role: Role,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(GIVE)
        .bind(team_id).bind(repository_id).bind(access::rank(role)).execute(c).await.map(drop))?)
}

/// Takes it away; `false`: it had none.
pub(crate) async fn take(
    change: &mut Change,
    team_id: &str,
    repository_id: &str,
) -> Result<bool, StoreError> {
    let taken = write!(change, c => sqlx::query(TAKE)
        .bind(team_id).bind(repository_id).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}
