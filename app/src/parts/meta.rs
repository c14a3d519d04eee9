//! Title, description and share tags of a page.

use crate::routes::PICTURE;
use crate::surroundings::{surroundings, words};
use crate::words::Locale;
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

/// leptos_meta 0.8 writes the title unescaped into the document, so nothing that could be HTML goes in.
fn safe_title(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '<' | '>' | '&') && !c.is_control()).collect()
}

/// A picture of the page's own: its path, and what it shows.
pub(crate) struct Picture {
    pub(crate) path: String,
    pub(crate) of: String,
}

/// A feed of what the page shows: its path, and its title.
pub(crate) struct Feed {
    pub(crate) path: String,
    pub(crate) title: String,
}

/// What the browser's tab, search engines and shared links show. `path` is the page's own, and `page` its number in a
/// list: together they are the one address that is told to others. What is `hidden` is shown by no search engine.
#[component]
pub(crate) fn PageMeta(
    #[prop(into)] title: String,
    #[prop(into)] description: String,
    #[prop(into, optional)] path: Option<String>,
    #[prop(optional)] page: u32,
    #[prop(optional)] hidden: bool,
    #[prop(default = None)] picture: Option<Picture>,
    #[prop(default = None)] feed: Option<Feed>,
) -> AnyView {
    let title = safe_title(&title);
    let address = path.map(|path| address(&path, page));
    view! {
        <Title text=format!("{title} · Berth")/>
        <Meta name="description" content=description.clone()/>
        <Meta property="og:title" content=title/>
        <Meta property="og:description" content=description/>
        <Meta property="og:type" content="website"/>
        <Meta property="og:site_name" content="Berth"/>
        {address.map(|url| view! { <Link rel="canonical" href=url.clone()/><Meta property="og:url" content=url/> })}
        {languages()}
        {shown(picture)}
        {feed.map(|feed| view! { <Link rel="alternate" type_="application/atom+xml" title=feed.title href=feed.path/> })}
        {hidden.then(|| view! { <Meta name="robots" content="noindex"/> })}
    }
    .into_any()
}

/// One address for a page, whatever else was asked for.
fn address(path: &str, page: u32) -> String {
    let number = if page > 1 { format!("?page={page}") } else { String::new() };
    format!("{}{path}{number}", surroundings().url)
}

/// The language of this answer, and those that others get.
fn languages() -> AnyView {
    let own = surroundings().locale;
    let others = Locale::ALL.into_iter().filter(|locale| *locale != own);
    let others =
        others.map(|locale| view! { <Meta property="og:locale:alternate" content=locale.territory()/> });
    view! {
        <Meta property="og:locale" content=own.territory()/>
        {others.collect_view()}
    }
    .into_any()
}

/// The picture that a shared link shows: the page's own, or the hub's.
fn shown(picture: Option<Picture>) -> AnyView {
    let picture =
        picture.unwrap_or_else(|| Picture { path: PICTURE.to_owned(), of: words().tagline.to_owned() });
    let url = format!("{}{}", surroundings().url, picture.path);
    view! {
        <Meta property="og:image" content=url/>
        <Meta property="og:image:type" content="image/png"/>
        <Meta property="og:image:width" content="1200"/>
        <Meta property="og:image:height" content="630"/>
        <Meta property="og:image:alt" content=picture.of/>
        <Meta name="twitter:card" content="summary_large_image"/>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::safe_title;

    #[test]
    fn a_title_can_not_be_left() {
        assert_eq!(safe_title("</title><script>x"), "/titlescriptx");
    }
}
