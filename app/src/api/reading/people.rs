//! What the pages of accounts and organizations show.

use crate::api::Failure;
use crate::api::context::{answer, caller};
use crate::api::security::expected_passkey;
use model::view::{
    AccessTokenRow, AccountPage, InvitationPage, MembersPage, NamespacePage, OrganizationSettings,
    OrganizationTokensPage, PasskeysPage, PlanPage, TeamPage, TeamsPage, TwoFactorPage,
};
use model::{TeamName, Username};

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

/// The tokens of an organization's programs.
pub(crate) async fn organization_tokens(name: Username) -> Result<OrganizationTokensPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.organization_tokens(&caller.actor, &name).await)
}

/// One's own two-factor sign-in.
pub(crate) async fn two_factor() -> Result<TwoFactorPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.two_factor(&caller.actor).await)
}

/// One's own passkeys.
pub(crate) async fn passkeys() -> Result<PasskeysPage, Failure> {
    let caller = caller()?;
    answer(match expected_passkey() {
        Some(pending) => caller.hub.passkeys_with(&caller.actor, &pending).await,
        None => caller.hub.passkeys(&caller.actor).await,
    })
}

/// Whose password a mailed link changes.
pub(crate) async fn reset_link(token: String) -> Result<Username, Failure> {
    let caller = caller()?;
    answer(caller.hub.reset_link(&token).await)
}
