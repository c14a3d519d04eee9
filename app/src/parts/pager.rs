//! Newer and older pages of a list, as links.

use crate::surroundings::words;
use leptos::prelude::*;

/// `number` counts from 1. Says nothing when one page is all.
#[component]
pub(crate) fn Pager(number: u32, size: u32, total: u64, #[prop(into)] path: String) -> AnyView {
    let words = words();
    let pages = total.div_ceil(u64::from(size.max(1)));
    let joint = if path.contains('?') { '&' } else { '?' };
    let link = move |number: u32| format!("{path}{joint}page={number}");
    let newer = (number > 1).then(|| link(number - 1));
    let older = (u64::from(number) < pages).then(|| link(number.saturating_add(1)));
    (pages > 1)
        .then(|| {
            view! {
                <nav class="pager" aria-label=(words.page_of)(number, pages)>
                    {newer.map(|href| view! { <a rel="prev" href=href>{words.newer}</a> })}
                    <span>{(words.page_of)(number, pages)}</span>
                    {older.map(|href| view! { <a rel="next" href=href>{words.older}</a> })}
                </nav>
            }
        })
        .into_any()
}
