//! What there is to discover on this hub.

use super::loaded::loaded;
use crate::api::reading;
use crate::parts::hit_list::HitList;
use crate::parts::meta::PageMeta;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use model::SearchOrder;
use model::view::{ExplorePage, Hit};

/// The page.
#[component]
pub(crate) fn Explore() -> AnyView {
    loaded(reading::explore(), show)
}

fn show(page: ExplorePage) -> AnyView {
    let words = &words().finding;
    view! {
        <PageMeta title=words.explore description=words.explore_text path=routes::EXPLORE.to_owned()/>
        <h1>{words.explore}</h1>
        <p class="lead">{words.explore_text}</p>
        <div class="lists">
            <Listing title=words.popular hint="" hits=page.popular more=routes::SEARCH.to_owned()/>
            <Listing title=words.rising hint=words.rising_hint hits=page.rising more=String::new()/>
            <Listing title=words.recent hint="" hits=page.recent more=routes::search_by(SearchOrder::Recent)/>
            <Listing
                title=words.official_images
                hint=words.official_hint
                hits=page.official
                more=format!("{}?official=1", routes::SEARCH)
            />
        </div>
    }
    .into_any()
}

/// A list with its title, and where it goes on.
#[component]
pub(crate) fn Listing(title: &'static str, hint: &'static str, hits: Vec<Hit>, more: String) -> AnyView {
    let words = &words().finding;
    let goes_on = !hits.is_empty() && !more.is_empty();
    view! {
        <section>
            <h2>{title}</h2>
            {(!hint.is_empty()).then(|| view! { <p class="soft">{hint}</p> })}
            {if hits.is_empty() {
                view! { <p class="soft">{words.nothing_rises}</p> }.into_any()
            } else {
                view! { <HitList hits is_compact=true/> }.into_any()
            }}
            {goes_on.then(|| view! { <p class="more"><a href=more>{words.see_more}<span class="hidden">": "{title}</span></a></p> })}
        </section>
    }
    .into_any()
}
