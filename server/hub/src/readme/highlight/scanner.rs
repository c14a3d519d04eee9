//! One scanner for all languages of words, comments and quotes. Each step takes at least a character and never goes back,
//! and no step looks further ahead than it takes, but for the spaces behind a word.

use super::language::{Language, Quote};
use super::{Class, Pieces};

/// No word of a language is longer.
const WORD_MOST: usize = 24;

pub(super) struct Scanner<'a> {
    language: &'static Language,
    code: &'a str,
    at: usize,
    before: Option<char>,
    /// Nothing but spaces since the line or the statement began.
    is_first: bool,
    pub(super) pieces: Pieces<'a>,
    /// Bytes that were looked at, for the test that it is never much more than there are.
    #[cfg(test)]
    pub(super) looked: usize,
}

pub(super) fn scan<'a>(code: &'a str, language: &'static Language) -> Scanner<'a> {
    let mut scanner = Scanner {
        language,
        code,
        at: 0,
        before: None,
        is_first: true,
        pieces: Pieces::default(),
        #[cfg(test)]
        looked: 0,
    };
    while let Some(first) = scanner.rest().chars().next() {
        scanner.step(first);
    }
    scanner
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.code.get(self.at..).unwrap_or_default()
    }

    fn step(&mut self, first: char) {
        let rules = [
            Self::comment,
            Self::section,
            Self::quoted,
            Self::variable,
            Self::option,
            Self::mark,
            Self::number,
            Self::word,
        ];
        let found = rules.iter().find_map(|rule| rule(self, first));
        let (len, class) = found.unwrap_or_else(|| (self.plain(first), None));
        self.take(len.max(first.len_utf8()), class);
    }

    fn take(&mut self, len: usize, class: Option<Class>) {
        let rest = self.rest();
        let text = rest.get(..len).unwrap_or(rest);
        self.look(text.len());
        self.pieces.add(class, text);
        self.at += text.len();
        self.before = text.chars().next_back();
        self.is_first = match self.before {
            Some('\n') => true,
            Some(';' | '{' | '}' | '|' | '&' | '(') => self.is_first || self.language.first_word.is_some(),
            _ => self.is_first && text.chars().all(|c| c.is_whitespace() || c == '-'),
        };
    }

    /// Signs and spaces that mean nothing, up to the next that could.
    fn plain(&self, first: char) -> usize {
        if first == '\n' {
            return 1;
        }
        let ends = |c: char| c == '\n' || !c.is_whitespace();
        let spaces = self.rest().find(ends).unwrap_or(self.rest().len());
        spaces.max(first.len_utf8())
    }

    fn is_after_word(&self) -> bool {
        self.before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    fn is_after_space(&self) -> bool {
        self.before.is_none_or(char::is_whitespace)
    }

    fn comment(&mut self, _: char) -> Option<(usize, Option<Class>)> {
        let (rest, language) = (self.rest(), self.language);
        let starts = |start: &&&str| {
            rest.starts_with(**start) && (!language.comment_after_space || self.is_after_space())
        };
        if language.comments.iter().find(starts).is_some() {
            return Some((line_end(rest), Some(Class::Comment)));
        }
        let (open, close) = language.block?;
        let inside = rest.strip_prefix(open)?;
        let len = inside.find(close).map_or(rest.len(), |end| open.len() + end + close.len());
        Some((len, Some(Class::Comment)))
    }

    /// `[name]` at the start of a line.
    fn section(&mut self, first: char) -> Option<(usize, Option<Class>)> {
        if !(self.language.sections && first == '[' && self.is_first) {
            return None;
        }
        let line = self.rest().get(..line_end(self.rest()))?;
        self.look(line.len());
        line.trim_end().ends_with(']').then_some((line.len(), Some(Class::Type)))
    }

    fn quoted(&mut self, _: char) -> Option<(usize, Option<Class>)> {
        let rest = self.rest();
        let quote = self.language.quotes.iter().find(|quote| rest.starts_with(quote.open))?;
        if quote.not_after_word && self.is_after_word() {
            return None;
        }
        let len = quoted_len(rest, quote)?;
        let class = if self.is_key(len) { Class::Property } else { Class::Text };
        Some((len, Some(class)))
    }

    /// `$NAME`, `${…}`, `$(` of a make file.
    fn variable(&mut self, first: char) -> Option<(usize, Option<Class>)> {
        let name = self.rest().strip_prefix('$').filter(|_| first == '$' && self.language.variables)?;
        let len = match name.strip_prefix('{') {
            Some(inside) => inside.find(['}', '\n']).map_or(inside.len(), |end| end + 1) + 1,
            None => word_len(name, ""),
        };
        (len > 0).then_some((len + 1, Some(Class::Property)))
    }

    /// `-f`, `--file` behind a space.
    fn option(&mut self, first: char) -> Option<(usize, Option<Class>)> {
        let is_option = self.language.options && first == '-' && self.is_after_space();
        let len = if is_option { word_len(self.rest(), "-") } else { 0 };
        self.look(len);
        let has_name = self.rest().get(..len)?.contains(char::is_alphanumeric);
        has_name.then_some((len, Some(Class::Property)))
    }

    /// `@Override`, `#include`, `#[derive…`.
    fn mark(&mut self, first: char) -> Option<(usize, Option<Class>)> {
        let is_mark = self.language.marks.contains(first) && !self.is_after_word();
        let rest = self.rest().get(first.len_utf8()..).filter(|_| is_mark)?;
        let inner = if rest.starts_with("![") { 2 } else { usize::from(rest.starts_with(['[', '!'])) };
        let len = word_len(rest.get(inner..)?, "");
        self.look(inner + len);
        (len > 0).then_some((first.len_utf8() + inner + len, Some(Class::Function)))
    }

    fn number(&mut self, first: char) -> Option<(usize, Option<Class>)> {
        let is_number = first.is_ascii_digit() && !self.is_after_word();
        is_number.then(|| (word_len(self.rest(), "."), Some(Class::Number)))
    }

    fn word(&mut self, first: char) -> Option<(usize, Option<Class>)> {
        if !(first.is_alphabetic() || first == '_') {
            return None;
        }
        let len = word_len(self.rest(), self.language.word_signs);
        Some((len, self.class_of_word(len)))
    }

    fn class_of_word(&mut self, len: usize) -> Option<Class> {
        let (language, text) = (self.language, self.rest().get(..len)?);
        if self.is_key(len) {
            return Some(Class::Property);
        }
        let is_one_of = |words: &str| text.len() <= WORD_MOST && language.has(words, text);
        if (self.is_first || !language.keywords_first) && is_one_of(language.keywords) {
            return Some(Class::Keyword);
        }
        if is_one_of(language.constants) {
            return Some(Class::Number);
        }
        if is_one_of(language.types) || (language.capital_types && text.starts_with(char::is_uppercase)) {
            return Some(Class::Type);
        }
        let is_called = language.calls && self.rest().get(len..)?.starts_with(['(', '!']);
        let first = language.first_word.filter(|_| self.is_first);
        first.or(is_called.then_some(Class::Function))
    }

    /// Whether what is `len` long is followed by the sign that stands between keys and values.
    fn is_key(&mut self, len: usize) -> bool {
        let Some(sign) = self.language.key_sign else { return false };
        if self.language.keys_first && !self.is_first {
            return false;
        }
        let rest = self.rest().get(len..).unwrap_or_default();
        let after = rest.trim_start_matches(' ');
        self.look(rest.len() - after.len());
        after.strip_prefix(sign).is_some_and(|value| {
            !self.language.value_after_space || value.is_empty() || value.starts_with(char::is_whitespace)
        })
    }

    #[cfg(test)]
    fn look(&mut self, bytes: usize) {
        self.looked += bytes;
    }

    #[cfg(not(test))]
    fn look(&mut self, _: usize) {}
}

