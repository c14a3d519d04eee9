//! Found repositories: why they were found is marked, how much they are liked is told.

use super::badge::VisibilityBadge;
use super::time::ago;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use model::view::{Hit, Piece};

/// One row a repository.
#[component]
pub(crate) fn HitList(hits: Vec<Hit>, #[prop(optional)] is_compact: bool) -> AnyView {
    let class = if is_compact { "repositories compact" } else { "repositories" };
    view! { <ul class=class>{hits.into_iter().map(row).collect_view()}</ul> }.into_any()
}

fn row(hit: Hit) -> AnyView {
    let words = words();
    let (stars, pulls) = (hit.row.stars, hit.row.pulls);
    let counts = [
        (words.stars.star_count)(stars),
        (words.stars.pull_count)(pulls),
        (words.updated)(&ago(hit.row.updated_at)),
    ];
    let description = !hit.row.description.is_empty();
    view! {
        <li>
            <p class="name">
                <a href=routes::repository(&hit.row.name) translate="no">
                    <span class="namespace">{hit.row.name.namespace().to_owned()}"/"</span>
                    {pieces(hit.name)}
                </a>
                // Everything in such lists is public, but for what is one's own.
                {(hit.row.visibility != model::Visibility::Public)
                    .then(|| view! { <VisibilityBadge visibility=hit.row.visibility/> })}
                {hit.row.name.is_official().then(|| view! { <span class="badge good">{words.official}</span> })}
            </p>
            {description.then(|| view! { <p>{pieces(hit.description)}</p> })}
            {(!hit.excerpt.is_empty()).then(|| view! { <p class="excerpt">{pieces(hit.excerpt)}</p> })}
            <p class="soft">{counts.join(" · ")}</p>
        </li>
    }
    .into_any()
}

fn pieces(pieces: Vec<Piece>) -> AnyView {
    let shown = pieces.into_iter().map(|piece| match piece.is_marked {
        true => view! { <mark>{piece.text}</mark> }.into_any(),
        false => piece.text.into_any(),
    });
    shown.collect_view().into_any()
}
