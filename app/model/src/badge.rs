//! Badges: small pictures of one fact, for READMEs elsewhere.

use crate::word_enum::word_enum;

word_enum! {
    /// Which fact.
    Badge {
        Pulls = "pulls",
        Stars = "stars",
        Size = "size",
        Version = "version",
        Build = "build",
    }
}

/// The fact. `None`: there is no such tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadgeFact {
    Pulls(u64),
    Stars(u64),
    /// Bytes.
    Size(Option<u64>),
    Version(Option<String>),
    /// There are none yet.
    Build,
}
