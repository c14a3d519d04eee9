//! Team names, unique within their organization.

use super::{is_component, text_form};
use crate::error::Problem;
use std::str::FromStr;

/// A team's name: like a user name, at most 30 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TeamName(String);

impl TeamName {
    /// The longest team name, in characters.
    pub const MAX: usize = 30;

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TeamName {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text.len() {
            0 => Err(Problem::Required),
            n if n > Self::MAX => Err(Problem::TooLong { max: Self::MAX }),
            _ if !is_component(text) => Err(Problem::BadName),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

text_form!(TeamName);
