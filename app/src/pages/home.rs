//! The front page: for a visitor what this hub is and has, for a person their own repositories.

use super::explore::Listing;
use super::loaded::loaded;
use crate::api::reading::{self, may_create_organizations};
use crate::parts::command::Command;
use crate::parts::empty::Empty;
use crate::parts::meta::PageMeta;
use crate::parts::repository_list::{RepositoryList, organization_link};
use crate::parts::search_form::SearchForm;
use crate::parts::time::Ago;
use crate::routes;
use crate::surroundings::{viewer, viewer_name, words};
use leptos::prelude::*;
use model::SearchOrder;
use model::view::{HomePage, SignUp};

/// The front page.
#[component]
pub(crate) fn Home() -> AnyView {
    loaded(reading::home(), show)
}

fn show(page: HomePage) -> AnyView {
    let words = words();
    let greeting = match (page.first_start, viewer().is_some()) {
        (true, _) => first_start(),
        (false, true) => own(&page),
        (false, false) => welcome(&page),
    };
    view! {
        <PageMeta title=words.tagline description=words.tagline path="/".to_owned()/>
        {greeting}
        {found(page)}
    }
    .into_any()
}

/// What there is for everybody.
fn found(page: HomePage) -> AnyView {
    let words = words();
    if page.recent.is_empty() {
        return view! {
            <section>
                <h2>{words.public_repositories}</h2>
                <p class="soft">{words.no_public_repositories}</p>
            </section>
        }
        .into_any();
    }
    let recent = routes::search_by(SearchOrder::Recent);
    view! {
        <div class="lists">
            {(!page.popular.is_empty()).then(|| view! {
                <Listing title=words.finding.popular hint="" hits=page.popular more=routes::EXPLORE.to_owned()/>
            })}
            <Listing title=words.finding.recent hint="" hits=page.recent more=recent/>
        </div>
    }
    .into_any()
}

fn first_start() -> AnyView {
    let words = words();
    view! {
        <section class="hero">
            <h1>{words.first_start_title}</h1>
            <p class="lead">{words.first_start_text}</p>
        </section>
    }
    .into_any()
}

fn welcome(page: &HomePage) -> AnyView {
    let words = words();
    let host = &page.host;
    let open = page.sign_up == SignUp::Open;
    view! {
        <section class="welcome">
            <div>
                <h1>{words.tagline}</h1>
                <p class="lead">{words.finding.lead}</p>
                <SearchForm id="find" is_large=true/>
                <p class="links">
                    <a href=routes::EXPLORE>{words.finding.explore}</a>
                    {open.then(|| view! { <a href="/signup">{words.sign_up}</a> })}
                </p>
            </div>
            <div class="try">
                <h2>{words.try_it}</h2>
                <Command line=format!("docker login {host}")/>
                <Command line=format!("docker tag app {host}/anna/app")/>
                <Command line=format!("docker push {host}/anna/app")/>
            </div>
        </section>
    }
    .into_any()
}

fn own(page: &HomePage) -> AnyView {
    let words = words();
    let rows = page.own.clone();
    view! {
        <section>
            <h1>{words.your_repositories}</h1>
            {belongings(page)}
            {pushes(page)}
            {if rows.is_empty() {
                view! {
                    <Empty title=words.add_repository text=words.no_own_repositories>
                        <a class="button primary" href="/new">{words.add_repository}</a>
                    </Empty>
                }
                    .into_any()
            } else {
                view! { <RepositoryList rows/> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// What arrived lately in the viewer's repositories.
fn pushes(page: &HomePage) -> AnyView {
    let words = words();
    let rows = page.pushes.iter().map(|push| {
        view! {
            <li>
                <a href=routes::tag(&push.repository, &push.tag) translate="no">
                    {format!("{}:{}", push.repository, push.tag)}
                </a>
                " "<span class="soft">{(words.pushed_by)(&push.by)}" · "<Ago at=push.at/></span>
            </li>
        }
    });
    (!page.pushes.is_empty())
        .then(|| {
            view! {
                <h2>{words.site.recent_pushes}</h2>
                <ul class="pushes">{rows.collect_view()}</ul>
            }
        })
        .into_any()
}

/// The viewer's organizations and free slots.
fn belongings(page: &HomePage) -> AnyView {
    let words = &words().organizations;
    let organizations = page.organizations.iter().map(organization_link).collect_view();
    let create = may_create_organizations()
        .then(|| view! { <a href=routes::NEW_ORGANIZATION>{words.new_organization}</a> });
    let slots = page.slots.and_then(|(used, slots)| Some(u64::from(slots?).saturating_sub(used)));
    let plan = viewer_name().zip(slots).map(|(name, free)| {
        let text =
            if free == 0 { words.private_slots_none.to_owned() } else { (words.private_slots_free)(free) };
        view! { <a href=routes::plan(name.as_str())>{text}</a> }
    });
    view! { <p class="links">{organizations}{create}{plan}</p> }.into_any()
}
