//! What pages show, asked while the server renders them. Nothing here changes anything.

use super::Failure;
use super::context::{answer, caller};
use model::view::{
    AccessTokenRow, AccountPage, CollaboratorsPage, HomePage, InvitationPage, MembersPage, NamespacePage,
    OrganizationSettings, PlanPage, RepositoryPage, RepositorySettings, TagPage, TagsPage, TeamPage,
    TeamsPage,
};
use model::{RepositoryName, Tag, TeamName, Username};

/// Rows on a page of tags.
const TAGS: u32 = 25;

/// The front page; pages count from 1.
pub(crate) async fn home(page: u32) -> Result<HomePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.home(&caller.actor, page).await)
}

/// One's own account.
pub(crate) async fn account() -> Result<AccountPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.account(&caller.actor).await)
}

/// The public page of a person or an organization.
pub(crate) async fn namespace(name: Username, page: u32) -> Result<NamespacePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.namespace(&caller.actor, &name, page).await)
}

/// Where the viewer may add repositories.
pub(crate) async fn owned_namespaces() -> Result<Vec<Username>, Failure> {
    let caller = caller()?;
    answer(caller.hub.owned_namespaces(&caller.actor).await)
}

/// Whether the viewer may make an organization.
pub(crate) fn may_create_organizations() -> bool {
    caller().is_ok_and(|caller| caller.hub.may_create_organizations(&caller.actor))
}

/// The people of an organization.
pub(crate) async fn members(name: Username) -> Result<MembersPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.members(&caller.actor, &name).await)
}

/// What an invitation is for.
pub(crate) async fn invitation(token: String) -> Result<InvitationPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.invitation(&caller.actor, &token).await)
}

/// The teams that the viewer may see.
pub(crate) async fn teams(name: Username) -> Result<TeamsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.teams(&caller.actor, &name).await)
}

/// One team.
pub(crate) async fn team(name: Username, team: TeamName) -> Result<TeamPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.team(&caller.actor, &name, &team).await)
}

/// The settings of an organization.
pub(crate) async fn organization_settings(name: Username) -> Result<OrganizationSettings, Failure> {
    let caller = caller()?;
    answer(caller.hub.organization_settings(&caller.actor, &name).await)
}

/// The overview of a repository.
pub(crate) async fn repository(name: RepositoryName) -> Result<RepositoryPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.repository(&caller.actor, &name).await)
}

/// Its settings.
pub(crate) async fn repository_settings(name: RepositoryName) -> Result<RepositorySettings, Failure> {
    let caller = caller()?;
    answer(caller.hub.repository_settings(&caller.actor, &name).await)
}

/// Its tags; pages count from 1.
pub(crate) async fn tags(name: RepositoryName, page: u32) -> Result<TagsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.tags(&caller.actor, &name, page, TAGS).await)
}

/// One tag.
pub(crate) async fn tag(name: RepositoryName, tag: Tag) -> Result<TagPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.tag(&caller.actor, &name, &tag).await)
}

/// Who else may push.
pub(crate) async fn collaborators(name: RepositoryName) -> Result<CollaboratorsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.collaborators(&caller.actor, &name).await)
}

/// What a namespace may have.
pub(crate) async fn plan(namespace: Username) -> Result<PlanPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.plan(&caller.actor, &namespace).await)
}

/// One's own access tokens.
pub(crate) async fn access_tokens() -> Result<Vec<AccessTokenRow>, Failure> {
    let caller = caller()?;
    answer(caller.hub.access_tokens(&caller.actor).await)
}
