//! A role in a repository, written as a row: whatever page or API will give roles, the rule is the same.

#![expect(clippy::expect_used, reason = "a test helper fails by panicking")]

use model::{RepositoryName, Role};
use sqlx::{Connection, SqliteConnection};
use std::path::Path;

const ADD: &str = "INSERT INTO repository_members (repository_id, user_id, role)
    SELECT r.id, u.id, $4 FROM repositories r, users u
    WHERE r.namespace = $1 AND r.name = $2 AND u.username = $3";

/// Gives `username` a role in `name`, past the running hub of the SQLite file: before it asks for the first time.
///
/// # Panics
/// There is no such repository or person.
pub async fn add_collaborator(database: &Path, name: &RepositoryName, username: &str, role: Role) {
    let url = format!("sqlite:{}", database.display());
    let mut connection = SqliteConnection::connect(&url).await.expect("the hub's database");
    let rank: i64 =
        Role::ALL.iter().zip(1..).find_map(|(r, rank)| (*r == role).then_some(rank)).expect("a role");
    let query = sqlx::query(ADD).bind(name.namespace()).bind(name.name()).bind(username).bind(rank);
    let done = query.execute(&mut connection).await.expect("the row fits");
    assert_eq!(done.rows_affected(), 1, "{username} in {name}");
    connection.close().await.expect("closed");
}
