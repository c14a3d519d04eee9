//! How wide texts are, and where lines break, without asking a font.

/// Advances of the printable ASCII characters in DejaVu Sans, which are Verdana's but for a hair, in thousandths of the
/// font's size. Noto Sans is narrower.
const ASCII: [u32; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
    295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
    500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
    392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The width in thousandths of the font's size; rather too wide than too narrow.
pub(super) fn width(text: &str) -> u32 {
    text.chars().map(width_of).fold(0, u32::saturating_add)
}

fn width_of(c: char) -> u32 {
    let index = u32::from(c).checked_sub(0x20).and_then(|index| usize::try_from(index).ok());
    match index.and_then(|index| ASCII.get(index)) {
        Some(width) => *width,
        None if u32::from(c) < 0x2e80 => 700,
        None => 1000,
    }
}

/// `text` on one line: what has no picture of its own is left out, and so is what turns the reading direction around.
pub(super) fn line(text: &str) -> String {
    let shown: String =
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| is_shown(*c)).collect();
    shown.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the fonts here were cut down to; rare Chinese characters are the one exception.
fn is_shown(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{17f}' | '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{45f}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203a}' | '€' | '™' | '←'..='↓'
        | '\u{3001}'..='\u{3011}' | '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fa5}' | '\u{ff01}'..='\u{ff5e}')
}

/// As much of `text` as fits into `room`, with an ellipsis where something is left out.
pub(super) fn cut(text: &str, room: u32) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let room = room.saturating_sub(width_of('…'));
    let mut used: u32 = 0;
    let kept = text.chars().take_while(|c| {
        used = used.saturating_add(width_of(*c));
        used <= room
    });
    format!("{}…", kept.collect::<String>().trim_end())
}

/// `text` in at most `most` lines of `room`; the last one ends in an ellipsis if there were more.
pub(super) fn wrapped(text: &str, room: u32, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && lines.len() < most {
        if lines.len().saturating_add(1) == most {
            lines.push(cut(rest, room));
            break;
        }
        let (line, after) = rest.split_at(break_of(rest, room));
        lines.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    lines
}

/// Where the first line of `text` ends: at the last space that fits, behind the last Chinese character that fits, or
/// in the middle of a word that is wider than a line.
fn break_of(text: &str, room: u32) -> usize {
    let (mut used, mut good): (u32, usize) = (0, 0);
    for (at, c) in text.char_indices() {
        used = used.saturating_add(width_of(c));
        if used > room {
            return if good > 0 { good } else { at.max(c.len_utf8()) };
        }
        if c == ' ' || c >= '\u{2e80}' {
            good = at.saturating_add(c.len_utf8());
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_nothing_but_their_end() {
        for text in [
            "one two three four five",
            "镜像仓库镜像仓库镜像仓库",
            "averylongwordwithoutanyspaceinit",
            "中 a 中 b c",
        ] {
            let lines = wrapped(text, 3500, 100);
            assert!(lines.iter().all(|line| width(line) <= 3500), "{lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
        assert_eq!(wrapped("one two three", 2600, 2), ["one", "two…"]);
        assert_eq!(wrapped("   ", 2500, 2), [""; 0]);
        assert_eq!(wrapped("宽", 1, 5), ["宽"]);
    }

    #[test]
    fn a_line_has_only_what_can_be_drawn() {
        assert_eq!(line(" a\u{202e}b\u{200b}\0\n\tc 🦀 镜像 "), "ab c 镜像");
        assert_eq!(cut("abcdefgh", 3000), "abc…");
    }
}
