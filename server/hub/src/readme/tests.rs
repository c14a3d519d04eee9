//! What Markdown becomes, what hostile Markdown does not become, and what it costs.

use super::render;
use testing::{attacks, deepest, hole};

/// Characters that a full description may have.
const FULL_MOST: usize = crate::FULL_MOST;

fn has(markdown: &str, parts: &[&str]) {
    let html = render(markdown);
    for part in parts {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn github_markdown_becomes_html() {
    has(
        "~~a~~ https://example.com `b`\n\n1. c\n\n> d\n\n---",
        &["<del>a</del>", "href=\"https://example.com\"", "<code>b</code>", "<ol>", "<blockquote>", "<hr>"],
    );
    assert_eq!(render(" \n"), "");
}

#[test]
fn headings_can_be_linked_to() {
    let anchor = |name: &str| {
        format!(
            "<a class=\"anchor\" href=\"#readme-{name}\" aria-labelledby=\"readme-{name}\" rel=\"nofollow noopener \
             noreferrer\"></a>"
        )
    };
    let html = render(
        "# Install *me*\n\n## Install me\n\nSee\n===\n\n[up](#install-me) [x](#nowhere) [y](LICENSE) [z](//evil.example) [w](http:settings)",
    );
    for part in [
        format!(
            "<div class=\"heading\"><h1 id=\"readme-install-me\">Install <em>me</em></h1>{}</div>",
            anchor("install-me")
        ),
        format!("<h2 id=\"readme-install-me-1\">Install me</h2>{}", anchor("install-me-1")),
        "<h1 id=\"readme-see\">See</h1>".to_owned(),
        "<a href=\"#readme-install-me\" rel=\"nofollow noopener noreferrer\">up</a> x y z w</p>".to_owned(),
    ] {
        assert!(html.contains(&part), "{part} in {html}");
    }
}

#[test]
fn chinese_headings_are_reached() {
    has("# 安装\n\n[去](#安装)", &["id=\"readme-安装\"", "href=\"#readme-%E5%AE%89%E8%A3%85\""]);
}

#[test]
fn tables_stand_in_a_box_that_scrolls() {
    has(
        "| a | b |\n|---|:-:|\n| 1 | 2 |",
        &[
            "<div class=\"scroll\" tabindex=\"0\">\n<table>",
            "<th align=\"center\">b</th>",
            "</table>\n</div>",
        ],
    );
}

#[test]
fn tasks_name_their_boxes() {
    has(
        "- [x] a *b*\n- [ ] c\n  - [ ] d\n- e\n\n1. [x] f\n\n   g",
        &[
            "<li class=\"task\"><label><input type=\"checkbox\" checked=\"\" disabled=\"\"> a <em>b</em></label></li>",
            "<li class=\"task\"><label><input type=\"checkbox\" disabled=\"\"> c</label>\n<ul>",
            "<li>e</li>",
            "<p><label><input type=\"checkbox\" checked=\"\" disabled=\"\"> f</label></p>\n<p>g</p>",
        ],
    );
}

#[test]
fn footnotes_lead_there_and_back() {
    has(
        "a[^1] b[^1] c[^\"x]\n\n[^1]: d\n[^\"x]: e\n\n# fn 1",
        &[
            "<sup class=\"footnote-ref\"><a href=\"#readme-fn-1\" id=\"readme-fnref-1\" rel=\"nofollow noopener noreferrer\">1</a></sup>",
            "<section class=\"footnotes\">\n<ol>\n<li id=\"readme-fn-1\">",
            "href=\"#readme-fnref-1\" class=\"footnote-backref\"",
            "href=\"#readme-fnref-1-2\" class=\"footnote-backref\"",
            "<h1 id=\"readme-fn-1-1\">",
        ],
    );
}

#[test]
fn alerts_are_alerts() {
    has(
        "> [!WARNING]\n> a *b*\n\n> [!NOTE] 注意\n> c",
        &[
            "<div class=\"markdown-alert markdown-alert-warning\">\n<p class=\"markdown-alert-title\">Warning</p>\n<p>a <em>b</em></p>",
            "<p class=\"markdown-alert-title\">注意</p>",
        ],
    );
}

#[test]
fn code_is_coloured_by_classes() {
    has(
        "```dockerfile\nFROM a\n```\n\n```\nFROM <b>\n```\n\n    c",
        &[
            "<pre><code><span class=\"k\">FROM</span> a\n</code></pre>",
            "<pre><code>FROM &lt;b&gt;\n</code></pre>",
            "<pre><code>c\n</code></pre>",
        ],
    );
    has(&format!("```math\n{}\n```", "x".repeat(100)), &["<pre tabindex=\"0\"><code>x"]);
}

#[test]
fn images_are_links() {
    has(
        "![a *b*](https://a.example/b.png \"c\") ![](https://a.example/d.png) ![e](f.png)",
        &[
            "<a class=\"image-link\" href=\"https://a.example/b.png\" title=\"c\" rel=\"nofollow noopener noreferrer\">a <em>b</em></a>",
            ">d.png</a>",
            "<span class=\"image-text\">e</span>",
        ],
    );
    has(
        "[![Build](https://a.example/b.svg)](https://ci.example)",
        &[
            "<a href=\"https://ci.example\" rel=\"nofollow noopener noreferrer\"><span class=\"image-text\">Build</span></a>",
        ],
    );
}

#[test]
fn comments_are_not_shown_and_other_html_is_text() {
    assert_eq!(render("<!-- toc -->\n\na"), "<p>a</p>\n");
    has("<details>x</details> <b>y</b>", &["&lt;details&gt;", "&lt;b&gt;"]);
    has("<!-- a --> b -->", &["&lt;!-- a"]);
}

#[test]
fn what_is_attacked_with_stays_text() {
    for attack in attacks() {
        for around in
            ["", "# ", "> [!NOTE]\n> ", "- [x] ", "![", "[^1]: ", "| a |\n|---|\n| ", "```html\n", "```"]
        {
            let markdown = format!("x[^1]\n\n{around}{attack}");
            let html = render(&markdown);
            if let Some(hole) = hole(&html) {
                panic!("{markdown} became {html}: {hole}");
            }
        }
    }
}

/// A sanitiser's second look changes nothing, so a browser's first does not either.
#[test]
fn what_was_sanitised_is_stable() {
    let more = [
        "# a\n\n- [x] b[^1]\n\n[^1]: c\n\n> [!TIP]\n> ```sh\n> $ d\n> ```\n\n| e |\n|---|\n| ![f](g) |",
        "[a ![b](https://b.example) [c](https://c.example) www.d.example](https://a.example)",
        "[x[^1]](https://a.example)\n\n[^1]: [y](https://b.example)",
        "# [a](https://a.example) `</h1>`",
        "- [ ] [a](https://a.example)\n- [ ] ```\n      b\n      ```",
        "```html\n</code></pre><img src=x onerror=alert(1)>\n```",
        "``</code>`` `<!--` `-->` `<style>`",
    ];
    for markdown in attacks().iter().copied().chain(more) {
        let html = render(markdown);
        assert_eq!(super::sanitiser::clean(&html), html, "{markdown}");
    }
}

#[test]
fn ids_of_the_page_can_not_be_taken() {
    let html = render("# main\n\n# main\n\n# cookie\n\na[^main]\n\n[^main]: b");
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), 5);
    assert!(ids.iter().all(|id| id.starts_with("readme-")), "{ids:?}");
    assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), ids.len());
}

