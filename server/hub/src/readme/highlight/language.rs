//! What the scanner has to know of each language: words, quotes, comments. `info` is what stands behind a fence.

use super::{Class, languages};

/// How a block is read.
pub(super) enum Kind {
    Plain,
    Code(&'static Language),
    Markup,
    Diff,
    Console,
}

impl Kind {
    /// By the first word of `info`. Shell that shows its prompts is a console's.
    pub(super) fn of(info: &str, code: &str) -> Self {
        let name = info.split([' ', ',', '{', '\t']).next().unwrap_or_default().to_ascii_lowercase();
        match name.as_str() {
            "" => Self::Plain,
            "diff" | "patch" => Self::Diff,
            "console" | "shell-session" | "shellsession" | "terminal" => Self::Console,
            "html" | "xml" | "svg" | "vue" | "xhtml" | "plist" => Self::Markup,
            name => match languages::ALL.iter().find(|language| language.is(name)) {
                Some(language) if language.is("sh") && code.lines().any(|line| line.starts_with("$ ")) => {
                    Self::Console
                }
                Some(language) => Self::Code(language),
                None => Self::Plain,
            },
        }
    }
}

/// Words are in one text, with a space between two.
pub(super) struct Language {
    pub(super) names: &'static str,
    pub(super) comments: &'static [&'static str],
    /// `a#b` is no comment.
    pub(super) comment_after_space: bool,
    pub(super) block: Option<(&'static str, &'static str)>,
    pub(super) quotes: &'static [Quote],
    pub(super) keywords: &'static str,
    /// Keywords are such only where a line begins.
    pub(super) keywords_first: bool,
    pub(super) constants: &'static str,
    pub(super) types: &'static str,
    pub(super) ignores_case: bool,
    pub(super) capital_types: bool,
    /// A word before a parenthesis is a function.
    pub(super) calls: bool,
    /// What the first word of a line or a statement is.
    pub(super) first_word: Option<Class>,
    /// `$NAME`.
    pub(super) variables: bool,
    /// `--name`.
    pub(super) options: bool,
    /// `[name]` at the start of a line.
    pub(super) sections: bool,
    /// Signs before a name: `@Override`.
    pub(super) marks: &'static str,
    /// What may be in a word beside letters, digits and `_`.
    pub(super) word_signs: &'static str,
    /// Stands between a key and its value.
    pub(super) key_sign: Option<char>,
    pub(super) keys_first: bool,
    pub(super) value_after_space: bool,
}

impl Language {
    pub(super) fn is(&self, name: &str) -> bool {
        self.names.split(' ').any(|known| known == name)
    }

    /// Whether `word` is one of `words`.
    pub(super) fn has(&self, words: &str, word: &str) -> bool {
        words.split(' ').any(|known| known == word || (self.ignores_case && known.eq_ignore_ascii_case(word)))
    }
}

/// Knows nothing.
pub(super) const BARE: Language = Language {
    names: "",
    comments: &[],
    comment_after_space: false,
    block: None,
    quotes: &[],
    keywords: "",
    keywords_first: false,
    constants: "",
    types: "",
    ignores_case: false,
    capital_types: false,
    calls: false,
    first_word: None,
    variables: false,
    options: false,
    sections: false,
    marks: "",
    word_signs: "",
    key_sign: None,
    keys_first: false,
    value_after_space: false,
};

pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// The first character of `close`.
    pub(super) ends_with: char,
    /// A backslash takes the meaning of what follows.
    pub(super) escapes: bool,
    /// Goes over the ends of lines.
    pub(super) lines: bool,
    /// `don't` has none.
    pub(super) not_after_word: bool,
    /// `'x'`; `'name` is something else.
    pub(super) is_one_character: bool,
}

pub(super) const DOUBLE: Quote = Quote {
    open: "\"",
    close: "\"",
    ends_with: '"',
    escapes: true,
    lines: false,
    not_after_word: false,
    is_one_character: false,
};
pub(super) const SINGLE: Quote = Quote { open: "'", close: "'", ends_with: '\'', ..DOUBLE };
pub(super) const BACKTICK: Quote = Quote { open: "`", close: "`", ends_with: '`', lines: true, ..DOUBLE };
pub(super) const CHARACTER: Quote = Quote { is_one_character: true, ..SINGLE };
pub(super) const THREE_DOUBLE: Quote = Quote { open: "\"\"\"", close: "\"\"\"", lines: true, ..DOUBLE };
pub(super) const THREE_SINGLE: Quote = Quote { open: "'''", close: "'''", lines: true, ..SINGLE };
/// Of languages where quotes also stand within words.
pub(super) const LOOSE: [Quote; 2] =
    [Quote { not_after_word: true, ..DOUBLE }, Quote { not_after_word: true, escapes: false, ..SINGLE }];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_languages_share_a_name_and_each_says_how_its_quotes_end() {
        let mut names: Vec<&str> =
            languages::ALL.iter().flat_map(|language| language.names.split(' ')).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for quote in languages::ALL.iter().flat_map(|language| language.quotes) {
            assert!(quote.close.starts_with(quote.ends_with));
        }
    }

    #[test]
    fn a_block_is_read_by_the_first_word_behind_its_fence() {
        let is = |info: &str| match Kind::of(info, "") {
            Kind::Code(language) => language.names,
            Kind::Diff => "diff",
            Kind::Markup => "markup",
            Kind::Console => "console",
            Kind::Plain => "plain",
        };
        for (info, names) in [
            ("RUST,ignore", "rust rs"),
            ("json title=x", "json jsonc json5"),
            ("html", "markup"),
            ("", "plain"),
            ("klingon", "plain"),
            ("\"><script>", "plain"),
        ] {
            assert_eq!(is(info), names, "{info}");
        }
        assert!(matches!(Kind::of("sh", "$ ls\n"), Kind::Console));
    }
}
