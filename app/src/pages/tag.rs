//! One tag: its images with their layers, and where it stood before.

use super::loaded::{loaded, missing, repository_name};
use super::webhook_run::report;
use crate::api::reading;
use crate::api::repositories::{DeleteTag, RestoreTag};
use crate::format::size;
use crate::parts::command::{Command, DigestText};
use crate::parts::count::count;
use crate::parts::layers::{LayerBar, LayerTable};
use crate::parts::pull_chart::Sparkline;
use crate::parts::repository_head::{Head, Tab, may};
use crate::parts::repository_meta::RepositoryMeta;
use crate::parts::time::Ago;
use crate::routes;
use crate::surroundings::words;
use crate::words::exact;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;
use model::view::{Check, ImageView, TagMove, TagPage};
use model::webhook::CallbackState;
use model::{Action, Missing, Tag};

/// The page.
#[component]
pub(crate) fn TagDetails() -> AnyView {
    let (name, tag) = (repository_name(), use_params_map().read().get("tag").unwrap_or_default());
    let page = async move {
        let tag: Tag = tag.parse().map_err(|_| missing(Missing::Tag))?;
        reading::tag(name?, tag).await
    };
    loaded(page, show)
}

fn show(page: TagPage) -> AnyView {
    let words = words();
    let title = format!("{}:{}", page.head.name, page.tag);
    let platforms: Vec<&str> = page.images.iter().map(|image| image.platform.as_str()).collect();
    let description = (words.sharing.tag_text)(page.head.name.as_str(), &platforms.join(", "));
    view! {
        <RepositoryMeta
            head=&page.head
            title
            description
            path=routes::tag(&page.head.name, &page.tag)
        />
        <Head head=page.head.clone() open=Tab::Tags/>
        <section class="tag-facts">
            <h2 translate="no">{page.tag.to_string()}</h2>
            <p>
                <DigestText digest=page.digest.clone()/>" "
                <span class="soft">
                    {words.pushed}" "<Ago at=page.pushed_at/>" "{(words.pushed_by)(&page.pushed_by)}
                </span>
            </p>
            {pulls(&page)}
            <Command line=format!("docker pull {}", page.pull_name)/>
        </section>
        {checks(page.checks.clone())}
        {page.images.iter().cloned().enumerate().map(|(index, one)| image(one, index == 0)).collect_view()}
        {history(&page)}
        {may(&page.head, Action::DeleteImage).then(|| delete(&page))}
    }
    .into_any()
}

fn pulls(page: &TagPage) -> AnyView {
    let (words, pulls) = (&words().pulls, page.pulls.clone());
    let total = (words.pull_count)(pulls.total, &count(pulls.total));
    view! {
        <p class="pulls soft">
            <span title=exact(pulls.total)>{total}</span>
            {pulls.last.map(|at| view! { <span>{words.last_pull}" "<Ago at/></span> })}
            {(pulls.recent() > 0).then(|| view! { <Sparkline pulls/> })}
        </p>
    }
    .into_any()
}

/// Which gates the image passed.
fn checks(checks: Vec<Check>) -> AnyView {
    let words = &words().webhooks;
    if checks.is_empty() {
        return ().into_any();
    }
    let rows = checks.into_iter().map(|check| {
        let state = check.callback.state;
        let class = if state == CallbackState::Success { "badge good" } else { "badge bad" };
        view! {
            <li>
                <span class=class>{(words.callback_state)(state)}</span>
                <div><strong translate="no">{check.webhook}</strong>" "{report(check.callback)}</div>
                <span class="soft"><Ago at=check.at/></span>
            </li>
        }
    });
    view! {
        <section>
            <h3>{words.checks}</h3>
            <p class="soft">{words.checks_text}</p>
            <ul class="entries">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn image(image: ImageView, is_first: bool) -> AnyView {
    let words = words();
    view! {
        <section class="image">
            <h3 translate="no">{image.platform.clone()}</h3>
            <p class="soft">
                {size(image.size)}" · "<DigestText digest=image.digest.clone()/>
                {image.pulled_at.map(|at| view! { " · "{words.pulls.last_pull}" "<Ago at/> })}
            </p>
            {(!image.layers.is_empty()).then(|| view! {
                <LayerBar layers=image.layers.clone()/>
                <details open=is_first>
                    <summary>{words.layers}</summary>
                    <LayerTable layers=image.layers/>
                </details>
            })}
        </section>
    }
    .into_any()
}

fn history(page: &TagPage) -> AnyView {
    let words = words();
    let may_restore = may(&page.head, Action::DeleteImage);
    let moves = page.history.iter().enumerate().map(|(index, step)| {
        let restore =
            (index > 0 && may_restore && step.restorable && step.digest.as_ref() != Some(&page.digest))
                .then(|| restore(page, step));
        view! {
            <li>
                {match step.digest.clone() {
                    Some(digest) => view! { <DigestText digest/> }.into_any(),
                    None => view! { <em>{words.deleted}</em> }.into_any(),
                }}
                <span class="soft"><Ago at=step.at/>" "{(words.pushed_by)(&step.by)}</span>
                {(index == 0).then(|| view! { <span class="badge">{words.current}</span> })}
                {(step.digest.is_some() && !step.restorable)
                    .then(|| view! { <span class="soft">{words.image_gone}</span> })}
                {restore}
            </li>
        }
    });
    view! {
        <section>
            <h2>{words.history_of_tag}</h2>
            <ol class="timeline">{moves.collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn restore(page: &TagPage, step: &TagMove) -> AnyView {
    view! {
        <form method="post" action=RestoreTag::url()>
            <input type="hidden" name="name" value=page.head.name.to_string()/>
            <input type="hidden" name="tag" value=page.tag.to_string()/>
            <input type="hidden" name="digest" value=step.digest.as_ref().map(ToString::to_string)/>
            <button class="quiet" type="submit">{words().go_back_here}</button>
        </form>
    }
    .into_any()
}

fn delete(page: &TagPage) -> AnyView {
    let words = words();
    view! {
        <details class="danger">
            <summary>{words.delete_tag}"…"</summary>
            <form method="post" action=DeleteTag::url()>
                <p>{(words.delete_tag_question)(page.tag.as_str())}</p>
                <input type="hidden" name="name" value=page.head.name.to_string()/>
                <input type="hidden" name="tag" value=page.tag.to_string()/>
                <button class="bad" type="submit">{words.delete_tag}</button>
            </form>
        </details>
    }
    .into_any()
}
