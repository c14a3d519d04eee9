//! What search, its suggestions and the pages for finding things show.

use super::{Page, RepositoryRow};
use serde::{Deserialize, Serialize};

/// A part of a text: found words are marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub text: String,
    pub is_marked: bool,
}

/// A repository that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub row: RepositoryRow,
    /// The part of the name after the slash.
    pub name: Vec<Piece>,
    pub description: Vec<Piece>,
    /// Of the full description, where the others do not tell why it was found; may be empty.
    pub excerpt: Vec<Piece>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    pub hits: Page<Hit>,
    /// There are at least `hits.total`: nobody counts them all.
    pub is_capped: bool,
}

/// What there is to discover, each list a few rows long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplorePage {
    pub popular: Vec<Hit>,
    /// Young, and liked already.
    pub rising: Vec<Hit>,
    /// The latest pushes.
    pub recent: Vec<Hit>,
    /// The operator's own.
    pub official: Vec<Hit>,
}
