//! The statistics of one repository: pulls in numbers, over time and by tag.

use super::loaded::{loaded, page_number, repository_name};
use crate::api::reading;
use crate::parts::count::Count;
use crate::parts::empty::Empty;
use crate::parts::pager::paged;
use crate::parts::pull_chart::PullChart;
use crate::parts::repository_head::{Head, Tab};
use crate::parts::repository_meta::RepositoryMeta;
use crate::parts::tab_link::TabLink;
use crate::parts::time::Ago;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::RepositoryName;
use model::view::{PullSpan, PulledAs, PullsPage, TagPulls};

/// The page.
#[component]
pub(crate) fn Statistics() -> AnyView {
    let (name, page) = (repository_name(), page_number());
    let days = use_query_map().read().get("days").unwrap_or_default();
    let span = PullSpan::of_days(&days).unwrap_or_default();
    loaded(async move { reading::pulls(name?, span, page).await }, show)
}

fn show(page: PullsPage) -> AnyView {
    let words = &words().pulls;
    let head = page.head.clone();
    let title = (words.statistics_of)(head.name.as_str());
    let body = if page.total == 0 {
        view! { <Empty title=words.none text=words.none_text/> }.into_any()
    } else {
        filled(page)
    };
    view! {
        <RepositoryMeta head=&head title=title.clone() description=title path=routes::pulls(&head.name)/>
        <Head head=head open=Tab::Statistics/>
        {body}
        <p class="soft what-counts">{words.what_counts}</p>
    }
    .into_any()
}

fn filled(page: PullsPage) -> AnyView {
    let words = &words().pulls;
    let name = page.head.name.clone();
    let path = format!("{}?days={}", routes::pulls(&name), page.span.days());
    view! {
        {numbers(page.total, page.spans, page.last)}
        <section>
            <nav class="tabs minor" aria-label=words.span>{spans(&name, page.span)}</nav>
            <PullChart bars=page.bars span=page.span/>
        </section>
        <section>
            <h2>{words.by_tag}</h2>
            {paged(page.tags, &path, ().into_any(), |rows| table(&name, rows))}
        </section>
    }
    .into_any()
}

fn numbers(total: u64, spans: [u64; 3], last: Option<model::Timestamp>) -> AnyView {
    let words = &words().pulls;
    let spans = PullSpan::ALL.into_iter().zip(spans).map(|(span, pulls)| {
        view! { <div><dt>{(words.last_days)(span.days())}</dt><dd><Count number=pulls/></dd></div> }
    });
    view! {
        <dl class="numbers">
            <div><dt>{words.total}</dt><dd><Count number=total/></dd></div>
            {spans.collect_view()}
            {last.map(|at| view! { <div><dt>{words.last_pull}</dt><dd><Ago at/></dd></div> })}
        </dl>
    }
    .into_any()
}

fn spans(name: &RepositoryName, open: PullSpan) -> AnyView {
    let path = routes::pulls(name);
    let links = PullSpan::ALL.map(|span| {
        let href = format!("{path}?days={}", span.days());
        view! { <TabLink href is_open=span == open>{(words().pulls.days)(span.days())}</TabLink> }
    });
    links.into_iter().collect_view().into_any()
}

fn table(name: &RepositoryName, rows: Vec<TagPulls>) -> AnyView {
    let words = words();
    let rows = rows.into_iter().map(|row| tag_row(name, row)).collect_view();
    view! {
        <div class="table-scroll">
        <table class="cards">
            <caption>{words.pulls.by_tag_caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.tag}</th>
                    <th scope="col">{words.pulls.pulls}</th>
                    <th scope="col">{(words.pulls.last_days)(PullSpan::Month.days())}</th>
                    <th scope="col">{words.pulls.last_pull}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        </div>
    }
    .into_any()
}

fn tag_row(name: &RepositoryName, row: TagPulls) -> AnyView {
    let words = words();
    let tag = match row.pulled_as {
        PulledAs::Tag(tag) => {
            view! { <a href=routes::tag(name, &tag) translate="no">{tag.to_string()}</a> }.into_any()
        }
        PulledAs::DeletedTag(tag) => view! {
            <span><span translate="no">{tag.to_string()}</span>" "<span class="badge">{words.deleted}</span></span>
        }
        .into_any(),
        PulledAs::DeletedTags => view! { <span class="soft">{words.pulls.deleted_tags}</span> }.into_any(),
        PulledAs::Digest => view! { <span class="soft">{words.pulls.by_digest}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row" data-label=words.tag>{tag}</th>
            <td data-label=words.pulls.pulls><Count number=row.total/></td>
            <td data-label=(words.pulls.last_days)(PullSpan::Month.days())><Count number=row.recent/></td>
            <td data-label=words.pulls.last_pull><Ago at=row.last/></td>
        </tr>
    }
    .into_any()
}
