//! What somebody typed, as the sets of words to look for, the best level first.

use super::document::{BEGINNING, WORD_BEGINNING, lettered, mark, short_words};
use super::words::{Run, joined, runs, stem};

/// Words of it that count.
const MOST_WORDS: usize = 24;
/// Words that a description may well lack.
const STOP_WORDS: [&str; 14] =
    ["a", "an", "and", "are", "by", "for", "in", "is", "of", "on", "or", "the", "to", "with"];

/// How well something fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Level {
    /// It has that name.
    Exact,
    /// Its name begins so.
    Prefix,
    /// Its name has the words; the last one may be just begun.
    Name,
    /// Its whole name, the namespace too, has the words.
    Whole,
    /// Name and short description have them.
    Short,
    /// Its texts have them.
    Full,
}

impl Level {
    /// Those of names alone.
    pub(crate) const SUGGESTED: [Self; 4] = [Self::Exact, Self::Prefix, Self::Name, Self::Whole];

    /// Those that are searched by: what fits as a whole name fits as a short text too.
    pub(crate) const ALL: [Self; 5] = [Self::Exact, Self::Prefix, Self::Name, Self::Short, Self::Full];

    /// What it adds to the weight of a repository. An exact name comes first whatever the weights are, words of the
    /// full description last; between them weights count: a beginning is as good as sixteen times the stars.
    pub(crate) const fn bonus(self) -> i64 {
        match self {
            Self::Exact => 1000,
            Self::Prefix => 16,
            Self::Name => 12,
            Self::Whole => 8,
            Self::Short => 0,
            Self::Full => -1000,
        }
    }
}

/// A question, taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    words: Vec<String>,
    /// Nothing of it is ideographic: it may be a name.
    may_be_name: bool,
    /// `anna` of `anna/app`.
    namespace: Vec<String>,
    name: String,
    marks: Vec<String>,
}

impl Question {
    /// `filters` are marks that everything must have.
    pub(crate) fn new(text: &str, filters: &[&str]) -> Self {
        let found = runs(text);
        let mut words: Vec<String> = found.iter().flat_map(Run::spans).map(|(word, _)| word).collect();
        let telling: Vec<String> =
            words.iter().filter(|word| !STOP_WORDS.contains(&word.as_str())).cloned().collect();
        if !telling.is_empty() {
            words = telling;
        }
        let mut seen = std::collections::BTreeSet::new();
        words.retain(|word| seen.insert(word.clone()));
        words.truncate(MOST_WORDS);
        let (namespace, name) = text.split_once('/').unwrap_or(("", text));
        Self {
            words,
            may_be_name: !found.iter().any(|run| run.is_ideographic),
            namespace: runs(namespace).iter().map(|run| lettered('n', &stem(&run.word()))).collect(),
            name: joined(name),
            marks: filters.iter().map(|filter| mark(filter)).collect(),
        }
    }

    /// No word in it could be found.
    pub(crate) fn has_no_words(&self) -> bool {
        self.words.is_empty()
    }

    /// The words that are marked where they are found.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// The words to look for at a level; none where it does not apply.
    pub(crate) fn at(&self, level: Level) -> Option<Vec<String>> {
        let mut words = match level {
            Level::Short => self.lettered('s'),
            Level::Full => self.lettered('f'),
            _ if !self.may_be_name => return None,
            Level::Whole => self.lettered('n'),
            _ if self.name.is_empty() => return None,
            Level::Exact => vec![lettered('x', &self.name)],
            Level::Prefix => vec![lettered('p', &shortened(&self.name, BEGINNING))],
            Level::Name => self.name_words(),
        };
        if matches!(level, Level::Exact | Level::Prefix) {
            words.extend(self.namespace.iter().cloned());
        }
        words.extend(self.marks.iter().cloned());
        Some(words)
    }

    /// The marks alone, for a question without words.
    pub(crate) fn marks(&self) -> &[String] {
        &self.marks
    }

    fn lettered(&self, letter: char) -> Vec<String> {
        self.words.iter().map(|word| lettered(letter, &stem(word))).collect()
    }

