//! What pages show, asked while the server renders them. Nothing here changes anything.

use super::Failure;
use super::context::{answer, caller};
use super::security::expected_passkey;
use hub::{AuditQuery, AuditScope, CommentQueue, SearchQuery, StarQuery};
use model::view::{
    AccessTokenRow, AccountPage, AccountsPage, AuditPage, CollaboratorsPage, CommentsPage, ExplorePage,
    HomePage, InvitationPage, MembersPage, ModerationPage, NamespacePage, NoticesPage, OrganizationRow,
    OrganizationSettings, OrganizationTokensPage, Page, PasskeysPage, PlanPage, PullSpan, PullsPage,
    RepositoryHead, RepositoryPage, RepositorySettings, RunPage, SearchPage, SiteModerationPage, SitePage,
    StargazersPage, StarsPage, TagPage, TagsPage, TeamPage, TeamsPage, ThreadPage, TwoFactorPage,
    WebhookPage, WebhooksPage,
};
use model::{Error, RepositoryName, Tag, TeamName, Username};

/// Rows on a page of tags.
const TAGS: u32 = 25;

/// The front page.
pub(crate) async fn home() -> Result<HomePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.home(&caller.actor).await)
}

/// What there is to discover.
pub(crate) async fn explore() -> Result<ExplorePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.explore().await)
}

/// What fits what was typed.
pub(crate) async fn search(query: SearchQuery) -> Result<SearchPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.search(&caller.actor, &query).await)
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
    let found = caller.hub.repository(&caller.actor, &name).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// Its settings.
pub(crate) async fn repository_settings(name: RepositoryName) -> Result<RepositorySettings, Failure> {
    let caller = caller()?;
    answer(caller.hub.repository_settings(&caller.actor, &name).await)
}

/// Its tags; pages count from 1.
pub(crate) async fn tags(name: RepositoryName, page: u32) -> Result<TagsPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.tags(&caller.actor, &name, page, TAGS).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// One tag.
pub(crate) async fn tag(name: RepositoryName, tag: Tag) -> Result<TagPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.tag(&caller.actor, &name, &tag).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// Its comments; pages count from 1.
pub(crate) async fn comments(name: RepositoryName, page: u32) -> Result<CommentsPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.comments(&caller.actor, &name, page).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// One comment in its thread; without a page, the one that has it.
pub(crate) async fn comment_thread(
    name: RepositoryName,
    id: String,
    page: Option<u32>,
) -> Result<ThreadPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.comment_thread(&caller.actor, &name, &id, page).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// What a repository's moderators decide about.
pub(crate) async fn moderation(
    name: RepositoryName,
    queue: CommentQueue,
    page: u32,
) -> Result<ModerationPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.moderation(&caller.actor, &name, queue, page).await)
}

/// What site admins decide about.
pub(crate) async fn site_moderation(queue: CommentQueue, page: u32) -> Result<SiteModerationPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.site_moderation(&caller.actor, queue, page).await)
}

/// Its statistics; pages of tags count from 1.
pub(crate) async fn pulls(name: RepositoryName, span: PullSpan, page: u32) -> Result<PullsPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.pulls(&caller.actor, &name, span, page).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// Who else may push.
pub(crate) async fn collaborators(name: RepositoryName) -> Result<CollaboratorsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.collaborators(&caller.actor, &name).await)
}

/// One's own bookmarks.
pub(crate) async fn stars(query: StarQuery) -> Result<StarsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.stars(&caller.actor, &query).await)
}

/// Somebody's stars.
pub(crate) async fn stars_of(name: Username, page: u32) -> Result<StarsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.stars_of(&caller.actor, &name, page).await)
}

/// Who starred a repository.
pub(crate) async fn stargazers(name: RepositoryName, page: u32) -> Result<StargazersPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.stargazers(&caller.actor, &name, page).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// What one was told of.
pub(crate) async fn notices(page: u32) -> Result<NoticesPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.notices(&caller.actor, page).await)
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

/// A page that was asked for by a former name is elsewhere.
fn at_home<T>(
    found: Result<T, Error>,
    asked: &RepositoryName,
    head: fn(&T) -> &RepositoryHead,
) -> Result<T, Error> {
    let page = found?;
    let now = &head(&page).name;
    if now == asked {
        return Ok(page);
    }
    Err(Error::Moved { from: asked.clone(), to: now.clone() })
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

/// A repository's webhooks, and where deliveries come from.
pub(crate) async fn webhooks(name: RepositoryName) -> Result<(WebhooksPage, Vec<String>), Failure> {
    let caller = caller()?;
    let page = answer(caller.hub.webhooks(&caller.actor, &name).await)?;
    Ok((page, caller.hub.settings().webhook_sources.clone()))
}

/// Pauses between the attempts of a delivery, in milliseconds, and where deliveries come from.
pub(crate) fn webhook_terms() -> (Vec<i64>, Vec<String>) {
    let Ok(caller) = caller() else { return Default::default() };
    let settings = caller.hub.settings();
    (settings.webhook_schedule.clone(), settings.webhook_sources.clone())
}

/// One webhook with a page of its history.
pub(crate) async fn webhook(name: RepositoryName, id: String, page: u32) -> Result<WebhookPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.webhook(&caller.actor, &name, &id, page).await)
}

/// One run of a webhook.
pub(crate) async fn webhook_run(name: RepositoryName, id: String, run: String) -> Result<RunPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.webhook_run(&caller.actor, &name, &id, &run).await)
}

/// Whose password a mailed link changes.
pub(crate) async fn reset_link(token: String) -> Result<Username, Failure> {
    let caller = caller()?;
    answer(caller.hub.reset_link(&token).await)
}

/// A page of a log.
pub(crate) async fn audit_log(scope: AuditScope, query: AuditQuery) -> Result<AuditPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.audit_log(&caller.actor, &scope, &query).await)
}

/// What is there and what runs.
pub(crate) async fn site() -> Result<SitePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.site(&caller.actor).await)
}

/// Accounts with `part` in their name or e-mail.
pub(crate) async fn accounts(part: String, page: u32) -> Result<AccountsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.accounts(&caller.actor, &part, page).await)
}

/// Organizations with `part` in their name.
pub(crate) async fn all_organizations(part: String, page: u32) -> Result<Page<OrganizationRow>, Failure> {
    let caller = caller()?;
    answer(caller.hub.all_organizations(&caller.actor, &part, page).await)
}

/// The settings of a repository, and where its viewer could move it.
pub(crate) async fn movable(name: RepositoryName) -> Result<(RepositorySettings, Vec<Username>), Failure> {
    let caller = caller()?;
    let both = async {
        let settings = caller.hub.repository_settings(&caller.actor, &name).await?;
        let namespaces = caller.hub.owned_namespaces(&caller.actor).await?;
        Ok((settings, namespaces))
    };
    answer(both.await)
}
