//! Colours in code: which pieces of a block are comments, words of the language, text, numbers, names.
//!
//! Written by hand, because no library fits our rules (looked at in November 2026): syntect has had no release for over a
//! year, and two-face stands on it; giallo runs Oniguruma, a C library whose regular expressions backtrack, over what
//! strangers write; lumis and arborium are tree-sitter's, a C parser for each language and megabytes of tables. A README
//! needs less: a few tables of words ([`language`]) and one scanner that only goes forward ([`scanner`]). It understands
//! no grammar: what it takes for a function is a name before a parenthesis.

mod language;
mod languages;
mod lines;
mod markup;
mod scanner;
#[cfg(test)]
mod tests;

use language::Kind;

/// What a piece of code is. The style sheet has a colour for each, by a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Comment,
    Keyword,
    Text,
    Number,
    Function,
    Type,
    /// What has a value: a key, an attribute, a variable, an option.
    Property,
    Added,
    Deleted,
}

impl Class {
    pub(super) const ALL: [Self; 9] = [
        Self::Comment,
        Self::Keyword,
        Self::Text,
        Self::Number,
        Self::Function,
        Self::Type,
        Self::Property,
        Self::Added,
        Self::Deleted,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Comment => "c",
            Self::Keyword => "k",
            Self::Text => "s",
            Self::Number => "n",
            Self::Function => "f",
            Self::Type => "t",
            Self::Property => "p",
            Self::Added => "a",
            Self::Deleted => "d",
        }
    }
}

/// A piece of code, and its colour where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) class: Option<Class>,
    pub(super) text: &'a str,
}

/// Pieces one after the other: together they are the code.
#[derive(Debug, Default)]
struct Pieces<'a>(Vec<Piece<'a>>);

impl<'a> Pieces<'a> {
    fn add(&mut self, class: Option<Class>, text: &'a str) {
        if !text.is_empty() {
            self.0.push(Piece { class, text });
        }
    }
}

/// How many more pieces of a README may be coloured: each costs some twenty bytes.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(5_000)
    }
}

/// The pieces of `code` in the language that `info`, what stands behind the fence, begins with. A block that has too many
/// stays plain.
pub(super) fn pieces<'a>(info: &str, code: &'a str, budget: &mut Budget) -> Vec<Piece<'a>> {
    let pieces = match Kind::of(info, code) {
        Kind::Plain => Pieces::default(),
        Kind::Code(language) => scanner::scan(code, language).pieces,
        Kind::Markup => markup::scan(code),
        Kind::Diff => lines::diff(code),
        Kind::Console => lines::console(code),
    };
    let coloured = pieces.0.iter().filter(|piece| piece.class.is_some()).count();
    match budget.0.checked_sub(coloured) {
        Some(left) if coloured > 0 => {
            budget.0 = left;
            pieces.0
        }
        _ => vec![Piece { class: None, text: code }],
    }
}
