//! Links to the pages that `table` lists.

use crate::words::Locale;
use form_urlencoded::byte_serialize;
use model::{Badge, RepositoryName, SearchOrder, Tag, TeamName, Username};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Where one signs in.
pub(crate) const SIGN_IN: &str = "/login";

/// A path of ours that leads on to `next`.
pub(crate) fn with_next(path: &str, next: &str) -> String {
    let next: String = byte_serialize(next.as_bytes()).collect();
    format!("{path}?next={next}")
}

/// What there is to discover.
pub(crate) const EXPLORE: &str = "/explore";

/// What was searched for.
pub(crate) const SEARCH: &str = "/search";

/// All repositories in another order.
pub(crate) fn search_by(order: SearchOrder) -> String {
    format!("{SEARCH}?order={}", order.as_str())
}

/// The page of a repository.
pub(crate) fn repository(name: &RepositoryName) -> String {
    format!("/r/{name}")
}

/// Its tags.
pub(crate) fn tags(name: &RepositoryName) -> String {
    format!("/r/{name}/tags")
}

/// One tag.
pub(crate) fn tag(name: &RepositoryName, tag: &Tag) -> String {
    format!("/r/{name}/tags/{tag}")
}

/// Its comments.
pub(crate) fn comments(name: &RepositoryName) -> String {
    format!("/r/{name}/comments")
}

/// One comment in its thread.
pub(crate) fn comment(name: &RepositoryName, id: &str) -> String {
    format!("/r/{name}/comments/{id}")
}

/// The same, where it stands on that page.
pub(crate) fn comment_in_thread(name: &RepositoryName, id: &str) -> String {
    format!("/r/{name}/comments/{id}#comment-{id}")
}

/// The form that does something with it: `reply`, `edit`, `delete`, `flag` or `moderate`.
pub(crate) fn comment_action(name: &RepositoryName, id: &str, action: &str) -> String {
    format!("/r/{name}/comments/{id}?do={action}")
}

/// What its moderators decide about.
pub(crate) fn moderation(name: &RepositoryName) -> String {
    format!("/r/{name}/settings/comments")
}

/// How often it is pulled.
pub(crate) fn pulls(name: &RepositoryName) -> String {
    format!("/r/{name}/pulls")
}

/// Its settings.
pub(crate) fn repository_settings(name: &RepositoryName) -> String {
    format!("/r/{name}/settings")
}

/// A person's page.
pub(crate) fn profile(name: &str) -> String {
    format!("/u/{name}")
}

/// One's own bookmarks.
pub(crate) const STARS: &str = "/stars";

/// What one was told of.
pub(crate) const NOTIFICATIONS: &str = "/notifications";

/// Somebody's stars.
pub(crate) fn stars_of(name: &str) -> String {
    format!("/u/{name}/stars")
}

/// Who starred a repository.
pub(crate) fn stargazers(name: &RepositoryName) -> String {
    format!("/r/{name}/stars")
}

/// Who else may push to a repository.
pub(crate) fn collaborators(name: &RepositoryName) -> String {
    format!("/r/{name}/settings/collaborators")
}

/// Who is told of pushes.
pub(crate) fn webhooks(name: &RepositoryName) -> String {
    format!("/r/{name}/settings/webhooks")
}

/// One webhook.
pub(crate) fn webhook(name: &RepositoryName, id: &str) -> String {
    format!("/r/{name}/settings/webhooks/{id}")
}

/// One run of it.
pub(crate) fn webhook_run(name: &RepositoryName, id: &str, run: &str) -> String {
    format!("/r/{name}/settings/webhooks/{id}/runs/{run}")
}

/// What happens to it, as it happens.
pub(crate) fn webhook_run_events(name: &RepositoryName, id: &str, run: &str) -> String {
    format!("{}/events", webhook_run(name, id, run))
}

/// For those who write receivers of webhooks.
pub(crate) const HELP_WEBHOOKS: &str = "/help/webhooks";

