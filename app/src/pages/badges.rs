//! What a site elsewhere may show of a repository: badges with their Markdown, the feed, the picture of its links.

use super::loaded::{loaded, repository_name};
use crate::api::reading;
use crate::parts::command::Command;
use crate::parts::repository_head::{Head, Tab};
use crate::parts::repository_meta::{RepositoryMeta, picture};
use crate::routes;
use crate::surroundings::{surroundings, words};
use leptos::prelude::*;
use model::view::RepositoryHead;
use model::{Badge, RepositoryName, Visibility};

/// The page.
#[component]
pub(crate) fn Badges() -> AnyView {
    let name = repository_name();
    loaded(async move { reading::repository_head(name?).await }, show)
}

fn show(head: RepositoryHead) -> AnyView {
    let words = &words().sharing;
    let title = (words.badges_of)(head.name.as_str());
    let is_private = head.visibility == Visibility::Private;
    let badges = Badge::ALL.iter().map(|badge| row(&head.name, *badge)).collect_view();
    view! {
        <RepositoryMeta
            head=&head
            title=title.clone()
            description=words.badges_text
            path=routes::badges(&head.name)
        />
        <Head head=head.clone() open=Tab::Badges/>
        <section class="reading">
            <h2>{title}</h2>
            <p class="soft">{words.badges_text}</p>
            {is_private.then(|| view! { <p class="notice">{words.badges_private}</p> })}
            <ul class="badges">{badges}</ul>
            <p class="soft">{words.badge_parameters}</p>
            {feed(&head)}
            {(!is_private).then(|| shared_picture(&head))}
        </section>
    }
    .into_any()
}

/// A badge as it looks, and the Markdown that shows it elsewhere and leads here.
fn row(name: &RepositoryName, badge: Badge) -> AnyView {
    let visit = surroundings();
    let path = format!("{}{}", routes::badge(name, badge), routes::in_language(visit.locale));
    let label = (words().sharing.badge_name)(badge);
    let (url, page) = (&visit.url, routes::repository(name));
    view! {
        <li>
            <img src=path.clone() alt=label.clone() height="20"/>
            <Command line=format!("[![{label}]({url}{path})]({url}{page})")/>
        </li>
    }
    .into_any()
}

fn feed(head: &RepositoryHead) -> AnyView {
    let (visit, words) = (surroundings(), &words().sharing);
    let path = routes::feed(&head.name, visit.locale);
    view! {
        <h2>{words.feed}</h2>
        <p class="soft"><a href=path.clone()>{(words.pushes_to)(head.name.as_str())}</a>" · "{words.feed_text}</p>
        <Command line=format!("{}{path}", visit.url)/>
    }
    .into_any()
}

fn shared_picture(head: &RepositoryHead) -> AnyView {
    let (words, picture) = (&words().sharing, picture(head));
    view! {
        <h2>{words.picture}</h2>
        <p class="soft">{words.picture_text}</p>
        <img class="shared-picture" src=picture.path alt=picture.of width="1200" height="630" loading="lazy"/>
    }
    .into_any()
}
