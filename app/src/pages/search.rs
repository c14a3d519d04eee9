//! What was searched for, and what was found.

use super::loaded::{loaded, page_number};
use crate::api::{Failure, reading};
use crate::parts::empty::Empty;
use crate::parts::hit_list::HitList;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{Refusal, RefusalNotice, kept};
use crate::parts::pager::{kept_path, ranked};
use crate::parts::search_form::SearchField;
use crate::parts::select::Select;
use crate::routes;
use crate::surroundings::words;
use hub::SearchQuery;
use leptos::prelude::*;
use model::view::{Hit, SearchPage};
use model::{Error, SearchOrder};

/// Rows on a page.
const ROWS: u32 = 25;
/// Platforms that one can choose; the address takes any.
const PLATFORMS: [&str; 9] = [
    "linux/amd64",
    "linux/arm64",
    "linux/arm/v7",
    "linux/arm/v6",
    "linux/386",
    "linux/ppc64le",
    "linux/riscv64",
    "linux/s390x",
    "windows/amd64",
];

/// The page.
#[component]
pub(crate) fn Search() -> AnyView {
    let query = wanted();
    loaded(
        async move {
            match reading::search(query).await {
                Ok(page) => Ok(Ok(page)),
                Err(Failure::Refused(error @ Error::Invalid(_))) => Ok(Err(Refusal::from(error))),
                Err(failure) => Err(failure),
            }
        },
        show,
    )
}

fn wanted() -> SearchQuery {
    SearchQuery {
        text: kept("q"),
        order: SearchOrder::from_word(&kept("order")).unwrap_or_default(),
        official: !kept("official").is_empty(),
        automated: !kept("automated").is_empty(),
        platform: kept("platform"),
        days: kept("days").parse().ok(),
        page: page_number(),
        size: ROWS,
        is_explained: true,
    }
}

fn show(found: Result<SearchPage, Refusal>) -> AnyView {
    let (all, words) = (words(), &words().finding);
    let refusal = found.as_ref().err().cloned().unwrap_or_default();
    // Nobody can read that much.
    let text = if refusal.of("q").is_none() { kept("q") } else { String::new() };
    let title = if text.trim().is_empty() {
        words.all_repositories.to_owned()
    } else {
        (words.results_for)(text.trim())
    };
    let list = match found {
        Ok(page) => results(page),
        Err(_) if refusal.of("q").is_some() => {
            view! { <p class="notice bad" role="alert">{words.too_long}</p> }.into_any()
        }
        Err(refusal) => view! { <RefusalNotice refusal/> }.into_any(),
    };
    view! {
        // Whatever was looked for, search engines keep one page: the canonical one.
        <PageMeta title=title.clone() description=words.search_text path=routes::SEARCH.to_owned()/>
        <h1 class="found">{title}</h1>
        <form class="search-page" method="get" action=routes::SEARCH role="search" aria-label=words.search>
            <div class="search large">
                <SearchField id="query" value=text/>
                <button class="primary" type="submit">{words.search}</button>
            </div>
            <div class="filter">
                <Select name="order" label=words.order options=orders() chosen=kept("order")/>
                <Select name="platform" label=words.platform options=platforms() chosen=kept("platform") problem=refusal.of("platform")/>
                <Select name="days" label=words.pushed_within options=spans() chosen=kept("days")/>
                <div class="checks">
                    <Check name="official" label=words.only_official/>
                    <Check name="automated" label=words.only_automated/>
                </div>
                <button type="submit">{all.audit.filter}</button>
            </div>
        </form>
        {list}
    }
    .into_any()
}

#[component]
fn Check(name: &'static str, label: &'static str) -> AnyView {
    let checked = !kept(name).is_empty();
    view! { <label><input type="checkbox" name=name value="1" checked=checked/>" "{label}</label> }.into_any()
}

fn orders() -> Vec<(String, String)> {
    let words = &words().finding;
    let word = |order| match order {
        SearchOrder::Best => words.order_best,
        SearchOrder::Stars => words.order_stars,
        SearchOrder::Pulls => words.order_pulls,
        SearchOrder::Recent => words.order_recent,
    };
    SearchOrder::ALL.map(|order| (order.as_str().to_owned(), word(order).to_owned())).to_vec()
}

fn platforms() -> Vec<(String, String)> {
    let any = (String::new(), words().finding.any_platform.to_owned());
    let named = PLATFORMS.iter().map(|platform| ((*platform).to_owned(), (*platform).to_owned()));
    std::iter::once(any).chain(named).collect()
}

fn spans() -> Vec<(String, String)> {
    let words = &words().finding;
    [
        ("", words.any_time),
        ("7", words.last_week),
        ("30", words.last_month),
        ("90", words.last_quarter),
        ("365", words.last_year),
    ]
    .map(|(days, word)| (days.to_owned(), word.to_owned()))
    .to_vec()
}

fn results(page: SearchPage) -> AnyView {
    let words = &words().finding;
    let total = page.hits.total;
    let count = if page.is_capped { (words.found_more)(rounded(total)) } else { (words.found)(total) };
    let path = kept_path(routes::SEARCH, &["q", "order", "platform", "days", "official", "automated"]);
    let list = |hits: Vec<Hit>| {
        view! {
            <p class="soft" role="status">{count}</p>
            <HitList hits/>
        }
        .into_any()
    };
    ranked(page.hits, &path, nothing(page.is_capped), list)
}

/// `is_capped`: more has the words than was looked through for the filters.
fn nothing(is_capped: bool) -> AnyView {
    let words = &words().finding;
    let has_words = kept("q").trim().is_empty() || kept("q").chars().any(char::is_alphanumeric);
    let text = match has_words {
        true if is_capped => words.too_many_text,
        true => words.nothing_found_text,
        false => words.no_words_text,
    };
    view! {
        <Empty title=words.nothing_found text>
            <a class="button" href=routes::EXPLORE>{words.explore}</a>
        </Empty>
    }
    .into_any()
}

/// What was counted is not all: a number that does not pretend to be exact.
fn rounded(total: u64) -> u64 {
    match total {
        0..100 => total,
        _ => total - total % 100,
    }
}
