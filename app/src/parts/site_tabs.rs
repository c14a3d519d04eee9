//! The pages of site admins.

use super::tab_link::TabLink;
use crate::routes::{ADMIN, ADMIN_ACCOUNTS, ADMIN_COMMENTS, ADMIN_LOG, ADMIN_ORGANIZATIONS};
use crate::surroundings::words;
use leptos::prelude::*;

/// Which one is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum SiteTab {
    Overview,
    Accounts,
    Organizations,
    Comments,
    Log,
}

/// The tabs.
#[component]
pub(crate) fn SiteTabs(open: SiteTab) -> AnyView {
    let words = words();
    view! {
        <nav class="tabs" aria-label=words.site.administration>
            <TabLink href=ADMIN.to_owned() is_open=open == SiteTab::Overview>{words.site.overview}</TabLink>
            <TabLink href=ADMIN_ACCOUNTS.to_owned() is_open=open == SiteTab::Accounts>{words.site.people}</TabLink>
            <TabLink href=ADMIN_ORGANIZATIONS.to_owned() is_open=open == SiteTab::Organizations>
                {words.site.organizations}
            </TabLink>
            <TabLink href=ADMIN_COMMENTS.to_owned() is_open=open == SiteTab::Comments>
                {words.comments.comments}
            </TabLink>
            <TabLink href=ADMIN_LOG.to_owned() is_open=open == SiteTab::Log>{words.audit.log}</TabLink>
        </nav>
    }
    .into_any()
}
