//! Title, description and share tags of a page.

use crate::surroundings::surroundings;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

/// leptos_meta 0.8 writes the title unescaped into the document, so nothing that could be HTML goes in.
fn safe_title(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '<' | '>' | '&') && !c.is_control()).collect()
}

/// What the browser's tab, search engines and shared links show. `path` is the page's own.
#[component]
pub(crate) fn PageMeta(
    #[prop(into)] title: String,
    #[prop(into)] description: String,
    #[prop(into, optional)] path: Option<String>,
    #[prop(optional)] hidden: bool,
) -> AnyView {
    let title = safe_title(&title);
    let url = path.map(|path| format!("{}{path}", surroundings().url));
    view! {
        <Title text=format!("{title} · Berth")/>
        <Meta name="description" content=description.clone()/>
        <Meta property="og:title" content=title/>
        <Meta property="og:description" content=description/>
        <Meta property="og:type" content="website"/>
        <Meta property="og:site_name" content="Berth"/>
        {url.map(|url| view! { <Meta property="og:url" content=url/> })}
        {hidden.then(|| view! { <Meta name="robots" content="noindex"/> })}
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
