//! What headings are called in links to them, and where a link may lead.

use comrak::Node;
use comrak::nodes::NodeValue;
use std::collections::{HashMap, HashSet, VecDeque};

/// Before every id, so that a README can not take those of the page around it.
pub(super) const PREFIX: &str = "readme-";

/// Characters of a heading's name.
const NAME_MOST: usize = 100;

/// The names of a README's headings.
#[derive(Default)]
pub(super) struct Names {
    /// In the order of the headings.
    coming: VecDeque<String>,
    taken: HashSet<String>,
    /// The number to try next behind a name that is taken.
    numbers: HashMap<String, usize>,
}

impl Names {
    pub(super) fn of(root: Node<'_>) -> Self {
        let mut names = Self::default();
        names.reserve_footnotes(root);
        for node in root.descendants() {
            if matches!(node.data().value, NodeValue::Heading(_)) {
                let name = names.take(&slug(&node.collect_text()));
                names.coming.push_back(name);
            }
        }
        names
    }

    /// The id of the next heading, without the prefix.
    pub(super) fn next(&mut self) -> String {
        self.coming.pop_front().unwrap_or_default()
    }

    /// Where a link to `url` leads; `None`: nowhere, and it stays text.
    pub(super) fn target(&self, url: &str) -> Option<String> {
        match url.strip_prefix('#') {
            Some(name) => self.anchor(name),
            None => is_elsewhere(url).then(|| url.to_owned()),
        }
    }

    /// A heading by its name as it was written, or by its whole id as an address has it.
    fn anchor(&self, written: &str) -> Option<String> {
        // Browsers scroll up by themselves.
        if written == "top" {
            return Some("#top".to_owned());
        }
        let name = decoded(written);
        let known = [name.as_str(), name.strip_prefix(PREFIX).unwrap_or_default(), &name.to_lowercase()]
            .into_iter()
            .find(|name| self.taken.contains(*name))?
            .to_owned();
        Some(format!("#{PREFIX}{known}"))
    }

    /// Footnotes make ids of their own.
    fn reserve_footnotes(&mut self, root: Node<'_>) {
        for node in root.descendants() {
            if let NodeValue::FootnoteReference(reference) = &node.data().value {
                let name = &reference.name;
                self.taken.insert(format!("fn-{name}"));
                self.taken.insert(match reference.ref_num {
                    0 | 1 => format!("fnref-{name}"),
                    number => format!("fnref-{name}-{number}"),
                });
            }
        }
    }

    /// A name that no other has. Each number is tried once for each name, however many headings share it.
    fn take(&mut self, slug: &str) -> String {
        if self.taken.insert(slug.to_owned()) {
            return slug.to_owned();
        }
        let number = self.numbers.entry(slug.to_owned()).or_insert(1);
        loop {
            let name = format!("{slug}-{number}");
            *number += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// As GitHub makes them: small letters and digits of any script, `-` for spaces.
fn slug(heading: &str) -> String {
    let name: String = heading
        .trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .take(NAME_MOST)
        .collect();
    if name.is_empty() { "-".to_owned() } else { name }
}

/// An address of another site, or of a person.
fn is_elsewhere(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    // Without a host a browser would take the rest for a path of this hub.
    let is_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    (is_web && rest.starts_with("//")) || scheme.eq_ignore_ascii_case("mailto")
}

/// Without percent signs; as it is, where they stand for no text.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte = escaped
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_named_as_on_github() {
        for (heading, name) in [
            ("Install", "install"),
            ("How to `run` it?", "how-to-run-it"),
            ("安装 说明", "安装-说明"),
            ("v1.2_x", "v12_x"),
            ("🚀", "-"),
            ("\"><script>", "script"),
        ] {
            let plain = heading.replace('`', "");
            assert_eq!(slug(&plain), name, "{heading}");
        }
        assert_eq!(slug(&"x".repeat(500)).len(), NAME_MOST);
    }

    #[test]
    fn names_are_unique_and_cheap() {
        let mut names = Names::default();
        assert_eq!(
            [names.take("a"), names.take("a-1"), names.take("a"), names.take("a")],
            ["a", "a-1", "a-2", "a-3"]
        );
        let all: HashSet<_> = (0..10_000).map(|_| names.take("b")).collect();
        assert_eq!((all.len(), names.numbers["b"]), (10_000, 10_000), "each number was tried once");
    }

    #[test]
    fn links_lead_elsewhere_or_to_a_heading() {
        let mut names = Names::default();
        for name in ["install", "安装", "readme-2"] {
            names.take(name);
        }
        for (url, target) in [
            ("#install", "#readme-install"),
            ("#Install", "#readme-install"),
            ("#readme-install", "#readme-install"),
            ("#readme-2", "#readme-readme-2"),
            ("#安装", "#readme-安装"),
            ("#%E5%AE%89%E8%A3%85", "#readme-安装"),
            ("#top", "#top"),
            ("https://a.example/#x", "https://a.example/#x"),
            ("MAILTO:a@a.example", "MAILTO:a@a.example"),
        ] {
            assert_eq!(names.target(url).as_deref(), Some(target), "{url}");
        }
        for url in [
            "#",
            "#main",
            "#%ff",
            "#%",
            "LICENSE",
            "./a",
            "/r/a",
            "//evil.example",
            "?q",
            "",
            "javascript:x",
            "data:x",
            "\\\\evil.example",
            " https://a.example",
            "httpsx:a",
        ] {
            assert_eq!(names.target(url), None, "{url}");
        }
    }
}
