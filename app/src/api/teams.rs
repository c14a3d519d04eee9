//! Forms of teams.

use super::Failure;
use super::context::{caller, settle};
use crate::routes;
use leptos::prelude::*;
use model::{RepositoryName, Role, TeamName, Username};

/// Makes a team and goes to its page.
#[server(prefix = "/api/fn", endpoint = "create_team")]
pub async fn create_team(
    organization: Username,
    team: String,
    #[server(default)] description: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let made = caller.hub.create_team(&caller.actor, &organization, &team, &description).await;
    let done = made.as_ref().map(|team| routes::team(&organization, team)).unwrap_or_default();
    let kept = [("team", team.as_str()), ("description", &description)];
    settle(made.map(drop), &done, &routes::teams(&organization), &kept)
}

/// Deletes a team.
#[server(prefix = "/api/fn", endpoint = "delete_team")]
pub async fn delete_team(organization: Username, team: TeamName) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.delete_team(&caller.actor, &organization, &team).await;
    settle(result, &routes::teams(&organization), &routes::team(&organization, &team), &[])
}

/// Puts somebody into a team.
#[server(prefix = "/api/fn", endpoint = "add_to_team")]
pub async fn add_to_team(organization: Username, team: TeamName, username: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.add_to_team(&caller.actor, &organization, &team, &username).await;
    let page = routes::team(&organization, &team);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Takes somebody out of a team.
#[server(prefix = "/api/fn", endpoint = "remove_from_team")]
pub async fn remove_from_team(
    organization: Username,
    team: TeamName,
    username: Username,
) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.remove_from_team(&caller.actor, &organization, &team, &username).await;
    let page = routes::team(&organization, &team);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Gives a team a role in a repository.
#[server(prefix = "/api/fn", endpoint = "give_to_team")]
pub async fn give_to_team(name: RepositoryName, team: TeamName, role: Role) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.give_to_team(&caller.actor, &name, &team, role).await;
    let page = routes::team_of(name.namespace(), &team);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Takes a team's role in a repository away.
#[server(prefix = "/api/fn", endpoint = "take_from_team")]
pub async fn take_from_team(name: RepositoryName, team: TeamName) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.take_from_team(&caller.actor, &name, &team).await;
    let page = routes::team_of(name.namespace(), &team);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}
