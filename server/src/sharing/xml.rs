//! XML: what may be in a text, and moments.

use model::Timestamp;

/// `text` as it may stand between tags and in attributes. What XML has no way to write is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// XML 1.0, "Characters".
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// RFC 3339, as feeds and sitemaps want it.
pub(super) fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|moment| moment.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_in_a_text_is_markup() {
        for attack in testing::attacks() {
            let document = format!("<a b=\"{0}\" c='{0}'>{0}</a>", escaped(attack));
            let parsed = roxmltree::Document::parse(&document);
            assert!(parsed.is_ok(), "{attack}: {parsed:?}");
        }
        assert_eq!(escaped("a\0b\u{1b}[m\u{fffe}&<>\"'"), "ab[m&amp;&lt;&gt;&quot;&#39;");
    }
}
