//! The head that all pages of one repository share: name, badge, description, tabs.

use super::badge::VisibilityBadge;
use super::notice::{RefusalNotice, refusal};
use super::star_button::StarButton;
use super::tab_link::TabLink;
use crate::routes;
use crate::surroundings::{viewer, words};
use leptos::prelude::*;
use model::view::RepositoryHead;
use model::{Action, RepositoryName, Verdict, decide};

/// Which tab is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    Overview,
    Tags,
    Comments,
    /// Who starred it: no tab, but a page with this head.
    Stars,
    /// What is shown elsewhere: no tab either.
    Badges,
    Statistics,
    Settings,
}

/// Whether the viewer may do `action`; only to hide what would be refused.
pub(crate) fn may(head: &RepositoryHead, action: Action) -> bool {
    decide(viewer().is_some(), head.role, head.visibility, action) == Verdict::Allow
}

/// Name, description, tabs. `h1` is the repository's name.
#[component]
pub(crate) fn Head(head: RepositoryHead, open: Tab) -> AnyView {
    let words = words();
    let name = head.name.clone();
    let settings = may(&head, Action::Describe).then(|| {
        view! { <TabLink href=routes::repository_settings(&name) is_open=open == Tab::Settings>{words.settings}</TabLink> }
    });
    let comments = head.comments.map(|count| {
        view! {
            <TabLink href=routes::comments(&name) is_open=open == Tab::Comments>
                {words.comments.comments}" "<span class="count">{count}</span>
            </TabLink>
        }
    });
    view! {
        <header class="repository-head">
            <div class="title-row">
                <h1 translate="no">
                    <a class="namespace" href=routes::profile(name.namespace())>{name.namespace().to_owned()}</a>
                    <span class="slash">"/"</span>
                    <a href=routes::repository(&name)>{name.name().to_owned()}</a>
                    <VisibilityBadge visibility=head.visibility/>
                    {name.is_official().then(|| view! { <span class="badge">{words.official}</span> })}
                </h1>
                <div class="measures">
                    {pulls(head.pulls)}
                    <StarButton name=name.clone() stars=head.stars is_starred=head.is_starred/>
                </div>
            </div>
            {(!head.description.is_empty()).then(|| view! { <p class="lead">{head.description.clone()}</p> })}
            <nav class="tabs" aria-label=name.to_string()>
                <TabLink href=routes::repository(&name) is_open=open == Tab::Overview>{words.overview}</TabLink>
                <TabLink href=routes::tags(&name) is_open=open == Tab::Tags>
                    {words.tags}" "<span class="count">{head.tag_count}</span>
                </TabLink>
                {comments}
                <TabLink href=routes::pulls(&name) is_open=open == Tab::Statistics>{words.pulls.statistics}</TabLink>
                {settings}
            </nav>
            // The other pages have forms of their own, which say themselves what was refused.
            {matches!(open, Tab::Overview | Tab::Tags | Tab::Stars | Tab::Statistics)
                .then(|| view! { <RefusalNotice refusal=refusal()/> })}
        </header>
    }
    .into_any()
}

/// How often it was pulled; nothing is said of nothing.
fn pulls(count: u64) -> Option<AnyView> {
    let words = &words().stars;
    (count > 0).then(|| {
        view! { <span class="soft" title=(words.pull_count_exact)(count)>{(words.pull_count)(count)}</span> }.into_any()
    })
}

/// Which page of the settings is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum SettingsTab {
    General,
    Collaborators,
    Comments,
    Webhooks,
    Log,
}

/// The pages of the settings.
#[component]
pub(crate) fn SettingsTabs(name: RepositoryName, open: SettingsTab) -> AnyView {
    let words = words();
    view! {
        <nav class="tabs minor" aria-label=words.settings>
            <TabLink href=routes::repository_settings(&name) is_open=open == SettingsTab::General>
                {words.rights.general}
            </TabLink>
            <TabLink href=routes::collaborators(&name) is_open=open == SettingsTab::Collaborators>
                {words.rights.collaborators}
            </TabLink>
            <TabLink href=routes::moderation(&name) is_open=open == SettingsTab::Comments>
                {words.comments.comments}
            </TabLink>
            <TabLink href=routes::webhooks(&name) is_open=open == SettingsTab::Webhooks>
                {words.webhooks.webhooks}
            </TabLink>
            <TabLink href=routes::repository_log(&name) is_open=open == SettingsTab::Log>{words.audit.log}</TabLink>
        </nav>
    }
    .into_any()
}
