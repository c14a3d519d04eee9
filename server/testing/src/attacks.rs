//! What people attack pages with: the corpus that every text which strangers write is tried with, here and in a browser.

use std::sync::LazyLock;

/// Attacks, with a line of three dashes between them; end2end reads the same file.
const CORPUS: &str = include_str!("../attacks.txt");

/// Elements that run, load, post or restyle something.
const ELEMENTS: [&str; 24] = [
    "applet", "audio", "base", "button", "canvas", "details", "dialog", "embed", "form", "frame", "frameset",
    "iframe", "img", "link", "math", "meta", "object", "script", "select", "style", "svg", "template",
    "textarea", "video",
];

/// What a link may lead to.
const SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "#"];

/// Every attack.
#[must_use]
pub fn attacks() -> &'static [&'static str] {
    static ATTACKS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        CORPUS
            .split("\n---\n")
            .map(|attack| attack.trim_matches('\n'))
            .filter(|one| !one.is_empty())
            .collect()
    });
    &ATTACKS
}

/// How many elements lie in each other at the deepest place of `html`, as a sanitiser wrote it.
#[must_use]
pub fn deepest(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in
        html.split('<').skip(1).filter(|tag| !["br", "hr", "input"].iter().any(|void| tag.starts_with(void)))
    {
        depth = if tag.starts_with('/') { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// What in `html`, as a sanitiser wrote it, could do harm; `None`: nothing.
#[must_use]
pub fn hole(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let Some(end) = end_of_tag(after) else { return Some("a tag without an end".to_owned()) };
        let tag = &after[..end];
        if let Some(why) = hole_in_tag(tag).filter(|_| !tag.starts_with('/')) {
            return Some(format!("{why} in <{tag}>"));
        }
        rest = &after[end..];
    }
    None
}

/// Where a tag ends: values stand in double quotes, and may have anything in them.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    let end = |c| {
        is_quoted ^= c == '"';
        c == '>' && !is_quoted
    };
    text.find(end)
}

fn hole_in_tag(tag: &str) -> Option<&'static str> {
    let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let name = name.trim_end_matches('/').to_ascii_lowercase();
    if ELEMENTS.contains(&name.as_str()) || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Some("an element");
    }
    let mut rest = attributes.trim_start();
    while let Some((attribute, after)) = rest.split_once("=\"") {
        let Some((value, after)) = after.split_once('"') else { return Some("a value without an end") };
        let attribute = attribute.trim().to_ascii_lowercase();
        if attribute.starts_with("on")
            || matches!(attribute.as_str(), "style" | "src" | "srcset" | "srcdoc" | "name")
        {
            return Some("an attribute");
        }
        if attribute == "href" && !SCHEMES.iter().any(|scheme| value.to_ascii_lowercase().starts_with(scheme))
        {
            return Some("a link");
        }
        rest = after.trim_start();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corpus_is_there() {
        assert!(attacks().len() > 150, "{}", attacks().len());
    }

    #[test]
    fn holes_are_seen_and_text_is_none() {
        for html in [
            "<script>",
            "<p onclick=\"x\">",
            "<a href=\"javascript:x\">",
            "<a title=\"x\" href=\"data:x\">",
            "<svg/onload=x>",
            "<a href=\" javascript:x\">",
            "<p style=\"x\">",
        ] {
            assert!(hole(html).is_some(), "{html}");
        }
        let html =
            "<p>&lt;script&gt; onclick=\"x\" <a href=\"https://a.example\" rel=\"nofollow\">x</a><br></p>";
        assert_eq!(hole(html), None);
    }
}
