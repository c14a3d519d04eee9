//! User names; organizations share their name space.

use super::{is_component, text_form};
use crate::error::Problem;
use std::str::FromStr;

/// The first part of a repository's name: a user's or an organization's. At most 64 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Username(String);

/// Words that paths need and nobody may sign up as (PROTOCOLS.md, "Paths on the one host").
const RESERVED: &[&str] = &[
    "_",
    "access-tokens",
    "admin",
    "api",
    "assets",
    "auditlogs",
    "auth",
    "categories",
    "docs",
    "explore",
    "healthz",
    "help",
    "invites",
    "join",
    "library",
    "livez",
    "login",
    "logout",
    "metrics",
    "namespaces",
    "new",
    "organizations",
    "orgs",
    "pkg",
    "r",
    "readyz",
    "repositories",
    "search",
    "settings",
    "signup",
    "stars",
    "styleguide",
    "token",
    "u",
    "user",
    "users",
    "v1",
    "v2",
];

impl Username {
    /// The longest user name, in characters.
    pub const MAX: usize = 64;

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether only the operator may have this name.
    #[must_use]
    pub fn is_reserved(&self) -> bool {
        RESERVED.contains(&self.as_str())
    }
}

impl FromStr for Username {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text.len() {
            0 => Err(Problem::Required),
            1 => Err(Problem::TooShort { min: 2 }),
            n if n > Self::MAX => Err(Problem::TooLong { max: Self::MAX }),
            _ if !is_component(text) => Err(Problem::BadName),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

text_form!(Username);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_hub_are_reserved() {
        for word in ["v2", "api", "login", "library", "u"] {
            assert!(RESERVED.contains(&word), "{word}");
        }
        assert!(RESERVED.is_sorted());
        assert!("library".parse::<Username>().is_ok_and(|n| n.is_reserved()));
        assert!("anna".parse::<Username>().is_ok_and(|n| !n.is_reserved()));
    }

    #[test]
    fn a_bad_name_says_why() {
        assert_eq!("".parse::<Username>(), Err(Problem::Required));
        assert_eq!("Anna".parse::<Username>(), Err(Problem::BadName));
        assert_eq!("a".repeat(65).parse::<Username>(), Err(Problem::TooLong { max: 64 }));
    }
}
