//! Repository names: exactly `<namespace>/<name>`; a single word means `library/<word>`, as with Docker.

use super::{Username, is_component, text_form};
use crate::error::Problem;
use std::str::FromStr;

/// `<namespace>/<name>`, at most 255 characters together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepositoryName {
    text: String,
    slash: usize,
}

impl RepositoryName {
    /// The longest full name, in characters.
    pub const MAX: usize = 255;

    /// The two parts put together.
    ///
    /// # Errors
    /// `name` breaks the grammar, or both are too long together.
    pub fn new(namespace: &Username, name: &str) -> Result<Self, Problem> {
        if name.is_empty() {
            return Err(Problem::Required);
        }
        if namespace.as_str().len() + 1 + name.len() > Self::MAX {
            return Err(Problem::TooLong { max: Self::MAX - 1 - namespace.as_str().len() });
        }
        if name.len() < 2 {
            return Err(Problem::TooShort { min: 2 });
        }
        if !is_component(name) {
            return Err(Problem::BadName);
        }
        Ok(Self { text: format!("{namespace}/{name}"), slash: namespace.as_str().len() })
    }

    /// The whole name, with the slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The user or organization.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.text.get(..self.slash).unwrap_or_default()
    }

    /// The part after the slash.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text.get(self.slash + 1..).unwrap_or_default()
    }

    /// Whether it belongs to the operator's namespace `library` (SPEC R2.10).
    #[must_use]
    pub fn is_official(&self) -> bool {
        self.namespace() == "library"
    }
}

impl FromStr for RepositoryName {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let (namespace, name) = text.split_once('/').unwrap_or(("library", text));
        if name.contains('/') {
            return Err(Problem::BadRepositoryName);
        }
        Self::new(&namespace.parse()?, name)
    }
}

text_form!(RepositoryName);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_two_parts_and_one_word_is_official() {
        let app: RepositoryName = "anna/app".parse().unwrap();
        assert_eq!((app.namespace(), app.name(), app.is_official()), ("anna", "app", false));
        let alpine: RepositoryName = "alpine".parse().unwrap();
        assert_eq!((alpine.as_str(), alpine.is_official()), ("library/alpine", true));
    }

    #[test]
    fn hostile_names_are_refused() {
        for bad in
            ["", "/", "a/", "/a", "anna/../x", "a/b/c", "anna/App", "anna/a%2e", "..", "anna/a\\b", "anna/é"]
        {
            assert!(bad.parse::<RepositoryName>().is_err(), "{bad}");
        }
        assert!(format!("anna/{}", "a".repeat(251)).parse::<RepositoryName>().is_err());
        assert!(format!("anna/{}", "a".repeat(250)).parse::<RepositoryName>().is_ok());
    }
}
