//! Repositories in a list, and the organizations they may belong to.

use super::badge::VisibilityBadge;
use super::time::ago;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use model::Username;
use model::view::RepositoryRow;

/// One row a repository.
#[component]
pub(crate) fn RepositoryList(rows: Vec<RepositoryRow>) -> AnyView {
    let words = words();
    let rows = rows.into_iter().map(|row| {
        view! {
            <li>
                <p class="name">
                    <a href=routes::repository(&row.name) translate="no">
                        <span class="namespace">{row.name.namespace().to_owned()}"/"</span>
                        {row.name.name().to_owned()}
                    </a>
                    <VisibilityBadge visibility=row.visibility/>
                    {row.name.is_official().then(|| view! { <span class="badge">{words.official}</span> })}
                </p>
                <p>{row.description}</p>
                <p class="soft">{(words.tag_count)(row.tag_count)}" · "{(words.updated)(&ago(row.updated_at))}</p>
            </li>
        }
    });
    view! { <ul class="repositories">{rows.collect_view()}</ul> }.into_any()
}

/// A link to an organization.
pub(crate) fn organization_link(name: &Username) -> AnyView {
    let name = name.to_string();
    view! { <a class="chip" href=routes::profile(&name) translate="no">{name.clone()}</a> }.into_any()
}