    fn name_words(&self) -> Vec<String> {
        let mut words = self.lettered('n');
        if let (Some(last), Some(word)) = (words.last_mut(), self.words.last())
            && word.chars().count() <= WORD_BEGINNING
        {
            *last = lettered('i', word);
        }
        words
    }

    /// The first of `levels` at which a document fits that no index knows, given its line.
    pub(crate) fn level_of(&self, line: &str, levels: &[Level]) -> Option<Level> {
        let fits = |level: &Level| {
            self.at(*level).is_some_and(|words| words.iter().all(|word| line.contains(&format!(" {word} "))))
        };
        levels.iter().copied().find(fits)
    }

    /// Whether a name and a short description have all words, which is the level [`Level::Short`].
    pub(crate) fn fits_short(&self, namespace: &str, name: &str, short: &str) -> bool {
        let found = short_words(namespace, name, short);
        self.words.iter().all(|word| found.contains(&stem(word)))
    }

    /// The words that neither name nor short description have, so that something else is why it was found.
    pub(crate) fn missing_in(&self, namespace: &str, name: &str, short: &str) -> Vec<String> {
        if !self.name.is_empty() && joined(name).starts_with(&self.name) {
            return Vec::new();
        }
        let (found, named) = (short_words(namespace, name, short), runs(name));
        let begins = |word: &str| named.iter().any(|run| run.word().starts_with(word));
        let missing = |word: &&String| !found.contains(&stem(word)) && !begins(word);
        self.words.iter().filter(missing).cloned().collect()
    }

    /// A word that such a line must contain.
    pub(crate) fn telling_word(&self) -> Option<String> {
        self.words.iter().map(|word| stem(word)).max_by_key(String::len)
    }
}

fn shortened(word: &str, most: usize) -> String {
    word.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::super::document::{Document, Texts};
    use super::*;

    fn level(text: &str) -> Option<Level> {
        let texts = Texts {
            namespace: "anna",
            name: "node-red",
            short: "A flow editor 流程编辑器",
            full: "Wires devices together.",
            platforms: &[],
        };
        Question::new(text, &[]).level_of(&Document::of(&texts).line(), &Level::ALL)
    }

    #[test]
    fn the_best_level_counts() {
        assert_eq!(level("node-red"), Some(Level::Exact));
        assert_eq!(level("Node Red"), Some(Level::Exact));
        assert_eq!(level("anna/node-red"), Some(Level::Exact));
        assert_eq!(level("ben/node-red"), None);
        assert_eq!(level("nod"), Some(Level::Prefix));
        assert_eq!(level("re"), Some(Level::Name));
        assert_eq!(level("anna re"), Some(Level::Name));
        assert_eq!(level("red editor"), Some(Level::Short));
        assert_eq!(level("the editor of a flow"), Some(Level::Short));
        assert_eq!(level("编辑器"), Some(Level::Short));
        assert_eq!(level("red devices"), Some(Level::Full));
        assert_eq!(level("blue devices"), None);
    }

    #[test]
    fn what_is_missing_is_to_be_explained() {
        let missing =
            |text: &str| Question::new(text, &[]).missing_in("anna", "node-red", "A good editor").join(" ");
        for text in ["node", "nodered", "anna", "editors", "anna re", ""] {
            assert_eq!(missing(text), "", "{text}");
        }
        assert_eq!(missing("go"), "go", "good is another word");
        assert_eq!(missing("red devices"), "devices");
    }

    #[test]
    fn hostile_questions_are_plain_words() {
        for text in
            ["\"", "*", "a\" OR \"b", "NEAR(a b)", "nginx* -x ^y {z}:", "' | & ! <-> :*", "\0", "🚀", "%_\\"]
        {
            let question = Question::new(text, &["official"]);
            for level in Level::ALL {
                let words = question.at(level).unwrap_or_default();
                assert!(
                    words.iter().all(|word| word.chars().all(char::is_alphanumeric)),
                    "{text}: {words:?}"
                );
            }
        }
    }
}