#[test]
fn nothing_grows_much_beyond_its_length() {
    let long = |part: &str| part.repeat(FULL_MOST / part.chars().count());
    let table = |columns: usize| {
        format!("{}\n{}\n", "|a".repeat(columns), "|-".repeat(columns))
            + &"|\n".repeat((FULL_MOST - columns * 4) / 2)
    };
    let referred = format!(
        "[a]: https://a.example/{}\n\n{}",
        "x".repeat(FULL_MOST / 2),
        "[a] ".repeat(FULL_MOST / 8 - 10)
    );
    let hostile = [
        table(1_000),
        table(3_000),
        table(12),
        referred,
        long("> "),
        long("- + "),
        long("1. > "),
        long("*a **a "),
        long("["),
        long("![a]("),
        long("[a](b"),
        long("# a\n"),
        long("#\n"),
        long("a[^1] ") + "\n\n[^1]: b",
        long("`"),
        long("`a``"),
        long("<!--"),
        long("<a "),
        long("&amp;"),
        long("- [ ] a\n"),
        long("> [!NOTE]\n\n"),
        long("www.a.b "),
        long("a@b.c "),
        long("![a](http://b) "),
        format!("```json\n{}", long("1 ")),
        long("```c\n1\n```\n"),
        long("~~a"),
        long("\\"),
        long("船"),
        long("\"<>&"),
        long("| a |\n|---|\n\n"),
    ];
    for markdown in hostile {
        let html = render(&markdown);
        let start: String = markdown.chars().take(40).collect();
        assert!(html.len() < 3_000_000, "{} bytes of {start:?}", html.len());
        assert!(deepest(&html) < 150, "{} levels of {start:?}", deepest(&html));
    }
}
