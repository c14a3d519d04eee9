//! Tags and references.

use super::{Digest, text_form};
use crate::error::Problem;
use std::str::FromStr;

/// A tag: `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}` (OCI distribution spec).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

impl Tag {
    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Tag {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
        let inner = |b: &u8| word(b) || matches!(b, b'.' | b'-');
        let good = text.len() <= 128
            && text.as_bytes().first().is_some_and(word)
            && text.as_bytes().iter().all(inner);
        if good { Ok(Self(text.to_owned())) } else { Err(Problem::BadTag) }
    }
}

text_form!(Tag);

/// What a manifest is asked for by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reference {
    Tag(Tag),
    Digest(Digest),
}

impl FromStr for Reference {
    type Err = Problem;

    /// A colon can only be in a digest.
    fn from_str(text: &str) -> Result<Self, Problem> {
        if text.contains(':') { text.parse().map(Self::Digest) } else { text.parse().map(Self::Tag) }
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tag(tag) => tag.fmt(f),
            Self::Digest(digest) => digest.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_follow_the_oci_grammar() {
        for good in ["a", "_x", "A.b-c", "1", &"a".repeat(128)] {
            assert!(good.parse::<Tag>().is_ok(), "{good}");
        }
        for bad in ["", ".a", "-a", "a b", "a/b", "a:b", "ä", "a\0", &"a".repeat(129)] {
            assert!(bad.parse::<Tag>().is_err(), "{bad}");
        }
    }
}
