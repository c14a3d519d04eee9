//! Texts to words, the same for what is indexed, what is asked and what is marked; databases see only these.
//!
//! A word is a run of letters and digits, folded: case, full-width forms. What is invisible does not count (zero-width
//! and direction marks), all else ends a word. Chinese, Japanese and Korean have no spaces between words, or other
//! ones: their runs are cut into pairs of characters.

use std::collections::BTreeSet;
use std::ops::Range;

/// Characters of a word that count.
const LONGEST: usize = 40;

/// One character of a run, folded, and where it stood.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    folded: char,
    at: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Alphabetic,
    Digit,
    /// Of a script without spaces.
    Ideographic,
    /// Neither shown nor counted.
    Invisible,
    Separator,
}

/// Letters that stand together.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) is_ideographic: bool,
    letters: Vec<Letter>,
}

/// The runs of a text, in their order.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut is_open = false;
    for (start, c) in text.char_indices() {
        let c = narrow(c);
        let kind = kind(c);
        let is_ideographic = match kind {
            Kind::Invisible => continue,
            Kind::Separator => {
                is_open = false;
                continue;
            }
            Kind::Ideographic => true,
            Kind::Alphabetic | Kind::Digit => false,
        };
        let at =
            start..start + text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let letters = c.to_lowercase().map(|folded| Letter { folded, at: at.clone() });
        match runs.last_mut().filter(|run| is_open && run.is_ideographic == is_ideographic) {
            Some(run) => run.letters.extend(letters),
            None => runs.push(Run { is_ideographic, letters: letters.collect() }),
        }
        is_open = true;
    }
    runs
}

