//! The public page of a person or an organization.

use super::loaded::{loaded, namespace, page_number};
use crate::api::reading;
use crate::parts::meta::{PageMeta, Picture};
use crate::parts::organization_head::{OrganizationTab, OrganizationTop};
use crate::parts::pager::paged;
use crate::parts::person_head::{PersonTab, PersonTop};
use crate::parts::repository_list::{RepositoryList, organization_link};
use crate::parts::time::ago;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use model::Membership;
use model::view::{NamespacePage, OrganizationPage, Page, ProfilePage, RepositoryRow};

/// The page.
#[component]
pub(crate) fn Profile() -> AnyView {
    let (name, page) = (namespace(), page_number());
    loaded(async move { reading::namespace(name?, page).await }, |page| match page {
        NamespacePage::Person(page) => person(page),
        NamespacePage::Organization(page) => organization(page),
    })
}

fn person(page: ProfilePage) -> AnyView {
    let words = words();
    let title = (words.repositories_of)(page.username.as_str());
    let path = routes::profile(page.username.as_str());
    let organizations = page.organizations.iter().map(organization_link).collect_view();
    view! {
        {meta(page.username.as_str(), &path, &page.repositories)}
        <PersonTop username=page.username stars=page.starred open=PersonTab::Repositories>
            <p class="soft">{(words.joined)(&ago(page.joined_at))}</p>
            {(!page.organizations.is_empty()).then(|| view! { <p class="links">{organizations}</p> })}
        </PersonTop>
        <h2 class="hidden">{title}</h2>
        {list(page.repositories, &path)}
    }
    .into_any()
}

fn organization(page: OrganizationPage) -> AnyView {
    let words = words();
    let name = page.head.name.clone();
    let title = (words.repositories_of)(name.as_str());
    let path = routes::profile(name.as_str());
    let add = (page.head.membership == Some(Membership::Owner)).then(|| {
        let href = format!("/new?namespace={name}");
        view! { <p><a class="button" href=href>{words.add_repository}</a></p> }
    });
    view! {
        {meta(name.as_str(), &path, &page.repositories)}
        <OrganizationTop head=page.head open=OrganizationTab::Repositories/>
        <h2>{title}</h2>
        {add}
        {list(page.repositories, &path)}
    }
    .into_any()
}

fn meta(name: &str, path: &str, list: &Page<RepositoryRow>) -> AnyView {
    let words = words();
    let of = (words.sharing.picture_of)(name);
    let picture = Picture { path: routes::picture(path, (name, list.total)), of };
    let description = (words.sharing.profile_text)(name);
    let title = (words.repositories_of)(name);
    view! { <PageMeta title description path=path.to_owned() page=list.number picture=Some(picture)/> }
        .into_any()
}

fn list(list: Page<RepositoryRow>, path: &str) -> AnyView {
    let nothing = view! { <p class="soft">{words().no_repositories_here}</p> }.into_any();
    paged(list, path, nothing, |rows| view! { <RepositoryList rows=rows/> }.into_any())
}