/// Up to the end of the line.
pub(super) fn line_end(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// Letters, digits, `_`, and `signs`.
pub(super) fn word_len(text: &str, signs: &str) -> usize {
    let ends = |c: char| !(c.is_alphanumeric() || c == '_' || signs.contains(c));
    text.find(ends).unwrap_or(text.len())
}

/// How long a quoted text is; one that is not closed goes to the end of its line, or of the code.
fn quoted_len(text: &str, quote: &Quote) -> Option<usize> {
    let inside = text.strip_prefix(quote.open)?;
    if quote.is_one_character {
        return one_character(inside).map(|len| len + quote.open.len());
    }
    let mut is_escaped = false;
    for (at, c) in inside.char_indices() {
        if c == '\n' && !quote.lines {
            return Some(quote.open.len() + at);
        }
        if is_escaped {
            is_escaped = false;
        } else if quote.escapes && c == '\\' {
            is_escaped = true;
        } else if c == quote.ends_with && inside.get(at..).is_some_and(|rest| rest.starts_with(quote.close)) {
            return Some(quote.open.len() + at + quote.close.len());
        }
    }
    Some(text.len())
}

/// `x'` or `\n'`, not a lifetime.
fn one_character(inside: &str) -> Option<usize> {
    let mut chars = inside.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        // The longest is \u{10ffff}.
        return inside.char_indices().take(12).skip(2).find(|(_, c)| *c == '\'').map(|(at, _)| at + 1);
    }
    let (at, second) = chars.next()?;
    (second == '\'' && first != '\'').then_some(at + 1)
}
