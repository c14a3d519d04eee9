//! What the index knows of one repository: words with a letter in front that says where they stand.
//!
//! `x` the whole name, `p` beginnings of it, `i` beginnings of its words, `n` words of the name, `s` of name and short
//! description, `f` of all its texts, `m` marks to filter by. A question at one level is then a set of plain words.

use super::words::{indexed, joined, runs};
use std::collections::BTreeSet;

/// Characters of a beginning of a name, and of a word in it.
pub(super) const BEGINNING: usize = 24;
pub(super) const WORD_BEGINNING: usize = 16;
/// Different words of the full description that count.
const FULL_WORDS: usize = 2000;

/// The texts of a repository.
pub(super) struct Texts<'a> {
    pub(super) namespace: &'a str,
    pub(super) name: &'a str,
    pub(super) short: &'a str,
    pub(super) full: &'a str,
    /// `linux/amd64` and the like.
    pub(super) platforms: &'a [String],
}

/// Its words, each once.
pub(super) struct Document {
    /// Of names and the short description: few.
    pub(super) heads: BTreeSet<String>,
    /// Of everything.
    pub(super) words: BTreeSet<String>,
}

impl Document {
    pub(super) fn of(texts: &Texts<'_>) -> Self {
        let names: BTreeSet<String> = &indexed(texts.namespace) | &indexed(texts.name);
        let short = short_words(texts.namespace, texts.name, texts.short);
        let marks = marks(texts);
        let mut heads: BTreeSet<String> = marks.iter().cloned().collect();
        let whole = joined(texts.name);
        heads.extend(beginnings('p', &whole, BEGINNING));
        heads.insert(lettered('x', &whole));
        for run in runs(texts.name) {
            heads.extend(beginnings('i', &run.word(), WORD_BEGINNING));
        }
        heads.extend(names.iter().map(|word| lettered('n', word)));
        heads.extend(short.iter().map(|word| lettered('s', word)));
        let full = indexed(texts.full).into_iter().take(FULL_WORDS).collect();
        let words = (&short | &full).iter().map(|word| lettered('f', word)).chain(marks).collect();
        Self { heads, words }
    }

    /// All of them with a space around each.
    pub(super) fn line(&self) -> String {
        let all: Vec<&str> = self.heads.iter().chain(&self.words).map(String::as_str).collect();
        format!(" {} ", all.join(" "))
    }
}

/// The words of name and short description.
pub(super) fn short_words(namespace: &str, name: &str, short: &str) -> BTreeSet<String> {
    [namespace, name, short].into_iter().flat_map(indexed).collect()
}

fn marks(texts: &Texts<'_>) -> Vec<String> {
    let official = (texts.namespace == "library").then(|| mark("official"));
    official.into_iter().chain(texts.platforms.iter().map(|platform| mark(platform))).collect()
}

/// What a filter asks for: `official`, `automated`, a platform.
pub(super) fn mark(word: &str) -> String {
    lettered('m', &joined(word))
}

/// A word that stands at a level.
pub(super) fn lettered(letter: char, word: &str) -> String {
    let mut text = String::with_capacity(word.len() + 1);
    text.push(letter);
    text.push_str(word);
    text
}

fn beginnings(letter: char, word: &str, most: usize) -> Vec<String> {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).take(most);
    ends.filter_map(|end| word.get(..end)).map(|start| lettered(letter, start)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_at_its_level_and_at_those_below() {
        let texts = Texts {
            namespace: "library",
            name: "node-red",
            short: "Flows 流程",
            full: "For *events*",
            platforms: &["linux/arm/v7".into()],
        };
        let document = Document::of(&texts);
        let has = |words: &BTreeSet<String>, word: &str| words.contains(word);
        for word in
            ["xnodered", "pno", "pnodered", "ired", "ir", "nred", "sred", "sflow", "s流程", "mofficial"]
        {
            assert!(has(&document.heads, word), "{word}");
        }
        for word in ["nflow", "sevent", "fred"] {
            assert!(!has(&document.heads, word), "{word}");
        }
        for word in ["fred", "fflow", "fevent", "mlinuxarmv7"] {
            assert!(has(&document.words, word), "{word}");
        }
        assert!(document.line().contains(" fevent "));
    }
}
