//! Badges: a label and a value, in the flat style that READMEs are used to.

use super::answer::{Sent, entity_tag, moved, refused};
use super::asked::Asked;
use super::glyphs::{line, width};
use super::xml::escaped;
use app::badge_text;
use axum::response::Response;
use model::{Badge, Tag};

/// Characters of a label of one's own.
const LABEL_MOST: usize = 40;
/// Seconds.
const FRESH: u32 = 300;

/// Colours that have names, all but the lightest with white letters on them.
const COLORS: [(&str, &str); 12] = [
    ("brightgreen", "#2f8132"),
    ("green", "#1a6b3c"),
    ("yellow", "#80560b"),
    ("orange", "#b04a00"),
    ("red", "#a92b24"),
    ("blue", "#245da8"),
    ("teal", "#0b6670"),
    ("purple", "#58459b"),
    ("pink", "#a6306e"),
    ("grey", "#55646a"),
    ("gray", "#55646a"),
    ("black", "#152023"),
];

pub(super) async fn badge(asked: Asked, badge: Badge) -> Response {
    let tag: Option<Tag> = asked.parameter("tag").and_then(|tag| tag.parse().ok());
    let name = match asked.repository() {
        Ok(name) => name,
        Err(error) => return refused(&error),
    };
    match asked.shared.hub.badge(&asked.actor, &name, badge, tag.as_ref()).await {
        Ok((head, _)) if head.name != name => moved(&asked.at(&head.name)),
        Ok((head, fact)) => {
            let (label, value) = badge_text(asked.locale(), &fact);
            let label = asked.parameter("label").map(|own| shortened(&own)).unwrap_or(label);
            let color = asked.parameter("color").and_then(|own| color(&own));
            let svg = drawn(&label, &value, &color.unwrap_or_else(|| color_of(badge).to_owned()));
            let sent = Sent {
                kind: "image/svg+xml",
                tag: entity_tag(&svg),
                fresh: FRESH,
                visibility: head.visibility,
            };
            sent.answer(&asked.headers, svg)
        }
        Err(error) => refused(&error),
    }
}

fn shortened(label: &str) -> String {
    line(label).chars().take(LABEL_MOST).collect()
}

const fn color_of(badge: Badge) -> &'static str {
    match badge {
        Badge::Pulls => "#0b6670",
        Badge::Stars => "#80560b",
        Badge::Size => "#245da8",
        Badge::Version => "#1a6b3c",
        Badge::Build => "#55646a",
    }
}

/// A name, or three or six hex digits. Anything else is no colour.
fn color(text: &str) -> Option<String> {
    let named = COLORS.iter().find(|(name, _)| *name == text).map(|(_, value)| (*value).to_owned());
    let digits = text.trim_start_matches('#');
    let is_hex = matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    named.or_else(|| is_hex.then(|| format!("#{digits}")))
}

/// Letters that can be read on `color`.
fn ink(color: &str) -> &'static str {
    let digits: Vec<u32> = color.chars().filter_map(|c| c.to_digit(16)).collect();
    let light = match digits.as_slice() {
        [r, _, g, _, b, _] | [r, g, b] => r * 3 + g * 6 + b,
        _ => 0,
    };
    if light > 90 { "#152023" } else { "#fff" }
}

/// Pixels of a text in letters of 11 pixels.
fn pixels(text: &str) -> u32 {
    (width(text).saturating_mul(11).saturating_add(500)) / 1000
}

/// `color` must be one of [`color`]'s.
fn drawn(label: &str, value: &str, color: &str) -> String {
    let (label_room, value_room) = (pixels(label), pixels(value));
    let (left, right) = (if label.is_empty() { 0 } else { label_room + 10 }, value_room + 10);
    let (all, ink) = (left + right, ink(color));
    let said = if label.is_empty() { escaped(value) } else { escaped(&format!("{label}: {value}")) };
    let texts = text(label, left / 2, label_room, "#fff") + &text(value, left + right / 2, value_room, ink);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all}\" height=\"20\" role=\"img\" aria-label=\"{said}\">\
         <title>{said}</title>\
         <linearGradient id=\"s\" x2=\"0\" y2=\"100%\"><stop offset=\"0\" stop-color=\"#bbb\" stop-opacity=\".1\"/>\
         <stop offset=\"1\" stop-opacity=\".1\"/></linearGradient>\
         <clipPath id=\"r\"><rect width=\"{all}\" height=\"20\" rx=\"3\"/></clipPath>\
         <g clip-path=\"url(#r)\"><rect width=\"{left}\" height=\"20\" fill=\"#444\"/>\
         <rect x=\"{left}\" width=\"{right}\" height=\"20\" fill=\"{color}\"/>\
         <rect width=\"{all}\" height=\"20\" fill=\"url(#s)\"/></g>\
         <g text-anchor=\"middle\" font-family=\"Verdana,Geneva,DejaVu Sans,PingFang SC,Noto Sans SC,Microsoft YaHei,sans-serif\" \
         font-size=\"11\">{texts}</g></svg>\n"
    )
}

/// Browsers squeeze or stretch it into the room that was left for it, whichever font they have.
fn text(text: &str, middle: u32, room: u32, ink: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<text x=\"{middle}\" y=\"14\" fill=\"{ink}\" textLength=\"{room}\">{}</text>", escaped(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use roxmltree::Document;

    #[test]
    fn a_badge_is_xml_whatever_it_says() {
        for attack in testing::attacks() {
            for (label, value) in [(*attack, "1"), ("a", attack), (&shortened(attack), "1")] {
                let svg = drawn(label, value, "#0b6670");
                let parsed = Document::parse(&svg);
                assert!(parsed.is_ok(), "{attack}: {parsed:?}");
                let elements = parsed.iter().flat_map(Document::descendants).filter(|node| node.is_element());
                assert!(
                    elements.clone().count() <= 14
                        && elements.flat_map(|node| node.attributes()).all(|one| one.name() != "style"),
                    "{svg}"
                );
            }
        }
    }

    #[test]
    fn colours_are_names_or_hex_digits() {
        for (text, expected) in [
            ("red", Some("#a92b24")),
            ("#abc", Some("#abc")),
            ("00FF00", Some("#00FF00")),
            ("\"/>", None),
            ("abcd", None),
        ] {
            assert_eq!(color(text).as_deref(), expected);
        }
        assert_eq!((ink("#ffffff"), ink("#fff"), ink("#0b6670")), ("#152023", "#152023", "#fff"));
    }
}
