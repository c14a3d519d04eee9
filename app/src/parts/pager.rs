//! The pages before and after one of a list, as links.

use super::notice::kept;
use crate::surroundings::words;
use form_urlencoded::Serializer;
use leptos::prelude::*;

/// `number` counts from 1. Says nothing when one page is all. What is ranked is not in the order of time, and nobody
/// knows how many pages it has.
#[component]
pub(crate) fn Pager(
    number: u32,
    size: u32,
    total: u64,
    #[prop(into)] path: String,
    #[prop(optional)] is_ranked: bool,
) -> AnyView {
    let all = words();
    let pages = total.div_ceil(u64::from(size.max(1)));
    let (before, after, place) = match is_ranked {
        true => (all.finding.previous, all.finding.next, (all.finding.page)(number)),
        false => (all.newer, all.older, (all.page_of)(number, pages)),
    };
    let label = place.clone();
    let joint = if path.contains('?') { '&' } else { '?' };
    let link = move |number: u32| format!("{path}{joint}page={number}");
    let previous = (number > 1).then(|| link(number - 1));
    let next = (u64::from(number) < pages).then(|| link(number.saturating_add(1)));
    (pages > 1)
        .then(|| {
            view! {
                <nav class="pager" aria-label=label>
                    {previous.map(|href| view! { <a rel="prev" href=href>{before}</a> })}
                    <span>{place}</span>
                    {next.map(|href| view! { <a rel="next" href=href>{after}</a> })}
                </nav>
            }
        })
        .into_any()
}

/// `path` with those of the address's `names` that are not empty: the same list, without its page.
pub(crate) fn kept_path(path: &str, names: &[&str]) -> String {
    let mut query = Serializer::new(String::new());
    for name in names {
        let value = kept(name);
        if !value.is_empty() {
            query.append_pair(name, &value);
        }
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
