//! Lists in pages: the rows of one, and the pages before and after it as links.

use super::empty::Empty;
use super::notice::kept;
use crate::surroundings::words;
use form_urlencoded::Serializer;
use leptos::prelude::*;
use model::view::Page;

/// The rows as `show` draws them, with the pager below. A page without rows is past the end of its list; where the list
/// itself has none it shows `nothing`.
pub(crate) fn paged<T>(
    list: Page<T>,
    path: &str,
    nothing: AnyView,
    show: impl FnOnce(Vec<T>) -> AnyView,
) -> AnyView {
    in_order(list, path, false, nothing, show)
}

/// The same for what is ranked: it is not in the order of time, and nobody knows how many pages it has.
pub(crate) fn ranked<T>(
    list: Page<T>,
    path: &str,
    nothing: AnyView,
    show: impl FnOnce(Vec<T>) -> AnyView,
) -> AnyView {
    in_order(list, path, true, nothing, show)
}

fn in_order<T>(
    list: Page<T>,
    path: &str,
    is_ranked: bool,
    nothing: AnyView,
    show: impl FnOnce(Vec<T>) -> AnyView,
) -> AnyView {
    let (number, size, total) = (list.number, list.size, list.total);
    let rows = match past_end(&list, path) {
        Some(past) => past,
        None if list.rows.is_empty() => nothing,
        None => show(list.rows),
    };
    view! {
        {rows}
        <Pager number=number size=size total=total path=path is_ranked=is_ranked/>
    }
    .into_any()
}

/// Says that the list ends before this page, with a link to its last one; `None` where that is not so.
pub(crate) fn past_end<T>(list: &Page<T>, path: &str) -> Option<AnyView> {
    let words = words();
    let is_past = list.rows.is_empty() && list.total > 0 && list.number > 1;
    let last = address(path, before(list.number, page_count(list.size, list.total)));
    is_past.then(|| {
        view! {
            <Empty title=words.past_end text=words.past_end_text>
                <a class="button" href=last>{words.last_page}</a>
            </Empty>
        }
        .into_any()
    })
}

/// `number` counts from 1. Says nothing when one page is all.
#[component]
pub(crate) fn Pager(
    number: u32,
    size: u32,
    total: u64,
    #[prop(into)] path: String,
    #[prop(optional)] is_ranked: bool,
) -> AnyView {
    let all = words();
    let pages = page_count(size, total);
    let (newer, older, place) = match is_ranked {
        true => (all.finding.previous, all.finding.next, (all.finding.page)(number)),
        false => (all.newer, all.older, (all.page_of)(number, pages)),
    };
    let label = place.clone();
    let previous = (number > 1).then(|| address(&path, before(number, pages)));
    let next = (u64::from(number) < pages).then(|| address(&path, u64::from(number) + 1));
    // Past the end there is no such page.
    let is_in = u64::from(number) <= pages;
    let is_all = total == 0 || (pages == 1 && number == 1);
    (!is_all)
        .then(|| {
            view! {
                <nav class="pager" aria-label=label>
                    {previous.map(|href| view! { <a rel="prev" href=href>{newer}</a> })}
                    {is_in.then(|| view! { <span>{place}</span> })}
                    {next.map(|href| view! { <a rel="next" href=href>{older}</a> })}
                </nav>
            }
        })
        .into_any()
}

fn page_count(size: u32, total: u64) -> u64 {
    total.div_ceil(u64::from(size.max(1)))
}

/// The page before this one; from past the end, the last one that there is.
fn before(number: u32, pages: u64) -> u64 {
    u64::from(number.saturating_sub(1)).min(pages).max(1)
}

fn address(path: &str, number: u64) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}page={number}")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;

    const PAST_END: &str = Locale::English.words().past_end;

    /// A page of a list of `total` in pages of 25.
    fn shown(number: u32, total: u64, rows: &[&str]) -> String {
        Owner::new().with(|| {
            let list = Page { rows: rows.to_vec(), total, number, size: 25 };
            let nothing = view! { <p>"nothing"</p> }.into_any();
            paged(list, "/stars", nothing, |rows| view! { <p>{rows.join(" ")}</p> }.into_any()).to_html()
        })
    }

    fn links_to(html: &str, page: u32) -> usize {
        html.matches(&format!("\"/stars?page={page}\"")).count()
    }

    #[test]
    fn a_page_past_the_end_leads_to_the_last_one() {
        // Of 26 stars the one on the second page was taken back; a page that somebody made up.
        for (number, total, last) in [(2, 25, 1), (99, 30, 2)] {
            let html = shown(number, total, &[]);
            assert!(html.contains(PAST_END) && !html.contains("nothing"), "{html}");
            assert_eq!(links_to(&html, last), 2, "one in its place, one in the pager: {html}");
            assert!(html.contains("rel=\"prev\"") && !html.contains("rel=\"next\""), "{html}");
        }
    }

    #[test]
    fn a_list_without_rows_has_no_pages() {
        for number in [1, 7] {
            let html = shown(number, 0, &[]);
            assert!(html.contains("nothing") && !html.contains("<nav"), "{html}");
        }
    }

    #[test]
    fn a_page_in_the_middle_leads_both_ways() {
        let html = shown(2, 60, &["tide"]);
        assert!(html.contains("tide") && !html.contains(PAST_END), "{html}");
        assert_eq!((links_to(&html, 1), links_to(&html, 3)), (1, 1), "{html}");
        assert!(!shown(1, 25, &["tide"]).contains("<nav"), "one page is all");
    }
}
