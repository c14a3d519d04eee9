//! Markdown to safe HTML: GitHub's flavour, then a sanitiser that lets through only what text needs.
//!
//! Images are shown as links: loading them would tell a stranger's server who reads the page.

use ammonia::{Builder, UrlRelative};
use comrak::Options;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What text is made of.
const TAGS: [&str; 28] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(sanitiser);

/// `markdown` as HTML that can stand in a page. The time it takes grows with the length alone.
pub(crate) fn render(markdown: &str) -> String {
    if markdown.trim().is_empty() {
        return String::new();
    }
    SANITISER.clean(&comrak::markdown_to_html(markdown, &options())).to_string()
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.header_id_prefix = Some("readme-".into());
    options.render.escape = true;
    options
}

fn sanitiser() -> Builder<'static> {
    let mut builder = Builder::new();
    builder
        .tags(HashSet::from(TAGS))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title"])),
            ("ol", HashSet::from(["start"])),
            ("td", HashSet::from(["align"])),
            ("th", HashSet::from(["align"])),
        ]))
        .tag_attribute_values(HashMap::from([(
            "input",
            HashMap::from([
                ("type", HashSet::from(["checkbox"])),
                ("checked", HashSet::from([""])),
                ("disabled", HashSet::from([""])),
            ]),
        )]))
        .generic_attributes(HashSet::from(["id"]))
        .id_prefix(Some("readme-"))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener noreferrer"));
    builder
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn markdown_becomes_html() {
        let html =
            render("# Hi\n\n- [x] done\n\n| a | b |\n|---|:-:|\n| 1 | ~~2~~ |\n\nhttps://example.com `code`");
        for part in [
            "<h1",
            "checkbox",
            "<table>",
            "<del>2</del>",
            "href=\"https://example.com\"",
            "<code>code</code>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn nothing_that_runs_gets_through() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "<a href=\"javas&#99;ript:alert(1)\">x</a>",
            "<svg onload=alert(1)>",
            "<style>*{display:none}</style>",
            "<form action=/api><input name=x></form>",
            "<base href=//evil>",
            "<meta http-equiv=refresh content=0>",
            "![x](javascript:alert(1))",
            "<http://x\"onmouseover=alert(1)//>",
            "<iframe srcdoc='<script>'></iframe>",
        ] {
            let html = render(hostile).to_lowercase();
            for bad in [
                "<script",
                "<img",
                "<svg",
                "<style",
                "<form",
                "<base",
                "<meta",
                "<iframe",
                "href=\"javascript",
                "href=\"data",
            ] {
                assert!(!html.contains(bad), "{hostile} became {html}");
            }
            let mut tags = html.split('<').skip(1).filter_map(|rest| rest.split('>').next());
            assert!(tags.all(|tag| !tag.contains(" on")), "{hostile} became {html}");
        }
    }
}
