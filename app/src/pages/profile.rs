//! A person's public page.

use super::loaded::{loaded, missing, page_number};
use crate::api::{Failure, reading};
use crate::parts::meta::PageMeta;
use crate::parts::pager::Pager;
use crate::parts::repository_list::RepositoryList;
use crate::parts::time::ago;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::view::ProfilePage;
use model::{Missing, Username};

/// The page.
#[component]
pub(crate) fn Profile() -> AnyView {
    let (name, page) = (user(), page_number());
    loaded(async move { reading::profile(name?, page).await }, show)
}

fn user() -> Result<Username, Failure> {
    let text = use_params_map().read().get("user").unwrap_or_default();
    text.parse().map_err(|_| missing(Missing::Account))
}

fn show(page: ProfilePage) -> AnyView {
    let words = words();
    let title = (words.repositories_of)(page.username.as_str());
    let path = routes::profile(page.username.as_str());
    let list = page.repositories;
    view! {
        <PageMeta title=title.clone() description=title.clone() path=path.clone()/>
        <header class="profile-head">
            <h1 translate="no">{page.username.to_string()}</h1>
            <p class="soft">{(words.joined)(&ago(page.joined_at))}</p>
        </header>
        <h2>{title}</h2>
        {if list.rows.is_empty() {
            view! { <p class="soft">{words.no_repositories_here}</p> }.into_any()
        } else {
            view! { <RepositoryList rows=list.rows/> }.into_any()
        }}
        <Pager number=list.number size=list.size total=list.total path/>
    }
    .into_any()
}
