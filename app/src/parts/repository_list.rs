//! Repositories in a list, and the organizations they may belong to.

use super::badge::VisibilityBadge;
use super::time::ago;
use crate::icon::{Icon, Mark};
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use model::Username;
use model::view::RepositoryRow;

/// One row a repository.
#[component]
pub(crate) fn RepositoryList(
    rows: Vec<RepositoryRow>,
    /// What can be done with each.
    #[prop(optional)]
    action: Option<fn(&RepositoryRow) -> AnyView>,
) -> AnyView {
    let words = words();
    let rows = rows.into_iter().map(move |row| {
        view! {
            <li>
                {action.map(|action| view! { <div class="action">{action(&row)}</div> })}
                <p class="name">
                    <a href=routes::repository(&row.name) translate="no">
                        <span class="namespace">{row.name.namespace().to_owned()}"/"</span>
                        {row.name.name().to_owned()}
                    </a>
                    <VisibilityBadge visibility=row.visibility/>
                    {row.name.is_official().then(|| view! { <span class="badge">{words.official}</span> })}
                </p>
                <p>{row.description}</p>
                <p class="soft counts">
                    {counts(row.stars, row.pulls)}
                    {(words.tag_count)(row.tag_count)}" · "{(words.updated)(&ago(row.updated_at))}
                </p>
            </li>
        }
    });
    view! { <ul class="repositories">{rows.collect_view()}</ul> }.into_any()
}

/// How often it was starred and pulled: short, with the whole number to hover on. Nothing is said of nothing.
fn counts(stars: u64, pulls: u64) -> AnyView {
    let words = &words().stars;
    let stars = (stars > 0).then(|| {
        view! { <span title=(words.star_count_exact)(stars)><Mark icon=Icon::Star/>{(words.star_count)(stars)}</span>" · " }
    });
    let pulls = (pulls > 0).then(|| {
        view! { <span title=(words.pull_count_exact)(pulls)>{(words.pull_count)(pulls)}</span>" · " }
    });
    view! { {stars}{pulls} }.into_any()
}

/// A link to an organization.
pub(crate) fn organization_link(name: &Username) -> AnyView {
    let name = name.to_string();
    view! { <a class="chip" href=routes::profile(&name) translate="no">{name.clone()}</a> }.into_any()
}