/// What a namespace may have.
pub(crate) fn plan(namespace: &str) -> String {
    format!("/u/{namespace}/plan")
}

/// The form that makes an organization.
pub(crate) const NEW_ORGANIZATION: &str = "/orgs/new";

/// The people of an organization.
pub(crate) fn members(organization: &Username) -> String {
    format!("/u/{organization}/members")
}

/// Its teams.
pub(crate) fn teams(organization: &Username) -> String {
    format!("/u/{organization}/teams")
}

/// One team.
pub(crate) fn team(organization: &Username, team: &TeamName) -> String {
    team_of(organization.as_str(), team)
}

/// One team of the namespace.
pub(crate) fn team_of(namespace: &str, team: &TeamName) -> String {
    format!("/u/{namespace}/teams/{team}")
}

/// The settings of an organization.
pub(crate) fn organization_settings(organization: &Username) -> String {
    format!("/u/{organization}/settings")
}

/// Where an invitation is accepted.
pub(crate) fn join(token: &str) -> String {
    format!("/join/{token}")
}

/// One's own access tokens.
pub(crate) const ACCESS_TOKENS: &str = "/settings/tokens";

/// One's own two-factor sign-in.
pub(crate) const TWO_FACTOR: &str = "/settings/two-factor";

/// One's own passkeys.
pub(crate) const PASSKEYS: &str = "/settings/passkeys";

/// The second step of signing in.
pub(crate) const SIGN_IN_CODE: &str = "/login/code";

/// Where a forgotten password is told.
pub(crate) const FORGOTTEN: &str = "/reset";

/// What is there and what runs, for site admins.
pub(crate) const ADMIN: &str = "/admin";
pub(crate) const ADMIN_ACCOUNTS: &str = "/admin/accounts";
pub(crate) const ADMIN_ORGANIZATIONS: &str = "/admin/organizations";
pub(crate) const ADMIN_COMMENTS: &str = "/admin/comments";
pub(crate) const ADMIN_LOG: &str = "/admin/log";

/// Where a change of visibility is confirmed.
pub(crate) fn change_visibility(name: &RepositoryName) -> String {
    format!("/r/{name}/settings/visibility")
}

/// What happened to a repository.
pub(crate) fn repository_log(name: &RepositoryName) -> String {
    format!("/r/{name}/settings/log")
}

/// What happened in a namespace.
pub(crate) fn namespace_log(namespace: &str) -> String {
    format!("/u/{namespace}/log")
}

/// The tokens of an organization.
pub(crate) fn organization_tokens(organization: &Username) -> String {
    format!("/u/{organization}/tokens")
}

/// What a site elsewhere may show of a repository: badges, feed, picture.
pub(crate) fn badges(name: &RepositoryName) -> String {
    format!("/r/{name}/badges")
}

/// One badge.
pub(crate) fn badge(name: &RepositoryName, badge: Badge) -> String {
    format!("/r/{name}/badge/{}.svg", badge.as_str())
}

/// Its pushes, for feed readers that show this language.
pub(crate) fn feed(name: &RepositoryName, locale: Locale) -> String {
    format!("/r/{name}/feed.atom{}", in_language(locale))
}

/// What follows an address whose answer is English for whoever does not ask.
pub(crate) fn in_language(locale: Locale) -> String {
    match locale {
        Locale::English => String::new(),
        Locale::Chinese => format!("?lang={}", locale.tag()),
    }
}

/// The picture of the hub, for pages that have none of their own.
pub(crate) const PICTURE: &str = "/picture.png";

/// The picture of a repository or a namespace, below the path of its page. Whoever shows pages elsewhere keeps pictures
/// by their addresses: another picture has another one.
pub(crate) fn picture(page: &str, shown: impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    shown.hash(&mut hasher);
    format!("{page}/picture.png?v={:x}", hasher.finish())
}
