//! The overview of one repository: its text, and the facts at a glance.

use super::loaded::{loaded, repository_name};
use super::push_first::PushFirst;
use crate::api::reading;
use crate::api::rights::LeaveRepository;
use crate::format::size;
use crate::parts::command::Command;
use crate::parts::count::Count;
use crate::parts::field::NameField;
use crate::parts::pull_chart::Sparkline;
use crate::parts::repository_head::{Head, Tab, may};
use crate::parts::repository_meta::RepositoryMeta;
use crate::parts::time::Ago;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::RepositoryPage;
use model::{Action, RepositoryName};

/// The overview.
#[component]
pub(crate) fn Repository() -> AnyView {
    let name = repository_name();
    loaded(async move { reading::repository(name?).await }, show)
}

fn show(page: RepositoryPage) -> AnyView {
    let head = page.head.clone();
    let description =
        if head.description.is_empty() { words().tagline.to_owned() } else { head.description.clone() };
    let path = routes::repository(&head.name);
    view! {
        <RepositoryMeta head=&head title=head.name.to_string() description path/>
        <Head head=head.clone() open=Tab::Overview/>
        <div class="columns">
            <div class="main-column">{main_column(&page)}</div>
            <aside class="facts" aria-label=words().facts>{facts(&page)}</aside>
        </div>
    }
    .into_any()
}

fn main_column(page: &RepositoryPage) -> AnyView {
    let words = words();
    let name = &page.head.name;
    if page.last_push.is_none() && may(&page.head, Action::Push) {
        let (name, pull_name) = (name.clone(), page.pull_name.clone());
        return view! { <PushFirst name pull_name/>{readme(page)} }.into_any();
    }
    if page.readme_html.is_empty() {
        let write = may(&page.head, Action::Describe)
            .then(|| view! { <a href=routes::repository_settings(name)>{words.write_readme}</a> });
        return view! { <p class="soft readme-missing">{words.no_readme}" "{write}</p> }.into_any();
    }
    readme(page)
}

fn readme(page: &RepositoryPage) -> AnyView {
    // Sanitised by the hub when it was saved.
    let html = (!page.readme_html.is_empty()).then(|| page.readme_html.clone());
    html.map(|html| view! { <article class="readme" inner_html=html></article> }).into_any()
}

fn facts(page: &RepositoryPage) -> AnyView {
    let words = words();
    let owner = page.head.name.namespace().to_owned();
    let push = page.last_push.clone().map(|push| {
        view! {
            <h2>{words.pull_command}</h2>
            <Command line=format!("docker pull {}", page.pull_name)/>
            <dl>
                <dt>{words.last_push}</dt>
                <dd><Ago at=push.at/>" "{(words.pushed_by)(&push.by)}</dd>
                <dt>{words.pulls.pulls}</dt>
                <dd>{pulls(page)}</dd>
                <dt>{words.size}</dt>
                <dd>{size(page.size)}</dd>
                <dt>{words.platforms}</dt>
                <dd translate="no">{page.platforms.join(", ")}</dd>
            </dl>
        }
    });
    view! {
        {push}
        <dl>
            <dt>{words.about_owner}</dt>
            <dd><a href=routes::profile(&owner) translate="no">{owner.clone()}</a></dd>
            <dt>{words.created}</dt>
            <dd><Ago at=page.created_at/></dd>
        </dl>
        <p><a href=routes::badges(&page.head.name)>{words.sharing.share}</a></p>
        {page.is_collaborator.then(|| leave(&page.head.name))}
    }
    .into_any()
}

/// How often, a picture of the last days, and when last.
fn pulls(page: &RepositoryPage) -> AnyView {
    let pulls = page.pulls.clone();
    view! {
        <a class="pulls" href=routes::pulls(&page.head.name)><Count number=pulls.total/><Sparkline pulls=pulls.clone()/></a>
        {pulls.last.map(|at| view! { <span class="soft">{words().pulls.last_pull}" "<Ago at/></span> })}
    }
    .into_any()
}

fn leave(name: &RepositoryName) -> AnyView {
    let words = &words().rights;
    view! {
        <details>
            <summary>{words.leave}</summary>
            <p class="soft">{words.leave_text}</p>
            <form method="post" action=LeaveRepository::url()>
                <NameField name=name.clone()/>
                <button type="submit">{words.leave}</button>
            </form>
        </details>
    }
    .into_any()
}
