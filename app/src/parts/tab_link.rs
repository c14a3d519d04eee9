//! A tab: a link that says whether it is the page one is on.

use leptos::prelude::*;

/// One tab.
#[component]
pub(crate) fn TabLink(href: String, is_open: bool, children: Children) -> AnyView {
    view! { <a href=href aria-current=is_open.then_some("page")>{children()}</a> }.into_any()
}
