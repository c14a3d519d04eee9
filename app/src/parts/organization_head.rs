//! The head that all pages of one organization share: name, tabs.

use super::tab_link::TabLink;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use model::Membership;
use model::view::OrganizationHead;

/// Which tab is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrganizationTab {
    Repositories,
    Members,
    Teams,
    Tokens,
    Settings,
}

/// Name and tabs. `h1` is the organization's name.
#[component]
pub(crate) fn OrganizationTop(head: OrganizationHead, open: OrganizationTab) -> AnyView {
    let (all, words) = (words(), &words().organizations);
    let name = &head.name;
    let people = head.membership.map(|_| {
        view! {
            <TabLink href=routes::members(name) is_open=open == OrganizationTab::Members>{words.members}</TabLink>
            <TabLink href=routes::teams(name) is_open=open == OrganizationTab::Teams>{words.teams}</TabLink>
        }
    });
    let settings = (head.membership == Some(Membership::Owner)).then(|| {
        view! {
            <TabLink href=routes::organization_tokens(name) is_open=open == OrganizationTab::Tokens>
                {all.tokens.access_tokens}
            </TabLink>
            <TabLink href=routes::organization_settings(name) is_open=open == OrganizationTab::Settings>
                {all.settings}
            </TabLink>
        }
    });
    let title = if head.full_name.is_empty() { name.to_string() } else { head.full_name.clone() };
    view! {
        <header class="repository-head">
            <h1 translate="no">{title}" "<span class="badge">{words.organization}</span></h1>
            {(!head.full_name.is_empty()).then(|| view! { <p class="soft" translate="no">{name.to_string()}</p> })}
            <nav class="tabs" aria-label=name.to_string()>
                <TabLink href=routes::profile(name.as_str()) is_open=open == OrganizationTab::Repositories>
                    {words.repositories}
                </TabLink>
                {people}
                {settings}
            </nav>
        </header>
    }
    .into_any()
}