/// Full-width ASCII is ASCII.
fn narrow(c: char) -> char {
    match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn kind(c: char) -> Kind {
    match c {
        // 的 joins words as "of" does, and would make pairs that nobody looks for.
        '的' => Kind::Separator,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => Kind::Invisible,
        '\u{fe00}'..='\u{fe0f}' | '\u{61c}' | '\'' | '’' => Kind::Invisible,
        // Kana, ideographs with their extensions, Hangul.
        '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' => Kind::Ideographic,
        c if c.is_alphabetic() => Kind::Alphabetic,
        c if c.is_numeric() => Kind::Digit,
        _ => Kind::Separator,
    }
}

impl Run {
    /// The run as one word.
    pub(super) fn word(&self) -> String {
        self.letters.iter().take(LONGEST).map(|letter| letter.folded).collect()
    }

    /// The letters and the digits of `mysql8` by themselves; nothing where there is only one kind.
    fn parts(&self) -> Vec<String> {
        let same = |one: &Letter, other: &Letter| kind(one.folded) == kind(other.folded);
        let parts: Vec<String> = self
            .letters
            .chunk_by(same)
            .map(|letters| letters.iter().take(LONGEST).map(|letter| letter.folded).collect())
            .collect();
        if parts.len() > 1 { parts } else { Vec::new() }
    }

    fn is_number(&self) -> bool {
        self.letters.iter().all(|letter| kind(letter.folded) == Kind::Digit)
    }

    /// Single characters and pairs.
    fn grams(&self, size: usize) -> impl Iterator<Item = String> {
        self.letters.windows(size).map(|pair| pair.iter().map(|letter| letter.folded).collect())
    }

    /// The words to ask for, each with the bytes that it covers.
    pub(super) fn spans(&self) -> Vec<(String, Range<usize>)> {
        let size = if !self.is_ideographic { self.letters.len() } else { self.letters.len().min(2) };
        let span = |letters: &[Letter]| {
            let word = letters.iter().take(LONGEST).map(|letter| letter.folded).collect();
            Some((word, letters.first()?.at.start..letters.last()?.at.end))
        };
        self.letters.windows(size.max(1)).filter_map(span).collect()
    }

    /// Its characters one by one.
    pub(super) fn singles(&self) -> Vec<(String, Range<usize>)> {
        self.letters.iter().map(|letter| (letter.folded.to_string(), letter.at.clone())).collect()
    }

    /// The bytes of its first `count` letters.
    pub(super) fn beginning(&self, count: usize) -> Option<Range<usize>> {
        let last = self.letters.get(count.checked_sub(1)?)?;
        Some(self.letters.first()?.at.start..last.at.end)
    }
}

/// Every word that `text` can be found by.
pub(super) fn indexed(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut before: Option<Run> = None;
    for run in runs(text) {
        if run.is_ideographic {
            words.extend(run.grams(1).chain(run.grams(2)));
        } else {
            words.insert(stem(&run.word()));
            words.extend(run.parts().iter().map(|part| stem(part)));
            // "MySQL 8" is found by "mysql8" too.
            if let Some(name) = before.filter(|before| run.is_number() && !before.is_ideographic) {
                words.insert(format!("{}{}", name.word(), run.word()).chars().take(LONGEST).collect());
            }
        }
        before = Some(run);
    }
    words
}

/// The word that its plural is found by too: `backups` is `backup`, `libraries` is `library`.
pub(super) fn stem(word: &str) -> String {
    let is_plain = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let plural = word.strip_suffix('s').filter(|start| is_plain && !start.ends_with(['s', 'u', 'i']));
    let Some(singular) = plural else { return word.to_owned() };
    match singular.strip_suffix('e') {
        Some(start) if start.ends_with('i') && start.len() > 2 => format!("{}y", start.trim_end_matches('i')),
        Some(start) if ["x", "ch", "sh", "ss"].iter().any(|end| start.ends_with(*end)) => start.to_owned(),
        _ => singular.to_owned(),
    }
}

/// The letters and digits of a name, without what separates them: `node-red` and `nodered` are one.
pub(super) fn joined(text: &str) -> String {
    runs(text).iter().flat_map(|run| run.letters.iter().map(|letter| letter.folded)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indexed_as(text: &str) -> String {
        indexed(text).into_iter().collect::<Vec<_>>().join(" ")
    }

    fn asked_as(text: &str) -> String {
        let words = runs(text).iter().flat_map(Run::spans).map(|(word, _)| word).collect::<Vec<_>>();
        words.join(" ")
    }

    #[test]
    fn names_are_split_where_their_words_end() {
        assert_eq!(indexed_as("my_app.web-ui/x"), "app my ui web x");
        assert_eq!(indexed_as("mysql8"), "8 mysql mysql8");
        assert_eq!(indexed_as("MySQL 8"), "8 mysql mysql8");
        assert_eq!(asked_as("MySQL8"), "mysql8");
        assert_eq!(joined("Node-RED"), "nodered");
    }

    #[test]
    fn what_is_folded_or_invisible_makes_no_other_word() {
        assert_eq!(asked_as("ＮＧＩＮＸ　１"), "nginx 1");
        assert_eq!(asked_as("ng\u{200b}i\u{202e}nx\u{feff}"), "nginx");
        assert_eq!(asked_as("it's ÄRGER"), "its ärger");
        assert_eq!(asked_as("a\0b \" OR * NEAR( 🚀"), "a b or near");
        assert_eq!(asked_as("🚀 -- ()"), "");
    }

    #[test]
    fn chinese_is_cut_into_pairs() {
        assert_eq!(asked_as("数据库"), "数据 据库");
        assert_eq!(asked_as("库"), "库");
        assert_eq!(indexed_as("高性能的库"), "库 性 性能 能 高 高性");
        assert_eq!(asked_as("Nginx反向代理2"), "nginx 反向 向代 代理 2");
        assert_eq!(asked_as("データ 서버"), "デー ータ 서버");
    }

    #[test]
    fn plurals_are_found_by_one() {
        for (word, one) in [
            ("backups", "backup"),
            ("libraries", "library"),
            ("boxes", "box"),
            ("images", "image"),
            ("redis", "redis"),
            ("status", "status"),
            ("less", "less"),
            ("dns", "dns"),
            ("k8s", "k8s"),
        ] {
            assert_eq!(stem(word), one);
        }
    }

    #[test]
    fn a_word_has_an_end() {
        assert_eq!(asked_as(&"x".repeat(500)).len(), LONGEST);
        assert_eq!(runs(&"数".repeat(100_000)).len(), 1);
    }
}
