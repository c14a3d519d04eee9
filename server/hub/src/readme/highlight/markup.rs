//! HTML and XML: tags with their attributes, comments, entities. Scripts and styles within are not looked into.

use super::scanner::{line_end, word_len};
use super::{Class, Pieces};

pub(super) fn scan(code: &str) -> Pieces<'_> {
    let mut pieces = Pieces::default();
    let mut rest = code;
    while !rest.is_empty() {
        let take = match rest.strip_prefix("<!--") {
            Some(inside) => comment(&mut pieces, rest, inside),
            None if starts_tag(rest) => tag(&mut pieces, rest),
            None => text(&mut pieces, rest),
        };
        rest = rest.get(take..).unwrap_or_default();
    }
    pieces
}

fn starts_tag(rest: &str) -> bool {
    let second = rest.strip_prefix('<').and_then(|rest| rest.chars().next());
    second.is_some_and(|c| c.is_alphabetic() || matches!(c, '/' | '!' | '?'))
}

fn comment<'a>(pieces: &mut Pieces<'a>, rest: &'a str, inside: &str) -> usize {
    let len = inside.find("-->").map_or(rest.len(), |end| end + "<!---->".len());
    add(pieces, rest, len, Some(Class::Comment))
}

/// Up to the next tag or entity; an entity itself.
fn text<'a>(pieces: &mut Pieces<'a>, rest: &'a str) -> usize {
    if let Some(name) = rest.strip_prefix('&') {
        let len = word_len(name, "#");
        if name.get(len..).is_some_and(|after| after.starts_with(';')) {
            return add(pieces, rest, len + 2, Some(Class::Number));
        }
    }
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let more = rest.get(first..).and_then(|after| after.find(['<', '&']));
    add(pieces, rest, more.map_or(rest.len(), |more| first + more), None)
}

/// `<name attribute="value">`; one without an end goes to the end of the code.
fn tag<'a>(pieces: &mut Pieces<'a>, whole: &'a str) -> usize {
    let signs = whole.find(|c| !matches!(c, '<' | '/' | '!' | '?')).unwrap_or(whole.len());
    let name = word_len(whole.get(signs..).unwrap_or_default(), "-:.");
    let mut at = add(pieces, whole, signs + name, Some(Class::Keyword));
    while let Some(rest) = whole.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(end) = ["/>", "?>", ">"].iter().find(|end| rest.starts_with(**end)) {
            return at + add(pieces, rest, end.len(), Some(Class::Keyword));
        }
        at += attribute(pieces, rest);
    }
    at
}

fn attribute<'a>(pieces: &mut Pieces<'a>, rest: &'a str) -> usize {
    let first = rest.chars().next().unwrap_or_default();
    if matches!(first, '"' | '\'') {
        let inside = rest.get(1..).unwrap_or_default();
        let len = inside.find(first).map_or_else(|| line_end(rest), |end| end + 2);
        return add(pieces, rest, len, Some(Class::Text));
    }
    match word_len(rest, "-:.@") {
        0 => add(pieces, rest, first.len_utf8(), None),
        len => add(pieces, rest, len, Some(Class::Property)),
    }
}

/// How much it added: at least a byte of what is there.
fn add<'a>(pieces: &mut Pieces<'a>, rest: &'a str, len: usize, class: Option<Class>) -> usize {
    let text = rest.get(..len).filter(|text| !text.is_empty()).unwrap_or(rest);
    pieces.add(class, text);
    text.len()
}
