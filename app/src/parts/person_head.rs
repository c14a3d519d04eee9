//! The head that the pages of one person share: name, tabs.

use super::tab_link::TabLink;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use model::Username;

/// Which tab is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PersonTab {
    Repositories,
    Stars,
}

/// Name and tabs. `more` stands between them; `stars` are those that the viewer may find.
#[component]
pub(crate) fn PersonTop(
    username: Username,
    stars: u64,
    open: PersonTab,
    #[prop(optional)] children: Option<Children>,
) -> AnyView {
    let words = &words().stars;
    let name = username.as_str();
    view! {
        <header class="profile-head">
            <h1 translate="no">{name.to_owned()}</h1>
            {children.map(|children| children())}
            <nav class="tabs" aria-label=name.to_owned()>
                <TabLink href=routes::profile(name) is_open=open == PersonTab::Repositories>{words.repositories}</TabLink>
                <TabLink href=routes::stars_of(name) is_open=open == PersonTab::Stars>
                    {words.stars}" "<span class="count">{stars}</span>
                </TabLink>
            </nav>
        </header>
    }
    .into_any()
}
