//! The search as a plain form: in the frame of every page, and large on the front page.

use crate::islands::search_box::SearchBox;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;

/// The field with its button. Two of them on one page have different `id`s.
#[component]
pub(crate) fn SearchForm(id: &'static str, #[prop(optional)] is_large: bool) -> AnyView {
    let words = &words().finding;
    let class = if is_large { "search large" } else { "search" };
    view! {
        <form class=class method="get" action=routes::SEARCH role="search" aria-label=words.search>
            <SearchField id=id value=String::new()/>
            {is_large.then(|| view! { <button class="primary" type="submit">{words.search}</button> })}
        </form>
    }
    .into_any()
}

/// The field alone, for forms with more in them.
#[component]
pub(crate) fn SearchField(id: &'static str, value: String) -> AnyView {
    let words = &words().finding;
    view! {
        <SearchBox
            id=id.to_owned()
            label=words.search_text.trim_end_matches(['.', '。']).to_owned()
            value=value
            suggestions=words.suggestions.to_owned()
        />
    }
    .into_any()
}
