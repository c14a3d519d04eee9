//! What is on a picture, as SVG: the mark, a name, a few lines, a few numbers, in the light colours of the pages.

use super::drawing::FAMILY;
use crate::sharing::glyphs::{cut, line, width, wrapped};
use crate::sharing::xml::escaped;
use app::{Locale, compact, tagline};
use model::Username;
use model::view::RepositoryHead;

pub(super) const WIDTH: u32 = 1200;
pub(super) const HEIGHT: u32 = 630;

/// Where texts begin, and how wide they may be.
const LEFT: u32 = 88;
const ROOM: u32 = 1024;

const PAPER: &str = "#f7f8f8";
const INK: &str = "#152023";
const SOFT: &str = "#55646a";
const ACCENT: &str = "#0b6670";

/// On a grid of 16, as on the pages.
const MARK: &str = "M4 1.5v13M2 1.5h4M2 14.5h9M4 9.5a3.5 3.5 0 1 1 0 .1M11.5 9.5h3";
const STAR: &str = "M8 1.8l1.9 3.9l4.3.6l-3.1 3l.7 4.300L8 11.600l-3.8 2l.7-4.300l-3.1-3l4.300-.6z";
const PULL: &str = "M8 2v8M4.500 7l3.500 3.500L11.500 7M2.500 13.500h11";
const BOX: &str = "M2.500 4.600L8 1.800l5.500 2.800v6.800L8 14.200l-5.500-2.800zM2.500 4.600L8 7.400l5.500-2.800M8 7.400v6.800";

/// Sizes of the name, and of what stands beside it.
const LARGEST: u32 = 92;
const SMALLEST: u32 = 44;
const LINE: u32 = 36;

/// A repository with its numbers.
pub(super) fn repository(head: &RepositoryHead) -> String {
    let (name, about) = (&head.name, line(&head.description));
    let lines = wrapped(&about, in_thousandths(ROOM, LINE), 3);
    let numbers = [(STAR, compact(head.stars)), (PULL, compact(head.pulls))];
    let space = format!("{} /", name.namespace());
    let mut parts =
        vec![words(LEFT, 230, 40, SOFT, &cut(&space, in_thousandths(ROOM, 40))), title(name.name(), 322)];
    parts.extend((0_u32..).zip(&lines).map(|(row, line)| words(LEFT, 392 + row * 50, LINE, INK, line)));
    framed(&(parts.concat() + &row_of(&numbers)))
}

/// A person or an organization.
pub(super) fn namespace(name: &Username, repositories: u64) -> String {
    framed(&(title(name.as_str(), 340) + &row_of(&[(BOX, compact(repositories))])))
}

/// The hub itself, in every language that it speaks.
pub(super) fn hub(host: &str) -> String {
    let mut body = words(LEFT, 300, 88, INK, "Berth 泊位");
    for (row, locale) in (0_u32..).zip(Locale::ALL) {
        body += &words(LEFT, 380 + row * 56, 32, INK, tagline(locale));
    }
    framed(&(body + &words(LEFT, 560, 32, SOFT, &cut(&line(host), in_thousandths(ROOM, 32)))))
}

/// As large as there is room for, and never too long.
fn title(name: &str, y: u32) -> String {
    let fits = ROOM.saturating_mul(1000).checked_div(width(name)).unwrap_or(LARGEST);
    let size = fits.clamp(SMALLEST, LARGEST);
    let name = escaped(&cut(name, in_thousandths(ROOM, size)));
    format!(
        "<text x=\"{LEFT}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"700\" fill=\"{INK}\">{name}</text>"
    )
}

/// `pixels` as thousandths of a font's size.
fn in_thousandths(pixels: u32, size: u32) -> u32 {
    pixels.saturating_mul(1000).checked_div(size).unwrap_or_default()
}

fn words(x: u32, y: u32, size: u32, color: &str, text: &str) -> String {
    format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{color}\">{}</text>", escaped(text))
}

/// Numbers with what they count, from the left to the right.
fn row_of(numbers: &[(&str, String)]) -> String {
    let mut x = LEFT;
    let mut row = String::new();
    for (icon, number) in numbers {
        row += &drawing(icon, x, 536, 3);
        row += &words(x + 62, 572, 36, SOFT, number);
        x += 62 + width(number).saturating_mul(36) / 1000 + 56;
    }
    row
}

fn drawing(path: &str, x: u32, y: u32, scale: u32) -> String {
    format!(
        "<path transform=\"translate({x} {y}) scale({scale})\" d=\"{path}\" fill=\"none\" stroke=\"{ACCENT}\" \
         stroke-width=\"1.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"
    )
}

fn framed(body: &str) -> String {
    let mark = drawing(MARK, LEFT, 72, 4);
    let hub = words(LEFT + 84, 118, 36, ACCENT, "Berth");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" font-family=\"{FAMILY}\">\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{PAPER}\"/><rect width=\"24\" height=\"{HEIGHT}\" fill=\"{ACCENT}\"/>\
         {mark}{hub}{body}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sharing::picture::drawing::drawn;
    use model::Visibility;

    fn head(name: &str, description: &str) -> RepositoryHead {
        RepositoryHead {
            name: name.parse().unwrap_or_else(|_| panic!("{name}")),
            description: description.to_owned(),
            visibility: Visibility::Public,
            role: None,
            tag_count: 0,
            comments: None,
            stars: 1_234,
            is_starred: false,
            pulls: 1_234_567,
        }
    }

    #[test]
    fn a_template_is_xml_whatever_it_shows() {
        for attack in testing::attacks() {
            let svg = repository(&head("anna/app", attack));
            let parsed = roxmltree::Document::parse(&svg);
            assert!(parsed.is_ok(), "{attack}: {parsed:?}");
        }
    }

    /// `BERTH_SHOW_PICTURES=folder` keeps them to be looked at.
    #[test]
    fn pictures_are_drawn_with_their_fonts() {
        let long = format!("acme/{}", "very-long-name-".repeat(12) + "x");
        let about = "镜像仓库的示例：一个用来演示分享图的镜像，支持 linux/amd64 与 linux/arm64。".repeat(3);
        let svgs = [
            (
                "repository",
                repository(&head(
                    "anna/app",
                    "A small web server with TLS, HTTP/2 and nothing else, for demonstrations — ½ café",
                )),
            ),
            ("chinese", repository(&head("library/gong-ju_2.0", &about))),
            ("long", repository(&head(&long, &"word ".repeat(60)))),
            ("bare", repository(&head("anna/app", ""))),
            ("namespace", namespace(&"anna".parse().unwrap_or_else(|_| panic!()), 12)),
            ("hub", hub("hub.example:8443")),
        ];
        for (name, svg) in svgs {
            let png = drawn(&svg).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(png.get(..8), Some(&b"\x89PNG\r\n\x1a\n"[..]));
            assert_eq!(png.get(16..24), Some(&[0, 0, 4, 0xb0, 0, 0, 2, 0x76][..]), "1200×630");
            assert!(png.len() > 4_000 && png.len() < 200_000, "{name}: {}", png.len());
            if let Ok(folder) = std::env::var("BERTH_SHOW_PICTURES") {
                std::fs::write(format!("{folder}/{name}.png"), png).unwrap_or_else(|error| panic!("{error}"));
            }
        }
    }
}
