//! The words of a search that people choose from. What matches is the hub's business.

use serde::{Deserialize, Serialize};

/// What a list of found repositories begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SearchOrder {
    /// What fits best, weighed by stars, pulls and how lately it was pushed.
    #[default]
    Best,
    Stars,
    Pulls,
    /// The latest push.
    Recent,
}

impl SearchOrder {
    /// Every order, the usual one first.
    pub const ALL: [Self; 4] = [Self::Best, Self::Stars, Self::Pulls, Self::Recent];

    /// The word in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Stars => "stars",
            Self::Pulls => "pulls",
            Self::Recent => "recent",
        }
    }

    /// The order that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.as_str() == word)
    }
}
