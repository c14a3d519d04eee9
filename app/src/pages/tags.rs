//! The tags of one repository.

use super::loaded::{loaded, page_number, repository_name};
use crate::api::reading;
use crate::format::size;
use crate::parts::command::{DigestText, copy_button};
use crate::parts::empty::Empty;
use crate::parts::pager::paged;
use crate::parts::repository_head::{Head, Tab};
use crate::parts::repository_meta::RepositoryMeta;
use crate::parts::time::Ago;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use model::view::{PlatformRow, TagRow, TagsPage};
use model::{RepositoryName, Timestamp};

/// The list.
#[component]
pub(crate) fn Tags() -> AnyView {
    let (name, page) = (repository_name(), page_number());
    loaded(async move { reading::tags(name?, page).await }, show)
}

fn show(page: TagsPage) -> AnyView {
    let words = words();
    let (head, tags) = (page.head, page.tags);
    let title = (words.tags_of)(head.name.as_str());
    let path = routes::tags(&head.name);
    let nothing = view! { <Empty title=words.no_tags text=words.no_tags_text/> }.into_any();
    let rows = |rows| table(&head.name, &page.pull_name, rows);
    view! {
        <RepositoryMeta head=&head title=title.clone() description=title path=path.clone() page=tags.number/>
        <Head head=head.clone() open=Tab::Tags/>
        {paged(tags, &path, nothing, rows)}
    }
    .into_any()
}

fn table(name: &RepositoryName, pull_name: &str, rows: Vec<TagRow>) -> AnyView {
    let words = words();
    let rows = rows.into_iter().map(|row| tag_row(name, pull_name, row)).collect_view();
    view! {
        <div class="table-scroll">
        <table class="cards">
            <caption>{words.tags_caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.tag}</th>
                    <th scope="col">{words.digest}</th>
                    <th scope="col">{words.platforms}</th>
                    <th scope="col">{words.size}</th>
                    <th scope="col">{words.pushed}</th>
                    <th scope="col">{words.pulls.last_pull}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        </div>
    }
    .into_any()
}

fn tag_row(name: &RepositoryName, pull_name: &str, row: TagRow) -> AnyView {
    let words = words();
    let largest = row.platforms.iter().map(|platform| platform.size).max().unwrap_or_default();
    view! {
        <tr>
            <th scope="row" data-label=words.tag translate="no">
                <a href=routes::tag(name, &row.tag)>{row.tag.to_string()}</a>
                {copy_button(format!("docker pull {pull_name}:{}", row.tag))}
            </th>
            <td data-label=words.digest><DigestText digest=row.digest/></td>
            <td data-label=words.platforms translate="no">{platform_names(&row.platforms)}</td>
            <td class="number" data-label=words.size>{size(largest)}</td>
            <td data-label=words.pushed><Ago at=row.pushed_at/>" "{(words.pushed_by)(&row.pushed_by)}</td>
            <td data-label=words.pulls.last_pull>{pulled(row.pulled_at)}</td>
        </tr>
    }
    .into_any()
}

fn pulled(at: Option<Timestamp>) -> AnyView {
    match at {
        Some(at) => view! { <Ago at/> }.into_any(),
        None => view! { <span class="soft">{words().pulls.never}</span> }.into_any(),
    }
}

fn platform_names(platforms: &[PlatformRow]) -> String {
    let names: Vec<&str> = platforms.iter().map(|platform| platform.platform.as_str()).collect();
    names.join(", ")
}
