//! Teams, which Docker Hub's API calls groups: their people and their repositories.

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Input, Named, NamedAccount, NamedOrganization, NamedTeam};
use super::paging::{Results, Wanted};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hub::Hub;
use model::view::{Page, TeamPage, TeamRepository, TeamRow};
use model::{Error, Role, TeamName};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A team.
#[derive(Serialize, ToSchema)]
pub(super) struct Group {
    name: String,
    description: String,
    member_count: u64,
    repository_count: u64,
}

impl From<TeamRow> for Group {
    fn from(row: TeamRow) -> Self {
        Self {
            name: row.name.to_string(),
            description: row.description,
            member_count: row.member_count,
            repository_count: row.repository_count,
        }
    }
}

impl From<TeamPage> for Group {
    fn from(page: TeamPage) -> Self {
        let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
        Self {
            name: page.name.to_string(),
            description: page.description,
            member_count: count(page.members.len()),
            repository_count: count(page.repositories.len()),
        }
    }
}

/// A team to be made.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewGroup {
    name: String,
    #[serde(default)]
    description: String,
}

/// Somebody in a team.
#[derive(Serialize, ToSchema)]
pub(super) struct GroupMember {
    username: String,
}

/// Somebody to be put into a team.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewGroupMember {
    member: String,
}

/// What a team may do in a repository.
#[derive(Serialize, ToSchema)]
pub(super) struct GroupRepository {
    namespace: String,
    name: String,
    #[schema(value_type = String, example = "write")]
    permission: Role,
}

impl From<TeamRepository> for GroupRepository {
    fn from(one: TeamRepository) -> Self {
        Self {
            namespace: one.name.namespace().to_owned(),
            name: one.name.name().to_owned(),
            permission: one.role,
        }
    }
}

/// What a team shall be able to do in a repository.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewPermission {
    /// The team's name.
    group_id: String,
    /// `read`, `write` or `admin`.
    #[schema(value_type = String)]
    permission: Role,
}

/// The teams that one may see, all on one page.
#[utoipa::path(
    get, path = "/v2/orgs/{namespace}/groups", tag = "groups", operation_id = "list_groups",
    params(("namespace" = String, Path)),
    responses(
        (status = 200, body = Results<Group>), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    wanted: Wanted,
) -> Result<Json<Results<Group>>, Refusal> {
    let page = Page::of_all(hub.teams(&actor, &name).await?.teams);
    Ok(Json(wanted.results(page, Group::from)))
}

/// Make a team.
#[utoipa::path(
    post, path = "/v2/orgs/{namespace}/groups", tag = "groups", operation_id = "create_group", request_body = NewGroup,
    params(("namespace" = String, Path)),
    responses(
        (status = 201, body = Group), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn create(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    Input(new): Input<NewGroup>,
) -> Result<(StatusCode, Json<Group>), Refusal> {
    let team = hub.create_team(&actor, &name, &new.name, &new.description).await?;
    Ok((StatusCode::CREATED, Json(hub.team(&actor, &name, &team).await?.into())))
}

/// One team.
#[utoipa::path(
    get, path = "/v2/orgs/{namespace}/groups/{group}", tag = "groups", operation_id = "get_group",
    params(("namespace" = String, Path), ("group" = String, Path)),
    responses(
        (status = 200, body = Group), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn get(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    NamedTeam(team): NamedTeam,
) -> Result<Json<Group>, Refusal> {
    Ok(Json(hub.team(&actor, &name, &team).await?.into()))
}

/// Delete a team; what it gave is gone at once.
#[utoipa::path(
    delete, path = "/v2/orgs/{namespace}/groups/{group}", tag = "groups", operation_id = "delete_group",
    params(("namespace" = String, Path), ("group" = String, Path)),
    responses(
        (status = 204, description = "It is gone"), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn delete(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    NamedTeam(team): NamedTeam,
) -> Result<StatusCode, Refusal> {
    hub.delete_team(&actor, &name, &team).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is in a team, all on one page.
#[utoipa::path(
    get, path = "/v2/orgs/{namespace}/groups/{group}/members", tag = "groups", operation_id = "list_group_members",
    params(("namespace" = String, Path), ("group" = String, Path)),
    responses(
        (status = 200, body = Results<GroupMember>), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn members(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    NamedTeam(team): NamedTeam,
    wanted: Wanted,
) -> Result<Json<Results<GroupMember>>, Refusal> {
    let page = Page::of_all(hub.team(&actor, &name, &team).await?.members);
    Ok(Json(wanted.results(page, |one| GroupMember { username: one.to_string() })))
}

/// Put a member of the organization into a team.
#[utoipa::path(
    post, path = "/v2/orgs/{namespace}/groups/{group}/members", tag = "groups", operation_id = "add_group_member",
    request_body = NewGroupMember, params(("namespace" = String, Path), ("group" = String, Path)),
    responses(
        (status = 200, body = GroupMember), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn add_member(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    NamedTeam(team): NamedTeam,
    Input(new): Input<NewGroupMember>,
) -> Result<Json<GroupMember>, Refusal> {
    hub.add_to_team(&actor, &name, &team, &new.member).await?;
    Ok(Json(GroupMember { username: new.member.trim().to_lowercase() }))
}

/// Take somebody out of a team.
#[utoipa::path(
    delete, path = "/v2/orgs/{namespace}/groups/{group}/members/{username}", tag = "groups",
    operation_id = "remove_group_member",
    params(("namespace" = String, Path), ("group" = String, Path), ("username" = String, Path)),
    responses(
        (status = 204, description = "They are out"), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn remove_member(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    NamedTeam(team): NamedTeam,
    NamedAccount(member): NamedAccount,
) -> Result<StatusCode, Refusal> {
    hub.remove_from_team(&actor, &name, &team, &member).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a team may do where, all on one page.
#[utoipa::path(
    get, path = "/v2/orgs/{namespace}/groups/{group}/repositories", tag = "groups",
    operation_id = "list_group_repositories", params(("namespace" = String, Path), ("group" = String, Path)),
    responses(
        (status = 200, body = Results<GroupRepository>), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn repositories(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    NamedTeam(team): NamedTeam,
    wanted: Wanted,
) -> Result<Json<Results<GroupRepository>>, Refusal> {
    let page = Page::of_all(hub.team(&actor, &name, &team).await?.repositories);
    Ok(Json(wanted.results(page, GroupRepository::from)))
}

/// Give a team a permission in a repository; a new one replaces the old one.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/groups", tag = "groups", operation_id = "give_to_group",
    request_body = NewPermission, params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 200, body = GroupRepository), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn give(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(repository): Named,
    Input(new): Input<NewPermission>,
) -> Result<Json<GroupRepository>, Refusal> {
    let team: TeamName = new.group_id.parse().map_err(|problem| Error::field("group_id", problem))?;
    hub.give_to_team(&actor, &repository, &team, new.permission).await?;
    Ok(Json(TeamRepository { name: repository, role: new.permission }.into()))
}

/// Take a repository from a team.
#[utoipa::path(
    delete, path = "/v2/repositories/{namespace}/{repository}/groups/{group}", tag = "groups",
    operation_id = "take_from_group",
    params(("namespace" = String, Path), ("repository" = String, Path), ("group" = String, Path)),
    responses(
        (status = 204, description = "It may do nothing there any more"), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn take(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(repository): Named,
    NamedTeam(team): NamedTeam,
) -> Result<StatusCode, Refusal> {
    hub.take_from_team(&actor, &repository, &team).await?;
    Ok(StatusCode::NO_CONTENT)
}
