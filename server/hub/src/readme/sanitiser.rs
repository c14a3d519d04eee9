//! The last word on a README's HTML: lets through only what text needs, whoever wrote it.

use super::highlight::Class;
use super::names::PREFIX;
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What text is made of.
const TAGS: [&str; 31] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "input",
    "label",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
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

/// Classes of ours, and those that the Markdown crate gives to footnotes and alerts.
const CLASSES: [(&str, &[&str]); 6] = [
    ("a", &["anchor", "footnote-backref", "image-link"]),
    (
        "div",
        &[
            "heading",
            "scroll",
            "markdown-alert",
            "markdown-alert-note",
            "markdown-alert-tip",
            "markdown-alert-important",
            "markdown-alert-warning",
            "markdown-alert-caution",
        ],
    ),
    ("li", &["task"]),
    ("p", &["markdown-alert-title"]),
    ("section", &["footnotes"]),
    ("sup", &["footnote-ref"]),
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(sanitiser);

pub(super) fn clean(html: &str) -> String {
    SANITISER.clean(html).to_string()
}

fn sanitiser() -> Builder<'static> {
    let mut builder = Builder::new();
    builder
        .tags(HashSet::from(TAGS))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title", "aria-labelledby"])),
            ("ol", HashSet::from(["start"])),
            ("td", HashSet::from(["align"])),
            ("th", HashSet::from(["align"])),
        ]))
        .tag_attribute_values(HashMap::from([
            (
                "input",
                HashMap::from([
                    ("type", HashSet::from(["checkbox"])),
                    ("checked", HashSet::from([""])),
                    ("disabled", HashSet::from([""])),
                ]),
            ),
            ("div", HashMap::from([("tabindex", HashSet::from(["0"]))])),
            ("pre", HashMap::from([("tabindex", HashSet::from(["0"]))])),
        ]))
        .allowed_classes(classes())
        .generic_attributes(HashSet::from(["id"]))
        .id_prefix(Some(PREFIX))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Custom(Box::new(anchor)))
        .link_rel(Some("nofollow noopener noreferrer"));
    builder
}

fn classes() -> HashMap<&'static str, HashSet<&'static str>> {
    let pieces = Class::ALL.map(Class::name).into_iter().chain(["image-text"]).collect();
    CLASSES
        .into_iter()
        .map(|(tag, names)| (tag, names.iter().copied().collect()))
        .chain([("span", pieces)])
        .collect()
}

/// Links of the README into itself: headings have the prefix already, footnotes get it as their ids do.
fn anchor(url: &str) -> Option<Cow<'_, str>> {
    let name = url.strip_prefix('#')?;
    if name == "top" || name.starts_with(PREFIX) {
        return Some(Cow::Borrowed(url));
    }
    (name.starts_with("fn-") || name.starts_with("fnref-")).then(|| Cow::Owned(format!("#{PREFIX}{name}")))
}
