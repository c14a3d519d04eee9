//! What a comment says: Markdown of a narrow kind, made safe HTML when it is saved.
//!
//! Narrower than a README: no headings, tables, images or footnotes. A heading becomes a paragraph and an image a link to
//! it, so that nothing that was typed is lost, and nothing is loaded from a stranger's server.

use crate::readme::flatten;
use ammonia::{Builder, UrlRelative};
use comrak::nodes::NodeValue;
use comrak::{Arena, Options};
use model::comment::COMMENT_MOST;
use model::{Error, Problem};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Parts in parts: quotes in quotes take room to the left, and phones have little.
const DEPTH_MOST: usize = 12;
/// What a comment is made of.
const TAGS: [&str; 12] =
    ["a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "strong"];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(sanitiser);

/// A text that may be saved.
#[derive(Debug)]
pub(super) struct Text {
    /// Markdown.
    pub(super) body: String,
    pub(super) html: String,
    pub(super) links: usize,
}

impl Text {
    /// Reads what was typed; what is around it does not count.
    ///
    /// # Errors
    /// `Invalid` on `text`: nothing that one could see, or too long.
    pub(super) fn read(typed: &str) -> Result<Self, Error> {
        // A form's line ends are CR LF (WHATWG URL, form encoding); Markdown's are not.
        let body = typed.replace("\r\n", "\n").trim().to_owned();
        if body.chars().count() > COMMENT_MOST {
            return Err(Error::field("text", Problem::TooLong { max: COMMENT_MOST }));
        }
        if body.contains('\0') {
            return Err(Error::field("text", Problem::BadValue));
        }
        let html = render(&body);
        if !says_something(&html) {
            return Err(Error::field("text", Problem::Required));
        }
        // Text has no `<` of its own any more.
        let links = html.matches("<a ").count();
        Ok(Self { body, html, links })
    }
}

/// `markdown` as HTML that can stand in a page.
pub(super) fn render(markdown: &str) -> String {
    let (arena, options) = (Arena::new(), options());
    let root = comrak::parse_document(&arena, markdown, &options);
    flatten(&arena, root, DEPTH_MOST);
    for node in root.descendants() {
        let value = &mut node.data_mut().value;
        match value {
            NodeValue::Heading(_) => *value = NodeValue::Paragraph,
            NodeValue::Image(link) => *value = NodeValue::Link(link.clone()),
            _ => {}
        }
    }
    let mut html = String::new();
    match comrak::format_html(root, &options, &mut html) {
        Ok(()) => SANITISER.clean(&html).to_string(),
        // A string takes whatever is written to it.
        Err(_) => String::new(),
    }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.render.escape = true;
    options.render.hardbreaks = true;
    options
}

fn sanitiser() -> Builder<'static> {
    let mut builder = Builder::new();
    let tags = TAGS.into_iter().chain(["ul"]);
    builder
        .tags(tags.collect::<HashSet<_>>())
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow ugc noopener noreferrer"));
    builder
}

/// Whether there is a letter, a digit or a sign between the tags: neither a space nor what has no width.
fn says_something(html: &str) -> bool {
    let mut is_in_tag = false;
    html.chars().any(|c| {
        match c {
            '<' => is_in_tag = true,
            '>' => is_in_tag = false,
            _ => {}
        }
        !is_in_tag && c != '>' && !is_blank(c)
    })
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_narrow_html() {
        let html =
            render("# Hi *there*\nyou\n\n- ~~a~~ `b`\n\n![cat](https://example.com/cat.png)\n\n| a |\n|---|");
        assert!(html.starts_with("<p>Hi <em>there</em></p>"), "{html}");
        for part in [
            "<del>a</del>",
            "<code>b</code>",
            "href=\"https://example.com/cat.png\"",
            "rel=\"nofollow ugc noopener noreferrer\"",
            ">cat</a>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(render("a\nb"), "<p>a<br>\nb</p>\n");
    }

    #[test]
    fn what_is_attacked_with_stays_text() {
        for attack in testing::attacks() {
            let html = render(attack);
            if let Some(hole) = testing::hole(&html) {
                panic!("{attack} became {html}: {hole}");
            }
        }
    }

    #[test]
    fn nothing_grows_much_beyond_its_length() {
        let long = |part: &str| part.repeat(COMMENT_MOST / part.chars().count());
        for part in [
            "> ", ">", "- + ", "1. > ", "*a **a ", "[", "![a](", "`a``", "~~a", "www.a.b ", "a@b.c ", "\"<>&",
        ] {
            let html = render(&long(part));
            assert!(html.len() < 150_000, "{} bytes of {part:?}", html.len());
            assert!(testing::deepest(&html) < 40, "{} levels of {part:?}", testing::deepest(&html));
        }
        let deep = render(&format!(
            "{0}a `b`\n{0}\n{0}```\n{0}c\n{0}```\n{0}[d](https://e.example)<f>",
            "> ".repeat(30)
        ));
        for part in ["a b", "c", "https://e.example d", "&lt;f&gt;"] {
            assert!(deep.contains(part), "{part} was typed and is not in {deep}");
        }
    }

    #[test]
    fn links_are_counted_however_they_are_written() {
        let links = |text: &str| Text::read(text).unwrap().links;
        assert_eq!(links("[a](https://a.example) https://b.example www.c.example <https://d.example>"), 4);
        assert_eq!(links("![a](https://a.example/b.png)"), 1);
        assert_eq!(links("`<a href=x>` \\<a >"), 0);
    }

    #[test]
    fn a_comment_says_something_and_not_too_much() {
        let refused = |text: &str| Text::read(text).err();
        let empty = Some(Error::field("text", Problem::Required));
        for text in ["", " \n\t", "\u{200b}\u{feff}", "[x]: https://a.example", "\u{3164}", "* \u{2060}"] {
            assert_eq!(refused(text), empty, "{text:?}");
        }
        assert_eq!(refused(&"船".repeat(COMMENT_MOST)), None);
        let long = Error::field("text", Problem::TooLong { max: COMMENT_MOST });
        assert_eq!(refused(&"船".repeat(COMMENT_MOST + 1)), Some(long));
        assert_eq!(refused("a\0b"), Some(Error::field("text", Problem::BadValue)));
        assert_eq!(refused("👍"), None);
        assert_eq!(Text::read(" a\r\nb ").unwrap().body, "a\nb");
    }
}
